package org.embygateway.config;

import java.time.Duration;
import org.embygateway.index.UserRights;

/**
 * How titles are played.
 *
 * @param streamsPerUser most titles that one person may play at one time; 0 for any number
 * @param stallTimeout a server that sends nothing of a file for so long while the client waits is given up; 1 s to 90 s
 * @param idleTimeout a title of which nothing is heard for so long gives up its place; 1 s to 1 h
 */
public record PlaybackConfig(int streamsPerUser, Duration stallTimeout, Duration idleTimeout) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST_STALL = Duration.ofSeconds(90);
    private static final Duration LONGEST_IDLE = Duration.ofHours(1);

    static PlaybackConfig read(Keys in) {
        return new PlaybackConfig(
                in.number("streams-per-user", 0, UserRights.MOST_STREAMS).orElse(0),
                time(in, "stall-timeout", Duration.ofSeconds(30), LONGEST_STALL, "1s to 90s"),
                time(in, "idle-timeout", Duration.ofMinutes(2), LONGEST_IDLE, "1s to 60m"));
    }

    private static Duration time(Keys in, String name, Duration usual, Duration longest, String range) {
        Duration time = in.duration(name).orElse(usual);
        boolean fits = time.compareTo(SHORTEST) >= 0 && time.compareTo(longest) <= 0;
        in.expect(fits, name, "out of range (expected: a time from %s)".formatted(range));
        return time;
    }
}
