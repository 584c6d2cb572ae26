package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * Playlists that people make. Nobody but their owner sees one, until it is shared or made public. Of folders everything
 * is added that plays in them.
 *
 * <p>Emby API: PlaylistService. Values are taken from the query and from the body.
 */
public final class PlaylistEditing {
    private final ListEdits edits;

    public PlaylistEditing(ListEdits edits) {
        this.edits = edits;
    }

    /** {@code POST /Playlists?Name=&Ids=&MediaType=}: {@code {Id, Name, ItemAddedCount}}. */
    public Reply create(Call call) {
        Visitor visitor = edits.visitor(call);
        Params params = call.fields();
        List<ItemId> items = leaves(visitor, params);
        String first = items.stream()
                .findFirst()
                .map(item -> visitor.lens().row(item.value()).kind().mediaType())
                .orElse("");
        OwnList list = edits.create(
                visitor, ItemKind.PLAYLIST, params.text("Name", ""), mediaType(params.text("MediaType", first)), false);
        edits.add(list, items);
        edits.changed(list.id());
        return Reply.json(added(list, items.size()).put("Name", list.name()));
    }

    private static String mediaType(String given) {
        return List.of("Video", "Audio", "Photo", "Book", "Game").stream()
                .filter(given::equalsIgnoreCase)
                .findFirst()
                .orElse("");
    }

    private static ObjectNode added(OwnList list, int count) {
        return EmbyJson.object().put("Id", list.id().toString()).put("ItemAddedCount", count);
    }

    private List<ItemId> leaves(Visitor visitor, Params params) {
        return edits.leaves(visitor, edits.items(visitor, params));
    }

    /**
     * {@code POST /Playlists/{Id}/Items?Ids=}: {@code {Id, ItemAddedCount}}; {@code SkipDuplicates=true} leaves out what
     * is there.
     */
    public Reply add(Call call) {
        Visitor visitor = edits.visitor(call);
        OwnList list = allowed(visitor, call);
        List<ItemId> items = leaves(visitor, call.fields());
        if (call.fields().flag("SkipDuplicates", false)) {
            Set<ItemId> known = members(list);
            items = items.stream().filter(known::add).toList();
        }
        edits.add(list, items);
        edits.changed(list.id());
        return Reply.json(added(list, items.size()));
    }

    private static Set<ItemId> members(OwnList list) {
        Set<ItemId> members = new HashSet<>();
        list.entries().forEach(entry -> members.add(entry.item()));
        return members;
    }

    private OwnList allowed(Visitor visitor, Call call) {
        return edits.allowed(visitor, call.pathParam("Id"), ShareLevel.WRITE, ItemKind.PLAYLIST);
    }

    /** {@code GET /Playlists/{Id}/AddToPlaylistInfo?Ids=}: {@code {ContainsDuplicates, ItemCount}} of what would be added. */
    public Reply addInfo(Call call) {
        Visitor visitor = edits.visitor(call);
        OwnList list = allowed(visitor, call);
        List<ItemId> items = leaves(visitor, call.fields());
        Set<ItemId> known = members(list);
        return Reply.json(EmbyJson.object()
                .put("ContainsDuplicates", items.stream().anyMatch(known::contains))
                .put("ItemCount", items.size()));
    }

    /** {@code DELETE /Playlists/{Id}/Items?EntryIds=}: 204. */
    public Reply remove(Call call) {
        Visitor visitor = edits.visitor(call);
        OwnList list = allowed(visitor, call);
        Set<String> out = Set.copyOf(call.fields().list("EntryIds"));
        edits.store()
                .remove(
                        list.id(),
                        list.entries().stream()
                                .map(OwnList.Entry::id)
                                .filter(id -> out.contains(Integer.toString(id)))
                                .toList(),
                        edits.now());
        edits.changed(list.id());
        return Reply.noContent();
    }

    /**
     * {@code POST /Playlists/{Id}/Items/{ItemId}/Move/{NewIndex}}: 204; {@code ItemId} is a {@code PlaylistItemId}, the
     * index counts from 0 what the caller sees.
     */
    public Reply move(Call call) {
        Visitor visitor = edits.visitor(call);
        OwnList list = allowed(visitor, call);
        int entry = number(call, "ItemId");
        if (list.entries().stream().noneMatch(known -> known.id() == entry)) {
            throw Refused.notFound();
        }
        edits.store().move(list.id(), entry, place(visitor, list, entry, number(call, "NewIndex")), edits.now());
        edits.changed(list.id());
        return Reply.noContent();
    }

    /** Refused with 400 when it is no whole number from 0 on. */
    private static int number(Call call, String name) {
        String text = call.pathParam(name);
        if (!text.matches("\\d{1,9}")) {
            throw new Refused(400, name + " must be a whole number.");
        }
        return Integer.parseInt(text);
    }

    /** Where in the whole list the place is that the caller means: entries they do not see stand between others. */
    private static int place(Visitor visitor, OwnList list, int moved, int index) {
        List<OwnList.Entry> others =
                list.entries().stream().filter(entry -> entry.id() != moved).toList();
        int seen = 0;
        for (int i = 0; i < others.size(); i++) {
            if (visitor.lens().visible().contains(others.get(i).item().value()) && seen++ == index) {
                return i;
            }
        }
        return others.size();
    }
}
