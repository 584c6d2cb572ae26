package org.embygateway.app;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.embygateway.auth.Authenticator;
import org.embygateway.auth.Credentials;
import org.embygateway.auth.OwnUser;
import org.embygateway.protocol.Hex32;
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

    private final RouteTable table;
    private final Authenticator authenticator;
    private final Function<String, Optional<Caller>> playSessions;
    private final ClientPosition.Finder positions;
    private final String basePath;
    private final Watching watching;
    private final Opening opening;
    private final Failures failures = new Failures();

    /** @param playSessions whose a play session is, for requests that carry nothing else */
    Dispatcher(
            RouteTable table,
            Authenticator authenticator,
            Function<String, Optional<Caller>> playSessions,
            ClientPosition.Finder positions,
            String basePath,
            Watching watching,
            Opening opening) {
        this.table = table;
        this.authenticator = authenticator;
        this.playSessions = playSessions;
        this.positions = positions;
        this.basePath = basePath;
        this.watching = watching;
        this.opening = opening;
    }

    @Override
    public Reply answer(EdgeRequest request) {
        RequestPath path;
        try {
            path = RequestPath.of(request.rawPath(), basePath);
        } catch (Refused refused) {
            return Reply.text(refused.status(), refused.getMessage());
        }
        return find(request.method(), path.path())
                .map(match -> answer(request, path, match))
                .orElseGet(() -> unknown(request.method(), path));
    }

    private Reply answer(EdgeRequest request, RequestPath path, RouteTable.Match match) {
        long begun = System.nanoTime();
        Reply reply = guarded(request, path, match, Hex32.random());
        watching.answered(match.route().template(), reply, Duration.ofNanos(System.nanoTime() - begun));
        return reply;
    }

    /** Media: what players ask for again and again, piece by piece, is known by then. */
    @Override
    public Optional<Reply> atOnce(EdgeRequest request) {
        try {
            RequestPath path = RequestPath.of(request.rawPath(), basePath);
            return find(request.method(), path.path())
                    .filter(match -> match.route().treatment() instanceof Treatment.Stream)
                    .flatMap(match -> atOnce(request, path, match));
        } catch (Refused refused) {
            return Optional.empty();
        }
    }

    private Optional<Reply> atOnce(EdgeRequest request, RequestPath path, RouteTable.Match match) {
        try {
            return Optional.of(answer(request, path, match));
        } catch (WouldWait e) {
            watching.waited(match.route().template());
            return Optional.empty();
        }
    }

    /** Old libraries put {@code .json} behind paths. */
    private Optional<RouteTable.Match> find(String method, String path) {
        Optional<RouteTable.Match> found = table.find(method, path);
        boolean suffixed = path.toLowerCase(Locale.ROOT).endsWith(".json");
        return found.isPresent() || !suffixed
                ? found
                : table.find(method, path.substring(0, path.length() - ".json".length()));
    }

    private Reply unknown(String method, RequestPath path) {
        watching.unknown(method, path.path());
        LOG.debug("No route for {} {}", method, GatewayMetrics.masked(path.path()));
        return Reply.text(404, "Not found.");
    }

    private Reply guarded(EdgeRequest request, RequestPath path, RouteTable.Match match, String requestId) {
        Route route = match.route();
        try {
            opening.await(route);
            Call call = call(request, path, match, requestId);
            checkAccess(route.access(), call);
            checkUser(route, call);
            watching.asked(call);
            return watching.noticed(treat(route.treatment(), call));
        } catch (WouldWait e) {
            throw e;
        } catch (RuntimeException e) {
            return failures.reply(e, route.template(), path.path(), requestId);
        }
    }

    private Call call(EdgeRequest request, RequestPath path, RouteTable.Match match, String requestId) {
        Params query = Params.parse(request.rawQuery());
        Credentials credentials = Credentials.of(request.headers(), query);
        ClientPosition position =
                positions.find(request.remote().getAddress().getHostAddress(), request.secure(), request.headers());
        return new Call(
                request.method().equals("HEAD") ? "HEAD" : request.method(),
                path.path(),
                path.prefix(),
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
