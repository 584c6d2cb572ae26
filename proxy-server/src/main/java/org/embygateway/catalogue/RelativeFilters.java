package org.embygateway.catalogue;

import org.roaringbitmap.RoaringBitmap;

/** What belongs to a series, and what is left out by its id. */
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
    }
}
