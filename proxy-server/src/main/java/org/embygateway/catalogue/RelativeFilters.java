package org.embygateway.catalogue;

import org.roaringbitmap.RoaringBitmap;

/** What belongs to a series, what is left out by its id, and what more than one server has. */
final class RelativeFilters {
    private RelativeFilters() {}

    static void add(Conditions conditions) {
        if (conditions.params().has("SeriesId") || conditions.params().has("LibrarySeriesId")) {
            RoaringBitmap series = RoaringBitmap.or(conditions.ids("SeriesId"), conditions.ids("LibrarySeriesId"));
            conditions.add(conditions.any(Keys.OF_SERIES, series));
        }
        if (conditions.params().has("ExcludeItemIds")) {
            conditions.addNot(conditions.ids("ExcludeItemIds"));
        }
        conditions
                .params()
                .flag("HasDuplicate")
                .ifPresent(wanted -> conditions.add(several(conditions.lens()), wanted));
        if (conditions.params().flag("IsDuplicate", false)) {
            conditions.add(Condition.none());
        }
    }

    /** What several visible servers have. All their copies are one item, so that none is a duplicate of another. */
    private static RoaringBitmap several(Lens lens) {
        RoaringBitmap once = new RoaringBitmap();
        RoaringBitmap again = new RoaringBitmap();
        lens.eachValue(Keys.UPSTREAM, lens.visible(), upstream -> {
            RoaringBitmap items = lens.of(Keys.UPSTREAM.of(upstream));
            again.or(RoaringBitmap.and(once, items));
            once.or(items);
        });
        return again;
    }
}
