package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;

/** From a raw request to an answer: prefix, route, token, handler; everything is recorded, refused or not. */
final class SimDispatcher {
    private static final String UNKNOWN = "unknown";

    private final SimWorld world;
    private final SimRoutes routes;

    SimDispatcher(SimWorld world, SimRoutes routes) {
        this.world = world;
        this.routes = routes;
    }

    /** A request as it came off the wire. */
    record Raw(String method, String uri, HttpHeaders headers, byte[] body, String from) {
        boolean isHead() {
            return method.equals("HEAD");
        }

        String path() {
            int mark = uri.indexOf('?');
            return mark < 0 ? uri : uri.substring(0, mark);
        }

        String query() {
            int mark = uri.indexOf('?');
            return mark < 0 ? "" : uri.substring(mark + 1);
        }
    }

    /** A recorded request, what goes wrong with it, and how to answer it. */
    record Received(Optional<Faults.Fault> fault, Supplier<SimReply> answering) {
        SimReply answer() {
            return answering.get();
        }
    }

    Received receive(Raw raw) {
        Optional<String> path = apiPath(raw.path());
        Optional<SimRoutes.Match> match = path.flatMap(p -> routes.find(raw.method(), p));
        Params query = Params.parse(raw.query());
        Credentials credentials = Credentials.of(raw.headers(), query, world.face());
        Optional<SimSession> session = world.accounts().withToken(credentials.token());
        RecordedRequest recorded = record(raw, match, credentials, session);
        world.traffic().heard(recorded);
        return new Received(world.faults().of(recorded), () -> answer(raw, match, query, credentials, session));
    }

    private RecordedRequest record(
            Raw raw, Optional<SimRoutes.Match> match, Credentials credentials, Optional<SimSession> session) {
        String route = match.map(m -> raw.method() + " " + m.row().template()).orElse(UNKNOWN);
        String device = credentials.identity().deviceId();
        if (device.isEmpty()) {
            device = session.map(s -> s.identity().deviceId()).orElse("");
        }
        return new RecordedRequest(
                raw.method(), route, raw.path(), raw.query(), headers(raw), raw.body(), device, Instant.now());
    }

    private static Map<String, String> headers(Raw raw) {
        Map<String, String> headers = new LinkedHashMap<>();
        raw.headers().forEach(h -> headers.putIfAbsent(h.getKey().toLowerCase(Locale.ROOT), h.getValue()));
        return Map.copyOf(headers);
    }

    private SimReply answer(
            Raw raw,
            Optional<SimRoutes.Match> match,
            Params query,
            Credentials credentials,
            Optional<SimSession> session) {
        if (raw.method().equals("OPTIONS")) {
            return SimReply.bytes(200, "text/plain", new byte[0]);
        }
        if (match.isEmpty()) {
            return SimReply.text(404, "");
        }
        SimRoutes.Match found = match.get();
        if (!found.row().open() && session.isEmpty()) {
            return SimReply.text(401, SimError.unauthorized().getMessage());
        }
        session.ifPresent(s -> s.lastActivity = Instant.now());
        Map<String, String> captures = new LinkedHashMap<>();
        found.captures().forEach((name, value) -> captures.put(name, decoded(value)));
        Exchange exchange =
                new Exchange(raw.method(), raw.uri(), captures, query, raw.headers(), raw.body(), credentials, session);
        return handled(found, exchange);
    }

    private static SimReply handled(SimRoutes.Match found, Exchange exchange) {
        try {
            return found.row().handler().answer(exchange);
        } catch (SimError e) {
            return SimReply.text(e.status, e.getMessage());
        } catch (RuntimeException e) {
            return SimReply.text(500, "Object reference not set to an instance of an object. (" + e + ")");
        }
    }

    /** The path below the base path and the API prefix; empty when it is outside. */
    private Optional<String> apiPath(String path) {
        String base = world.basePath();
        if (!path.regionMatches(true, 0, base, 0, base.length())) {
            return Optional.empty();
        }
        String rest = path.substring(base.length());
        if (!world.face().isJellyfin()) {
            for (String prefix : new String[] {"/emby/", "/mediabrowser/"}) {
                if (rest.regionMatches(true, 0, prefix, 0, prefix.length())) {
                    rest = rest.substring(prefix.length() - 1);
                    break;
                }
            }
        }
        return rest.startsWith("/") ? Optional.of(rest) : Optional.empty();
    }

    /** A web socket that somebody wants: what goes wrong with it, and whose it is. */
    record Wanted(Optional<Faults.Fault> fault, Optional<SimSession> session) {
        /** What to say instead of opening it; empty when it may open. */
        Optional<SimReply> refusal() {
            return fault.flatMap(SimDispatcher::wrongAnswer)
                    .or(() -> session.isPresent()
                            ? Optional.empty()
                            : Optional.of(
                                    SimReply.text(401, SimError.unauthorized().getMessage())));
        }
    }

    /** Records the request for a web socket. */
    Wanted socket(Raw raw) {
        Params query = Params.parse(raw.query());
        Credentials credentials = Credentials.of(raw.headers(), query, world.face());
        RecordedRequest recorded = new RecordedRequest(
                "GET",
                "WS /embywebsocket",
                raw.path(),
                raw.query(),
                headers(raw),
                new byte[0],
                query.text("deviceId", ""),
                Instant.now());
        world.traffic().heard(recorded);
        return new Wanted(world.faults().of(recorded), world.accounts().withToken(credentials.token()));
    }

    SimSockets sockets() {
        return world.sockets();
    }

    /** The answer that the fault puts in place of the right one. */
    static Optional<SimReply> wrongAnswer(Faults.Fault fault) {
        if (fault.status == 401) {
            return Optional.of(SimReply.text(401, SimError.unauthorized().getMessage()));
        }
        if (fault.status != 0) {
            byte[] text = ("Simulated status " + fault.status).getBytes(StandardCharsets.UTF_8);
            return Optional.of(new SimReply.Whole(fault.status, fault.headers, text));
        }
        if (!fault.location.isEmpty()) {
            return Optional.of(new SimReply.Whole(302, Map.of("Location", fault.location), new byte[0]));
        }
        if (fault.html) {
            String page = "<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>";
            return Optional.of(SimReply.bytes(200, "text/html", page.getBytes(StandardCharsets.UTF_8)));
        }
        return Optional.empty();
    }

    /** The right answer as the fault changes it. */
    static SimReply twisted(Faults.Fault fault, SimReply right) {
        UnaryOperator<JsonNode> twist = fault.twist;
        if (twist == null || !(right instanceof SimReply.Whole whole) || whole.status() != 200) {
            return right;
        }
        try {
            byte[] changed = EmbyJson.write(twist.apply(EmbyJson.read(whole.body())));
            return new SimReply.Whole(200, whole.headers(), changed);
        } catch (IOException e) {
            return right;
        }
    }

    /** What a real server gives away with every answer. */
    Map<String, String> leakedHeaders() {
        return world.leakedHeaders();
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
