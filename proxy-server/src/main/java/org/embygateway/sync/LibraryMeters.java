package org.embygateway.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.embygateway.sync.LibraryProgress.State;

/** Counts what a full crawl takes from each library, in the order they are crawled. Used under {@link Meter}'s lock. */
final class LibraryMeters {
    private final List<Library> libraries;

    private LibraryMeters(List<Library> libraries) {
        this.libraries = libraries;
    }

    static LibraryMeters none() {
        return new LibraryMeters(List.of());
    }

    /** @param items as the upstream says; empty when it does not */
    record Expected(String name, OptionalLong items) {}

    /**
     * @param first the library that is crawled first; those before it are taken already
     * @param start how many items of it are taken already
     */
    static LibraryMeters of(List<Expected> expected, int first, long start) {
        List<Library> libraries = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            libraries.add(new Library(expected.get(i), i < first, i == first ? start : 0));
        }
        return new LibraryMeters(libraries);
    }

    private static final class Library {
        private final Expected expected;
        private final long before;
        private long done;
        private State state;
        private Instant began = Instant.EPOCH;
        private Instant ended = Instant.EPOCH;

        Library(Expected expected, boolean isTaken, long start) {
            this.expected = expected;
            this.state = isTaken ? State.DONE : State.WAITING;
            this.before = isTaken ? expected.items().orElse(0) : start;
            this.done = before;
        }

        OptionalLong open() {
            if (state == State.DONE) {
                return OptionalLong.of(0);
            }
            OptionalLong items = expected.items();
            return items.isEmpty() ? items : OptionalLong.of(Math.max(0, items.getAsLong() - done));
        }

        double perSecond(Instant now) {
            Instant until = state == State.LISTING ? now : ended;
            double seconds = Math.max(0.001, Duration.between(began, until).toMillis() / 1000.0);
            return state == State.WAITING ? 0 : (done - before) / seconds;
        }
    }

    void enters(int library) {
        if (library < libraries.size()) {
            libraries.get(library).state = State.LISTING;
            libraries.get(library).began = Instant.now();
        }
    }

    void took(long items) {
        libraries.stream().filter(library -> library.state == State.LISTING).forEach(library -> library.done += items);
    }

    void leaves(int library) {
        if (library < libraries.size()) {
            libraries.get(library).state = State.DONE;
            libraries.get(library).ended = Instant.now();
        }
    }

    /** @param rate items per second of the whole run; 0 when nothing is being taken */
    List<LibraryProgress> progress(double rate) {
        Instant now = Instant.now();
        List<LibraryProgress> all = new ArrayList<>();
        OptionalLong ahead = OptionalLong.of(0);
        for (Library library : libraries) {
            ahead = sum(ahead, library.open());
            all.add(new LibraryProgress(
                    library.expected.name(),
                    library.state,
                    library.done,
                    library.expected.items(),
                    library.perSecond(now),
                    library.state == State.DONE ? Optional.empty() : left(ahead, rate)));
        }
        return List.copyOf(all);
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() + other.getAsLong())
                : OptionalLong.empty();
    }

    static Optional<Duration> left(OptionalLong items, double rate) {
        return items.isPresent() && rate > 0
                ? Optional.of(Duration.ofMillis((long) (1000 * items.getAsLong() / rate)))
                : Optional.empty();
    }
}
