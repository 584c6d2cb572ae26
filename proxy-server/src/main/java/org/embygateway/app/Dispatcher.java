package org.embygateway.app;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.embygateway.auth.Authenticator;
import org.embygateway.auth.Credentials;
import org.embygateway.auth.OwnUser;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.WouldWait;
import org.embygateway.route.Access;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.EdgeRequest;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.embygateway.route.RequestHandler;
import org.embygateway.route.Route;
import org.embygateway.route.RouteTable;
import org.embygateway.route.Treatment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads each request to its row of the table: who asks, may they, and what becomes of it when something fails. */
final class Dispatcher implements RequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final RequestLine.Reader lines;
    private final Authenticator authenticator;
    private final Function<String, Optional<Caller>> playSessions;
    private final ClientPosition.Finder positions;
    private final Watching watching;
    private final Opening opening;
    private final Failures failures = new Failures();
    private final LongBodies longBodies =
            LongBodies.forHeap(Runtime.getRuntime().maxMemory());

    /** @param playSessions whose a play session is, for requests that carry nothing else */
    Dispatcher(
            RouteTable table,
            Authenticator authenticator,
            Function<String, Optional<Caller>> playSessions,
            ClientPosition.Finder positions,
            String basePath,
            Watching watching,
            Opening opening) {
        this.lines = new RequestLine.Reader(table, basePath);
        this.authenticator = authenticator;
        this.playSessions = playSessions;
        this.positions = positions;
        this.watching = watching;
        this.opening = opening;
    }

    @Override
    public Reply answer(EdgeRequest request) {
        try {
            RequestLine line = lines.read(request);
            return line.match()
                    .map(match -> answer(request, line, match))
                    .orElseGet(() -> unknown(request.method(), line.path()));
        } catch (Refused refused) {
            return Reply.text(refused.status(), refused.getMessage());
        }
    }

    private Reply answer(EdgeRequest request, RequestLine line, RouteTable.Match match) {
        long begun = System.nanoTime();
        Reply reply = longBodies.inTurn(request.body(), () -> guarded(request, line, match, requestId()));
        watching.answered(match.route().template(), reply, Duration.ofNanos(System.nanoTime() - begun));
        return reply;
    }

    /** To find a request in the log; no secret. */
    private static String requestId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** Media: what players ask for again and again, piece by piece, is known by then. */
    @Override
    public Optional<Reply> atOnce(EdgeRequest request) {
        if (LongBodies.isLong(request.body())) {
            return Optional.empty();
        }
        try {
            RequestLine line = lines.read(request);
            return line.isMedia() ? line.match().flatMap(match -> atOnce(request, line, match)) : Optional.empty();
        } catch (Refused refused) {
            return Optional.empty();
        }
    }

    private Optional<Reply> atOnce(EdgeRequest request, RequestLine line, RouteTable.Match match) {
        try {
            return Optional.of(answer(request, line, match));
        } catch (WouldWait e) {
            watching.waited(match.route().template());
            return Optional.empty();
        }
    }

    private Reply unknown(String method, RequestPath path) {
        watching.unknown(method, path.path());
        LOG.debug("No route for {} {}", method, GatewayMetrics.masked(path.path()));
        return Reply.text(404, "Not found.");
    }

    private Reply guarded(EdgeRequest request, RequestLine line, RouteTable.Match match, String requestId) {
        Route route = match.route();
        try {
            opening.await(route);
            Call call = call(request, line, match, requestId);
            checkAccess(route.access(), call);
            checkUser(route, call);
            watching.asked(call);
            return watching.noticed(treat(route.treatment(), call));
        } catch (WouldWait e) {
            throw e;
        } catch (RuntimeException e) {
            return failures.reply(e, route.template(), line.path().path(), requestId);
        }
    }

    private Call call(EdgeRequest request, RequestLine line, RouteTable.Match match, String requestId) {
        Params query = line.query();
        Credentials credentials = Credentials.of(request.headers(), query);
        ClientPosition position =
                positions.find(request.remote().getAddress().getHostAddress(), request.secure(), request.headers());
        return new Call(
                request.method().equals("HEAD") ? "HEAD" : request.method(),
                line.path().path(),
                line.path().prefix(),
                match.pathParams(),
                query,
                request.headers(),
                request.body(),
                position.remoteAddress(),
                position.baseUrl(),
                credentials.identity(),
                callerOf(match.route().access(), credentials, query),
                requestId);
    }

    private Optional<Caller> callerOf(Access access, Credentials credentials, Params query) {
        Optional<Caller> caller = authenticator.callerOf(credentials);
        return caller.isPresent() || access != Access.PLAYBACK
                ? caller
                : query.text("PlaySessionId").flatMap(playSessions);
    }

    private static void checkAccess(Access access, Call call) {
        if (access == Access.ANYONE) {
            return;
        }
        Caller caller = call.signedIn();
        if (access == Access.ADMIN && !caller.admin()) {
            throw new Refused(403, "User does not have permission for this.");
        }
    }

    /** Nobody reads or writes another's data, whichever route names a user. */
    private static void checkUser(Route route, Call call) {
        if (call.caller().isEmpty() || route.access() == Access.ADMIN || route.access() == Access.ANYONE) {
            return;
        }
        Optional.ofNullable(call.pathParams().get("UserId")).ifPresent(id -> OwnUser.check(call, id));
        call.query().text("UserId").ifPresent(id -> OwnUser.check(call, id));
    }

    private static Reply treat(Treatment treatment, Call call) {
        return switch (treatment) {
            case Treatment.Local(var handler) -> handler.handle(call);
            case Treatment.Catalogue(var handler) -> handler.handle(call);
            case Treatment.Forward(var handler) -> handler.handle(call);
            case Treatment.Broadcast(var handler) -> handler.handle(call);
            case Treatment.Stream(var handler) -> handler.handle(call);
            case Treatment.Refuse(int status, String text) -> throw new Refused(status, text);
        };
    }
}
