package org.embygateway.sync;

import java.time.Duration;

/**
 * How an upstream is crawled.
 *
 * @param requestsPerSecond never exceeded, more than 0
 * @param pageSize items per request
 * @param changesEvery between questions for what changed
 * @param sweepEvery between looks for what is gone
 * @param firstRetry pause after a failed request; doubles up to a minute
 */
public record CrawlOptions(
        double requestsPerSecond, int pageSize, Duration changesEvery, Duration sweepEvery, Duration firstRetry) {
    public static final CrawlOptions DEFAULT =
            new CrawlOptions(5, 200, Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(1));

    public CrawlOptions {
        if (requestsPerSecond <= 0 || pageSize < 1 || pageSize > 500) {
            throw new IllegalArgumentException(
                    "crawl: %s requests per second, %d items per page (expected: > 0, 1..500)"
                            .formatted(requestsPerSecond, pageSize));
        }
    }

    public CrawlOptions withRequestsPerSecond(double rate) {
        return new CrawlOptions(rate, pageSize, changesEvery, sweepEvery, firstRetry);
    }
}
