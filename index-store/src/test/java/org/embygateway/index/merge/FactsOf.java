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
                "",
                "",
                OptionalInt.empty());
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
                "",
                "",
                OptionalInt.empty());
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
                "",
                "",
                OptionalInt.empty());
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
                "",
                "",
                OptionalInt.empty());
    }

    /** @param year 0 when not known, as is tracks */
    static Facts album(int upstream, String name, String artist, int year, int tracks, Map<String, String> ids) {
        return new Facts(
                new CopyIdentity(upstream, 0, "a"),
                ItemKind.MUSIC_ALBUM,
                false,
                name,
                year == 0 ? OptionalInt.empty() : OptionalInt.of(year),
                0,
                ids,
                0,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                "",
                artist,
                tracks == 0 ? OptionalInt.empty() : OptionalInt.of(tracks));
    }

    /** A song of the merged album 7. */
    static Facts song(int upstream, int disc, int track, String name, long seconds, Map<String, String> ids) {
        return new Facts(
                new CopyIdentity(upstream, 0, "t%d-%d-%s".formatted(disc, track, name)),
                ItemKind.AUDIO,
                false,
                name,
                OptionalInt.empty(),
                seconds * MINUTE / 60,
                ids,
                7,
                track == 0 ? OptionalInt.empty() : OptionalInt.of(track),
                OptionalInt.empty(),
                disc == 0 ? OptionalInt.empty() : OptionalInt.of(disc),
                Optional.empty(),
                "",
                "",
                OptionalInt.empty());
    }

    static Facts artist(int upstream, String name, Map<String, String> ids) {
        Facts album = album(upstream, name, "", 0, 0, ids);
        return new Facts(
                new CopyIdentity(upstream, ItemKind.MUSIC_ARTIST.code(), name),
                ItemKind.MUSIC_ARTIST,
                false,
                name,
                album.year(),
                0,
                ids,
                0,
                album.index(),
                album.indexEnd(),
                album.parentIndex(),
                album.premiere(),
                "",
                "",
                OptionalInt.empty());
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
                f.collectionType(),
                f.artist(),
                f.tracks());
    }
}
