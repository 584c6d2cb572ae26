package org.embygateway.catalogue;

import java.util.Optional;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnList.ShareLevel;
import org.embygateway.protocol.UserId;

/**
 * What of a collection's or playlist's document depends on who asks: what they may do with it, and the picture it borrows
 * from its first member that has one.
 *
 * <p>Emby API: {@code CanEditItems}, {@code CanDelete}, {@code CanManageAccess}, {@code CanMakePublic},
 * {@code CanLeaveContent}, {@code PrimaryImageItemId}, {@code PrimaryImageTag} of {@code BaseItemDto}.
 */
final class ListFields {
    private ListFields() {}

    /** What a caller may do with a list; an administrator everything with one they may see. */
    static ShareLevel level(Visitor visitor, OwnList list) {
        ShareLevel level = list.levelOf(visitor.caller().user());
        return visitor.caller().admin() && level.allows(ShareLevel.READ) ? ShareLevel.MANAGE_DELETE : level;
    }

    /** Into an object that is open, as far as it is shown. */
    static void write(JsonText out, Visitor visitor, Row row, Projection projection) {
        OwnList own = visitor.lens().lists().own().get(row.id());
        if (own == null) {
            right(out, projection, "CanEditItems", false);
        } else {
            rights(out, visitor, own, projection);
        }
        if (projection.showsImages("Primary") && !row.facts().images().has("Primary")) {
            borrowed(visitor.lens(), row)
                    .ifPresent(member -> out.name("PrimaryImageItemId")
                            .id(member.id())
                            .name("PrimaryImageTag")
                            .text(member.facts()
                                    .images()
                                    .find("Primary", 0)
                                    .orElseThrow()
                                    .tag()
                                    .toString()));
        }
    }

    private static void rights(JsonText out, Visitor visitor, OwnList list, Projection projection) {
        ShareLevel level = level(visitor, list);
        UserId user = visitor.caller().user();
        boolean manages = level.allows(ShareLevel.MANAGE);
        right(out, projection, "CanEditItems", level.allows(ShareLevel.WRITE));
        right(out, projection, "CanDelete", level.allows(ShareLevel.MANAGE_DELETE));
        right(out, projection, "CanManageAccess", manages);
        right(out, projection, "CanMakePublic", manages && !list.isPublic());
        right(out, projection, "CanLeaveContent", list.shares().containsKey(user));
    }

    private static void right(JsonText out, Projection projection, String field, boolean value) {
        if (projection.shows(field)) {
            out.name(field).flag(value);
        }
    }

    private static Optional<Row> borrowed(Lens lens, Row row) {
        return lens.lists().entries(lens, row.id()).stream()
                .map(entry -> lens.row(entry.item()))
                .filter(member -> member.facts().images().has("Primary"))
                .findFirst();
    }
}
