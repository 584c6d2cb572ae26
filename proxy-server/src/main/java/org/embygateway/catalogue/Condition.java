package org.embygateway.catalogue;

import java.util.Optional;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * One filter of a query, as a set of ids: those that fit, or those that do not. Sets hold for the lens they were asked
 * from ({@link Lens#of}); none is changed. What no set knows is tested item by item, and only of what all sets leave.
 */
record Condition(Optional<RoaringBitmap> among, Optional<RoaringBitmap> except, Optional<Predicate<Row>> test) {

    static Condition ids(RoaringBitmap ids) {
        return new Condition(Optional.of(ids), Optional.empty(), Optional.empty());
    }

    static Condition notIds(RoaringBitmap ids) {
        return new Condition(Optional.empty(), Optional.of(ids), Optional.empty());
    }

    /** Those in the set, or when that is not wanted the others. */
    static Condition ids(RoaringBitmap ids, boolean wanted) {
        return wanted ? ids(ids) : notIds(ids);
    }

    /** Those in the set that also pass the test; for small sets. */
    static Condition narrowed(RoaringBitmap among, Predicate<Row> test) {
        return new Condition(Optional.of(among), Optional.empty(), Optional.of(test));
    }

    static Condition none() {
        return ids(new RoaringBitmap());
    }
}
