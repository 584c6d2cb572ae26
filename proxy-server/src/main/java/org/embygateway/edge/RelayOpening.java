package org.embygateway.edge;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.embygateway.index.Passage;
import org.embygateway.protocol.WouldWait;
import org.embygateway.route.Headers;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.embygateway.upstream.Reach;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a source that answers: source after source, and within one along its redirects. All of it happens on the
 * client's event loop, but for what has to wait, which is asking for most sources and looking up most names: that is
 * left to a virtual thread.
 */
final class RelayOpening implements ClientConnection.Outgoing {
    private static final Logger LOG = LoggerFactory.getLogger(RelayOpening.class);
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_SOURCES = 16;

    /** Fields that concern one connection, or that this class sets. */
    private static final Set<String> NOT_SENT = Set.of(
            "host",
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "proxy-connection",
            "proxy-authorization");

    /**
     * Where one question of a source goes; more than one when it is redirected.
     *
     * @param elsewhere where it goes when there is no answer at all
     */
    private record Leg(RelaySource source, URI uri, Headers headers, int hops, long deadline, List<URI> elsewhere) {}

    /** A leg with its name looked up. */
    private record Target(Leg leg, Origin origin, List<InetAddress> addresses) {}

    private record Failed(int status, boolean timedOut, String reason) {}

    private final EdgeContext edge;
    private final ClientConnection connection;
    private final EventLoop loop;
    private final RelayGoal goal;
    private int tried;
    private Failed last = new Failed(0, false, "no source");
    private @Nullable UpstreamStream asked;
    private @Nullable Future<?> tooLate;

    RelayOpening(EdgeContext edge, ClientConnection connection, RelayGoal goal) {
        this.edge = edge;
        this.connection = connection;
        this.loop = connection.channel().eventLoop();
        this.goal = goal;
    }

    /** Returns as soon as a source has been asked, or has to be waited for. Safe from any thread. */
    void begin() {
        Runnable first = () -> next(Optional.empty());
        reported(() -> {
            try {
                first.run();
            } catch (WouldWait e) {
                continueWith(first);
            }
        });
    }

    /** Goes on with something that may block, on a virtual thread, which never starts when the client leaves first. */
    private void continueWith(Runnable step) {
        connection.handOver(this);
        connection.work(() -> reported(step));
    }

    private void reported(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            goal.fail(e);
        }
    }

    private void guarded(UpstreamStream stream, Runnable step) {
        reported(() -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                stream.abandon();
                throw e;
            }
        });
    }

    private void next(Optional<RelayFailure> failure) {
        Optional<RelaySource> source = tried < MOST_SOURCES ? goal.next(failure) : Optional.empty();
        tried++;
        if (source.isEmpty()) {
            goal.refuse(statusFor(last));
            return;
        }
        RelaySource found = source.get();
        long deadline = System.nanoTime() + found.firstByte().toNanos();
        resolve(new Leg(found, found.uri(), found.headers(), 0, deadline, found.elsewhere()));
    }

    private void failed(RelaySource source, Failed failed) {
        LOG.debug("upstream {}: no media, {} {}", source.upstream(), failed.status, failed.reason);
        last = failed;
        next(Optional.of(new RelayFailure(source, failed.status, failed.reason)));
    }

    /** No line leads there: the next one is tried before anybody hears of it. */
    private void unreachable(Leg leg, String reason) {
        if (leg.elsewhere.isEmpty()) {
            failed(leg.source, new Failed(0, false, reason));
            return;
        }
        LOG.debug("upstream {}: {} over one of its addresses", leg.source.upstream(), reason);
        List<URI> rest = leg.elsewhere.subList(1, leg.elsewhere.size());
        resolve(new Leg(leg.source, leg.elsewhere.getFirst(), leg.source.headers(), 0, leg.deadline, rest));
    }

    /** What speaks of the request is passed on; the rest is the upstream's trouble and not the client's. */
    private static int statusFor(Failed failed) {
        boolean ofTheRequest =
                failed.status >= 400 && failed.status < 500 && failed.status != 401 && failed.status != 407;
        return ofTheRequest ? failed.status : failed.timedOut ? 504 : 502;
    }

    private void resolve(Leg leg) {
        Origin origin;
        try {
            origin = Origin.of(leg.uri, passage(leg));
        } catch (IllegalArgumentException e) {
            waiting(() -> failed(leg.source, new Failed(0, false, "not an address of http or https")));
            return;
        }
        edge.names
                .known(origin.nextHost())
                .ifPresentOrElse(
                        addresses -> onLoop(() -> ask(new Target(leg, origin, addresses), true)),
                        () -> waiting(() -> lookUp(leg, origin)));
    }

    private Passage passage(Leg leg) {
        return edge.passages.apply(leg.source.upstream(), String.valueOf(leg.uri.getHost()));
    }

    private void lookUp(Leg leg, Origin origin) {
        try {
            List<InetAddress> addresses = edge.names.lookUp(origin.nextHost());
            onLoop(() -> ask(new Target(leg, origin, addresses), true));
        } catch (UnknownHostException e) {
            unreachable(leg, "unknown host");
        }
    }

    private void onLoop(Runnable step) {
        if (loop.inEventLoop()) {
            step.run();
        } else {
            loop.execute(step);
        }
    }

    /** Does what may block here, unless this is the event loop. */
    private void waiting(Runnable step) {
        if (loop.inEventLoop()) {
            continueWith(step);
        } else {
            step.run();
        }
    }

    /** @param reuse whether a kept connection is good enough; when it was not, a new one is tried */
    private void ask(Target target, boolean reuse) {
        if (!connection.channel().isActive()) {
            goal.over();
            return;
        }
        connection.handOver(this);
        UpstreamStream stream = new UpstreamStream(edge, loop, target.origin, request(target));
        asked = stream;
        long sent = System.nanoTime();
        tooLate = loop.schedule(
                () -> giveUp(stream, target.leg), Math.max(0, target.leg.deadline - sent), TimeUnit.NANOSECONDS);
        stream.head().whenComplete((head, fault) -> {
            if (asked != stream) {
                return;
            }
            settled();
            if (fault == null) {
                // A turn later, when what has come along with the head is there too.
                loop.execute(() -> guarded(stream, () -> answered(target.leg, stream, head, sent)));
            } else if (fault instanceof UpstreamStream.Failed failed && failed.stale && reuse) {
                ask(target, false);
            } else {
                String reason = String.valueOf(fault.getMessage());
                continueWith(() -> unreachable(target.leg, reason));
            }
        });
        stream.open(target.addresses, reuse);
    }

    private void giveUp(UpstreamStream stream, Leg leg) {
        if (asked == stream) {
            settled();
            stream.abandon();
            continueWith(() -> failed(leg.source, new Failed(0, true, "no answer in time")));
        }
    }

    private void settled() {
        asked = null;
        if (tooLate != null) {
            tooLate.cancel(false);
        }
    }

    private void answered(Leg leg, UpstreamStream stream, HttpResponse head, long sent) {
        if (goal.fits(leg.headers, head)) {
            goal.accept(leg.source, stream, head, sent);
            return;
        }
        stream.abandon();
        if (connection.channel().isActive()) {
            continueWith(() -> follow(leg, head));
        } else {
            goal.over();
        }
    }

    private void follow(Leg leg, HttpResponse head) {
        boolean success = head.status().code() / 100 == 2;
        Optional<URI> target = redirect(head, leg.uri);
        if (success) {
            failed(leg.source, new Failed(head.status().code(), false, "answered with something else than media"));
        } else if (target.isEmpty()) {
            int status = head.status().code();
            // A range that is not there, of a request without one, says nothing of the request.
            failed(leg.source, new Failed(status == 416 ? 0 : status, false, "answered " + status));
        } else if (leg.hops == MOST_REDIRECTS) {
            failed(leg.source, new Failed(head.status().code(), false, "too many redirects"));
        } else {
            Headers headers = sameHost(leg.uri, target.get()) ? leg.headers : withoutCredentials(leg.headers);
            resolve(new Leg(leg.source, target.get(), headers, leg.hops + 1, leg.deadline, List.of()));
        }
    }

    @Override
    public void writabilityChanged() {
        // nothing is written yet
    }

    @Override
    public void clientGone() {
        UpstreamStream stream = asked;
        if (stream != null) {
            settled();
            stream.abandon();
        }
        goal.over();
    }

    private static Optional<URI> redirect(HttpResponse head, URI from) {
        int status = head.status().code();
        String location = head.headers().get(HttpHeaderNames.LOCATION);
        if (location == null || !Set.of(301, 302, 303, 307, 308).contains(status)) {
            return Optional.empty();
        }
        try {
            URI target = from.resolve(location.replace(" ", "%20"));
            return Reach.leads(Origin.of(from).host(), Origin.of(target).host())
                    ? Optional.of(target)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Leaving TLS counts as another host: what was meant for the encrypted connection must not leave it. */
    private static boolean sameHost(URI from, URI to) {
        return Origin.of(from).equals(Origin.of(to));
    }

    private static Headers withoutCredentials(Headers headers) {
        List<Map.Entry<String, String>> kept = new ArrayList<>();
        headers.forEach((field, value) -> {
            String name = field.toLowerCase(Locale.ROOT);
            boolean secret = name.equals("authorization")
                    || name.equals("cookie")
                    || name.startsWith("x-emby-")
                    || name.startsWith("x-mediabrowser-");
            if (!secret) {
                kept.add(Map.entry(field, value));
            }
        });
        return Headers.of(kept);
    }

    private HttpRequest request(Target target) {
        URI uri = target.leg.uri;
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String below = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        String query = target.origin.isHandedOn() ? "http://" + target.origin.authority() + below : below;
        HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, goal.method(), query);
        HttpHeaders headers = request.headers();
        headers.set(HttpHeaderNames.HOST, target.origin.authority());
        target.leg.headers.forEach((name, value) -> {
            if (!NOT_SENT.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add(name, value);
            }
        });
        if (!headers.contains(HttpHeaderNames.ACCEPT_ENCODING)) {
            headers.set(HttpHeaderNames.ACCEPT_ENCODING, "identity");
        }
        return request;
    }
}
