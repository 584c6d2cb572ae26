package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/**
 * What comes with items, as somebody sees it. Servers often have the same trailer; it is shown once, that of the server
 * which comes first.
 */
final class ItemExtras {
    /** A second, in ticks. */
    private static final long SAME_RUN_TIME = 10_000_000;

    private ItemExtras() {}

    /** Those of one kind, server by server in the order of the item's copies. */
    static List<Row> all(Lens lens, Row owner, ItemKind kind) {
        RoaringBitmap ids = lens.visibleOf(Keys.EXTRAS_OF.of(owner.id()));
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Integer> servers = owner.parts().stream().map(Row.Part::upstream).toList();
        return Arrays.stream(ids.toArray())
                .mapToObj(lens::row)
                .filter(row -> row.kind() == kind)
                .sorted(Comparator.comparingInt((Row row) -> servers.indexOf(upstream(row)))
                        .thenComparing(SortKey.BY_ID))
                .toList();
    }

    /** The same, without what a server before has under the same name and as long. */
    static List<Row> distinct(Lens lens, Row owner, ItemKind kind) {
        List<Row> kept = new ArrayList<>();
        for (Row row : all(lens, owner, kind)) {
            if (kept.stream().noneMatch(other -> upstream(other) != upstream(row) && isSame(other, row))) {
                kept.add(row);
            }
        }
        return kept;
    }

    private static boolean isSame(Row one, Row other) {
        long time = one.facts().runTime();
        long otherTime = other.facts().runTime();
        return one.facts().folded().equals(other.facts().folded())
                && (time == 0 || otherTime == 0 || Math.abs(time - otherTime) <= SAME_RUN_TIME);
    }

    /** The server that has the extra: no two merge. */
    static int upstream(Row extra) {
        return extra.parts().getFirst().upstream();
    }

    /** The visible items that something of this kind comes with. */
    static RoaringBitmap owners(Lens lens, ItemKind kind) {
        RoaringBitmap owners = new RoaringBitmap();
        lens.visibleOf(Keys.kind(kind))
                .forEach((int id) -> owners.add(lens.row(id).album()));
        return owners;
    }

    /** Another number whenever what comes with the item is another or looks otherwise. */
    static long state(Snapshot snapshot, Row owner) {
        long state = 0;
        for (int id : snapshot.postings().get(Keys.EXTRAS_OF.of(owner.id())).toArray()) {
            state += snapshot.rows().get(id).stamp();
        }
        return state;
    }

    /**
     * Counts of trailers and special features: of what is known; as long as a server speaks of more, the largest number
     * that one speaks of.
     */
    static void count(ObjectNode result, Lens lens, Row owner, List<JsonNode> documents) {
        int trailers = count(lens, owner, ItemKind.LOCAL_TRAILER, declared(documents, "LocalTrailerCount"));
        int features = count(lens, owner, ItemKind.SPECIAL_FEATURE, declared(documents, "SpecialFeatureCount"));
        result.remove(List.of("LocalTrailerCount", "SpecialFeatureCount"));
        if ((owner.kind().isPlayable() || owner.kind() == ItemKind.SERIES)
                && !owner.kind().isExtra()) {
            result.put("LocalTrailerCount", trailers);
        }
        if (features > 0) {
            result.put("SpecialFeatureCount", features);
        }
    }

    private static int[] declared(List<JsonNode> documents, String field) {
        return documents.stream()
                .mapToInt(document -> document.path(field).asInt())
                .toArray();
    }

    private static int count(Lens lens, Row owner, ItemKind kind, int[] declared) {
        int known = all(lens, owner, kind).size();
        return known >= Arrays.stream(declared).sum()
                ? distinct(lens, owner, kind).size()
                : Math.max(
                        distinct(lens, owner, kind).size(),
                        Arrays.stream(declared).max().orElse(0));
    }
}
