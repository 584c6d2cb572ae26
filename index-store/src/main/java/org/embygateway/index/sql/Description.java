package org.embygateway.index.sql;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemKind;

/** What an upstream said of a copy, as far as it is kept in columns. */
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
        String collectionType) {

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
                item.collectionType());
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
                "");
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
                collectionType);
    }
}
