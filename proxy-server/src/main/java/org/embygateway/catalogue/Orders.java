package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.embygateway.protocol.ItemKind;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/**
 * All visible ids in the orders that were asked for, each computed once. After a change an order is not sorted anew: the
 * few items that changed are taken out and put in at their places.
 */
final class Orders {
    private static final int REMEMBERED = 48;
    private static final int FEW = 512;
    /** One item in so many may have changed for an order to be mended. */
    private static final int MENDED = 64;
    /** Beyond one in so many it is not far from there. */
    private static final int SOON_STALE = 4 * MENDED;

    private static final SortKey AIRED = SortKey.AIRED_EPISODE_ORDER;

    /** Orders of an earlier snapshot, and what has changed since. */
    record Inherited(Map<Sort, Stale> orders, Map<Integer, int[]> episodes) {
        static final Inherited NOTHING = new Inherited(Map.of(), Map.of());

        /** @param visible what the order consists of */
        record Stale(int[] ids, RoaringBitmap visible, RoaringBitmap touched) {}
    }

    private final Lens lens;
    private final Map<Sort, Inherited.Stale> inherited;
    private final Map<Sort, int[]> orders = new ConcurrentHashMap<>();
    private final Map<Integer, int[]> episodes;
    private final Answers answers = new Answers();
    private volatile int @Nullable [] ranks;

    Orders(Lens lens, Inherited inherited) {
        this.lens = lens;
        this.inherited = new ConcurrentHashMap<>(inherited.orders);
        this.episodes = new ConcurrentHashMap<>(inherited.episodes);
    }

    /** What the orders known here become when the touched items change. */
    Inherited inherited(RoaringBitmap touched) {
        Map<Sort, Inherited.Stale> stale = new HashMap<>();
        orders.forEach((sort, ids) -> stale.put(sort, new Inherited.Stale(ids, lens.visible(), touched)));
        inherited.forEach((sort, old) -> {
            RoaringBitmap both = RoaringBitmap.or(old.touched, touched);
            if (stale.size() < REMEMBERED && isFew(both, old.ids)) {
                stale.putIfAbsent(sort, new Inherited.Stale(old.ids, old.visible, both));
            }
        });
        Map<Integer, int[]> known = new HashMap<>(episodes);
        known.keySet().removeIf(touched::contains);
        return new Inherited(stale, known);
    }

    /** Not to be changed. Only for sorts that depend on nothing but the catalogue. */
    int[] ids(Sort sort) {
        int[] known = orders.get(sort);
        return known != null ? known : remembered(sort);
    }

    /** One at a time: several clients may ask for the same order at once. */
    private synchronized int[] remembered(Sort sort) {
        int[] known = orders.get(sort);
        if (known != null) {
            return known;
        }
        int[] ids = Optional.ofNullable(inherited.get(sort))
                .flatMap(stale -> mended(stale, sort))
                .orElseGet(() -> lens.snapshot().making(() -> sortedAndHandedOn(sort)));
        if (orders.size() > REMEMBERED) {
            orders.clear();
        }
        orders.put(sort, ids);
        return ids;
    }

    private int[] sortedAndHandedOn(Sort sort) {
        int[] ids = sorted(lens.visible().toArray(), sort);
        orders.put(sort, ids);
        lens.handOn(sort, ids);
        return ids;
    }

    /** Takes an order of an earlier snapshot, unless there is one. */
    void offer(Sort sort, Inherited.Stale order) {
        inherited.putIfAbsent(sort, order);
    }

    /** Makes an order beforehand if somebody would have to wait for it. */
    void prepare(Sort sort) {
        if (!isNear(sort)) {
            ids(sort);
        }
    }

    /** Whether it is there or mended fast. */
    boolean isNear(Sort sort) {
        Inherited.Stale stale = inherited.get(sort);
        return orders.containsKey(sort) || stale != null && isFew(stale.touched, stale.ids, SOON_STALE);
    }

    private Optional<int[]> mended(Inherited.Stale stale, Sort sort) {
        RoaringBitmap visible = lens.visible();
        RoaringBitmap out = RoaringBitmap.or(stale.touched, RoaringBitmap.andNot(stale.visible, visible));
        RoaringBitmap in = RoaringBitmap.or(stale.touched, RoaringBitmap.andNot(visible, stale.visible));
        in.and(visible);
        if (!isFew(in, stale.ids)) {
            return Optional.empty();
        }
        int[] kept = without(stale.ids, out);
        return Optional.of(merged(kept, sorted(rows(in), comparator(sort)), comparator(sort)));
    }

    private static boolean isFew(RoaringBitmap changed, int[] ids) {
        return isFew(changed, ids, MENDED);
    }

    private static boolean isFew(RoaringBitmap changed, int[] ids, int oneIn) {
        return (long) changed.getCardinality() * oneIn <= ids.length;
    }

    private static int[] without(int[] ids, RoaringBitmap out) {
        BitSet gone = BitSetUtil.bitsetOf(out);
        int[] kept = new int[ids.length];
        int count = 0;
        for (int id : ids) {
            if (!gone.get(id)) {
                kept[count++] = id;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** Both in order; the second has few. */
    private int[] merged(int[] ids, Row[] few, Comparator<Row> comparator) {
        int[] places = new int[few.length];
        places(ids, 0, ids.length, few, 0, few.length, comparator, places);
        int[] result = new int[ids.length + few.length];
        int from = 0;
        for (int i = 0; i < few.length; i++) {
            System.arraycopy(ids, from, result, from + i, places[i] - from);
            result[places[i] + i] = few[i].id();
            from = places[i];
        }
        System.arraycopy(ids, from, result, from + few.length, ids.length - from);
        return result;
    }

    /** The middle one first, which narrows where all others may be: looking at rows is what takes time. */
    private void places(
            int[] ids, int from, int to, Row[] few, int first, int end, Comparator<Row> comparator, int[] places) {
        if (first < end) {
            int middle = (first + end) >>> 1;
            places[middle] = place(ids, from, to, few[middle], comparator);
            places(ids, from, places[middle], few, first, middle, comparator, places);
            places(ids, places[middle], to, few, middle + 1, end, comparator, places);
        }
    }

    /** Where the first is that does not come before the row. */
    private int place(int[] ids, int from, int to, Row row, Comparator<Row> comparator) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (comparator.compare(lens.row(ids[middle]), row) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Row[] rows(RoaringBitmap ids) {
        Row[] rows = new Row[ids.getCardinality()];
        int[] at = {0};
        ids.forEach((int id) -> rows[at[0]++] = lens.row(id));
        return rows;
    }

    private static Row[] sorted(Row[] rows, Comparator<Row> comparator) {
        Arrays.sort(rows, comparator);
        return rows;
    }

    private static int[] ids(Row[] rows) {
        return Arrays.stream(rows).mapToInt(Row::id).toArray();
    }

    private Comparator<Row> comparator(Sort sort) {
        return sort.comparator(lasting());
    }

    private Sort.Context lasting() {
        return new Sort.Context(lens, UserState.NOBODY, 0);
    }

    /** All visible ids: the last thing that decides first, then every other in a way that keeps what is equal in order. */
    private int[] sorted(int[] visible, Sort sort) {
        int[] order = sort.isNamed() ? visible : ids(Sort.BY_NAME);
        for (Sort.Term term : sort.terms().reversed()) {
            for (SortKey.Value value : term.key().compared().reversed()) {
                order = switch (value) {
                    case SortKey.Value.Number(var of) -> {
                        long[] values = new long[order.length];
                        int[] before = order;
                        each(order, i -> values[i] = of.applyAsLong(lasting(), lens.row(before[i])));
                        yield Stable.byNumber(order, values, term.descending());
                    }
                    case SortKey.Value.Text(var of) -> {
                        String[] texts = new String[order.length];
                        int[] before = order;
                        each(order, i -> texts[i] = of.apply(lasting(), lens.row(before[i])));
                        yield Stable.byText(order, texts, term.descending());
                    }
                };
            }
        }
        return order;
    }

    private static void each(int[] order, IntConsumer at) {
        IntStream.range(0, order.length).parallel().forEach(at);
    }

    /** The visible episodes of a series as they were aired, without specials. */
    int[] episodes(int series) {
        return episodes.computeIfAbsent(series, id -> {
            RoaringBitmap regular = lens.visibleOf(Keys.EPISODES_OF_SERIES.of(id));
            regular.andNot(lens.of(Keys.mark(Keys.Mark.SPECIAL_EPISODE)));
            return ids(sorted(rows(regular), AIRED.comparator(lasting()).thenComparing(SortKey.BY_ID)));
        });
    }

    /** The place of the first item whose key of its name is not below the given one. */
    int firstFrom(String key) {
        return first(ids(Sort.BY_NAME), row -> row.sortKey().compareTo(key) >= 0);
    }

    /** The items whose key of their name is at least the first and below the second. */
    RoaringBitmap named(String from, Optional<String> to) {
        int[] ids = ids(Sort.BY_NAME);
        return set(ids, firstFrom(from), to.map(this::firstFrom).orElse(ids.length));
    }

    /** The items with a number between the two, both included. */
    RoaringBitmap range(SortKey key, long from, long to) {
        if (from > to) {
            return new RoaringBitmap();
        }
        int[] ids = ids(Sort.by(key));
        int first = firstFrom(ids, key, from);
        return set(ids, first, to == Long.MAX_VALUE ? ids.length : firstFrom(ids, key, to + 1));
    }

    /** The items whose text is at least the given one; not those without any. */
    RoaringBitmap textFrom(SortKey key, String least) {
        if (!(key.compared().getFirst() instanceof SortKey.Value.Text(var of))) {
            throw new IllegalArgumentException("no text: " + key);
        }
        String from = least.isEmpty() ? "\0" : least;
        int[] ids = ids(Sort.by(key));
        return set(ids, first(ids, row -> of.apply(lasting(), row).compareTo(from) >= 0), ids.length);
    }

    /** The place of the first item that passes a test which all after it pass too. */
    private int first(int[] ids, Predicate<Row> test) {
        int low = 0;
        int high = ids.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (test.test(lens.row(ids[middle]))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private int firstFrom(int[] ids, SortKey key, long least) {
        if (!(key.compared().getFirst() instanceof SortKey.Value.Number(var of))) {
            throw new IllegalArgumentException("no numbers: " + key);
        }
        return first(ids, row -> of.applyAsLong(lasting(), row) >= least);
    }

    private RoaringBitmap set(int[] ids, int from, int to) {
        if (to - from > ids.length / 2) {
            RoaringBitmap rest = set(ids, 0, from);
            rest.or(set(ids, to, ids.length));
            return RoaringBitmap.andNot(lens.visible(), rest);
        }
        if (to - from < FEW) {
            return RoaringBitmap.bitmapOf(Arrays.copyOfRange(ids, from, Math.max(from, to)));
        }
        long[] words = new long[(lens.snapshot().rows().bound() >> 6) + 1];
        for (int i = from; i < to; i++) {
            words[ids[i] >> 6] |= 1L << ids[i];
        }
        return BitSetUtil.bitmapOf(words);
    }

    /** Places in the order of names by id. */
    int[] ranks() {
        int[] known = ranks;
        if (known == null) {
            int[] ids = ids(Sort.BY_NAME);
            known = new int[lens.snapshot().rows().bound()];
            for (int i = 0; i < ids.length; i++) {
                known[ids[i]] = i;
            }
            ranks = known;
        }
        return known;
    }

    /** Some of the matches in order: {@code count} from {@code start} on, which are there. */
    int[] slice(RoaringBitmap matches, UserState now, long seed, Sort sort, int start, int count) {
        UserState user = sort.isLasting() ? now : now.still();
        Sort.Context context = new Sort.Context(lens, user, seed);
        if (matches.getCardinality() <= FEW) {
            return sort.isByNameOnly()
                    ? fewByName(matches, start, count)
                    : Arrays.copyOfRange(ids(sorted(rows(matches), sort.comparator(context))), start, start + count);
        }
        if (sort.isLasting()) {
            return lasting(matches, sort, start, count);
        }
        if (sort.equals(Sort.RANDOM)) {
            return Smallest.ids(matches, id -> SortKey.mixed(seed, id), start, count);
        }
        Answers.Asked asked = new Answers.Asked(sort, seed, user.version(), matches);
        int[] all = answers.find(asked, () -> personal(matches, user, context, sort));
        return Arrays.copyOfRange(all, start, start + count);
    }

    /** Some of the ids by name: {@code count} from {@code start} on, which are there; fast when they are the first. */
    int[] byName(RoaringBitmap of, int start, int count) {
        int size = of.getCardinality();
        if (size <= FEW) {
            return fewByName(of, start, count);
        }
        int[] byName = ids(Sort.BY_NAME);
        long steps = (long) (start + count) * byName.length / size;
        return steps < size ? Walk.from(byName, BitSetUtil.bitsetOf(of), 0, start, count) : marked(of, start, count);
    }

    private int[] fewByName(RoaringBitmap few, int start, int count) {
        int[] ranks = ranks();
        int[] byName = ids(Sort.BY_NAME);
        return few.stream()
                .map(id -> ranks[id])
                .sorted()
                .skip(start)
                .limit(count)
                .map(place -> byName[place])
                .toArray();
    }

    /** Marks the places of all in the order of names, and reads off those on the page: nothing is sorted. */
    private int[] marked(RoaringBitmap of, int start, int count) {
        int[] ranks = ranks();
        int[] byName = ids(Sort.BY_NAME);
        BitSet marks = new BitSet(byName.length);
        of.forEach((int id) -> marks.set(ranks[id]));
        return marks.stream()
                .skip(start)
                .limit(count)
                .map(place -> byName[place])
                .toArray();
    }

    private int[] lasting(RoaringBitmap matches, Sort sort, int start, int count) {
        int[] order = ids(sort);
        BitSet wanted = BitSetUtil.bitsetOf(matches);
        long expected = (long) (start + count) * order.length / matches.getCardinality();
        if (expected < order.length / 16) {
            return Walk.from(order, wanted, 0, start, count);
        }
        int[] stops = answers.find(new Answers.Asked(sort, 0, "", matches), () -> Walk.stops(order, wanted));
        int stop = start / Walk.STRIDE;
        return Walk.from(order, wanted, stops[stop], start - stop * Walk.STRIDE, count);
    }

    /** What may look to the person other than to somebody who did nothing. */
    private RoaringBitmap own(UserState user) {
        RoaringBitmap own = RoaringBitmap.or(user.known(), Tree.above(lens, user.known()));
        RoaringBitmap series = RoaringBitmap.and(own, lens.snapshot().ofKind(ItemKind.SERIES));
        own.or(lens.ofAny(series.stream().mapToLong(Keys.OF_SERIES::of).toArray()));
        own.or(user.playedFolders(lens));
        return own;
    }

    /** What the person has done something with is put at its place among all else, which looks the same to everybody. */
    private int[] personal(RoaringBitmap matches, UserState user, Sort.Context context, Sort sort) {
        if (sort.terms().stream().anyMatch(term -> term.key() == SortKey.RANDOM)) {
            return ids(sorted(rows(matches), sort.comparator(context)));
        }
        RoaringBitmap own = own(user);
        own.and(matches);
        RoaringBitmap others = RoaringBitmap.andNot(matches, own);
        Comparator<Row> comparator = sort.comparator(context);
        int[] rest = Walk.from(ids(sort.lasting()), BitSetUtil.bitsetOf(others), 0, 0, others.getCardinality());
        return merged(rest, sorted(rows(own), comparator), comparator);
    }
}
