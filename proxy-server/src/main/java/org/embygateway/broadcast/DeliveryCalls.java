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
import org.embygateway.index.UserData;
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

    /**
     * Tells of all that the state says and the upstream does not know; of nothing when it knows it, or something newer.
     * What is unplayed here is not told: it may be something that nobody here ever watched.
     *
     * @return the highest status that the upstream answered with
     */
    int catchUp(Delivery delivery, String itemId, UserData state) {
        UpstreamResponse known = item(delivery, itemId);
        if (known.status() / 100 != 2) {
            return known.status();
        }
        JsonNode there = userData(known.body());
        int status = known.status();
        if (isNewer(state, there)) {
            status = Math.max(status, watched(delivery, itemId, state, there));
        }
        if (state.favorite() && !there.path("IsFavorite").asBoolean()) {
            status = Math.max(status, send(as(delivery, Told.FAVORITE, state), itemId));
        }
        if (state.rating().isPresent() && !there.has("Likes")) {
            status = Math.max(status, send(as(delivery, Told.RATING, state), itemId));
        }
        return status;
    }

    private int watched(Delivery delivery, String itemId, UserData state, JsonNode there) {
        boolean played = there.path("Played").asBoolean();
        if (state.positionTicks() > 0) {
            boolean same = there.path("PlaybackPositionTicks").asLong() == state.positionTicks();
            UserData told = played ? played(state) : state;
            return same && told.played() == played ? 0 : send(as(delivery, Told.STATE, told), itemId);
        }
        return state.played() && !played ? send(as(delivery, Told.PLAYED, state), itemId) : 0;
    }

    /** Whoever watched it there, nobody here says otherwise. */
    private static UserData played(UserData state) {
        return new UserData(
                true,
                state.positionTicks(),
                state.playCount(),
                state.favorite(),
                state.lastPlayed(),
                state.rating(),
                state.hiddenFromResume(),
                state.changed());
    }

    private static boolean isNewer(UserData state, JsonNode there) {
        return Marks.date(there.path("LastPlayedDate").asText(""))
                .filter(at -> at.isAfter(state.changed()))
                .isEmpty();
    }

    private static Delivery as(Delivery delivery, Told told, UserData state) {
        return new Delivery(
                delivery.id(),
                delivery.user(),
                delivery.item(),
                delivery.upstream(),
                told.kind(),
                told.body(state),
                delivery.made(),
                delivery.attempts());
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
        UpstreamResponse known = item(delivery, itemId);
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

    private UpstreamResponse item(Delivery delivery, String itemId) {
        UpstreamRequest question = UpstreamRequest.get("/Users/{user}/Items/" + itemId, Map.of(), LIMIT);
        return calls.send(delivery.upstream(), actor(delivery), question);
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
