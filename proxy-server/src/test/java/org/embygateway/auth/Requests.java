package org.embygateway.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/** Makes calls as the dispatcher does, for tests of handlers. Each method gives a changed copy. */
public record Requests(Call call) {
    public static final ClientIdentity TV = new ClientIdentity("Emby TV", "Living room", "tv-1", "2.3");

    public static Requests get(String path) {
        return new Requests(new Call(
                "GET",
                path,
                "",
                Map.of(),
                Params.NONE,
                Headers.NONE,
                new byte[0],
                "203.0.113.7",
                "http://gateway.test:8080",
                TV,
                Optional.empty(),
                "r1"));
    }

    public static Requests post(String path) {
        Requests r = get(path);
        return r.with("POST", r.call.pathParams(), r.call.query(), r.call.headers(), r.call.body());
    }

    private Requests with(String method, Map<String, String> path, Params query, Headers headers, byte[] body) {
        return new Requests(new Call(
                method,
                call.path(),
                "",
                path,
                query,
                headers,
                body,
                call.remoteAddress(),
                call.baseUrl(),
                call.identity(),
                call.caller(),
                "r1"));
    }

    public Requests param(String name, String value) {
        Map<String, String> params = new HashMap<>(call.pathParams());
        params.put(name, value);
        return with(call.method(), params, call.query(), call.headers(), call.body());
    }

    public Requests query(String query) {
        return with(call.method(), call.pathParams(), Params.parse(query), call.headers(), call.body());
    }

    public Requests header(String name, String value) {
        return with(
                call.method(), call.pathParams(), call.query(), call.headers().with(name, value), call.body());
    }

    public Requests body(String body) {
        return with(
                call.method(), call.pathParams(), call.query(), call.headers(), body.getBytes(StandardCharsets.UTF_8));
    }

    public Requests from(String address) {
        return copy(address, call.baseUrl(), call.identity(), call.caller());
    }

    /** The gateway is reached at this address. */
    public Requests at(String base) {
        return copy(call.remoteAddress(), base, call.identity(), call.caller());
    }

    public Requests identity(ClientIdentity identity) {
        return copy(call.remoteAddress(), call.baseUrl(), identity, call.caller());
    }

    public Requests as(Caller caller) {
        return copy(call.remoteAddress(), call.baseUrl(), call.identity(), Optional.of(caller));
    }

    private Requests copy(String address, String base, ClientIdentity identity, Optional<Caller> caller) {
        return new Requests(new Call(
                call.method(),
                call.path(),
                "",
                call.pathParams(),
                call.query(),
                call.headers(),
                call.body(),
                address,
                base,
                identity,
                caller,
                "r1"));
    }

    public Reply on(Handler handler) {
        return handler.handle(call);
    }

    /** The JSON answered, which must be a 200. */
    public JsonNode json(Handler handler) {
        if (!(on(handler) instanceof Reply.Json(int status, byte[] body)) || status != 200) {
            throw new AssertionError("no JSON with status 200");
        }
        try {
            return EmbyJson.read(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status, also that of a refusal. */
    public int status(Handler handler) {
        try {
            return switch (on(handler)) {
                case Reply.Json json -> json.status();
                case Reply.Bytes bytes -> bytes.status();
                case Reply.Empty empty -> empty.status();
                case Reply.Redirect redirect -> 302;
                default -> throw new AssertionError("a reply without a status");
            };
        } catch (Refused e) {
            return e.status();
        }
    }
}
