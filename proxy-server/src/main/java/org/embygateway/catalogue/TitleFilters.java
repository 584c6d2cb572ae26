package org.embygateway.catalogue;

import java.util.Optional;
import java.util.function.Function;
import org.roaringbitmap.RoaringBitmap;

/** Ranges of names in the order that lists are sorted by, and searches. */
final class TitleFilters {
    private final Conditions conditions;
    private final Lens lens;

    private TitleFilters(Conditions conditions) {
        this.conditions = conditions;
        this.lens = conditions.lens();
    }

    static void add(Conditions conditions) {
        TitleFilters filters = new TitleFilters(conditions);
        filters.name("NameStartsWith", filters::startingWith);
        filters.name("NameStartsWithOrGreater", least -> filters.lens.orders().named(least, Optional.empty()));
        filters.name("NameLessThan", bound -> filters.lens.orders().named("", Optional.of(bound)));
        conditions.params().text("SearchTerm").ifPresent(term -> conditions.add(Filters.search(filters.lens, term)));
    }

    private void name(String name, Function<String, RoaringBitmap> set) {
        conditions.params().text(name).map(Text::fold).ifPresent(text -> conditions.add(set.apply(text)));
    }

    /** A text without letters and digits, such as {@code #}, stands for whatever is under no letter. */
    private RoaringBitmap startingWith(String start) {
        return start.isEmpty()
                ? lens.ofText(Keys.LETTER, "#")
                : lens.orders().named(start, Optional.of(start + Character.MAX_VALUE));
    }
}
