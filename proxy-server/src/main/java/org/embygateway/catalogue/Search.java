package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.embygateway.protocol.ItemKind;

/** A search for titles: the closest first, then by name. */
final class Search {
    /** What a search without types finds: everything but libraries. */
    static final Set<ItemKind> KINDS =
            EnumSet.complementOf(EnumSet.of(ItemKind.COLLECTION_FOLDER, ItemKind.USER_VIEW, ItemKind.FOLDER));

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
        int[] found = new Query(lens, visitor.user(), all).matches().toArray();
        return ordered(lens, found, term).subList(Math.min(start, found.length), end(start, limit, found.length));
    }

    private static int end(int start, int limit, int total) {
        return (int) Math.min(total, (long) Math.min(start, total) + limit);
    }

    static List<Row> ordered(Lens lens, int[] ids, String term) {
        String folded = Text.fold(term);
        int[] ranks = lens.orders().ranks();
        record Hit(Row row, int rank) {}
        return Arrays.stream(ids)
                .mapToObj(lens::row)
                .map(row -> new Hit(row, TitleIndex.rank(row.facts(), folded)))
                .sorted(Comparator.comparingInt(Hit::rank)
                        .thenComparing(hit -> hit.row.kind().isByName())
                        .thenComparingInt(hit -> ranks[hit.row.id()]))
                .map(Hit::row)
                .toList();
    }
}
