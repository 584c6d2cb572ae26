package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/** A search for titles: the closest first, then by name. */
final class Search {
    /** What a search without types finds: everything but libraries. */
    static final Set<ItemKind> KINDS =
            EnumSet.complementOf(EnumSet.of(ItemKind.COLLECTION_FOLDER, ItemKind.USER_VIEW, ItemKind.FOLDER));

    private static final int WORST = 9;

    private final Visitor visitor;
    private final List<Condition> conditions;

    /** @param conditions further ones; when there are none of kinds, {@link #KINDS} apply */
    Search(Visitor visitor, List<Condition> conditions) {
        this.visitor = visitor;
        this.conditions = List.copyOf(conditions);
    }

    List<Row> best(String term, int start, int limit) {
        Lens lens = visitor.lens();
        List<Condition> all = new ArrayList<>(conditions);
        all.add(Filters.search(lens, term));
        if (conditions.isEmpty()) {
            all.add(Filters.kinds(lens, KINDS));
        }
        int[] found = ordered(lens, new Query(lens, visitor.user(), all).matches(), term);
        return Arrays.stream(found).skip(start).limit(limit).mapToObj(lens::row).toList();
    }

    /** Ids by how well they fit, items before people and genres, then by name. */
    static int[] ordered(Lens lens, RoaringBitmap matches, String text) {
        TitleIndex.Term term = TitleIndex.Term.of(text);
        int[] ranks = lens.orders().ranks();
        int[] byName = lens.orders().ids(Sort.BY_NAME);
        long[] places = new long[matches.getCardinality()];
        int[] at = {0};
        matches.forEach((int id) -> {
            Row row = lens.row(id);
            long named = row.kind().isByName() ? 1L << 32 : 0;
            places[at[0]++] = (long) Math.min(term.rank(row.facts()), WORST) << 33 | named | ranks[id];
        });
        Arrays.sort(places);
        return Arrays.stream(places).mapToInt(place -> byName[(int) place]).toArray();
    }
}
