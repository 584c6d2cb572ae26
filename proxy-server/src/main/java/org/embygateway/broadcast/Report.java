package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.PlaybackReport;
import org.embygateway.route.Call;

/**
 * What a client says of its playback: in the body, the query or both, names in any case, numbers also as text.
 *
 * @param body fields under their proper names, without anything that is no part of a report
 */
record Report(
        Optional<ItemId> item,
        String mediaSource,
        String playSession,
        OptionalLong position,
        OptionalLong runTime,
        boolean paused,
        boolean failed,
        String event,
        ObjectNode body) {

    /** What is kept of a report, by its proper name. Everything else in query and body is left behind. */
    private static final List<String> FIELDS = Stream.concat(
                    Stream.of(
                            "ItemId",
                            "MediaSourceId",
                            "PlaySessionId",
                            "LiveStreamId",
                            "PlaylistItemId",
                            "NowPlayingQueue"),
                    PlaybackReport.PLAIN_FIELDS.stream())
            .toList();

    static Report of(Call call) {
        return of(call.query(), call.json());
    }

    static Report of(Params query, ObjectNode given) {
        ObjectNode body = EmbyJson.object();
        Map<String, JsonNode> fields = byName(given);
        for (String name : FIELDS) {
            JsonNode value = fields.get(name);
            if (value != null && !value.isNull()) {
                body.set(name, value);
            } else {
                query.text(name).ifPresent(text -> body.put(name, text));
            }
        }
        return new Report(
                item(body),
                text(body, "MediaSourceId"),
                text(body, "PlaySessionId"),
                ticks(body, "PositionTicks"),
                ticks(body, "RunTimeTicks"),
                flag(body, "IsPaused"),
                flag(body, "Failed"),
                text(body, "EventName").toLowerCase(Locale.ROOT),
                body);
    }

    Report withItem(ItemId id) {
        return new Report(Optional.of(id), mediaSource, playSession, position, runTime, paused, failed, event, body);
    }

    private static Map<String, JsonNode> byName(ObjectNode given) {
        Map<String, JsonNode> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Iterator<Map.Entry<String, JsonNode>> all = given.fields();
        while (all.hasNext()) {
            Map.Entry<String, JsonNode> field = all.next();
            fields.put(field.getKey(), field.getValue());
        }
        return fields;
    }

    /** The item named, else the version that plays. */
    private static Optional<ItemId> item(ObjectNode body) {
        return ItemId.parse(text(body, "ItemId"))
                .or(() -> MediaSourceId.parse(text(body, "MediaSourceId")).map(MediaSourceId::version));
    }

    Optional<ItemId> version() {
        return MediaSourceId.parse(mediaSource).map(MediaSourceId::version);
    }

    private static String text(ObjectNode body, String name) {
        return body.path(name).asText("").trim();
    }

    private static boolean flag(ObjectNode body, String name) {
        String text = text(body, name);
        return text.equalsIgnoreCase("true") || text.equals("1");
    }

    /** Some players send fractions; a negative time is none. */
    private static OptionalLong ticks(ObjectNode body, String name) {
        String text = text(body, name);
        try {
            double value = Double.parseDouble(text);
            boolean usable = value >= 0 && value < Long.MAX_VALUE / 2.0;
            return usable
                    ? OptionalLong.of(text.matches("\\d+") ? Long.parseLong(text) : (long) value)
                    : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
