package org.embygateway.catalogue;

import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * One filter of a query, in two forms: a set of ids over the whole catalogue, where there is one, and a test of a row as
 * it is seen. Both say the same, except that a set may also hold items that do not fit when {@code exact} is false.
 */
record Condition(Optional<RoaringBitmap> among, Predicate<Row> test, boolean exact) {

    static Condition of(RoaringBitmap among, Predicate<Row> test) {
        return new Condition(Optional.of(among), test, true);
    }

    static Condition narrowed(RoaringBitmap among, Predicate<Row> test) {
        return new Condition(Optional.of(among), test, false);
    }

    static Condition of(Predicate<Row> test) {
        return new Condition(Optional.empty(), test, false);
    }

    /** About ids alone, whatever is known of the items. */
    static Condition ids(RoaringBitmap ids) {
        IntPredicate contains = ids::contains;
        return of(ids, row -> contains.test(row.id()));
    }

    static Condition none() {
        return ids(new RoaringBitmap());
    }
}
