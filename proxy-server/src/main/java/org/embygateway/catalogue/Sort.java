package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.jspecify.annotations.Nullable;

/**
 * An order of items. Whatever the terms are, ties are broken by name and at last by id, so that pages fit together.
 *
 * <p>Emby API: {@code SortBy}, {@code SortOrder}.
 */
record Sort(List<Term> terms) {
    static final Sort BY_NAME = by(SortKey.SORT_NAME);
    static final Sort NUMBERS = by(SortKey.PARENT_INDEX_NUMBER, SortKey.INDEX_NUMBER);
    static final Sort TRACKS = by(SortKey.DISC, SortKey.INDEX_NUMBER);
    static final Sort BY_ALBUM = by(SortKey.ALBUM, SortKey.DISC, SortKey.INDEX_NUMBER);
    static final Sort LATEST_YEAR = new Sort(List.of(new Term(SortKey.PRODUCTION_YEAR, true)));
    static final Sort AIRED = by(SortKey.AIRED_EPISODE_ORDER);
    static final Sort NEWEST = new Sort(List.of(new Term(SortKey.DATE_CREATED, true)));
    static final Sort LAST_PLAYED = new Sort(List.of(new Term(SortKey.DATE_PLAYED, true)));
    static final Sort RANDOM = by(SortKey.RANDOM);

    record Term(SortKey key, boolean descending) {}

    /** What an order may depend on besides the items. */
    record Context(Lens lens, UserState user, long seed) {}

    Sort {
        terms = List.copyOf(terms);
    }

    static Sort by(SortKey... keys) {
        return new Sort(Arrays.stream(keys).map(key -> new Term(key, false)).toList());
    }

    /** The order of what lies in something, when nobody asks for another one. */
    static Sort within(ItemKind kind) {
        return kind == ItemKind.MUSIC_ALBUM ? TRACKS : NUMBERS;
    }

    /** What the client asks for; empty when it asks for nothing we know. Further keys take the first direction. */
    static Optional<Sort> parse(Params params) {
        List<String> orders = params.list("SortOrder");
        List<String> names = params.list("SortBy");
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < names.size() && i < 8; i++) {
            String order = orders.isEmpty() ? "" : i < orders.size() ? orders.get(i) : orders.getFirst();
            boolean descending = order.equalsIgnoreCase("Descending") || order.equalsIgnoreCase("Desc");
            SortKey.named(names.get(i)).ifPresent(key -> terms.add(new Term(key, descending)));
        }
        return terms.isEmpty() ? Optional.empty() : Optional.of(new Sort(terms));
    }

    /** Whether a client asks, before anything else, for an order that only what it looks into has. */
    static boolean asksFor(Params params, String own) {
        return params.list("SortBy").stream()
                .findFirst()
                .filter(own::equalsIgnoreCase)
                .isPresent();
    }

    static boolean asksDescending(Params params) {
        return params.list("SortOrder").stream()
                .findFirst()
                .filter(order -> order.toLowerCase(Locale.ROOT).startsWith("desc"))
                .isPresent();
    }

    /** Every term the other way round. */
    Sort reversed() {
        return new Sort(
                terms.stream().map(term -> new Term(term.key, !term.descending)).toList());
    }

    /** Whether the order is the same for everybody and every time. */
    boolean isLasting() {
        return terms.stream().noneMatch(term -> term.key.isPersonal());
    }

    boolean isByNameOnly() {
        return equals(BY_NAME);
    }

    /** The order without what is another for every person or every time. */
    Sort lasting() {
        return new Sort(terms.stream().filter(term -> !term.key.isPersonal()).toList());
    }

    /** Whether the name is among the terms, so that only the id breaks ties. */
    boolean isNamed() {
        return terms.stream().anyMatch(term -> term.key == SortKey.SORT_NAME);
    }

    Comparator<Row> comparator(Context context) {
        @Nullable Comparator<Row> comparator = null;
        for (Term term : terms) {
            Comparator<Row> next = term.key.comparator(context);
            next = term.descending ? next.reversed() : next;
            comparator = comparator == null ? next : comparator.thenComparing(next);
        }
        Comparator<Row> tie = isNamed() ? SortKey.BY_ID : byName(context);
        return comparator == null ? tie : comparator.thenComparing(tie);
    }

    private Comparator<Row> byName(Context context) {
        int[] ranks = context.lens.orders().ranks();
        return Comparator.comparingInt(row -> ranks[row.id()]);
    }
}
