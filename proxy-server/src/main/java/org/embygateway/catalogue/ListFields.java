package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnList.ShareLevel;
import org.embygateway.protocol.EmbyJson;
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

    static ObjectNode of(Visitor visitor, Row row) {
        ObjectNode fields = EmbyJson.object();
        Optional.ofNullable(visitor.lens().lists().own().get(row.id()))
                .ifPresentOrElse(list -> rights(fields, visitor, list), () -> fields.put("CanEditItems", false));
        if (!row.facts().images().has("Primary")) {
            borrowed(visitor.lens(), row)
                    .ifPresent(member -> fields.put("PrimaryImageItemId", Integer.toString(member.id()))
                            .put(
                                    "PrimaryImageTag",
                                    member.facts()
                                            .images()
                                            .find("Primary", 0)
                                            .orElseThrow()
                                            .tag()
                                            .toString()));
        }
        return fields;
    }

    private static void rights(ObjectNode fields, Visitor visitor, OwnList list) {
        ShareLevel level = level(visitor, list);
        UserId user = visitor.caller().user();
        fields.put("CanEditItems", level.allows(ShareLevel.WRITE));
        fields.put("CanDelete", level.allows(ShareLevel.MANAGE_DELETE));
        fields.put("CanManageAccess", level.allows(ShareLevel.MANAGE));
        fields.put("CanMakePublic", level.allows(ShareLevel.MANAGE) && !list.isPublic());
        fields.put("CanLeaveContent", list.shares().containsKey(user));
    }

    private static Optional<Row> borrowed(Lens lens, Row row) {
        return lens.lists().entries(lens, row.id()).stream()
                .map(entry -> lens.row(entry.item()))
                .filter(member -> member.facts().images().has("Primary"))
                .findFirst();
    }

    /** The same as text to be appended to an object that is still open, as far as it is asked for. */
    static void write(StringBuilder out, Visitor visitor, Row row, Projection projection) {
        for (Map.Entry<String, ?> field : projection.of(of(visitor, row)).properties()) {
            out.append(",\"").append(field.getKey()).append("\":").append(field.getValue());
        }
    }
}
