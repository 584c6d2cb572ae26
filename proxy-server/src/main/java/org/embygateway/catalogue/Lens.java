package org.embygateway.catalogue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.protocol.ItemKind;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A snapshot as someone sees it who may see some upstreams. Items that live on others too appear as if only the visible
 * copies existed: every fact, name and picture comes from those.
 */
final class Lens {
    private final Snapshot snapshot;
    private final Set<Integer> upstreams;
    private final RoaringBitmap items;
    private final RoaringBitmap partial;
    private final Orders orders;
    private final String key;
    private final Map<Integer, Row> seen = new ConcurrentHashMap<>();
    private volatile @Nullable RoaringBitmap visible;

    private Lens(
            Snapshot snapshot,
            Set<Integer> upstreams,
            RoaringBitmap items,
            RoaringBitmap partial,
            String key,
            Orders.Inherited inherited) {
        this.snapshot = snapshot;
        this.upstreams = upstreams;
        this.items = items;
        this.partial = partial;
        this.key = key;
        this.orders = new Orders(this, inherited);
    }

    static Lens everything(Snapshot snapshot, Orders.Inherited inherited) {
        RoaringBitmap items = new RoaringBitmap();
        for (ItemKind kind : ItemKind.values()) {
            if (!kind.isByName()) {
                items.or(snapshot.ofKind(kind));
            }
        }
        return new Lens(snapshot, Set.of(), items, new RoaringBitmap(), "", inherited);
    }

    static Lens restricted(Snapshot snapshot, Set<Integer> upstreams) {
        RoaringBitmap visible = new RoaringBitmap();
        RoaringBitmap hidden = new RoaringBitmap();
        snapshot.postings().forEach((key, bitmap) -> {
            int upstream = (int) (long) key;
            if (key == Keys.UPSTREAM.of(upstream)) {
                (upstreams.contains(upstream) ? visible : hidden).or(bitmap);
            }
        });
        for (ItemKind kind : ItemKind.values()) {
            if (kind.isByName()) {
                visible.andNot(snapshot.ofKind(kind));
            }
        }
        RoaringBitmap partial = RoaringBitmap.and(visible, hidden);
        String key = new TreeSet<>(upstreams).toString();
        return new Lens(snapshot, upstreams, visible, partial, key, Orders.Inherited.NOTHING);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    Orders orders() {
        return orders;
    }

    /** Other for every set of visible upstreams; empty when all are visible. */
    String key() {
        return key;
    }

    boolean seesAll() {
        return key.isEmpty();
    }

    /** All visible items, and by-name items that a visible one names. Not to be changed. */
    RoaringBitmap visible() {
        RoaringBitmap known = visible;
        if (known == null) {
            known = RoaringBitmap.or(items, namedItems());
            visible = known;
        }
        return known;
    }

    /** Items that also have copies elsewhere, so that sets of the whole catalogue do not hold for them. */
    RoaringBitmap partial() {
        return partial;
    }

    private RoaringBitmap namedItems() {
        RoaringBitmap named = new RoaringBitmap();
        RoaringBitmap whole = RoaringBitmap.andNot(items, partial);
        snapshot.postings().forEach((postingKey, bitmap) -> {
            int id = (int) (long) postingKey;
            if (postingKey == Keys.REF.of(id) && RoaringBitmap.intersects(bitmap, whole)) {
                named.add(id);
            }
        });
        partial.forEach((int id) ->
                partialRow(id).facts().refs().forEach(ref -> named.add(ref.id().value())));
        RoaringBitmap existing = new RoaringBitmap();
        for (ItemKind kind : ItemKind.values()) {
            if (kind.isByName()) {
                existing.or(snapshot.ofKind(kind));
            }
        }
        named.and(existing);
        return named;
    }

    /** The item as seen from here; empty when it is not visible. */
    Optional<Row> find(int id) {
        return visible().contains(id) ? Optional.of(row(id)) : Optional.empty();
    }

    /** The item as seen from here, known to be visible. */
    Row row(int id) {
        if (seesAll()) {
            return snapshot.rows().get(id);
        }
        Row row = snapshot.rows().get(id);
        return partial.contains(id) || row.kind().isByName() && !row.parts().isEmpty() ? partialRow(id) : row;
    }

    private Row partialRow(int id) {
        return seen.computeIfAbsent(id, i -> snapshot.rows().get(i).seenFrom(upstreams, snapshot.libraries()));
    }

    /** The visible artist of that name. */
    Optional<Integer> artist(String name) {
        String folded = Text.fold(name);
        if (folded.isEmpty()) {
            return Optional.empty();
        }
        RoaringBitmap artists = snapshot.titles().candidates(folded);
        artists.and(snapshot.ofKind(ItemKind.MUSIC_ARTIST));
        artists.and(visible());
        for (int id : artists.toArray()) {
            if (row(id).facts().folded().equals(folded)) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    /** The visible items of a library that stand in no other folder. */
    RoaringBitmap topLevel(int view) {
        RoaringBitmap top = new RoaringBitmap();
        visibleOf(Keys.VIEW.of(view)).forEach((int id) -> {
            Row row = row(id);
            if (row.views().contains(view)
                    && row.kind() != ItemKind.SEASON
                    && row.kind() != ItemKind.EPISODE
                    && row.album() == 0) {
                top.add(id);
            }
        });
        return top;
    }

    boolean sees(int upstream) {
        return seesAll() || upstreams.contains(upstream);
    }

    /** Whether the item, and what it takes names and pictures from, lives on visible upstreams only. */
    boolean looksWhole(Row row) {
        return !row.kind().isByName()
                && !partial.contains(row.id())
                && !partial.contains(row.series())
                && !partial.contains(row.season())
                && !partial.contains(row.album());
    }

    /** The visible items of a set of the whole catalogue that is about ids alone, such as the episodes of a series. */
    RoaringBitmap visibleOf(long postingKey) {
        return RoaringBitmap.and(snapshot.postings().get(postingKey), visible());
    }
}
