package org.embygateway.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an upstream is.
 *
 * @param online whether it takes part in routing
 * @param latency smoothed time of its health answers; empty before the first
 * @param since when it came into this state
 * @param reason why it is offline, without addresses; empty text when online
 */
public record Health(boolean online, Optional<Duration> latency, Instant since, String reason) {}
