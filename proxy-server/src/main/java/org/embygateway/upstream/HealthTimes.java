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
    public static final HealthTimes DEFAULT = new HealthTimes(
            Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(60));
}
