package org.embygateway.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a crawler is doing.
 *
 * @param pause why it is paused
 * @param done items taken in the run under way, or in the last one
 * @param total of the run; empty until known
 * @param perSecond items per second in this run
 * @param left how long it will still take
 * @param nextRun when it begins by itself; empty while it runs
 * @param errors items that could not be read, in this run
 * @param waitsFor why it waits, as the name of a fault; empty when it does not
 * @param lastFailure stays until the next one
 * @param libraries of the full crawl under way or of the last one, in the order they are crawled
 */
public record SyncProgress(
        Phase phase,
        Optional<Pause> pause,
        long done,
        OptionalLong total,
        double perSecond,
        Optional<Duration> left,
        Optional<Instant> startedAt,
        Optional<Instant> lastFull,
        Optional<Instant> lastChanges,
        Optional<Instant> nextRun,
        boolean fullyIndexed,
        long errors,
        String waitsFor,
        Optional<Failure> lastFailure,
        List<LibraryProgress> libraries) {

    public enum Phase {
        IDLE,
        /** A full crawl. */
        LISTING,
        /** Asking for what changed. */
        CHANGES,
        /** Looking for what is gone. */
        SWEEPING,
        /** It would work but stands back; see {@link Pause}. */
        PAUSED,
        FAILED
    }

    /** Why a crawl stands back. */
    public enum Pause {
        /** An administrator paused it. */
        ADMINISTRATOR,
        /** People are streaming from the upstream. */
        PEOPLE_STREAM,
        /** People are looking at what the upstream has. */
        PEOPLE_BROWSE
    }

    /** @param words a sentence for people, without addresses */
    public record Failure(String words, Instant at) {}

    static final SyncProgress NOTHING = new SyncProgress(
            Phase.IDLE,
            Optional.empty(),
            0,
            OptionalLong.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            0,
            "",
            Optional.empty(),
            List.of());
}
