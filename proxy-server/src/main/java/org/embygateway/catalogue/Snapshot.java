package org.embygateway.catalogue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The catalogue at one moment. Immutable; shares what did not change with the one before. */
final class Snapshot {
    private static final int REMEMBERED_LENSES = 64;

    private final Rows rows;
    private final Postings postings;
    private final TitleIndex titles;
    private final Map<Row.Library, Integer> libraries;
    private final Set<Integer> upstreams;
    private final Lens everything;
    private final Map<Set<Integer>, Lens> lenses = new ConcurrentHashMap<>();
    /** How much is being made that later snapshots can use too. */
    private final AtomicInteger underWay;

    private volatile @Nullable Later later;

    /** What came after this snapshot while something was made of it. */
    private record Later(Snapshot snapshot, Change change, RoaringBitmap touched) {}

    private Snapshot(Rows rows, Postings postings, TitleIndex titles) {
        this.rows = rows;
        this.postings = postings;
        this.titles = titles;
        Map<Row.Library, Integer> found = new HashMap<>();
        postings.get(Keys.kind(ItemKind.COLLECTION_FOLDER))
                .forEach((int id) -> eachLibrary(rows.get(id), library -> found.put(library, id)));
        this.libraries = Map.copyOf(found);
        Set<Integer> seen = new HashSet<>();
        postings.each(Keys.UPSTREAM, key -> seen.add((int) key));
        this.upstreams = Set.copyOf(seen);
        this.underWay = new AtomicInteger();
        this.everything = Lens.everything(this);
    }

    private Snapshot(Snapshot before, Change change) {
        this.rows = change.rowEdit.done();
        this.postings = change.postingEdit.done();
        this.titles = change.titleEdit.done();
        this.libraries = Map.copyOf(change.newLibraries);
        this.upstreams = change.newUpstreams.stream()
                .filter(upstream -> !postings.isEmpty(Keys.UPSTREAM.of(upstream)))
                .collect(Collectors.toUnmodifiableSet());
        this.underWay = before.underWay;
        RoaringBitmap touched = change.touched(this);
        this.everything = before.everything.after(this, change.taken, change.put, touched);
        if (looksLike(before)) {
            before.lenses.forEach(
                    (seen, lens) -> lenses.put(seen, lens.after(this, change.taken, change.put, touched)));
            if (before.isMaking()) {
                before.later = new Later(this, change, touched);
            }
        }
    }

    /** Whether what somebody sees of one can be made to what they see of the other. */
    private boolean looksLike(Snapshot before) {
        return upstreams.equals(before.upstreams) && libraries.equals(before.libraries);
    }

    boolean isMaking() {
        return underWay.get() > 0;
    }

    /** Makes something that takes long; changes meanwhile are kept for it to be handed on. */
    <T> T making(Supplier<T> work) {
        underWay.incrementAndGet();
        try {
            return work.get();
        } finally {
            underWay.decrementAndGet();
        }
    }

    /** All that cannot be found out fast; the words of the rows go before it. */
    void write(DataOutput out) throws IOException {
        rows.write(out);
        postings.write(out);
        titles.write(out);
    }

    /**
     * @param words those of the rows
     * @param most no number that is read may be larger
     */
    static Snapshot read(Words words, DataInput in, long most) throws IOException {
        return new Snapshot(Rows.read(words, in, most), Postings.read(in, most), TitleIndex.read(in, most));
    }

    static Snapshot empty() {
        return of(Rows.empty(new Words()));
    }

    /** The numbers of texts in keys. */
    Words words() {
        return rows.words();
    }

    /** How many texts some row has; all rows are looked at. */
    int wordsInUse() {
        Words used = new Words();
        RowOutput packing = new RowOutput(used);
        rows.forEach(row -> {
            packing.packed(row);
            Keys.each(row, used, key -> {});
        });
        return used.size();
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

    /** Not to be changed. */
    RoaringBitmap ofKind(ItemKind kind) {
        return postings.get(Keys.kind(kind));
    }

    RoaringBitmap ofKinds(Predicate<ItemKind> wanted) {
        RoaringBitmap all = new RoaringBitmap();
        for (ItemKind kind : ItemKind.values()) {
            if (wanted.test(kind)) {
                postings.addTo(all, Keys.kind(kind));
            }
        }
        return all;
    }

    /** The ids of what the gateway has itself. */
    Set<Integer> own() {
        Set<Integer> own = new HashSet<>();
        postings.get(Keys.UPSTREAM.of(Lists.GATEWAY)).forEach((int id) -> own.add(id));
        return own;
    }

    private Set<Integer> seenBy(Visible visible) {
        Set<Integer> seen = visible.upstreams().stream()
                .map(UpstreamId::value)
                .filter(upstreams::contains)
                .collect(Collectors.toCollection(HashSet::new));
        if (upstreams.contains(Lists.GATEWAY)) {
            seen.add(Lists.GATEWAY);
        }
        return seen;
    }

    /** The catalogue as someone sees it who may see these upstreams. */
    Lens through(Visible visible) {
        Set<Integer> seen = seenBy(visible);
        if (seen.size() == upstreams.size()) {
            return everything;
        }
        if (lenses.size() > REMEMBERED_LENSES) {
            lenses.clear();
        }
        Lens known = lenses.get(seen);
        return known == null ? making(() -> restricted(Set.copyOf(seen))) : known;
    }

    /** Whoever comes after a change that came meanwhile need not wait for it again. */
    private Lens restricted(Set<Integer> seen) {
        Lens made = lenses.computeIfAbsent(seen, s -> Lens.restricted(this, s));
        Lens lens = made;
        for (Later next = later; next != null; next = next.snapshot.later) {
            Lens before = lens;
            Change change = next.change;
            Later now = next;
            lens = now.snapshot.lenses.computeIfAbsent(
                    seen, s -> before.after(now.snapshot, change.taken, change.put, now.touched));
        }
        return made;
    }

    /** Whether nobody waits for {@link #through}. */
    boolean isKnown(Visible visible) {
        Set<Integer> seen = seenBy(visible);
        return seen.size() == upstreams.size() || lenses.containsKey(seen);
    }

    Visible allUpstreams() {
        return new Visible(upstreams.stream()
                .filter(upstream -> upstream != Lists.GATEWAY)
                .map(UpstreamId::new)
                .collect(Collectors.toSet()));
    }

    Lens everything() {
        return everything;
    }

    /** @param removed what is changed too is not removed; of several rows of one item the last counts */
    Snapshot with(Collection<Row> changed, Collection<Integer> removed) {
        Map<Integer, Row> rowsById = new HashMap<>();
        changed.forEach(row -> rowsById.put(row.id(), row));
        Change change = new Change();
        removed.stream().filter(id -> !rowsById.containsKey(id)).forEach(change::remove);
        rowsById.values().forEach(change::put);
        return new Snapshot(this, change);
    }

    private final class Change {
        private final Rows.Edit rowEdit = rows.edit();
        private final Postings.Edit postingEdit = postings.edit();
        private final TitleIndex.Edit titleEdit = titles.edit();
        private final Map<Row.Library, Integer> newLibraries = new HashMap<>(libraries);
        private final Set<Integer> newUpstreams = new HashSet<>(upstreams);
        private final List<Row> taken = new ArrayList<>();
        private final List<Row> put = new ArrayList<>();

        void remove(int id) {
            rows.find(id).ifPresent(old -> {
                take(old);
                rowEdit.remove(id);
            });
        }

        /** Most of what an item is found by stays the same when it changes, and sets of very many are dear to copy. */
        void put(Row row) {
            Optional<Row> old = rows.find(row.id());
            long[] before = old.map(known -> Keys.all(known, words())).orElseGet(() -> new long[0]);
            long[] now = Keys.all(row, words());
            Keys.without(before, now, key -> postingEdit.remove(key, row.id()));
            Keys.without(now, before, key -> postingEdit.add(key, row.id()));
            old.ifPresentOrElse(known -> titleEdit.change(known, row), () -> titleEdit.add(row));
            old.ifPresent(this::taken);
            put.add(row);
            rowEdit.put(row);
            row.parts().forEach(part -> newUpstreams.add(part.upstream()));
            eachLibrary(row, library -> newLibraries.put(library, row.id()));
        }

        private void take(Row old) {
            taken(old);
            Keys.each(old, words(), key -> postingEdit.remove(key, old.id()));
            titleEdit.remove(old);
        }

        private void taken(Row old) {
            taken.add(old);
            eachLibrary(old, library -> newLibraries.remove(library, old.id()));
        }

        /** With relatives: some orders look at the series of an episode, at the episodes of a series, or at a studio. */
        RoaringBitmap touched(Snapshot after) {
            RoaringBitmap touched = new RoaringBitmap();
            taken.forEach(row -> touch(row, after, touched));
            put.forEach(row -> touch(row, after, touched));
            return touched;
        }

        private void touch(Row row, Snapshot after, RoaringBitmap touched) {
            touched.add(row.id());
            touched.add(row.series());
            touched.add(row.season());
            touched.add(row.album());
            if (row.kind() == ItemKind.SERIES) {
                after.postings.addTo(touched, Keys.OF_SERIES.of(row.id()));
            }
            if (row.kind() == ItemKind.SEASON) {
                after.postings.addTo(touched, Keys.EPISODES_OF_SEASON.of(row.id()));
            }
            if (row.kind() == ItemKind.GAME_SYSTEM) {
                after.postings.addTo(touched, Keys.IN_FOLDER.of(row.id()));
            }
            if (row.kind() == ItemKind.STUDIO || row.kind() == ItemKind.PERSON) {
                after.postings.addTo(touched, Keys.REF.of(row.id()));
            }
        }
    }

    private static void eachLibrary(Row row, Consumer<Row.Library> consumer) {
        if (row.kind() == ItemKind.COLLECTION_FOLDER) {
            row.parts()
                    .forEach(part -> part.libraries()
                            .forEach(library -> consumer.accept(new Row.Library(part.upstream(), library))));
        }
    }

    /** Everything found anew; the titles by another thread. */
    static Snapshot of(Rows rows) {
        CompletableFuture<TitleIndex> titles = CompletableFuture.supplyAsync(() -> {
            TitleIndex.Edit edit = TitleIndex.empty().edit();
            rows.forEach(edit::add);
            return edit.done();
        });
        Postings.Edit postings = Postings.EMPTY.edit();
        rows.forEach(row -> Keys.each(row, rows.words(), key -> postings.add(key, row.id())));
        return new Snapshot(rows, postings.done(), titles.join());
    }
}
