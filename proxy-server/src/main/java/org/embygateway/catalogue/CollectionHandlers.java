package org.embygateway.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnList.ShareLevel;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;

/**
 * Collections that people make. Everybody sees one who sees something in it, until its owner makes it private.
 *
 * <p>Emby API: CollectionService. Values are taken from the query and from the body.
 */
public final class CollectionHandlers {
    private final ListEdits edits;

    public CollectionHandlers(ListEdits edits) {
        this.edits = edits;
    }

    /**
     * {@code POST /Collections?Name=&Ids=&ParentId=&IsLocked=}: {@code {Id, Name}}.
     *
     * <p>All collections stand in their own library and in every other one that they hold something of, the library that
     * {@code ParentId} names among them. Refused with 404 when that is not visible, with 400 when it is no library.
     * {@code IsLocked} keeps a server from looking a name or picture up: the gateway looks none up, so that every
     * collection is as if it were locked.
     */
    public Reply create(Call call) {
        Visitor visitor = edits.visitor(call);
        Params params = call.fields();
        params.text("ParentId").ifPresent(id -> edits.checkLibrary(visitor, id));
        List<ItemId> items = members(visitor, params);
        OwnList list = edits.create(visitor, ItemKind.BOX_SET, params.text("Name", ""), "", true);
        edits.add(list, items);
        edits.changed(list.id());
        return Reply.json(EmbyJson.object().put("Id", list.id().toString()).put("Name", list.name()));
    }

    /** {@code POST /Collections/{Id}/Items?Ids=}: 204; what is in it already stays in it once. */
    public Reply add(Call call) {
        Visitor visitor = edits.visitor(call);
        OwnList list = edits.allowed(visitor, call.pathParam("Id"), ShareLevel.WRITE, ItemKind.BOX_SET);
        Set<ItemId> known = new HashSet<>();
        list.entries().forEach(entry -> known.add(entry.item()));
        edits.add(
                list,
                members(visitor, call.fields()).stream()
                        .filter(item -> !item.equals(list.id()) && known.add(item))
                        .toList());
        edits.changed(list.id());
        return Reply.noContent();
    }

    /** {@code DELETE /Collections/{Id}/Items?Ids=}: 204. */
    public Reply remove(Call call) {
        Visitor visitor = edits.visitor(call);
        OwnList list = edits.allowed(visitor, call.pathParam("Id"), ShareLevel.WRITE, ItemKind.BOX_SET);
        Set<ItemId> out = Set.copyOf(edits.items(visitor, call.fields()).stream()
                .map(row -> new ItemId(row.id()))
                .toList());
        edits.store()
                .remove(
                        list.id(),
                        list.entries().stream()
                                .filter(entry -> out.contains(entry.item()))
                                .map(OwnList.Entry::id)
                                .toList(),
                        edits.now());
        edits.changed(list.id());
        return Reply.noContent();
    }

    private List<ItemId> members(Visitor visitor, Params params) {
        return edits.items(visitor, params).stream()
                .filter(row -> !row.kind().isByName()
                        && row.kind() != ItemKind.USER_VIEW
                        && row.kind() != ItemKind.COLLECTION_FOLDER)
                .map(row -> new ItemId(row.id()))
                .distinct()
                .toList();
    }
}
