package org.embygateway.index.merge;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.embygateway.protocol.ItemKind;

/** Short words for facts in tests. */
final class FactsOf {
    static final long MINUTE = 600_000_000L;

    private FactsOf() {}

    static Facts movie(int upstream, String name, int year, long minutes, Map<String, String> ids) {
        return new Facts(
                new CopyIdentity(upstream, 0, "m"),
                ItemKind.MOVIE,
                false,
                name,
                year == 0 ? OptionalInt.empty() : OptionalInt.of(year),
                minutes * MINUTE,
                ids,
                0,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                "");
    }

    static Facts movie(int upstream, String name, int year) {
        return movie(upstream, name, year, 0, Map.of());
    }

    static Facts episode(
            int upstream, String name, int series, OptionalInt season, int number, int last, Map<String, String> ids) {
        return new Facts(
                new CopyIdentity(upstream, 0, "e" + number),
                ItemKind.EPISODE,
                false,
                name,
                OptionalInt.empty(),
                0,
                ids,
                series,
                number == 0 ? OptionalInt.empty() : OptionalInt.of(number),
                last == number ? OptionalInt.empty() : OptionalInt.of(last),
                season,
                Optional.<LocalDate>empty(),
                "");
    }

    static Facts series(int upstream, String name, int year, Map<String, String> ids) {
        return new Facts(
                new CopyIdentity(upstream, 0, "s"),
                ItemKind.SERIES,
                false,
                name,
                OptionalInt.of(year),
                0,
                ids,
                0,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                "");
    }

    /** An episode of series 7 that has a date and no number. */
    static Facts dated(int upstream, String id, String name, LocalDate date) {
        return new Facts(
                new CopyIdentity(upstream, 0, id),
                ItemKind.EPISODE,
                false,
                name,
                OptionalInt.empty(),
                0,
                Map.of(),
                7,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(date),
                "");
    }

    static Facts gone(Facts facts) {
        return copy(facts, facts.identity(), true);
    }

    static Facts copy(Facts f, CopyIdentity identity, boolean gone) {
        return new Facts(
                identity,
                f.kind(),
                gone,
                f.name(),
                f.year(),
                f.runTimeTicks(),
                f.providerIds(),
                f.series(),
                f.index(),
                f.indexEnd(),
                f.parentIndex(),
                f.premiere(),
                f.collectionType());
    }
}
