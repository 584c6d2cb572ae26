package org.embygateway.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * The gateway's own media API: names in {@code camelCase}. Servers are told apart by neutral labels ({@code Server 1}),
 * never by name or address.
 */
public final class MediaApi {
    private static final int MOST = 200;

    private final MediaCatalogue catalogue;
    private final Playback playback;

    public MediaApi(MediaCatalogue catalogue, Playback playback) {
        this.catalogue = catalogue;
        this.playback = playback;
    }

    /**
     * {@code GET /media/search?q=&types=&limit=}. Shape: {@code {"query": string, "total": int, "items": [item, best
     * first], "groups": [{"type": string, "total": int, "items": [item]}]}}.
     */
    public Reply search(Call call) {
        String term = call.query()
                .text("q")
                .map(String::trim)
                .filter(q -> !q.isEmpty())
                .orElseThrow(() -> new Refused(400, "The parameter q is missing."));
        List<String> types = call.query().list("types");
        int limit = Math.clamp(call.query().number("limit").orElse(50), 1, MOST);
        List<ObjectNode> found = catalogue.search(call.signedIn(), term, limit).stream()
                .filter(item -> types.isEmpty()
                        || types.stream()
                                .anyMatch(t ->
                                        t.equalsIgnoreCase(item.path("Type").asText())))
                .map(CamelCase::of)
                .toList();
        ObjectNode answer = EmbyJson.object();
        answer.put("query", term);
        answer.put("total", found.size());
        answer.putArray("items").addAll(found);
        groups(answer.putArray("groups"), found);
        return Reply.json(answer);
    }

    private static void groups(ArrayNode groups, List<ObjectNode> found) {
        Map<String, ArrayNode> byType = new LinkedHashMap<>();
        for (ObjectNode item : found) {
            byType.computeIfAbsent(item.path("type").asText(), t -> EmbyJson.MAPPER.createArrayNode())
                    .add(item);
        }
        byType.forEach((type, items) ->
                groups.addObject().put("type", type).put("total", items.size()).set("items", items));
    }

    /** {@code GET /media/{Id}}: the item's document. */
    public Reply detail(Call call) {
        ItemId id = ItemId.parse(call.pathParam("Id")).orElseThrow(Refused::notFound);
        return Reply.json(CamelCase.of(catalogue.detail(call.signedIn(), id)));
    }

    /**
     * {@code GET /media/{Id}/sources}: the versions, best first. Shape: {@code [{"sourceId", "name", "server",
     * "container", "playMethod": string, "size", "bitrate": int64, "width", "height": int, "videoCodec": string, "audio":
     * [string], "subtitles": [string], "selected": bool, "reasons": [string]}]}.
     */
    public Reply sources(Call call) {
        Caller caller = call.signedIn();
        ArrayNode answer = EmbyJson.MAPPER.createArrayNode();
        List<Ranked> ranked = playback.ranked(caller, call.pathParam("Id"));
        for (Ranked one : ranked) {
            describe(answer.addObject(), caller, one, answer.size() == 1);
        }
        return Reply.json(answer);
    }

    private static void describe(ObjectNode node, Caller caller, Ranked ranked, boolean selected) {
        ObjectNode source = ranked.source();
        node.put("sourceId", source.path("Id").asText());
        node.put("name", source.path("Name").asText());
        node.put("server", label(caller, ranked.target().upstream()));
        copy(source, node, "Container", "Size", "Bitrate");
        node.put("playMethod", method(source));
        ArrayNode audio = node.putArray("audio");
        ArrayNode subtitles = node.putArray("subtitles");
        for (JsonNode stream : source.path("MediaStreams")) {
            String title = stream.path("DisplayTitle")
                    .asText(stream.path("Language").asText(stream.path("Codec").asText("")));
            switch (stream.path("Type").asText()) {
                case "Video" -> {
                    node.put("videoCodec", stream.path("Codec").asText(""));
                    copy(stream, node, "Width", "Height");
                }
                case "Audio" -> audio.add(title);
                case "Subtitle" -> subtitles.add(title);
                default -> {}
            }
        }
        node.put("selected", selected);
        ranked.score().reasons().forEach(node.putArray("reasons")::add);
    }

    private static void copy(JsonNode from, ObjectNode to, String... names) {
        for (String name : names) {
            if (from.hasNonNull(name)) {
                to.set(Character.toLowerCase(name.charAt(0)) + name.substring(1), from.get(name));
            }
        }
    }

    private static String method(JsonNode source) {
        boolean converted = source.path("DirectStreamUrl").asText("").contains(".m3u8");
        if (isDirect(source) && !converted) {
            return "direct";
        }
        return converted || source.path("SupportsTranscoding").asBoolean() ? "transcode" : "none";
    }

    private static boolean isDirect(JsonNode source) {
        return source.path("SupportsDirectPlay").asBoolean()
                || source.path("SupportsDirectStream").asBoolean();
    }

    /**
     * {@code POST /media/{Id}/play}. Body, all of it optional: {@code {"sourceId": string, "startTicks", "maxBitrate":
     * int64, "deviceProfile": DeviceProfile}}. Shape of the answer: {@code {"server", "streamUrl", "method",
     * "container", "protocol": "hls"|"http", "sourceId", "playSessionId": string, "order": [{"sourceId", "server": string,
     * "reasons": [string]}]}}; the URL is the gateway's and whole, the order is that of the versions that could have been
     * played, best first. Refused with 403 or 429 by the gateway's own rules, with 503 when no server can play it.
     */
    public Reply play(Call call) {
        Caller caller = call.signedIn();
        Playback.Answer answered = playback.answer(caller, call.pathParam("Id"), wish(call));
        answered.refusal().ifPresent(refused -> {
            throw refused;
        });
        ObjectNode answer = answered.body();
        JsonNode source = answer.path("MediaSources").path(0);
        String url = source.path(isDirect(source) ? "DirectStreamUrl" : "TranscodingUrl")
                .asText("");
        if (url.isEmpty()) {
            throw unplayable(caller, call.pathParam("Id"));
        }
        ObjectNode played = EmbyJson.object();
        played.put(
                "server",
                playback.upstreamOf(caller, source.path("Id").asText())
                        .map(u -> label(caller, u))
                        .orElse("Server"));
        played.put("streamUrl", call.baseUrl() + url);
        played.put("method", method(source));
        copy(source, played, "Container");
        played.put("protocol", url.contains(".m3u8") ? "hls" : "http");
        played.put("sourceId", source.path("Id").asText());
        played.put("playSessionId", answer.path("PlaySessionId").asText());
        ArrayNode order = played.putArray("order");
        for (Ranked one : answered.ranked()) {
            ObjectNode entry = order.addObject()
                    .put("sourceId", one.source().path("Id").asText())
                    .put("server", label(caller, one.target().upstream()));
            one.score().reasons().forEach(entry.putArray("reasons")::add);
        }
        return Reply.json(played);
    }

    private Refused unplayable(Caller caller, String id) {
        boolean folder = ItemId.parse(id)
                .filter(item -> !catalogue.detail(caller, item).has("MediaType"))
                .isPresent();
        return folder
                ? new Refused(400, "This is not a title that plays.")
                : new Refused(503, "No server can play this title now.");
    }

    private static Wish wish(Call call) {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.put("IsPlayback", "true");
        call.fields().text("sourceId").ifPresent(s -> fields.put("MediaSourceId", s));
        ObjectNode body = EmbyJson.object();
        put(body, "StartTimeTicks", call.fields().longNumber("startTicks"));
        put(body, "MaxStreamingBitrate", call.fields().longNumber("maxBitrate"));
        call.fields().text("maxBitrate").ifPresent(b -> fields.put("MaxStreamingBitrate", b));
        if (call.bodyField("deviceProfile") instanceof ObjectNode profile) {
            body.set("DeviceProfile", profile);
        }
        return new Wish("POST", Params.of(fields), Map.of(), body);
    }

    private static void put(ObjectNode body, String name, OptionalLong value) {
        if (value.isPresent()) {
            body.put(name, value.getAsLong());
        }
    }

    /** By the order of the servers the caller may see. */
    private static String label(Caller caller, UpstreamId upstream) {
        return "Server "
                + (1
                        + caller.visible().upstreams().stream()
                                .filter(u -> u.compareTo(upstream) < 0)
                                .count());
    }
}
