package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * All visible ids in the orders that were asked for, each computed once per snapshot. After a change an order is not
 * sorted anew: the few items that changed are taken out and merged in at their places.
 */
final class Orders {
    private static final int REMEMBERED = 48;

    /** Orders of an earlier snapshot, and what has changed since. */
    record Inherited(Map<Sort, Stale> orders) {
        static final Inherited NOTHING = new Inherited(Map.of());

        record Stale(int[] ids, RoaringBitmap touched) {}
    }

    private final Lens lens;
    private final Inherited inherited;
    private final Map<Sort, int[]> orders = new ConcurrentHashMap<>();
    private volatile int @Nullable [] ranks;

    Orders(Lens lens, Inherited inherited) {
        this.lens = lens;
        this.inherited = inherited;
    }

    /** What the orders known here become when the touched items change. */
    Inherited inherited(RoaringBitmap touched) {
        Map<Sort, Inherited.Stale> stale = new HashMap<>();
        inherited.orders.forEach(
                (sort, old) -> stale.put(sort, new Inherited.Stale(old.ids, RoaringBitmap.or(old.touched, touched))));
        orders.forEach((sort, ids) -> stale.put(sort, new Inherited.Stale(ids, touched)));
        return new Inherited(stale);
    }

    /** Not to be changed. Only for sorts that depend on nothing but the catalogue. */
    int[] ids(Sort sort) {
        int[] known = orders.get(sort);
        if (known != null) {
            return known;
        }
        int[] ids = Optional.ofNullable(inherited.orders.get(sort))
                .map(stale -> merged(stale, sort))
                .orElseGet(() -> sorted(lens.visible().toArray(), sort));
        if (orders.size() > REMEMBERED) {
            orders.clear();
        }
        orders.put(sort, ids);
        return ids;
    }

    private int[] sorted(int[] ids, Sort sort) {
        Row[] rows = rows(ids);
        Arrays.parallelSort(rows, comparator(sort));
        return Arrays.stream(rows).mapToInt(Row::id).toArray();
    }

    private Row[] rows(int[] ids) {
        Row[] rows = new Row[ids.length];
        for (int i = 0; i < ids.length; i++) {
            rows[i] = lens.row(ids[i]);
        }
        return rows;
    }

    private Comparator<Row> comparator(Sort sort) {
        return sort.comparator(new Sort.Context(lens, UserState.NOBODY, 0));
    }

    private int[] merged(Inherited.Stale stale, Sort sort) {
        RoaringBitmap visible = lens.visible();
        RoaringBitmap kept = new RoaringBitmap();
        kept.add(stale.ids);
        RoaringBitmap fresh = RoaringBitmap.andNot(visible, kept);
        fresh.or(RoaringBitmap.and(visible, stale.touched));
        Row[] added = rows(sorted(fresh.toArray(), sort));
        Comparator<Row> comparator = comparator(sort);
        int[] result = new int[visible.getCardinality()];
        int at = 0;
        int next = 0;
        for (int id : stale.ids) {
            if (!visible.contains(id) || fresh.contains(id)) {
                continue;
            }
            Row row = lens.row(id);
            while (next < added.length && comparator.compare(added[next], row) < 0) {
                result[at++] = added[next++].id();
            }
            result[at++] = id;
        }
        while (next < added.length) {
            result[at++] = added[next++].id();
        }
        return result;
    }

    /** The place of the first item whose key of its name is not below the given one. */
    int firstFrom(String key) {
        int[] ids = ids(Sort.BY_NAME);
        int low = 0;
        int high = ids.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lens.row(ids[middle]).facts().sortKey().compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
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
}
