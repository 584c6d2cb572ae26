package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.embygateway.protocol.EmbyJson;

/** Reports of what plays. Each is checked: the item must exist, and the source must be one of its own. */
final class ReportRoutes {
    private final SimWorld world;

    ReportRoutes(SimWorld world) {
        this.world = world;
    }

    void register(SimRoutes routes) {
        routes.post("/Sessions/Playing", e -> report(e, this::started));
        routes.post("/Sessions/Playing/Progress", e -> report(e, this::progressed));
        routes.post("/Sessions/Playing/Stopped", this::stopped);
        routes.post("/Sessions/Playing/Ping", this::ping);
        if (!world.face().isJellyfin()) {
            routes.post("/Users/{UserId}/PlayingItems/{Id}", e -> legacy(e, this::started));
            routes.post("/Users/{UserId}/PlayingItems/{Id}/Progress", e -> legacy(e, this::progressed));
            routes.delete("/Users/{UserId}/PlayingItems/{Id}", true, e -> legacy(e, this::ended));
        }
    }

    private interface Effect {
        void on(SimSession session, SimItem item, JsonNode report);
    }

    private SimReply report(Exchange exchange, Effect effect) {
        if (exchange.body().length == 0) {
            throw new SimError(400, "Value cannot be null. (Parameter 'key')");
        }
        JsonNode report = exchange.json();
        SimItem item = item(exchange, report);
        effect.on(exchange.session(), item, report);
        return SimReply.none();
    }

    private SimReply stopped(Exchange exchange) {
        return exchange.body().length == 0 ? SimReply.none() : report(exchange, this::ended);
    }

    private SimReply ping(Exchange exchange) {
        if (!exchange.query().has("PlaySessionId")) {
            throw new SimError(400, "Value cannot be null. (Parameter 'playSessionId')");
        }
        return SimReply.none();
    }

    private SimReply legacy(Exchange exchange, Effect effect) {
        ObjectNode report = EmbyJson.object().put("ItemId", exchange.part("Id"));
        exchange.query().longNumber("PositionTicks").ifPresent(t -> report.put("PositionTicks", t));
        exchange.query().text("MediaSourceId").ifPresent(m -> report.put("MediaSourceId", m));
        effect.on(exchange.session(), item(exchange, report), report);
        return SimReply.none();
    }

    private SimItem item(Exchange exchange, JsonNode report) {
        if (!report.isObject()) {
            throw new SimError(400, "The request body is no JSON object.");
        }
        JsonNode id = Exchange.member(report, "ItemId");
        if (!id.isTextual() && !id.isIntegralNumber()
                || id.isIntegralNumber() && world.face().isJellyfin()) {
            throw new SimError(400, "Value cannot be null. (Parameter 'ItemId')");
        }
        SimItem item = world.item(exchange, id.asText());
        String source = Exchange.member(report, "MediaSourceId").asText("");
        boolean own = source.isEmpty()
                || source.equals(item.id())
                || item.versions.stream()
                        .anyMatch(v -> world.face().sourceId(v.number()).equalsIgnoreCase(source));
        if (!own) {
            throw new SimError(404, "Media source not found: " + source);
        }
        requireQueue(report);
        return item;
    }

    /** Jellyfin reads the queue strictly: one foreign id spoils the report. */
    private void requireQueue(JsonNode report) {
        for (JsonNode entry : Exchange.member(report, "NowPlayingQueue")) {
            String id = Exchange.member(entry, "Id").asText("");
            boolean known = world.catalog().find(id).isPresent();
            if (!known && world.face().isJellyfin()) {
                throw new SimError(400, "Error processing request.");
            }
        }
    }

    private void started(SimSession session, SimItem item, JsonNode report) {
        session.nowPlaying = report;
        session.user.state(item, session.user.state(item).started());
        WatchRoutes.UserDataNews.tell(world, session.user, List.of(item));
    }

    private void progressed(SimSession session, SimItem item, JsonNode report) {
        session.nowPlaying = report;
        JsonNode position = Exchange.member(report, "PositionTicks");
        if (position.isNumber() || position.isTextual()) {
            session.user.state(item, reported(session, item, position.asLong()));
        }
    }

    private void ended(SimSession session, SimItem item, JsonNode report) {
        session.nowPlaying = EmbyJson.object();
        world.playSessions().remove(Exchange.member(report, "PlaySessionId").asText(""));
        if (Exchange.member(report, "Failed").asBoolean()) {
            return;
        }
        JsonNode position = Exchange.member(report, "PositionTicks");
        WatchState old = session.user.state(item);
        session.user.state(
                item,
                position.isNumber() || position.isTextual()
                        ? reported(session, item, position.asLong())
                        : old.withPlayed(true, old.playCount() + 1, 0, old.lastPlayed()));
        WatchRoutes.UserDataNews.tell(world, session.user, List.of(item));
    }

    private WatchState reported(SimSession session, SimItem item, long ticks) {
        return session.user
                .state(item)
                .reported(
                        ticks,
                        item.runtime,
                        world.face().isJellyfin() ? WatchState.Thresholds.JELLYFIN : WatchState.Thresholds.EMBY);
    }
}
