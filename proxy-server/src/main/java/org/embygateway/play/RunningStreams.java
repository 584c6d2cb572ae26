package org.embygateway.play;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;
import org.embygateway.upstream.UpstreamRegistry;

/** Who plays what from where, for administrators: what holds places now. */
public final class RunningStreams {
    private final Slots slots;
    private final MediaIndex index;
    private final UpstreamRegistry upstreams;

    RunningStreams(Slots slots, MediaIndex index, UpstreamRegistry upstreams) {
        this.slots = slots;
        this.index = index;
        this.upstreams = upstreams;
    }

    /**
     * {@code GET /admin/streams}. Shape: {@code {"items": [{"userId", "user", "device", "app", "itemId", "title", "serverId",
     * "server", "since": string, "connections": int, "bytes": int64}], "servers": [{"serverId", "server": string,
     * "streams", "streamsAtOnce": int}]}}: the streams of this node, the longest first; the servers in the administrator's
     * order, {@code streamsAtOnce} 0 for any number. {@code bytes} counts what went through the gateway: 0 for players that
     * were sent to the server itself.
     */
    public Reply list(Call call) {
        List<Slots.Running> running = slots.running();
        Map<ItemId, MergedItem> items =
                index
                        .read(running.stream()
                                .map(one -> one.viewing().item())
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(MergedItem::id, Function.identity()));
        ObjectNode answer = EmbyJson.object();
        ArrayNode list = answer.putArray("items");
        running.forEach(one -> describe(list.addObject(), one, items));
        ArrayNode servers = answer.putArray("servers");
        Map<UpstreamId, Integer> places = slots.places();
        for (UpstreamRecord server : upstreams.all()) {
            servers.addObject()
                    .put("serverId", server.id().toString())
                    .put("server", server.name())
                    .put("streams", places.getOrDefault(server.id(), 0))
                    .put("streamsAtOnce", upstreams.streamsAtOnce(server.id()));
        }
        return Reply.json(answer);
    }

    private void describe(ObjectNode node, Slots.Running one, Map<ItemId, MergedItem> items) {
        ItemId item = one.viewing().item();
        node.put("userId", one.caller().user().toString())
                .put("user", one.caller().userName())
                .put("device", one.caller().client().device())
                .put("app", one.caller().client().client())
                .put("itemId", item.toString())
                .put("title", items.containsKey(item) ? items.get(item).name() : "")
                .put("serverId", one.upstream().toString())
                .put(
                        "server",
                        upstreams.find(one.upstream()).map(UpstreamRecord::name).orElse(""))
                .put("since", one.since().toString())
                .put("connections", one.flows())
                .put("bytes", one.bytes());
    }
}
