package org.embygateway.index;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one person did with one item.
 *
 * @param positionTicks where to resume; 0 for nowhere
 * @param lastPlayed when it was last started or finished
 * @param changed when this state came about: of two states the newer wins
 */
public record UserData(
        boolean played,
        long positionTicks,
        int playCount,
        boolean favorite,
        Optional<Instant> lastPlayed,
        OptionalDouble rating,
        boolean hiddenFromResume,
        Instant changed) {

    public static final UserData NONE =
            new UserData(false, 0, 0, false, Optional.empty(), OptionalDouble.empty(), false, Instant.EPOCH);
}
