package org.embygateway.catalogue;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.embygateway.index.MediaIndex;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;
import org.roaringbitmap.RoaringBitmap;

/** The ids clients write, also old ones of items that were joined since, and those of versions. */
final class Ids {
    private final Supplier<Snapshot> snapshot;
    private final MediaIndex media;

    Ids(Supplier<Snapshot> snapshot, MediaIndex media) {
        this.snapshot = snapshot;
        this.media = media;
    }

    /** The item that the id means now; empty when it means none. */
    Optional<Integer> current(String text) {
        return MediaSourceId.parse(text).map(MediaSourceId::version).flatMap(this::current);
    }

    Optional<Integer> current(ItemId id) {
        if (snapshot.get().rows().find(id.value()).isPresent()) {
            return Optional.of(id.value());
        }
        return media.resolve(id)
                .map(ItemId::value)
                .filter(value -> snapshot.get().rows().find(value).isPresent());
    }

    RoaringBitmap all(Collection<String> texts) {
        RoaringBitmap ids = new RoaringBitmap();
        texts.forEach(text -> current(text).ifPresent(ids::add));
        return ids;
    }
}
