package org.embygateway.catalogue;

import java.util.function.LongConsumer;
import org.embygateway.protocol.ItemKind;

/** The keys under which an item is found in {@link Postings}. */
enum Keys {
    KIND,
    VIEW,
    REF,
    YEAR,
    UPSTREAM,
    EPISODES_OF_SERIES,
    EPISODES_OF_SEASON,
    SEASONS_OF_SERIES,
    TRACKS_OF_ALBUM;

    long of(int value) {
        return (long) ordinal() << 32 | value & 0xFFFFFFFFL;
    }

    static long kind(ItemKind kind) {
        return KIND.of(kind.code());
    }

    static void each(Row row, LongConsumer consumer) {
        consumer.accept(kind(row.kind()));
        row.views().forEach(view -> consumer.accept(VIEW.of(view)));
        row.facts().refs().forEach(ref -> consumer.accept(REF.of(ref.id().value())));
        row.parts().forEach(part -> consumer.accept(UPSTREAM.of(part.upstream())));
        if (row.facts().year() > 0) {
            consumer.accept(YEAR.of(row.facts().year()));
        }
        if (row.kind() == ItemKind.EPISODE) {
            consumer.accept(EPISODES_OF_SERIES.of(row.series()));
            consumer.accept(EPISODES_OF_SEASON.of(row.season()));
        }
        if (row.kind() == ItemKind.SEASON) {
            consumer.accept(SEASONS_OF_SERIES.of(row.series()));
        }
        if (row.album() > 0) {
            consumer.accept(TRACKS_OF_ALBUM.of(row.album()));
        }
    }
}
