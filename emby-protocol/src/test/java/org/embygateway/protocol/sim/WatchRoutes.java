package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.embygateway.protocol.EmbyJson;

/** Writing watch state: played, favourite, rating, and the whole record. */
final class WatchRoutes {
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    private final SimWorld world;
    private final Whose whose;

    WatchRoutes(SimWorld world, Whose whose) {
        this.world = world;
        this.whose = whose;
    }

    void register(SimRoutes routes) {
        boolean jellyfin = world.face().isJellyfin();
        family(routes, "/Users/{UserId}/PlayedItems/{Id}", !jellyfin, this::played, s -> s.markedUnplayed(), true);
        family(
                routes,
                "/Users/{UserId}/FavoriteItems/{Id}",
                !jellyfin,
                e -> s -> s.withFavorite(true),
                s -> s.withFavorite(false),
                false);
        family(
                routes,
                "/Users/{UserId}/Items/{Id}/Rating",
                !jellyfin,
                WatchRoutes::rating,
                s -> s.withRating(0),
                false);
        routes.post("/Users/{UserId}/Items/{Id}/UserData", this::record);
        if (jellyfin) {
            family(routes, "/UserPlayedItems/{Id}", false, this::played, s -> s.markedUnplayed(), true);
            family(
                    routes,
                    "/UserFavoriteItems/{Id}",
                    false,
                    e -> s -> s.withFavorite(true),
                    s -> s.withFavorite(false),
                    false);
            family(routes, "/UserItems/{Id}/Rating", false, WatchRoutes::rating, s -> s.withRating(0), false);
            routes.post("/UserItems/{Id}/UserData", this::record);
        } else {
            routes.post(
                    "/Users/{UserId}/Items/{Id}/HideFromResume",
                    e -> change(e, s -> s.withHidden(e.query().flag("Hide", true)), false));
        }
    }

    private interface Setting {
        UnaryOperator<WatchState> of(Exchange exchange);
    }

    private void family(
            SimRoutes routes, String path, boolean twin, Setting set, UnaryOperator<WatchState> clear, boolean deep) {
        routes.post(path, e -> change(e, set.of(e), deep));
        routes.delete(path, twin, e -> change(e, clear, deep));
    }

    private SimReply change(Exchange exchange, UnaryOperator<WatchState> change, boolean deep) {
        SimUser user = whose.writing(exchange);
        SimItem item = world.item(exchange, exchange.part("Id"));
        List<SimItem> concerned = new ArrayList<>();
        if (deep && item.kind.isFolder()) {
            concerned.addAll(UserDataJson.leaves(item));
        }
        concerned.add(item);
        concerned.forEach(i -> user.state(i, change.apply(user.state(i))));
        UserDataNews.tell(world, user, concerned);
        return SimReply.json(UserDataJson.write(world, user, item, true));
    }

    private UnaryOperator<WatchState> played(Exchange exchange) {
        Optional<Instant> when = exchange.query().text("DatePlayed").map(WatchRoutes::date);
        return s -> s.markedPlayed(when);
    }

    private static Instant date(String text) {
        try {
            return text.matches("\\d{14}")
                    ? LocalDateTime.parse(text, COMPACT).toInstant(ZoneOffset.UTC)
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new SimError(400, "String was not recognized as a valid DateTime.");
        }
    }

    private static UnaryOperator<WatchState> rating(Exchange exchange) {
        boolean likes = exchange.query().flag("Likes", false);
        return s -> s.withRating(likes ? 10 : 1);
    }

    private SimReply record(Exchange exchange) {
        SimUser user = whose.writing(exchange);
        SimItem item = world.item(exchange, exchange.part("Id"));
        JsonNode body = exchange.json();
        WatchState old = user.state(item);
        Optional<Instant> last = Exchange.member(body, "LastPlayedDate").isTextual()
                ? Optional.of(date(Exchange.member(body, "LastPlayedDate").asText()))
                : old.lastPlayed();
        WatchState state = old.withPlayed(
                        Exchange.member(body, "Played").asBoolean(old.played()),
                        Exchange.member(body, "PlayCount").asInt(old.playCount()),
                        Exchange.member(body, "PlaybackPositionTicks").asLong(old.position()),
                        last)
                .withFavorite(Exchange.member(body, "IsFavorite").asBoolean(old.favorite()));
        user.state(item, state);
        UserDataNews.tell(world, user, List.of(item));
        return world.face().isJellyfin() ? SimReply.json(UserDataJson.write(world, user, item, true)) : SimReply.none();
    }

    /** Tells the account's web sockets what changed. */
    static final class UserDataNews {
        private UserDataNews() {}

        static void tell(SimWorld world, SimUser user, List<SimItem> items) {
            ObjectNode data = EmbyJson.object().put("UserId", user.id);
            var list = data.putArray("UserDataList");
            items.stream()
                    .limit(1_000)
                    .forEach(i ->
                            list.add(UserDataJson.write(world, user, i, true).put("ItemId", i.id())));
            world.sockets().toUser(user, "UserDataChanged", data);
        }
    }
}
