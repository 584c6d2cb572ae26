package org.embygateway.index;

/**
 * What a person may do with media.
 *
 * @param streamsAtOnce most titles the person may play at one time; 0 for as many as the configuration allows everybody
 * @param plays whether the person may play at all, and not only look around
 * @param downloads whether the person may take files away
 */
public record UserRights(int streamsAtOnce, boolean plays, boolean downloads) {
    public static final int MOST_STREAMS = 10_000;
    public static final UserRights DEFAULT = new UserRights(0, true, true);

    public UserRights {
        if (streamsAtOnce < 0 || streamsAtOnce > MOST_STREAMS) {
            throw new IllegalArgumentException(
                    "streams at once: %d (expected: 0 to %d)".formatted(streamsAtOnce, MOST_STREAMS));
        }
    }
}
