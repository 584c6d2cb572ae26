package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnList.ShareLevel;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Call;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * Names, deletion and sharing of the collections and playlists that people make. Media of servers is neither renamed nor
 * deleted.
 *
 * <p>Emby API: LibraryService {@code deleteItems}, ItemUpdateService, UserLibraryService {@code postItemsAccess},
 * {@code postItemsSharedLeave}, {@code postItemsByIdMakepublic}, {@code postItemsByIdMakeprivate}.
 */
public final class OwnListHandlers {
    private static final int MOST = 200;

    private final ListEdits edits;

    public OwnListHandlers(ListEdits edits) {
        this.edits = edits;
    }

    /** {@code DELETE /Items/{Id}}: 204; 403 for anything but an own list. */
    public Reply delete(Call call) {
        return delete(edits.visitor(call), List.of(call.pathParam("Id")));
    }

    /** {@code DELETE /Items?Ids=}: 204; all or none. */
    public Reply deleteAll(Call call) {
        return delete(edits.visitor(call), some(call.fields().list("Ids")));
    }

    private static List<String> some(List<String> ids) {
        if (ids.isEmpty() || ids.size() > MOST) {
            throw new Refused(400, "Ids are needed, at most " + MOST + ".");
        }
        return ids;
    }

    private Reply delete(Visitor visitor, List<String> ids) {
        List<OwnList> lists = ids.stream()
                .map(id -> edits.allowed(visitor, id, ShareLevel.MANAGE_DELETE))
                .toList();
        lists.forEach(list -> {
            edits.store().delete(list.id());
            edits.changed(list.id());
        });
        return Reply.noContent();
    }

    /** {@code POST /Items/{Id}} with a {@code BaseItemDto}, of which the {@code Name} counts: 204. */
    public Reply rename(Call call) {
        Visitor visitor = edits.visitor(call);
        OwnList list = edits.allowed(visitor, call.pathParam("Id"), ShareLevel.MANAGE);
        edits.store().rename(list.id(), ListEdits.name(call.bodyField("Name").asText("")), edits.now());
        edits.changed(list.id());
        return Reply.noContent();
    }

    /** {@code POST /Items/{Id}/MakePublic}: everybody may see it. 204. */
    public Reply makePublic(Call call) {
        return publish(call, true);
    }

    /** {@code POST /Items/{Id}/MakePrivate}: only the owner and whom it is shared with. 204. */
    public Reply makePrivate(Call call) {
        return publish(call, false);
    }

    private Reply publish(Call call, boolean isPublic) {
        Visitor visitor = edits.visitor(call);
        OwnList list = edits.allowed(visitor, call.pathParam("Id"), ShareLevel.MANAGE);
        edits.store().publish(list.id(), isPublic, edits.now());
        edits.changed(list.id());
        return Reply.noContent();
    }

    /** {@code POST /Items/Access} with {@code {ItemIds, UserIds, ItemAccess}}: lets the users do that much. 204. */
    public Reply share(Call call) {
        Visitor visitor = edits.visitor(call);
        ShareLevel level = level(call.bodyField("ItemAccess").asText(""));
        List<UserId> users = users(call);
        List<OwnList> lists = allowed(visitor, call, ShareLevel.MANAGE);
        if (lists.stream().anyMatch(list -> !ListFields.level(visitor, list).allows(level))) {
            throw ListEdits.forbidden();
        }
        for (OwnList list : lists) {
            edits.store().share(list.id(), users, level);
            edits.changed(list.id());
        }
        return Reply.noContent();
    }

    private static List<UserId> users(Call call) {
        List<UserId> users = texts(call, "UserIds").stream()
                .flatMap(text -> UserId.parse(text).stream())
                .distinct()
                .toList();
        if (users.size() > MOST) {
            throw new Refused(400, "Too many UserIds: at most " + MOST + " may be given at once.");
        }
        return users;
    }

    private static ShareLevel level(String text) {
        return Stream.of(ShareLevel.values())
                .filter(level -> level.name().replace("_", "").equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new Refused(400, "ItemAccess is needed: None, Read, Write, Manage or ManageDelete."));
    }

    private List<OwnList> allowed(Visitor visitor, Call call, ShareLevel wanted) {
        return some(texts(call, "ItemIds")).stream()
                .map(id -> edits.allowed(visitor, id, wanted))
                .toList();
    }

    private static List<String> texts(Call call, String name) {
        List<String> texts = new ArrayList<>();
        JsonNode field = call.bodyField(name);
        field.forEach(text -> texts.add(text.asText()));
        if (field.isTextual()) {
            texts.addAll(List.of(field.textValue().split(",")));
        }
        return texts;
    }

    /** {@code POST /Items/Shared/Leave} with {@code {ItemIds, UserId}}: the caller gives back what others shared. 204. */
    public Reply leave(Call call) {
        Visitor visitor = edits.visitor(call);
        for (OwnList list : allowed(visitor, call, ShareLevel.READ)) {
            edits.store().share(list.id(), visitor.caller().user(), ShareLevel.NONE);
            edits.changed(list.id());
        }
        return Reply.noContent();
    }
}
