package org.embygateway.edge;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.embygateway.route.Headers;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.embygateway.upstream.Reach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a source that answers, on the request's virtual thread: source after source, and within one along its
 * redirects.
 */
final class RelayOpening {
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

    /** How it went. */
    sealed interface Outcome {
        record Open(UpstreamStream stream, HttpResponse head) implements Outcome {}

        /** @param contentRange of a 416 */
        record Refused(int status, Optional<String> contentRange) implements Outcome {}
    }

    private sealed interface Attempt {
        record Answered(UpstreamStream stream, HttpResponse head, long sent) implements Attempt {}

        record Failed(int status, boolean timedOut, String reason) implements Attempt {}
    }

    private final EdgeContext edge;
    private final EventLoop loop;
    private final boolean headOnly;
    private final MediaRelay media;
    private final RelayReport report;

    RelayOpening(EdgeContext edge, EventLoop loop, boolean headOnly, MediaRelay media, RelayReport report) {
        this.edge = edge;
        this.loop = loop;
        this.headOnly = headOnly;
        this.media = media;
        this.report = report;
    }

    Outcome open() throws InterruptedException {
        Optional<RelayFailure> failure = Optional.empty();
        Attempt.Failed last = new Attempt.Failed(0, false, "no source");
        for (int tried = 0; tried < MOST_SOURCES; tried++) {
            Optional<RelaySource> source = media.next(failure);
            if (source.isEmpty()) {
                break;
            }
            switch (attempt(source.get())) {
                case Attempt.Answered answered -> {
                    report.headReceived(answered.sent);
                    exchangeTag(source.get(), answered.head.headers());
                    return accept(answered);
                }
                case Attempt.Failed failed -> {
                    LOG.debug("upstream {}: no media, {} {}", source.get().upstream(), failed.status, failed.reason);
                    failure = Optional.of(new RelayFailure(source.get(), failed.status, failed.reason));
                    last = failed;
                }
            }
        }
        return new Outcome.Refused(statusFor(last), Optional.empty());
    }

    private void exchangeTag(RelaySource source, HttpHeaders headers) {
        String tag = headers.get(HttpHeaderNames.ETAG);
        if (tag != null) {
            headers.set(HttpHeaderNames.ETAG, media.entityTag(source, tag));
        }
    }

    private static Outcome accept(Attempt.Answered answered) {
        if (answered.head.status().code() != 416) {
            return new Outcome.Open(answered.stream, answered.head);
        }
        answered.stream.abandon();
        return new Outcome.Refused(
                416, Optional.ofNullable(answered.head.headers().get(HttpHeaderNames.CONTENT_RANGE)));
    }

    /** What speaks of the request is passed on; the rest is the upstream's trouble and not the client's. */
    private static int statusFor(Attempt.Failed failed) {
        boolean ofTheRequest =
                failed.status >= 400 && failed.status < 500 && failed.status != 401 && failed.status != 407;
        return ofTheRequest ? failed.status : failed.timedOut ? 504 : 502;
    }

    private Attempt attempt(RelaySource source) throws InterruptedException {
        long deadline = System.nanoTime() + source.firstByte().toNanos();
        URI uri = source.uri();
        Headers headers = source.headers();
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            Attempt attempt = ask(uri, headers, deadline);
            if (!(attempt instanceof Attempt.Answered(var stream, var head, var sent))) {
                return attempt;
            }
            int status = head.status().code();
            boolean success = status >= 200 && status < 300;
            if (success && RelayHead.isMedia(head) || status == 304 || status == 416) {
                return attempt;
            }
            stream.abandon();
            if (success) {
                return new Attempt.Failed(0, false, "answered with a document in place of media");
            }
            Optional<URI> target = redirect(head, uri);
            if (target.isEmpty()) {
                return new Attempt.Failed(status, false, "answered " + status);
            }
            if (!sameHost(uri, target.get())) {
                headers = withoutCredentials(headers);
            }
            uri = target.get();
        }
        return new Attempt.Failed(0, false, "too many redirects");
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
        Headers kept = Headers.NONE;
        for (var field : headers.all().entrySet()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            boolean secret = name.equals("authorization")
                    || name.equals("cookie")
                    || name.startsWith("x-emby-")
                    || name.startsWith("x-mediabrowser-");
            for (String value : secret ? List.<String>of() : field.getValue()) {
                kept = kept.with(field.getKey(), value);
            }
        }
        return kept;
    }

    private Attempt ask(URI uri, Headers headers, long deadline) throws InterruptedException {
        Origin origin;
        List<InetAddress> addresses;
        try {
            origin = Origin.of(uri);
            addresses = List.of(InetAddress.getAllByName(origin.plainHost()));
        } catch (UnknownHostException e) {
            return new Attempt.Failed(0, false, "unknown host");
        } catch (IllegalArgumentException e) {
            return new Attempt.Failed(0, false, "not an address of http or https");
        }
        try {
            return ask(origin, addresses, request(uri, origin, headers), true, deadline);
        } catch (UpstreamStream.Failed stale) {
            return askAnew(origin, addresses, request(uri, origin, headers), deadline);
        }
    }

    private Attempt askAnew(Origin origin, List<InetAddress> addresses, HttpRequest request, long deadline)
            throws InterruptedException {
        try {
            return ask(origin, addresses, request, false, deadline);
        } catch (UpstreamStream.Failed e) {
            return new Attempt.Failed(0, false, e.getMessage());
        }
    }

    /** @throws UpstreamStream.Failed when a kept connection was no longer good: the caller asks on a new one */
    private Attempt ask(Origin origin, List<InetAddress> addresses, HttpRequest request, boolean reuse, long deadline)
            throws InterruptedException, UpstreamStream.Failed {
        UpstreamStream stream = new UpstreamStream(edge, loop, origin, request);
        long sent = System.nanoTime();
        stream.open(addresses, reuse);
        boolean answered = false;
        try {
            HttpResponse head = stream.head().get(Math.max(0, deadline - sent), TimeUnit.NANOSECONDS);
            answered = true;
            return new Attempt.Answered(stream, head, sent);
        } catch (TimeoutException e) {
            return new Attempt.Failed(0, true, "no answer in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UpstreamStream.Failed failed) {
                if (failed.stale) {
                    throw failed;
                }
                return new Attempt.Failed(0, false, failed.getMessage());
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (!answered) {
                stream.abandon();
            }
        }
    }

    private HttpRequest request(URI uri, Origin origin, Headers fields) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        HttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, headOnly ? HttpMethod.HEAD : HttpMethod.GET, target);
        HttpHeaders headers = request.headers();
        headers.set(HttpHeaderNames.HOST, origin.authority());
        fields.all().forEach((name, values) -> {
            if (!NOT_SENT.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add(name, values);
            }
        });
        if (!headers.contains(HttpHeaderNames.ACCEPT_ENCODING)) {
            headers.set(HttpHeaderNames.ACCEPT_ENCODING, "identity");
        }
        return request;
    }
}
