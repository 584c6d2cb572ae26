package org.embygateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.Accounts;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;

/** Calls over HTTP. What it learns on the way about an upstream's health goes to the registry. */
final class HttpUpstreamCalls implements UpstreamCalls {
    private static final Duration SIGN_IN = Duration.ofSeconds(10);
    private static final Duration FIRST_BYTE = Duration.ofSeconds(15);

    private final LiveRegistry registry;
    private final Accounts accounts;
    private final Devices devices;
    private final UpstreamSignIns signIns;
    private final Transport transport;
    private final OutboundIdentity identity;
    private final CallObserver observer;

    HttpUpstreamCalls(
            LiveRegistry registry,
            Accounts accounts,
            Devices devices,
            UpstreamSignIns signIns,
            Transport transport,
            OutboundIdentity identity,
            CallObserver observer) {
        this.registry = registry;
        this.accounts = accounts;
        this.devices = devices;
        this.signIns = signIns;
        this.transport = transport;
        this.identity = identity;
        this.observer = observer;
    }

    /** An actor at an upstream: with which account and device, and where. */
    private record Line(Watch watch, Found at, AccountRecord account, String device) {}

    @Override
    public UpstreamResponse send(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        Watch watch = registry.watchOf(upstream);
        long start = System.nanoTime();
        String outcome = "error";
        try {
            UpstreamResponse response = sent(watch, actor, request);
            outcome = Integer.toString(response.status());
            return response;
        } catch (TransportFailed e) {
            outcome = e.fault().name().toLowerCase(Locale.ROOT);
            throw e.of(upstream);
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            observer.called(watch.record(), operation(request.path()), outcome, took);
        }
    }

    private static String operation(String path) {
        String[] words = path.split("/", 3);
        return words.length < 2 ? "" : words[1].toLowerCase(Locale.ROOT);
    }

    private UpstreamResponse sent(Watch watch, Actor actor, UpstreamRequest request) {
        if (!watch.health().online()) {
            throw new TransportFailed(UpstreamFault.UNREACHABLE, "is offline");
        }
        long end = System.nanoTime() + request.limit().toNanos();
        Line line = line(watch, actor);
        try {
            return sent(line, request, end);
        } catch (TransportFailed e) {
            Optional<Found> other = e.fault() == UpstreamFault.UNREACHABLE ? watch.leave(line.at()) : Optional.empty();
            if (other.isEmpty()) {
                throw signalled(watch, e);
            }
            if (!mayBeRepeated(e, request)) {
                throw e;
            }
            return sent(new Line(watch, other.get(), line.account(), line.device()), request, end);
        }
    }

    /** What may have arrived is not sent twice, unless it only asks. */
    private static boolean mayBeRepeated(TransportFailed failure, UpstreamRequest request) {
        return failure.isNeverSent() || request.method().equals("GET");
    }

    private static TransportFailed signalled(Watch watch, TransportFailed failure) {
        signal(watch, failure);
        return failure;
    }

    private UpstreamResponse sent(Line line, UpstreamRequest request, long end) {
        UpstreamSignIns.Held signIn = signIns.current(line.account(), line.device(), line.at(), left(end));
        UpstreamResponse response = exchange(line, signIn, request, left(end));
        if (response.status() != 401) {
            return response;
        }
        UpstreamSignIns.Held renewed = signIns.renewed(line.account(), line.device(), signIn, line.at(), left(end));
        UpstreamResponse again = exchange(line, renewed, request, left(end));
        if (again.status() != 401) {
            return again;
        }
        boolean sameToken = renewed.token().equals(signIn.token());
        throw sameToken
                ? new TransportFailed(UpstreamFault.FORBIDDEN, "does not let the account do this")
                : new TransportFailed(UpstreamFault.SIGN_IN_REFUSED, "refuses a token it has just given");
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    }

    private Line line(Watch watch, Actor actor) {
        UpstreamId upstream = watch.record().id();
        AccountRecord account = accounts.use(upstream, actor.user())
                .orElseThrow(() -> new TransportFailed(UpstreamFault.SIGN_IN_REFUSED, "has no account to use"));
        return new Line(watch, place(watch), account, devices.of(upstream, actor));
    }

    private static Found place(Watch watch) {
        if (!watch.health().online() && watch.found().isEmpty()) {
            throw new TransportFailed(UpstreamFault.UNREACHABLE, "is offline");
        }
        try {
            return watch.foundOrCheck();
        } catch (TransportFailed e) {
            signal(watch, e);
            throw e;
        }
    }

    private UpstreamResponse exchange(Line line, UpstreamSignIns.Held signIn, UpstreamRequest request, Duration limit) {
        UpstreamResponse response = transport.exchange(outgoing(line, signIn, request), limit);
        line.watch().answered();
        return response;
    }

    private static void signal(Watch watch, TransportFailed failure) {
        if (failure.fault() == UpstreamFault.UNREACHABLE) {
            watch.broken(failure.reason());
        } else if (failure.fault() == UpstreamFault.TIMED_OUT) {
            watch.slow();
        }
    }

    private Outgoing outgoing(Line line, UpstreamSignIns.Held signIn, UpstreamRequest request) {
        Dialect dialect = line.at().dialect();
        String user = signIn.signIn().upstreamUser();
        UpstreamRequest asked = dialect.translate(withUser(request, user));
        return new Outgoing(
                asked.method(),
                Urls.of(line.at().base(), asked.path(), asked.query()),
                asked.headers(),
                dialect.credentials(identity, line.device(), signIn.token()),
                asked.json(),
                line.at().passage());
    }

    private static UpstreamRequest withUser(UpstreamRequest request, String user) {
        return new UpstreamRequest(
                request.method(),
                request.path().replace("{user}", user),
                withUser(request.query(), user),
                request.json(),
                request.headers(),
                request.limit());
    }

    private static Map<String, String> withUser(Map<String, String> query, String user) {
        Map<String, String> result = new LinkedHashMap<>(query);
        result.replaceAll((name, value) -> value.replace("{user}", user));
        return result;
    }

    @Override
    public byte[] body(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        UpstreamResponse response = send(upstream, actor, request);
        int status = response.status();
        if (status < 200 || status > 299) {
            throw new UpstreamFailed(
                    upstream, fault(status), "answers with status " + status, RetryAfter.in(response.headers()));
        }
        return response.body();
    }

    private static UpstreamFault fault(int status) {
        return switch (status) {
            case 403 -> UpstreamFault.FORBIDDEN;
            case 404 -> UpstreamFault.NOT_FOUND;
            case 429, 503 -> UpstreamFault.BUSY;
            default -> UpstreamFault.BAD_ANSWER;
        };
    }

    @Override
    public RelaySource media(
            UpstreamId upstream, Actor actor, String path, Map<String, String> query, Headers headers) {
        try {
            Line line = line(registry.watchOf(upstream), actor);
            UpstreamSignIns.Held signIn = signIns.current(line.account(), line.device(), line.at(), SIGN_IN);
            Dialect dialect = line.at().dialect();
            String user = signIn.signIn().upstreamUser();
            Dialect.MediaPlace place =
                    dialect.media(path.replace("{user}", user), withUser(query, user), signIn.token());
            Headers ours = dialect.credentials(identity, line.device(), signIn.token())
                    .with("User-Agent", identity.userAgent());
            // What we say of ourselves stands in place of anything the client said.
            Headers all = headers.overriddenBy(ours);
            List<URI> elsewhere = line.watch().elsewhere(line.at()).stream()
                    .map(base -> Urls.of(base, place.path(), place.query()))
                    .toList();
            URI uri = Urls.of(line.at().base(), place.path(), place.query());
            return new RelaySource(upstream, uri, all, FIRST_BYTE, elsewhere);
        } catch (TransportFailed e) {
            throw e.of(upstream);
        }
    }

    @Override
    public void refused(RelaySource source, Actor actor) {
        try {
            Line line = line(registry.watchOf(source.upstream()), actor);
            String query = String.valueOf(source.uri().getRawQuery());
            UpstreamSignIns.Held now = signIns.current(line.account(), line.device(), line.at(), SIGN_IN);
            if (query.contains(now.token())) {
                signIns.renewed(line.account(), line.device(), now, line.at(), SIGN_IN);
            }
        } catch (TransportFailed e) {
            throw e.of(source.upstream());
        }
    }

    @Override
    public String userOn(UpstreamId upstream, Actor actor) {
        try {
            Line line = line(registry.watchOf(upstream), actor);
            return signIns.current(line.account(), line.device(), line.at(), SIGN_IN)
                    .signIn()
                    .upstreamUser();
        } catch (TransportFailed e) {
            throw e.of(upstream);
        }
    }

    @Override
    public String deviceOn(UpstreamId upstream, Actor actor) {
        return devices.of(upstream, actor);
    }
}
