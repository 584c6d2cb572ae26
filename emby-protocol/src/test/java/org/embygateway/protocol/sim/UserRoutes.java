package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.Params;

/** Signing in and out, and the accounts. */
final class UserRoutes {
    private static final String WRONG = "Invalid username or password entered. Please try again.";

    private final SimWorld world;
    private final AccountJson json;

    UserRoutes(SimWorld world) {
        this.world = world;
        this.json = new AccountJson(world);
    }

    void register(SimRoutes routes) {
        routes.open("POST", "/Users/AuthenticateByName", this::byName);
        routes.post("/Sessions/Logout", this::logout);
        routes.open("GET", "/Users/Public", e -> SimReply.json(EmbyJson.MAPPER.createArrayNode()));
        routes.get("/Users/{UserId}", this::user);
        routes.get("/Users", this::users);
        if (world.face().isJellyfin()) {
            routes.get("/Users/Me", e -> SimReply.json(json.user(e.session().user)));
        } else {
            routes.post("/Users/{UserId}/Configuration", this::configured);
        }
    }

    private SimReply byName(Exchange exchange) {
        ClientIdentity identity = exchange.credentials().identity();
        if (world.face().isJellyfin()) {
            requireJellyfin(exchange, identity);
        } else {
            require(identity.client(), "appName");
            require(identity.deviceId(), "deviceId");
            require(identity.device(), "deviceName");
            require(identity.version(), "appVersion");
        }
        Params fields = exchange.fields();
        SimUser user = world.accounts()
                .named(fields.text("Username", ""))
                .filter(u -> matches(u, fields))
                .orElseThrow(() -> new SimError(401, WRONG));
        if (user.disabled) {
            throw new SimError(401, "User is disabled.");
        }
        SimSession session = world.accounts().signIn(user, identity);
        ObjectNode answer = EmbyJson.object();
        answer.set("User", json.user(user));
        answer.set("SessionInfo", json.session(session, "198.51.100.7"));
        answer.put("AccessToken", session.token).put("ServerId", world.id());
        return SimReply.json(answer);
    }

    private static void require(String value, String name) {
        if (value.isEmpty()) {
            throw new SimError(400, "Value cannot be null. (Parameter '" + name + "')");
        }
    }

    private static void requireJellyfin(Exchange exchange, ClientIdentity identity) {
        if (!exchange.headers().get("Content-Type", "").startsWith("application/json")) {
            throw new SimError(415, "Unsupported media type.");
        }
        if (identity.client().isEmpty()
                || identity.deviceId().isEmpty()
                || identity.device().isEmpty()
                || identity.version().isEmpty()) {
            throw new SimError(400, "Error processing request.");
        }
    }

    private boolean matches(SimUser user, Params fields) {
        Optional<String> plain = fields.text("Pw");
        if (plain.isPresent() || world.face().isJellyfin()) {
            return user.password.equals(plain.orElse(""));
        }
        Optional<String> hashed = fields.text("Password");
        return hashed.map(h -> h.equalsIgnoreCase(sha1(user.password))).orElse(user.password.isEmpty());
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }

    private SimReply logout(Exchange exchange) {
        world.sockets().dropAll(exchange.session());
        world.accounts().signOut(exchange.session());
        return SimReply.none();
    }

    private SimReply user(Exchange exchange) {
        return SimReply.json(json.user(known(exchange)));
    }

    private SimReply users(Exchange exchange) {
        ArrayNode list = EmbyJson.MAPPER.createArrayNode();
        boolean all = exchange.session().user.administrator;
        world.accounts().users().stream()
                .filter(u -> all || u == exchange.session().user)
                .forEach(u -> list.add(json.user(u)));
        return SimReply.json(list);
    }

    private SimReply configured(Exchange exchange) {
        if (known(exchange) != exchange.session().user) {
            throw new SimError(403, "User does not have permission.");
        }
        exchange.json().properties().stream()
                .map(Map.Entry::getKey)
                .forEach(key -> exchange.session().user.preferences.put("Configuration." + key, "set"));
        return SimReply.none();
    }

    private SimUser known(Exchange exchange) {
        String id = exchange.part("UserId");
        if (Hex32.parse(id).isEmpty()) {
            throw world.face().isJellyfin()
                    ? new SimError(400, "The value '" + id + "' is not valid.")
                    : new SimError(500, "Unrecognized Guid format.");
        }
        return world.accounts().withId(id).orElseThrow(() -> new SimError(404, "User not found."));
    }
}
