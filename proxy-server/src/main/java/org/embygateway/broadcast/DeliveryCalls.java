package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.Delivery;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;

/**
 * Says a delivery in Emby's words to one upstream, with the user's account and the gateway's own device. Marks have
 * routes of their own. A position is written into the whole user data as the upstream has it: a report of a stop would
 * be judged by the upstream's idea of the run time, and a part of the data would reset the rest.
 */
final class DeliveryCalls {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);

    private final UpstreamCalls calls;

    DeliveryCalls(UpstreamCalls calls) {
        this.calls = calls;
    }

    /**
     * The status that the upstream answered with; a 2xx means that it knows now.
     *
     * @throws org.embygateway.upstream.UpstreamFailed when it gave no answer
     */
    int send(Delivery delivery, String itemId) {
        JsonNode body = body(delivery);
        String item = "/Users/{user}/Items/" + itemId;
        return switch (Told.named(body.path("Event").asText()).orElse(Told.STATE)) {
            case PLAYED -> post(delivery, "/Users/{user}/PlayedItems/" + itemId, datePlayed(body));
            case UNPLAYED -> post(delivery, "/Users/{user}/PlayedItems/" + itemId + "/Delete", Map.of());
            case PASSING, STATE -> position(delivery, itemId, body);
            case FAVORITE ->
                post(
                        delivery,
                        "/Users/{user}/FavoriteItems/" + itemId
                                + (body.path("IsFavorite").asBoolean() ? "" : "/Delete"),
                        Map.of());
            case RATING ->
                body.has("Likes")
                        ? post(
                                delivery,
                                item + "/Rating",
                                Map.of("Likes", body.path("Likes").asText()))
                        : post(delivery, item + "/Rating/Delete", Map.of());
        };
    }

    static JsonNode body(Delivery delivery) {
        try {
            return EmbyJson.read(delivery.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("a delivery's body is no JSON", e);
        }
    }

    private static Actor actor(Delivery delivery) {
        return new Actor(Optional.of(delivery.user()), ClientIdentity.UNKNOWN);
    }

    private int post(Delivery delivery, String path, Map<String, String> query) {
        return calls.send(delivery.upstream(), actor(delivery), UpstreamRequest.post(path, query, new byte[0], LIMIT))
                .status();
    }

    private static Map<String, String> datePlayed(JsonNode body) {
        Map<String, String> query = new HashMap<>();
        lastPlayed(body).ifPresent(at -> query.put("DatePlayed", COMPACT.format(at)));
        return query;
    }

    private static Optional<Instant> lastPlayed(JsonNode body) {
        return Marks.date(body.path("LastPlayedDate").asText(""));
    }

    private int position(Delivery delivery, String itemId, JsonNode body) {
        UpstreamResponse known = calls.send(
                delivery.upstream(),
                actor(delivery),
                UpstreamRequest.get("/Users/{user}/Items/" + itemId, Map.of(), LIMIT));
        if (known.status() / 100 != 2) {
            return known.status();
        }
        ObjectNode data = userData(known.body());
        data.put("PlaybackPositionTicks", body.path("PlaybackPositionTicks").asLong());
        data.put("Played", body.path("Played").asBoolean());
        lastPlayed(body).ifPresent(at -> data.put("LastPlayedDate", EmbyJson.date(at)));
        String path = "/Users/{user}/Items/" + itemId + "/UserData";
        return calls.send(
                        delivery.upstream(),
                        actor(delivery),
                        UpstreamRequest.post(path, Map.of(), EmbyJson.write(data), LIMIT))
                .status();
    }

    private static ObjectNode userData(byte[] item) {
        try {
            if (EmbyJson.read(item).path("UserData") instanceof ObjectNode data) {
                data.remove("UnplayedItemCount");
                data.remove("PlayedPercentage");
                return data;
            }
        } catch (IOException e) {
            return EmbyJson.object();
        }
        return EmbyJson.object();
    }
}
