package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/**
 * The hits of a search in order: the closest first, of equally close ones titles before people before all else that has
 * only a name, then by name. Hits that are not on the page are counted, but not sorted.
 */
final class Search {
    private static final Set<ItemKind> LIBRARIES = Set.of(ItemKind.COLLECTION_FOLDER, ItemKind.USER_VIEW);

    /** What a search without types finds: everything but libraries, folders and extras. */
    static final Set<ItemKind> KINDS =
            kinds(kind -> !LIBRARIES.contains(kind) && kind != ItemKind.FOLDER && !kind.isExtra());

    private static final Set<ItemKind> PEOPLE = Set.of(ItemKind.PERSON, ItemKind.MUSIC_ARTIST);

    /** What may be asked for by its id. */
    static final Set<ItemKind> NAMEABLE = kinds(kind -> !LIBRARIES.contains(kind));

    /** What stands in libraries. */
    static final Set<ItemKind> MEDIA = kinds(kind -> !LIBRARIES.contains(kind) && !kind.isByName() && !kind.isExtra());

    private final Visitor visitor;
    private final List<Condition> conditions;

    /** @param conditions further ones; when there are none of kinds, {@link #KINDS} apply */
    Search(Visitor visitor, List<Condition> conditions) {
        this.visitor = visitor;
        this.conditions = List.copyOf(conditions);
    }

    private static Set<ItemKind> kinds(Predicate<ItemKind> wanted) {
        return Stream.of(ItemKind.values()).filter(wanted).collect(Collectors.toUnmodifiableSet());
    }

    Query.Page page(String term, int start, int limit) {
        Lens lens = visitor.lens();
        List<Condition> all = new ArrayList<>(conditions);
        all.add(Filters.search(lens, term));
        if (conditions.isEmpty()) {
            all.add(Filters.kinds(lens, KINDS));
        }
        RoaringBitmap matches = new Query(lens, visitor.user(), all).matches();
        return new Query.Page(ordered(matches, lens.finder().find(term), start, limit), matches.getCardinality());
    }

    private int[] ordered(RoaringBitmap matches, Found found, int start, int limit) {
        Snapshot snapshot = visitor.lens().snapshot();
        RoaringBitmap named = RoaringBitmap.and(matches, snapshot.ofKinds(ItemKind::isByName));
        RoaringBitmap people = RoaringBitmap.and(named, snapshot.ofKinds(PEOPLE::contains));
        Paged page = new Paged(start, limit);
        found.each(matches, (rank, items) -> {
            grouped(items, named, people).forEach(page::take);
            return page.left > 0;
        });
        return page.ids.toArray();
    }

    /** A page that is filled from one group after the other. */
    private final class Paged {
        private int skip;
        private int left;
        private IntStream ids = IntStream.empty();

        Paged(int start, int limit) {
            this.skip = start;
            this.left = limit;
        }

        void take(RoaringBitmap group) {
            int size = group.getCardinality();
            int count = Math.min(left, size - Math.min(skip, size));
            if (count > 0) {
                ids = IntStream.concat(
                        ids, Arrays.stream(visitor.lens().orders().byName(group, skip, count)));
                left -= count;
            }
            skip = Math.max(0, skip - size);
        }
    }

    private static List<RoaringBitmap> grouped(RoaringBitmap hits, RoaringBitmap named, RoaringBitmap people) {
        RoaringBitmap others = RoaringBitmap.and(hits, named);
        others.andNot(people);
        return List.of(RoaringBitmap.andNot(hits, named), RoaringBitmap.and(hits, people), others);
    }
}
