package org.embygateway.index.sql;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ArtistRole;
import org.embygateway.protocol.ItemKind;

/**
 * What an upstream said of a copy, as far as it is kept in columns.
 *
 * @param seriesId what it is below of: a series, or the album of a song
 * @param albumArtist of albums only, as is tracks
 */
record Description(
        ItemKind kind,
        String libraryId,
        String name,
        OptionalInt year,
        long runTimeTicks,
        Map<String, String> providerIds,
        String parentId,
        String seriesId,
        String seasonId,
        OptionalInt index,
        OptionalInt indexEnd,
        OptionalInt parentIndex,
        Optional<LocalDate> premiere,
        String collectionType,
        String albumArtist,
        OptionalInt tracks) {

    static Description of(UpstreamItem item) {
        boolean seasonWithoutSeries =
                item.kind() == ItemKind.SEASON && item.seriesId().isEmpty();
        return new Description(
                item.kind(),
                Texts.storable(item.libraryId()),
                Texts.storable(item.name()),
                item.year(),
                item.runTimeTicks(),
                item.providerIds(),
                Texts.storable(item.parentId()),
                Texts.storable(seasonWithoutSeries ? item.parentId() : item.seriesId()),
                Texts.storable(item.seasonId()),
                item.indexNumber(),
                item.indexNumberEnd(),
                item.parentIndexNumber(),
                item.premiere(),
                item.collectionType(),
                albumArtist(item),
                item.kind() == ItemKind.MUSIC_ALBUM ? item.tracks() : OptionalInt.empty());
    }

    private static String albumArtist(UpstreamItem item) {
        return item.kind() != ItemKind.MUSIC_ALBUM
                ? ""
                : item.byName().stream()
                        .filter(name -> name.kind() == ItemKind.MUSIC_ARTIST)
                        .filter(name -> name.role().equals(ArtistRole.ALBUM_ARTIST.wireName()))
                        .map(name -> Texts.storable(name.name()))
                        .collect(Collectors.joining("; "));
    }

    /** A by-name item as others name it. */
    static Description byName(ItemKind kind, String name, Map<String, String> providerIds) {
        return new Description(
                kind,
                "",
                name,
                OptionalInt.empty(),
                0,
                providerIds,
                "",
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                "",
                "",
                OptionalInt.empty());
    }

    Description named(String newName, Map<String, String> ids) {
        return new Description(
                kind,
                libraryId,
                newName,
                year,
                runTimeTicks,
                ids,
                parentId,
                seriesId,
                seasonId,
                index,
                indexEnd,
                parentIndex,
                premiere,
                collectionType,
                albumArtist,
                tracks);
    }

    /** With what an upstream told before and leaves out when it is asked for less. */
    Description keeping(Description before) {
        return tracks.isPresent() || before.tracks.isEmpty() || before.kind != kind
                ? this
                : new Description(
                        kind,
                        libraryId,
                        name,
                        year,
                        runTimeTicks,
                        providerIds,
                        parentId,
                        seriesId,
                        seasonId,
                        index,
                        indexEnd,
                        parentIndex,
                        premiere,
                        collectionType,
                        albumArtist,
                        before.tracks);
    }
}
