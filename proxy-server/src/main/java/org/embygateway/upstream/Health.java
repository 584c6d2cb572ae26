package org.embygateway.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an upstream is.
 *
 * @param online whether it takes part in routing
 * @param latency smoothed time until it answers, to health checks and for files; empty before the first
 * @param slowness the latency in coarse steps, 0 for the quickest; small changes of a latency do not change it
 * @param since when it came into this state
 * @param reason why it is offline, without addresses; empty text when online
 */
public record Health(boolean online, Optional<Duration> latency, int slowness, Instant since, String reason) {
    public Health(boolean online, Optional<Duration> latency, Instant since, String reason) {
        this(online, latency, latency.map(Slowness::of).orElse(0), since, reason);
    }
}
