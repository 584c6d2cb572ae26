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

    /** Into an object that is open; counters only if they are not there yet. */
    static void write(JsonText out, Visitor visitor, Row row, Projection projection, boolean counted) {
        if (projection.userData()) {
            out.name("UserData").open('{');
            userData(out, visitor, row);
            out.close('}');
        }
        if (counted
                && row.kind().isFolder()
                && (projection.asks("ChildCount") || projection.asks("RecursiveItemCount"))) {
            counts(out, visitor.lens(), row);
        }
        if (counted && row.kind().isByName() && projection.asks("ItemCounts")) {
            ItemCounts.of(visitor.lens(), row)
                    .forEach((field, count) -> out.name(field).number(count));
        }
        if (Lists.isList(row.kind())) {
            ListFields.write(out, visitor, row, projection);
        }
    }

    private static void userData(JsonText out, Visitor visitor, Row row) {
        UserData data = visitor.user().of(row.id());
        boolean played = data.played();
        if (row.kind().isFolder()) {
            RoaringBitmap leaves = Tree.leaves(visitor.lens(), row);
            int total = leaves.getCardinality();
            int seen = RoaringBitmap.andCardinality(leaves, visitor.user().played());
            played = total > 0 && seen == total;
            if (total > 0) {
                out.name("PlayedPercentage").number(100.0 * seen / total);
            }
            if (total > 0 || row.kind() == ItemKind.SERIES || row.kind() == ItemKind.SEASON) {
                out.name("UnplayedItemCount").number(total - seen);
            }
        } else if (data.positionTicks() > 0 && row.scalars().runTime() > 0) {
            out.name("PlayedPercentage")
                    .number(Math.min(
                            100.0, 100.0 * data.positionTicks() / row.scalars().runTime()));
        }
        out.name("PlaybackPositionTicks").number(data.positionTicks());
        out.name("PlayCount").number(data.playCount());
        out.name("IsFavorite").flag(data.favorite());
        data.lastPlayed().ifPresent(at -> out.name("LastPlayedDate").text(EmbyJson.date(at)));
        data.rating().ifPresent(rating -> out.name("Rating").number(rating));
        out.name("Played").flag(played);
    }

    private static void counts(JsonText out, Lens lens, Row row) {
        if (row.kind() == ItemKind.COLLECTION_FOLDER || row.kind() == ItemKind.USER_VIEW) {
            out.name("ChildCount").number(Tree.topLevel(lens, row.id()).getCardinality());
            return;
        }
        out.name("ChildCount").number(children(lens, row));
        out.name("RecursiveItemCount").number(Tree.leaves(lens, row).getCardinality());
    }

    /** An item that stands in a playlist twice counts twice. */
    private static int children(Lens lens, Row row) {
        return row.kind() == ItemKind.PLAYLIST
                ? lens.lists().entries(lens, row.id()).size()
                : Tree.children(lens, row).getCardinality();
    }

    /** As a socket message and the answers of marks carry it. */
    static ObjectNode changed(Visitor visitor, Row row) {
        JsonText out = new JsonText(256).open('{');
        userData(out, visitor, row);
        return (ObjectNode) out.name("ItemId").id(row.id()).close('}').tree();
    }
}
