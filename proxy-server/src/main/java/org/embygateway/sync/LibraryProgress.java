package org.embygateway.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a full crawl is in one library.
 *
 * @param name as the upstream calls it
 * @param done items taken
 * @param total as the upstream says; empty when it does not
 * @param perSecond items per second while it is or was listed by this run
 * @param left until the library is complete, with those that come before it; empty when that is not known or over
 */
public record LibraryProgress(
        String name, State state, long done, OptionalLong total, double perSecond, Optional<Duration> left) {

    public enum State {
        WAITING,
        LISTING,
        /** It came to its end, whether or not everything could be read. */
        DONE
    }
}
