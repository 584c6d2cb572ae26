package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;

/** Pages of lists. Keeps what the last questions selected, so that walking a large library sorts it once. */
final class Listing {
    private static final int KEPT = 16;
    private static final List<String> NO_MATTER = List.of(
            "StartIndex", "Limit", "Fields", "EnableImages", "EnableUserData", "EnableTotalRecordCount", "api_key");

    private final SimWorld world;
    private final Map<Key, List<SimItem>> kept = Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<SimItem>> eldest) {
            return size() > KEPT;
        }
    });

    private record Key(String question, String user, long catalogRevision, long userRevision) {}

    Listing(SimWorld world) {
        this.world = world;
    }

    List<SimItem> select(Optional<SimUser> user, Params query) {
        Map<String, List<String>> question = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        question.putAll(query.all());
        NO_MATTER.forEach(question::remove);
        Key key = new Key(
                question.toString(),
                user.map(u -> u.id).orElse(""),
                world.catalog().revision(),
                user.map(SimUser::revision).orElse(0L));
        List<SimItem> known = kept.get(key);
        if (known == null) {
            known = new SimQuery(world, user, query).select();
            kept.put(key, known);
        }
        return known;
    }

    SimReply page(Optional<SimUser> user, Params query) {
        return page(user, query, select(user, query));
    }

    SimReply page(Optional<SimUser> user, Params query, List<SimItem> all) {
        ObjectNode json = EmbyJson.object();
        json.set("Items", items(user, query, all));
        json.put("TotalRecordCount", all.size());
        if (world.face().isJellyfin()) {
            json.put("StartIndex", query.number("StartIndex").orElse(0));
        }
        return SimReply.json(json);
    }

    /** The page as a bare array. */
    ArrayNode items(Optional<SimUser> user, Params query, List<SimItem> all) {
        int start = Math.clamp(query.number("StartIndex").orElse(0), 0, all.size());
        int limit = query.number("Limit").orElse(Integer.MAX_VALUE);
        int end = (int) Math.min((long) start + Math.max(0, limit), all.size());
        ItemJson json = ItemJson.list(world, user, query);
        Optional<SimItem> playlist = query.text("ParentId")
                .flatMap(world.catalog()::find)
                .filter(parent -> parent.kind == ItemKind.PLAYLIST);
        ArrayNode page = EmbyJson.MAPPER.createArrayNode();
        for (int i = start; i < end; i++) {
            ObjectNode item = json.write(all.get(i));
            int place = i;
            playlist.ifPresent(list -> item.put("PlaylistItemId", entryId(list, place)));
            page.add(item);
        }
        return page;
    }

    /** The id of a membership: a number on Emby, 32 hex digits on Jellyfin. */
    private String entryId(SimItem list, int place) {
        long number = list.number * 1_000 + place + 1;
        return world.face().isJellyfin() ? Hex32.of("entry " + number) : Long.toString(number);
    }
}
