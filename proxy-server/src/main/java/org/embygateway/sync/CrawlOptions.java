package org.embygateway.sync;

import java.time.Duration;

/**
 * How upstreams are crawled.
 *
 * @param pageSize items per request
 * @param changesEvery between questions for what changed
 * @param sweepEvery between looks for what is gone
 * @param firstRetry pause after a failed request; doubles up to a minute
 */
public record CrawlOptions(int pageSize, Duration changesEvery, Duration sweepEvery, Duration firstRetry) {
    public static final CrawlOptions DEFAULT =
            new CrawlOptions(200, Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(1));

    public CrawlOptions {
        if (pageSize < 1 || pageSize > 500) {
            throw new IllegalArgumentException("crawl: %d items per page (expected: 1..500)".formatted(pageSize));
        }
    }
}
