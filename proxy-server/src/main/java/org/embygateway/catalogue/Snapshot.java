package org.embygateway.catalogue;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.roaringbitmap.RoaringBitmap;

/** The catalogue at one moment. Immutable; shares what did not change with the one before. */
final class Snapshot {
    private static final int REMEMBERED_LENSES = 64;
    static final Snapshot EMPTY =
            new Snapshot(Rows.EMPTY, Postings.EMPTY, TitleIndex.EMPTY, Map.of(), Set.of(), Orders.Inherited.NOTHING);

    private final Rows rows;
    private final Postings postings;
    private final TitleIndex titles;
    private final Map<Row.Library, Integer> libraries;
    private final Set<Integer> upstreams;
    private final Lens everything;
    private final Map<Set<Integer>, Lens> lenses = new ConcurrentHashMap<>();

    private Snapshot(
            Rows rows,
            Postings postings,
            TitleIndex titles,
            Map<Row.Library, Integer> libraries,
            Set<Integer> upstreams,
            Orders.Inherited orders) {
        this.rows = rows;
        this.postings = postings;
        this.titles = titles;
        this.libraries = Map.copyOf(libraries);
        this.upstreams = Set.copyOf(upstreams);
        this.everything = Lens.everything(this, orders);
    }

    Rows rows() {
        return rows;
    }

    Postings postings() {
        return postings;
    }

    TitleIndex titles() {
        return titles;
    }

    Map<Row.Library, Integer> libraries() {
        return libraries;
    }

    RoaringBitmap ofKind(ItemKind kind) {
        return postings.get(Keys.kind(kind));
    }

    /** The catalogue as someone sees it who may see these upstreams. */
    Lens through(Visible visible) {
        Set<Integer> seen = visible.upstreams().stream()
                .map(UpstreamId::value)
                .filter(upstreams::contains)
                .collect(Collectors.toUnmodifiableSet());
        if (seen.size() == upstreams.size()) {
            return everything;
        }
        if (lenses.size() > REMEMBERED_LENSES) {
            lenses.clear();
        }
        return lenses.computeIfAbsent(seen, s -> Lens.restricted(this, s));
    }

    Visible allUpstreams() {
        return new Visible(upstreams.stream().map(UpstreamId::new).collect(Collectors.toSet()));
    }

    Lens everything() {
        return everything;
    }

    Snapshot with(Collection<Row> changed, Collection<Integer> removed) {
        Change change = new Change();
        removed.forEach(change::remove);
        changed.forEach(change::put);
        return change.done();
    }

    private final class Change {
        private final Rows.Edit rowEdit = rows.edit();
        private final Postings.Edit postingEdit = postings.edit();
        private final TitleIndex.Edit titleEdit = titles.edit();
        private final Map<Row.Library, Integer> newLibraries = new HashMap<>(libraries);
        private final Set<Integer> newUpstreams = new HashSet<>(upstreams);
        private final RoaringBitmap touched = new RoaringBitmap();

        void remove(int id) {
            rows.find(id).ifPresent(old -> {
                take(old);
                rowEdit.remove(id);
            });
        }

        void put(Row row) {
            rows.find(row.id()).ifPresent(this::take);
            touched.add(row.id());
            rowEdit.put(row);
            Keys.each(row, key -> postingEdit.add(key, row.id()));
            titleEdit.add(row);
            row.parts().forEach(part -> newUpstreams.add(part.upstream()));
            eachLibrary(row, library -> newLibraries.put(library, row.id()));
        }

        private void take(Row old) {
            touched.add(old.id());
            Keys.each(old, key -> postingEdit.remove(key, old.id()));
            titleEdit.remove(old);
            eachLibrary(old, library -> newLibraries.remove(library, old.id()));
        }

        /** Some orders look at the series of an episode, or at the episodes of a series. */
        private void touchRelatives(Postings done) {
            RoaringBitmap relatives = new RoaringBitmap();
            Rows after = rowEdit.done();
            touched.forEach((int id) -> after.find(id).or(() -> rows.find(id)).ifPresent(row -> {
                relatives.add(row.series());
                relatives.add(row.season());
                if (row.kind() == ItemKind.SERIES) {
                    relatives.or(done.get(Keys.EPISODES_OF_SERIES.of(id)));
                    relatives.or(done.get(Keys.SEASONS_OF_SERIES.of(id)));
                }
            }));
            touched.or(relatives);
        }

        private void eachLibrary(Row row, Consumer<Row.Library> consumer) {
            if (row.kind() == ItemKind.COLLECTION_FOLDER) {
                row.parts()
                        .forEach(part -> part.libraries()
                                .forEach(library -> consumer.accept(new Row.Library(part.upstream(), library))));
            }
        }

        Snapshot done() {
            Postings done = postingEdit.done();
            touchRelatives(done);
            newUpstreams.removeIf(
                    upstream -> done.get(Keys.UPSTREAM.of(upstream)).isEmpty());
            return new Snapshot(
                    rowEdit.done(),
                    done,
                    titleEdit.done(),
                    newLibraries,
                    newUpstreams,
                    everything.orders().inherited(touched));
        }
    }

    /** For building from nothing. */
    static Snapshot of(List<Row> rows) {
        return EMPTY.with(rows, List.of());
    }
}
