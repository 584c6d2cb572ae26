package org.embygateway.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.sync.SyncProgress.Phase;

/** Counts what a crawler does. Written by the crawler's thread, read by anyone. */
final class Meter {
    private Phase phase = Phase.IDLE;
    private Instant started = Instant.EPOCH;
    private long before;
    private long done;
    private OptionalLong total = OptionalLong.empty();
    private long errors;
    private String trouble = "";
    private Optional<Instant> lastChanges = Optional.empty();

    synchronized void begin(Phase what, long doneBefore) {
        phase = what;
        started = Instant.now();
        before = doneBefore;
        done = doneBefore;
        total = OptionalLong.empty();
        errors = 0;
        trouble = "";
    }

    synchronized void expect(long items) {
        total = OptionalLong.of(items);
    }

    synchronized void took(long items, long unreadable) {
        done += items;
        errors += unreadable;
    }

    synchronized void trouble(String why) {
        trouble = why;
    }

    synchronized void end(Phase what) {
        if (phase == Phase.CHANGES && what == Phase.IDLE) {
            lastChanges = Optional.of(Instant.now());
        }
        phase = what;
    }

    synchronized SyncProgress progress(boolean paused, Optional<SyncState> state) {
        double seconds =
                Math.max(0.001, Duration.between(started, Instant.now()).toMillis() / 1000.0);
        boolean running = phase != Phase.IDLE && phase != Phase.FAILED;
        double rate = running ? (done - before) / seconds : 0;
        return new SyncProgress(
                running && paused ? Phase.PAUSED : phase,
                done,
                total,
                rate,
                left(rate),
                running ? Optional.of(started) : Optional.empty(),
                state.flatMap(SyncState::lastFull),
                lastChanges,
                state.map(SyncState::fullyIndexed).orElse(false),
                errors,
                trouble);
    }

    private Optional<Duration> left(double rate) {
        return total.isPresent() && rate > 0
                ? Optional.of(Duration.ofMillis((long) (1000 * Math.max(0, total.getAsLong() - done) / rate)))
                : Optional.empty();
    }
}
