package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * Finds the visible items that meet all conditions, in order, and counts them exactly. One query, however its answer is
 * shown.
 */
final class Query {
    private static final int FEW = 512;

    private final Lens lens;
    private final UserState user;
    private final List<Condition> conditions;

    Query(Lens lens, UserState user, List<Condition> conditions) {
        this.lens = lens;
        this.user = user;
        this.conditions = List.copyOf(conditions);
    }

    /** A page of ids and how many there are in all. */
    record Page(int[] ids, int total) {}

    /** The ids that fit; the caller may change the set. */
    RoaringBitmap matches() {
        RoaringBitmap result = whole();
        List<Condition> tests =
                conditions.stream().filter(condition -> !condition.exact()).toList();
        if (!tests.isEmpty()) {
            result = tested(result, tests);
        }
        if (!lens.partial().isEmpty()) {
            result.or(tested(lens.partial(), conditions));
        }
        return result;
    }

    /** What the sets of all conditions have in common, of items that are seen whole. */
    private RoaringBitmap whole() {
        List<RoaringBitmap> sets = conditions.stream()
                .flatMap(condition -> condition.among().stream())
                .sorted(Comparator.comparingInt(RoaringBitmap::getCardinality))
                .toList();
        RoaringBitmap result =
                sets.isEmpty() ? lens.visible().clone() : RoaringBitmap.and(lens.visible(), sets.getFirst());
        sets.stream().skip(1).forEach(result::and);
        result.andNot(lens.partial());
        return result;
    }

    private RoaringBitmap tested(RoaringBitmap ids, List<Condition> tests) {
        RoaringBitmap passed = new RoaringBitmap();
        ids.forEach((int id) -> {
            Row row = lens.row(id);
            for (Condition condition : tests) {
                if (!condition.test().test(row)) {
                    return;
                }
            }
            passed.add(id);
        });
        return passed;
    }

    Page page(Sort sort, long seed, int start, int limit) {
        RoaringBitmap matches = matches();
        int total = matches.getCardinality();
        return new Page(slice(matches, sort, seed, start, limit), total);
    }

    /** Some of the ids in order: from {@code start} on, at most {@code limit}. */
    int[] slice(RoaringBitmap matches, Sort sort, long seed, int start, int limit) {
        int total = matches.getCardinality();
        int count = Math.min(limit, total - Math.min(start, total));
        if (count <= 0) {
            return new int[0];
        }
        if (total <= FEW || !sort.isLasting()) {
            return sorted(matches, sort, seed, start, count);
        }
        return walked(matches, lens.orders().ids(sort), start, count);
    }

    private int[] sorted(RoaringBitmap matches, Sort sort, long seed, int start, int count) {
        Row[] rows = new Row[matches.getCardinality()];
        int[] at = {0};
        matches.forEach((int id) -> rows[at[0]++] = lens.row(id));
        Comparator<Row> comparator = sort.comparator(new Sort.Context(lens, user, seed));
        Arrays.sort(rows, comparator);
        return Arrays.stream(rows, start, start + count).mapToInt(Row::id).toArray();
    }

    private static int[] walked(RoaringBitmap matches, int[] order, int start, int count) {
        int[] page = new int[count];
        int skipped = 0;
        int taken = 0;
        for (int i = 0; i < order.length && taken < count; i++) {
            if (matches.contains(order[i])) {
                if (skipped < start) {
                    skipped++;
                } else {
                    page[taken++] = order[i];
                }
            }
        }
        return taken == count ? page : Arrays.copyOf(page, taken);
    }
}
