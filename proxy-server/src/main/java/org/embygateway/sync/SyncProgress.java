package org.embygateway.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a crawler is doing.
 *
 * @param done items taken in the run under way, or in the last one
 * @param total of the run; empty until known
 * @param perSecond items per second in this run
 * @param left how long it will still take
 * @param errors items that could not be read, in this run
 * @param trouble why it waits, in one word; empty when it does not
 */
public record SyncProgress(
        Phase phase,
        long done,
        OptionalLong total,
        double perSecond,
        Optional<Duration> left,
        Optional<Instant> startedAt,
        Optional<Instant> lastFull,
        Optional<Instant> lastChanges,
        boolean fullyIndexed,
        long errors,
        String trouble) {

    public enum Phase {
        IDLE,
        /** A full crawl. */
        LISTING,
        /** Asking for what changed. */
        CHANGES,
        /** Looking for what is gone. */
        SWEEPING,
        /** People are streaming from the upstream: the crawl makes room. */
        PAUSED,
        FAILED
    }

    static final SyncProgress NOTHING = new SyncProgress(
            Phase.IDLE,
            0,
            OptionalLong.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            0,
            "");
}
