package org.embygateway.upstream;

import java.time.Duration;

/**
 * How upstreams are watched.
 *
 * @param every between checks of one that is online
 * @param limit for one check
 * @param retry before the second check that decides, and the shortest pause between checks while offline
 * @param longest the longest pause between checks while offline
 */
public record HealthTimes(Duration every, Duration limit, Duration retry, Duration longest) {
    private static final Duration MOST_LIMIT = Duration.ofSeconds(5);
    private static final Duration MOST_RETRY = Duration.ofSeconds(1);

    public static final HealthTimes DEFAULT = noticing(Duration.ofSeconds(60));

    /** So that an upstream which stops answering right after a check is offline at the end of that time. */
    public static HealthTimes noticing(Duration within) {
        Duration limit = least(MOST_LIMIT, within.dividedBy(4));
        Duration retry = least(MOST_RETRY, within.dividedBy(10));
        Duration every = within.minus(limit.multipliedBy(2)).minus(retry);
        return new HealthTimes(every, limit, retry, within);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
