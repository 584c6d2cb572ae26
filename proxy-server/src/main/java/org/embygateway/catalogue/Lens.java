package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.embygateway.protocol.ItemKind;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A snapshot as someone sees it who may see some upstreams. Items that live on others too appear as if only the visible
 * copies existed: every fact, name and picture comes from those.
 *
 * <p>For that, sets of the whole catalogue are corrected by two small ones: the items that are in them for visible
 * copies only, and those that are in them for hidden copies only. They are made once per set of visible upstreams and
 * follow the changes of the catalogue after that.
 */
final class Lens {
    /** So many names are looked for all at once, fewer one by one. */
    private static final int MANY = 50_000;

    private static final int REMEMBERED_PERSONAL = 256;

    private final Snapshot snapshot;
    private final Set<Integer> upstreams;
    private final String key;
    /** What has a visible copy, without by-name items. */
    private final RoaringBitmap items;
    /** By-name items that a visible item names. */
    private final RoaringBitmap named;

    private final RoaringBitmap visible;
    private final RoaringBitmap hidden;
    private final Postings more;
    private final Postings less;
    private final Orders orders;
    private final Differing differing;
    private final Finder finder;
    private final Lists lists;
    private final Map<Lists.Access, Lens> personal = new ConcurrentHashMap<>();
    private volatile @Nullable RoaringBitmap parents;
    private volatile @Nullable Later next;

    /** The same after a change, and what that touched. */
    private record Later(Lens lens, RoaringBitmap touched) {}

    private Lens(Making making, Orders.Inherited inherited, Differing differing) {
        this.snapshot = making.snapshot;
        this.upstreams = making.upstreams;
        this.key = making.key;
        this.items = making.items;
        this.named = making.named;
        this.visible = RoaringBitmap.or(items, named);
        this.hidden = making.hidden;
        this.more = making.more;
        this.less = making.less;
        this.orders = new Orders(this, inherited);
        this.differing = differing;
        this.finder = new Finder(this, differing);
        this.lists = Lists.NONE;
    }

    /** The same with lists, without what of them is hidden. */
    private Lens(Lens base, Lists lists, Lists.Access access) {
        this.snapshot = base.snapshot;
        this.upstreams = base.upstreams;
        this.key = base.key;
        this.items = base.items;
        this.named = base.named;
        this.visible = RoaringBitmap.andNot(base.visible, lists.hidden(base, access));
        this.hidden = base.hidden;
        this.more = base.more;
        this.less = base.less;
        this.orders = base.orders;
        this.differing = base.differing;
        this.finder = new Finder(this, differing);
        this.lists = lists;
    }

    /** The same with lists, as somebody sees it to whom not every list is shown. */
    Lens with(Lists shown, Lists.Access access) {
        Lens known = personal.get(access);
        if (known == null || known.lists != shown) {
            known = new Lens(this, shown, access);
            if (personal.size() > REMEMBERED_PERSONAL) {
                personal.clear();
            }
            personal.put(access, known);
        }
        return known;
    }

    /** What collections and playlists hold. */
    Lists lists() {
        return lists;
    }

    static Lens everything(Snapshot snapshot) {
        Making making = new Making(snapshot, Set.of(), "");
        making.items = snapshot.ofKinds(kind -> !kind.isByName());
        making.named = making.namedByAny();
        return new Lens(making, Orders.Inherited.NOTHING, Differing.unknown());
    }

    static Lens restricted(Snapshot snapshot, Set<Integer> upstreams) {
        Making making = new Making(snapshot, upstreams, new TreeSet<>(upstreams).toString());
        snapshot.postings()
                .each(
                        Keys.UPSTREAM,
                        postingKey -> snapshot.postings()
                                .addTo(
                                        upstreams.contains((int) postingKey) ? making.items : making.hidden,
                                        postingKey));
        making.items.andNot(snapshot.ofKinds(ItemKind::isByName));
        making.correct(RoaringBitmap.and(making.items, making.hidden));
        making.named = making.namedByAny();
        making.correct(RoaringBitmap.and(making.named, making.hidden));
        return new Lens(making, Orders.Inherited.NOTHING, Differing.unknown());
    }

    /**
     * The same of a later snapshot.
     *
     * @param taken rows as they were before
     * @param put rows as they are now
     * @param touched ids of all of those, and of what takes its order from them
     */
    Lens after(Snapshot later, List<Row> taken, List<Row> put, RoaringBitmap touched) {
        Making making = new Making(later, upstreams, key);
        making.items = items.clone();
        making.named = named.clone();
        making.hidden = hidden.clone();
        making.more = more;
        making.less = less;
        making.follow(this, taken, put);
        Lens after = new Lens(making, orders.inherited(touched), differing.after(touched));
        if (snapshot.isMaking()) {
            next = new Later(after, touched);
        }
        return after;
    }

    /** Gives an order that took long to whoever came after a change meanwhile; it is mended there. */
    void handOn(Sort sort, int[] ids) {
        RoaringBitmap touched = new RoaringBitmap();
        for (Later at = next; at != null; at = at.lens.next) {
            touched.or(at.touched);
            at.lens.orders.offer(sort, new Orders.Inherited.Stale(ids, visible, touched.clone()));
        }
    }

    /** A lens under construction. */
    private static final class Making {
        private final Snapshot snapshot;
        private final Set<Integer> upstreams;
        private final String key;
        private RoaringBitmap items = new RoaringBitmap();
        private RoaringBitmap named = new RoaringBitmap();
        private RoaringBitmap hidden = new RoaringBitmap();
        private Postings more = Postings.EMPTY;
        private Postings less = Postings.EMPTY;

        Making(Snapshot snapshot, Set<Integer> upstreams, String key) {
            this.snapshot = snapshot;
            this.upstreams = upstreams;
            this.key = key;
        }

        private RoaringBitmap namedByAny() {
            RoaringBitmap found = new RoaringBitmap();
            if (more == Postings.EMPTY && less == Postings.EMPTY) {
                snapshot.postings().eachOf(Keys.REF, items, ref -> found.add((int) ref));
            } else {
                snapshot.postings().each(Keys.REF, ref -> {
                    if (isNamed(ref)) {
                        found.add((int) ref);
                    }
                });
            }
            found.and(snapshot.ofKinds(ItemKind::isByName));
            return found;
        }

        private boolean isNamed(long ref) {
            if (less.isEmpty(ref)) {
                return snapshot.postings().intersects(ref, items) || more.intersects(ref, items);
            }
            return !corrected(ref, snapshot.postings(), items, more, less).isEmpty();
        }

        /** Notes how these items differ from what the sets of the whole catalogue say of them. */
        private void correct(RoaringBitmap ids) {
            Postings.Edit toMore = more.edit();
            Postings.Edit toLess = less.edit();
            ids.forEach((int id) -> differences(snapshot, snapshot.rows().get(id), toMore::add, toLess::add));
            more = toMore.done();
            less = toLess.done();
        }

        private interface Difference {
            void at(long key, int id);
        }

        private void differences(Snapshot in, Row whole, Difference gained, Difference lost) {
            long[] of = Keys.all(whole, in.words());
            long[] seen = Keys.all(whole.seenFrom(upstreams, in.libraries()), in.words());
            Keys.without(seen, of, postingKey -> gained.at(postingKey, whole.id()));
            Keys.without(of, seen, postingKey -> lost.at(postingKey, whole.id()));
        }

        private void follow(Lens before, List<Row> taken, List<Row> put) {
            RoaringBitmap names = new RoaringBitmap();
            RoaringBitmap corrected = new RoaringBitmap();
            Postings.Edit toMore = more.edit();
            Postings.Edit toLess = less.edit();
            for (Row row : taken) {
                if (before.isCorrected(row.id())) {
                    differences(before.snapshot, row, toMore::remove, toLess::remove);
                }
                items.remove(row.id());
                named.remove(row.id());
                hidden.remove(row.id());
                names(row, names);
            }
            for (Row row : put) {
                place(row);
                names(row, names);
                corrected.add(row.id());
            }
            more = toMore.done();
            less = toLess.done();
            correct(and(corrected, items, hidden));
            rename(before, names, corrected);
        }

        private static RoaringBitmap and(RoaringBitmap one, RoaringBitmap... others) {
            RoaringBitmap all = one.clone();
            for (RoaringBitmap other : others) {
                all.and(other);
            }
            return all;
        }

        private void place(Row row) {
            boolean all = key.isEmpty();
            if (!row.kind().isByName()
                    && (all || row.parts().stream().anyMatch(part -> upstreams.contains(part.upstream())))) {
                items.add(row.id());
            }
            if (!all && row.parts().stream().anyMatch(part -> !upstreams.contains(part.upstream()))) {
                hidden.add(row.id());
            }
        }

        private static void names(Row row, RoaringBitmap names) {
            row.facts().refs().forEach(ref -> names.add(ref.id().value()));
            if (row.kind().isByName()) {
                names.add(row.id());
            }
        }

        /** By-name items may come into view, or leave it, by what names them. */
        private void rename(Lens before, RoaringBitmap names, RoaringBitmap put) {
            Postings.Edit toMore = more.edit();
            Postings.Edit toLess = less.edit();
            RoaringBitmap fresh = new RoaringBitmap();
            names.forEach((int id) -> {
                Optional<Row> row =
                        snapshot.rows().find(id).filter(found -> found.kind().isByName());
                boolean was = named.contains(id);
                boolean is = row.isPresent() && isNamed(Keys.REF.of(id));
                if (is && (!was || put.contains(id))) {
                    named.add(id);
                    fresh.add(id);
                } else if (was && !is) {
                    if (before.isCorrected(id) && row.isPresent()) {
                        differences(before.snapshot, row.get(), toMore::remove, toLess::remove);
                    }
                    named.remove(id);
                }
            });
            more = toMore.done();
            less = toLess.done();
            correct(and(fresh, hidden));
        }
    }

    private static RoaringBitmap corrected(long key, Postings all, RoaringBitmap among, Postings more, Postings less) {
        RoaringBitmap set = RoaringBitmap.and(all.get(key), among);
        if (!less.isEmpty(key)) {
            set.andNot(less.get(key));
        }
        more.addTo(set, key);
        return set;
    }

    private boolean isCorrected(int id) {
        return hidden.contains(id) && visible.contains(id);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    Orders orders() {
        return orders;
    }

    Finder finder() {
        return finder;
    }

    /** Items with copies on servers that are not visible, whether others are or not. Not to be changed. */
    RoaringBitmap partial() {
        return hidden;
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
        return visible;
    }

    /** The items with a key of {@link Keys}, as they are seen from here; there may be invisible ones too. Not to be changed. */
    RoaringBitmap of(long key) {
        return seesAll() ? snapshot.postings().get(key) : corrected(key, snapshot.postings(), visible, more, less);
    }

    /** The same for any of several keys. */
    RoaringBitmap ofAny(long... keys) {
        RoaringBitmap any = new RoaringBitmap();
        for (long one : keys) {
            if (seesAll()) {
                snapshot.postings().addTo(any, one);
            } else {
                any.or(of(one));
            }
        }
        return any;
    }

    /** The items whose text of a field passes a test; for fields with few texts. */
    RoaringBitmap ofTexts(Keys field, Predicate<String> test) {
        List<Long> keys = new ArrayList<>();
        eachKey(field, postingKey -> {
            if (test.test(snapshot.words().text((int) postingKey))) {
                keys.add(postingKey);
            }
        });
        return ofAny(keys.stream().mapToLong(Long::longValue).toArray());
    }

    /** The items with this text in a field. Not to be changed. */
    RoaringBitmap ofText(Keys field, String text) {
        return snapshot.words().find(text).stream()
                .mapToObj(word -> of(field.of(word)))
                .findFirst()
                .orElseGet(RoaringBitmap::new);
    }

    private void eachKey(Keys field, LongConsumer consumer) {
        snapshot.postings().each(field, consumer);
        more.each(field, postingKey -> {
            if (snapshot.postings().isEmpty(postingKey)) {
                consumer.accept(postingKey);
            }
        });
    }

    /** The values of a field that some of these visible items have, in no order. */
    void eachValue(Keys field, RoaringBitmap of, IntConsumer consumer) {
        if (seesAll()) {
            snapshot.postings().eachOf(field, of, postingKey -> consumer.accept((int) postingKey));
            return;
        }
        eachKey(field, postingKey -> {
            if (meets(postingKey, of)) {
                consumer.accept((int) postingKey);
            }
        });
    }

    /** The by-name items of these kinds that some of these visible items name. */
    RoaringBitmap namedBy(RoaringBitmap items, Set<ItemKind> kinds) {
        RoaringBitmap candidates = RoaringBitmap.and(named, snapshot.ofKinds(kinds::contains));
        RoaringBitmap found = new RoaringBitmap();
        if (candidates.getCardinality() > MANY) {
            eachValue(Keys.REF, items, found::add);
            found.and(candidates);
        } else {
            candidates.forEach((int id) -> {
                if (meets(Keys.REF.of(id), items)) {
                    found.add(id);
                }
            });
        }
        return found;
    }

    private boolean meets(long postingKey, RoaringBitmap items) {
        return less.isEmpty(postingKey)
                ? snapshot.postings().intersects(postingKey, items) || more.intersects(postingKey, items)
                : RoaringBitmap.intersects(of(postingKey), items);
    }

    /** The texts of a field that some of these visible items have, in no order. */
    List<String> texts(Keys field, RoaringBitmap of) {
        List<String> texts = new ArrayList<>();
        eachValue(field, of, word -> texts.add(snapshot.words().text(word)));
        return texts;
    }

    /** The item as seen from here; empty when it is not visible. */
    Optional<Row> find(int id) {
        return visible.contains(id) ? Optional.of(row(id)) : Optional.empty();
    }

    /** The item as seen from here, known to be visible. */
    Row row(int id) {
        Row row = snapshot.rows().get(id);
        return hidden.contains(id) ? row.seenFrom(upstreams, snapshot.libraries()) : row;
    }

    /** The visible items of a library that stand in no other folder. */
    RoaringBitmap topLevel(int view) {
        RoaringBitmap top = RoaringBitmap.and(of(Keys.VIEW.of(view)), visible);
        top.andNot(snapshot.ofKind(ItemKind.SEASON));
        top.andNot(snapshot.ofKind(ItemKind.EPISODE));
        top.andNot(snapshot.postings().get(Keys.mark(Keys.Mark.IN_ALBUM)));
        return top;
    }

    /** Series, seasons, albums, collections and playlists with something visible to play below. Not to be changed. */
    RoaringBitmap parents() {
        RoaringBitmap known = parents;
        if (known == null) {
            RoaringBitmap found = new RoaringBitmap();
            for (Keys below :
                    List.of(Keys.EPISODES_OF_SERIES, Keys.EPISODES_OF_SEASON, Keys.TRACKS_OF_ALBUM, Keys.IN_FOLDER)) {
                snapshot.postings().eachOf(below, items, postingKey -> found.add((int) postingKey));
            }
            lists.sources().keySet().forEach(list -> {
                if (visible.contains(list) && !Tree.leaves(this, row(list)).isEmpty()) {
                    found.add(list);
                }
            });
            known = found;
            parents = known;
        }
        return known;
    }

    /** The visible episodes of a series in the order of the air, without specials. Not to be changed. */
    int[] episodes(int series) {
        return orders.episodes(series);
    }

    boolean sees(int upstream) {
        return seesAll() || upstreams.contains(upstream);
    }

    /** Whether the item, and the folder it may take a name from, lives on visible upstreams only. */
    boolean looksWhole(Row row) {
        return !row.kind().isByName() && !hidden.contains(row.id()) && !hidden.contains(row.album());
    }

    /** The visible items of a set of the whole catalogue that is about ids alone, such as the episodes of a series. */
    RoaringBitmap visibleOf(long postingKey) {
        return RoaringBitmap.and(snapshot.postings().get(postingKey), visible);
    }
}
