package org.embygateway.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.sync.SyncProgress.Failure;
import org.embygateway.sync.SyncProgress.Pause;
import org.embygateway.sync.SyncProgress.Phase;
import org.embygateway.upstream.UpstreamFailed;

/** Counts what a crawler does. Written by the crawler's thread, read by anyone. */
final class Meter {
    private Phase phase = Phase.IDLE;
    private Instant started = Instant.EPOCH;
    private long before;
    private long done;
    private OptionalLong total = OptionalLong.empty();
    private LibraryMeters libraries = LibraryMeters.none();
    private long errors;
    private String waitsFor = "";
    private Optional<Failure> lastFailure = Optional.empty();
    private Optional<Instant> lastChanges = Optional.empty();
    private Optional<Instant> nextRun = Optional.empty();

    synchronized void begin(Phase what, long doneBefore) {
        phase = what;
        started = Instant.now();
        before = doneBefore;
        done = doneBefore;
        total = OptionalLong.empty();
        libraries = what == Phase.LISTING ? LibraryMeters.none() : libraries;
        errors = 0;
        waitsFor = "";
        nextRun = Optional.empty();
    }

    synchronized void expect(long items) {
        total = OptionalLong.of(items);
    }

    /** What comes of each library; none is entered yet. */
    synchronized void expect(LibraryMeters ofLibraries) {
        libraries = ofLibraries;
    }

    /** @param library its place among those that are expected */
    synchronized void enters(int library) {
        libraries.enters(library);
    }

    synchronized void leaves(int library) {
        libraries.leaves(library);
    }

    synchronized void took(long items, long unreadable) {
        done += items;
        libraries.took(items);
        errors += unreadable;
    }

    /** The upstream has to be asked again later. */
    synchronized void waits(UpstreamFailed why) {
        waitsFor = why.fault().name();
        failed("The server " + why.reason() + ".");
    }

    synchronized void failed(String words) {
        lastFailure = Optional.of(new Failure(words, Instant.now()));
    }

    synchronized void goesOn() {
        waitsFor = "";
    }

    synchronized void end(Phase what) {
        if (phase == Phase.CHANGES && what == Phase.IDLE) {
            lastChanges = Optional.of(Instant.now());
        }
        phase = what;
    }

    synchronized void restsUntil(Instant next) {
        nextRun = Optional.of(next);
    }

    synchronized SyncProgress progress(Optional<Pause> pause, Optional<SyncState> state) {
        double seconds =
                Math.max(0.001, Duration.between(started, Instant.now()).toMillis() / 1000.0);
        boolean running = phase != Phase.IDLE && phase != Phase.FAILED;
        boolean paused = running
                ? pause.isPresent()
                : pause.filter(Pause.ADMINISTRATOR::equals).isPresent();
        double rate = running ? (done - before) / seconds : 0;
        return new SyncProgress(
                paused ? Phase.PAUSED : phase,
                paused ? pause : Optional.empty(),
                done,
                total,
                rate,
                left(rate),
                running ? Optional.of(started) : Optional.empty(),
                state.flatMap(SyncState::lastFull),
                lastChanges,
                paused ? Optional.empty() : nextRun,
                state.map(SyncState::fullyIndexed).orElse(false),
                errors,
                waitsFor,
                lastFailure,
                libraries.progress(rate));
    }

    private Optional<Duration> left(double rate) {
        OptionalLong open =
                total.isPresent() ? OptionalLong.of(Math.max(0, total.getAsLong() - done)) : OptionalLong.empty();
        return LibraryMeters.left(open, rate);
    }
}
