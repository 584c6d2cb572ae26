package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.embygateway.index.UserData;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/**
 * What of a document depends on who asks: user data and the counters of folders.
 *
 * <p>Emby API: {@code UserItemDataDto}, {@code ChildCount}, {@code RecursiveItemCount}.
 */
final class PersonalFields {
    private PersonalFields() {}

    static ObjectNode userData(Visitor visitor, Row row) {
        UserData data = visitor.user().of(row.id());
        ObjectNode result = EmbyJson.object();
        boolean played = data.played();
        if (row.kind().isFolder()) {
            RoaringBitmap leaves = Tree.leaves(visitor.lens(), row);
            int total = leaves.getCardinality();
            int seen = RoaringBitmap.andCardinality(leaves, visitor.user().played());
            played = total > 0 && seen == total;
            if (total > 0) {
                result.put("PlayedPercentage", 100.0 * seen / total);
            }
            if (total > 0 || row.kind() == ItemKind.SERIES || row.kind() == ItemKind.SEASON) {
                result.put("UnplayedItemCount", total - seen);
            }
        } else if (data.positionTicks() > 0 && row.facts().runTime() > 0) {
            result.put(
                    "PlayedPercentage",
                    Math.min(100.0, 100.0 * data.positionTicks() / row.facts().runTime()));
        }
        result.put("PlaybackPositionTicks", data.positionTicks());
        result.put("PlayCount", data.playCount());
        result.put("IsFavorite", data.favorite());
        data.lastPlayed().ifPresent(at -> result.put("LastPlayedDate", EmbyJson.date(at)));
        data.rating().ifPresent(rating -> result.put("Rating", rating));
        result.put("Played", played);
        return result;
    }

    /** The same as text to be appended to an object that is still open; counters only if they are not there yet. */
    static void write(StringBuilder out, Visitor visitor, Row row, Projection projection, boolean counted) {
        if (projection.userData()) {
            out.append(",\"UserData\":").append(userData(visitor, row));
        }
        if (counted
                && row.kind().isFolder()
                && (projection.asks("ChildCount") || projection.asks("RecursiveItemCount"))) {
            counts(out, visitor.lens(), row);
        }
        if (counted && row.kind().isByName() && projection.asks("ItemCounts")) {
            ItemCounts.of(visitor.lens(), row)
                    .forEach((field, count) ->
                            out.append(",\"").append(field).append("\":").append(count));
        }
        if (Lists.isList(row.kind())) {
            ListFields.write(out, visitor, row, projection);
        }
    }

    private static void counts(StringBuilder out, Lens lens, Row row) {
        if (row.kind() == ItemKind.COLLECTION_FOLDER || row.kind() == ItemKind.USER_VIEW) {
            int below = Tree.topLevel(lens, row.id()).getCardinality();
            out.append(",\"ChildCount\":").append(below);
            return;
        }
        out.append(",\"ChildCount\":").append(children(lens, row));
        out.append(",\"RecursiveItemCount\":").append(Tree.leaves(lens, row).getCardinality());
    }

    /** An item that stands in a playlist twice counts twice. */
    private static int children(Lens lens, Row row) {
        return row.kind() == ItemKind.PLAYLIST
                ? lens.lists().entries(lens, row.id()).size()
                : Tree.children(lens, row).getCardinality();
    }

    /** As a socket message and the answers of marks carry it. */
    static ObjectNode changed(Visitor visitor, Row row) {
        ObjectNode result = userData(visitor, row);
        result.put("ItemId", Integer.toString(row.id()));
        return result;
    }

    static void put(ObjectNode document, Visitor visitor, Row row) {
        document.set("UserData", userData(visitor, row));
        if (row.kind() == ItemKind.COLLECTION_FOLDER || row.kind() == ItemKind.USER_VIEW) {
            document.put("ChildCount", Tree.topLevel(visitor.lens(), row.id()).getCardinality());
        } else if (row.kind().isFolder()) {
            document.put("ChildCount", children(visitor.lens(), row));
            document.put("RecursiveItemCount", Tree.leaves(visitor.lens(), row).getCardinality());
        }
        if (row.kind().isByName()) {
            ItemCounts.of(visitor.lens(), row).forEach(document::put);
        }
        if (Lists.isList(row.kind())) {
            document.setAll(ListFields.of(visitor, row));
        }
    }
}
