package org.embygateway.config;

import java.time.Duration;
import org.embygateway.index.UserRights;

/**
 * How titles are played.
 *
 * @param streamsPerUser most titles that one person may play at one time; 0 for any number
 * @param idleTimeout a title of which nothing is heard for so long gives up its place; 1 s to 1 h
 */
public record PlaybackConfig(int streamsPerUser, Duration idleTimeout) {
    private static final Duration LONGEST_IDLE = Duration.ofHours(1);

    static PlaybackConfig read(Keys in) {
        return new PlaybackConfig(
                in.number("streams-per-user", 0, UserRights.MOST_STREAMS).orElse(0), idleTimeout(in));
    }

    private static Duration idleTimeout(Keys in) {
        Duration timeout = in.duration("idle-timeout").orElse(Duration.ofMinutes(2));
        boolean fits = timeout.compareTo(Duration.ofSeconds(1)) >= 0 && timeout.compareTo(LONGEST_IDLE) <= 0;
        in.expect(fits, "idle-timeout", "out of range (expected: a time from 1s to 60m)");
        return timeout;
    }
}
