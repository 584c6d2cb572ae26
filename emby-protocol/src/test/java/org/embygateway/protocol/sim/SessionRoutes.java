package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;

/** Sessions, their capabilities and remote control; display preferences. */
final class SessionRoutes {
    private final SimWorld world;
    private final AccountJson json;

    SessionRoutes(SimWorld world) {
        this.world = world;
        this.json = new AccountJson(world);
    }

    void register(SimRoutes routes) {
        routes.get("/Sessions", this::sessions);
        routes.post("/Sessions/Capabilities", this::capabilities);
        routes.post("/Sessions/Capabilities/Full", this::fullCapabilities);
        routes.post("/Sessions/{Id}/Playing", e -> control(e, "Play"));
        routes.post("/Sessions/{Id}/Playing/{Command}", e -> control(e, "Playstate"));
        routes.post("/Sessions/{Id}/Command", e -> control(e, "GeneralCommand"));
        routes.post("/Sessions/{Id}/Command/{Command}", e -> control(e, "GeneralCommand"));
        routes.post("/Sessions/{Id}/Message", e -> control(e, "GeneralCommand"));
        routes.get("/DisplayPreferences/{Id}", this::preferences);
        routes.post("/DisplayPreferences/{Id}", this::setPreferences);
        if (!world.face().isJellyfin()) {
            routes.get("/UserSettings/{UserId}", this::settings);
            routes.post("/UserSettings/{UserId}/Partial", this::setSettings);
        }
    }

    private SimReply sessions(Exchange exchange) {
        String device = exchange.query().text("DeviceId", "");
        SimUser user = exchange.session().user;
        ArrayNode list = EmbyJson.MAPPER.createArrayNode();
        world.accounts().sessions().stream()
                .filter(s -> user.administrator || s.user == user)
                .filter(s -> device.isEmpty() || s.identity.deviceId().equals(device))
                .forEach(s -> list.add(json.session(s, "198.51.100.7")));
        return SimReply.json(list);
    }

    private SimReply capabilities(Exchange exchange) {
        ObjectNode said = EmbyJson.object();
        exchange.query().all().forEach((name, values) -> said.put(name, values.getFirst()));
        exchange.session().capabilities = said;
        return SimReply.none();
    }

    private SimReply fullCapabilities(Exchange exchange) {
        exchange.session().capabilities = exchange.json();
        return SimReply.none();
    }

    private SimReply control(Exchange exchange, String type) {
        SimSession target = world.accounts().sessions().stream()
                .filter(s -> s.id.equals(exchange.part("Id")))
                .findFirst()
                .orElseThrow(() -> new SimError(404, "Session not found."));
        JsonNode body = exchange.json();
        ObjectNode data = body.isObject() ? (ObjectNode) body.deepCopy() : EmbyJson.object();
        if (!exchange.part("Command").isEmpty()) {
            data.put(type.equals("Playstate") ? "Command" : "Name", exchange.part("Command"));
        }
        data.put("ControllingUserId", exchange.session().user.id);
        world.sockets().toSession(target, type, data);
        return SimReply.none();
    }

    private SimReply preferences(Exchange exchange) {
        ObjectNode answer = EmbyJson.object()
                .put("Id", Hex32.of(exchange.part("Id")))
                .put("SortBy", "SortName")
                .put("SortOrder", "Ascending");
        ObjectNode custom = answer.putObject("CustomPrefs");
        exchange.session().user.preferences.forEach(custom::put);
        return SimReply.json(answer.put("Client", exchange.query().text("Client", "emby")));
    }

    private SimReply setPreferences(Exchange exchange) {
        JsonNode custom = Exchange.member(exchange.json(), "CustomPrefs");
        custom.properties()
                .forEach(e -> exchange.session()
                        .user
                        .preferences
                        .put(e.getKey(), e.getValue().asText()));
        return SimReply.none();
    }

    private SimReply settings(Exchange exchange) {
        ObjectNode answer = EmbyJson.object();
        exchange.session().user.preferences.forEach(answer::put);
        return SimReply.json(answer);
    }

    private SimReply setSettings(Exchange exchange) {
        List<String> auth = List.of("api_key", "X-Emby-Token");
        exchange.fields().all().forEach((name, values) -> {
            if (!auth.contains(name) && !name.startsWith("X-Emby-")) {
                exchange.session().user.preferences.put(name, values.getFirst());
            }
        });
        return SimReply.none();
    }
}
