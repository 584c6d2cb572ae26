package org.embygateway.catalogue;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * Finds the visible items that meet all conditions, in order, and counts them exactly. One query, however its answer is
 * shown.
 */
final class Query {
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
        List<RoaringBitmap> sets = conditions.stream()
                .flatMap(condition -> condition.among().stream())
                .sorted(Comparator.comparingInt(RoaringBitmap::getCardinality))
                .toList();
        RoaringBitmap result =
                sets.isEmpty() ? lens.visible().clone() : RoaringBitmap.and(lens.visible(), sets.getFirst());
        sets.stream().skip(1).forEach(result::and);
        conditions.stream().flatMap(condition -> condition.except().stream()).forEach(result::andNot);
        List<Predicate<Row>> tests = conditions.stream()
                .flatMap(condition -> condition.test().stream())
                .toList();
        return tests.isEmpty() ? result : tested(result, tests);
    }

    private RoaringBitmap tested(RoaringBitmap ids, List<Predicate<Row>> tests) {
        RoaringBitmap passed = new RoaringBitmap();
        ids.forEach((int id) -> {
            Row row = lens.row(id);
            if (tests.stream().allMatch(test -> test.test(row))) {
                passed.add(id);
            }
        });
        return passed;
    }

    Page page(Sort sort, long seed, int start, int limit) {
        RoaringBitmap matches = matches();
        return new Page(slice(matches, sort, seed, start, limit), matches.getCardinality());
    }

    /** Some of the ids in order: from {@code start} on, at most {@code limit}. */
    int[] slice(RoaringBitmap matches, Sort sort, long seed, int start, int limit) {
        int total = matches.getCardinality();
        int count = Math.min(limit, total - Math.min(start, total));
        return count <= 0 ? new int[0] : lens.orders().slice(matches, user, seed, sort, start, count);
    }
}
