package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.List;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnList.ShareLevel;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a request asks about collections and playlists.
 *
 * <p>Emby API: {@code ListItemIds} (the lists that hold the items), {@code CollectionIds} (the members of the
 * collections) and {@code CanEditItems} of {@code BaseItemsRequest}.
 */
final class ListFilters {
    private ListFilters() {}

    static List<Condition> of(Params params, Visitor visitor, Ids ids) {
        Lens lens = visitor.lens();
        List<Condition> conditions = new ArrayList<>();
        if (params.has("ListItemIds")) {
            RoaringBitmap items = RoaringBitmap.and(ids.all(params.list("ListItemIds")), lens.visible());
            conditions.add(Condition.ids(lens.lists().holding(lens, items)));
        }
        if (params.has("CollectionIds")) {
            RoaringBitmap members = new RoaringBitmap();
            RoaringBitmap.and(ids.all(params.list("CollectionIds")), lens.visible())
                    .forEach((int list) -> members.or(lens.lists().members(lens, list)));
            conditions.add(Condition.ids(members));
        }
        params.flag("CanEditItems").ifPresent(wanted -> conditions.add(editable(visitor, wanted)));
        return conditions;
    }

    private static Condition editable(Visitor visitor, boolean wanted) {
        RoaringBitmap editable = new RoaringBitmap();
        visitor.lens().lists().own().forEach((id, list) -> {
            if (mayEdit(visitor, list)) {
                editable.add(id);
            }
        });
        return Condition.ids(
                wanted ? editable : RoaringBitmap.andNot(visitor.lens().visible(), editable));
    }

    private static boolean mayEdit(Visitor visitor, OwnList list) {
        return ListFields.level(visitor, list).allows(ShareLevel.WRITE);
    }
}
