package org.embygateway.upstream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import org.embygateway.protocol.ByteBudget;
import org.embygateway.protocol.WouldWait;
import org.embygateway.route.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Whole answers over HTTP/1.1. The limit covers redirects and the last byte of the body. Redirects keep method, body
 * and credentials on the same host; to another host only a GET is followed, without credentials.
 */
final class Transport implements AutoCloseable {
    /** A page of a crawl is a megabyte or some, an original picture seldom ten. */
    private static final int MAX_BODY = Math.clamp(Runtime.getRuntime().maxMemory() / 16, 8 << 20, 64 << 20);

    private static final int MAX_REDIRECTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> OURS =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "user-agent", "accept-encoding", "te");

    private final ByteBudget budget = new ByteBudget(Runtime.getRuntime().maxMemory() / 4, 1 << 20);
    private final Clients clients = new Clients(CONNECT);
    private final String userAgent;

    Transport(String userAgent) {
        this.userAgent = userAgent;
    }

    /** The answer whatever its status; throws {@link TransportFailed} when there is no whole one in time. */
    UpstreamResponse exchange(Outgoing first, Duration limit) {
        WouldWait.check();
        long end = System.nanoTime() + limit.toNanos();
        Outgoing out = first;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpResponse<byte[]> response = once(out, end);
            Optional<URI> target = redirect(response);
            if (target.isEmpty()) {
                return whole(response);
            }
            boolean same = sameHost(first.uri(), target.get());
            if (!same && !out.method().equals("GET") && !out.method().equals("HEAD")) {
                throw new TransportFailed(UpstreamFault.BAD_ANSWER, "sends the request on to another host");
            }
            if (!Reach.leads(out.uri().getHost(), target.get().getHost())) {
                throw new TransportFailed(UpstreamFault.BAD_ANSWER, "redirects to an address that is not allowed");
            }
            out = out.redirected(target.get(), response.statusCode(), same);
        }
        throw new TransportFailed(UpstreamFault.BAD_ANSWER, "redirects in a circle");
    }

    private static Optional<URI> redirect(HttpResponse<byte[]> response) {
        if (!REDIRECTS.contains(response.statusCode())) {
            return Optional.empty();
        }
        return response.headers().firstValue("Location").map(location -> resolved(response.uri(), location));
    }

    private static URI resolved(URI from, String location) {
        try {
            URI target = from.resolve(location);
            String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
            if (target.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the same answer as a target of another scheme
        }
        throw new TransportFailed(UpstreamFault.BAD_ANSWER, "redirects to something that is no web address");
    }

    /** A step from https down to http counts as another host: credentials must not travel in the clear. */
    static boolean sameHost(URI one, URI other) {
        return one.getHost().equalsIgnoreCase(other.getHost())
                && (one.getScheme().equalsIgnoreCase("http")
                        || other.getScheme().equalsIgnoreCase("https"));
    }

    private HttpResponse<byte[]> once(Outgoing out, long end) {
        AtomicReference<@Nullable CappedBody> answer = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<HttpResponse<byte[]>> call = clients.of(out.passage()).sendAsync(request(out), head -> {
            CappedBody body = new CappedBody(MAX_BODY, budget);
            answer.set(body);
            if (over.get()) {
                body.release(); // It came while it was being given up.
            }
            return body;
        });
        try {
            return call.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TransportFailed(UpstreamFault.TIMED_OUT, "did not answer completely in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportFailed(UpstreamFault.TIMED_OUT, "was no longer waited for");
        } catch (ExecutionException e) {
            throw failure(e.getCause(), answer.get() != null);
        } finally {
            call.cancel(true);
            over.set(true);
            CappedBody body = answer.get();
            if (body != null) {
                body.release();
            }
        }
    }

    private static TransportFailed failure(@Nullable Throwable cause, boolean answered) {
        return switch (cause) {
            case HttpConnectTimeoutException e -> TransportFailed.neverSent("does not answer");
            case HttpTimeoutException e -> new TransportFailed(UpstreamFault.TIMED_OUT, "did not answer in time");
            case ConnectException e -> TransportFailed.neverSent("cannot be connected to");
            case SSLException e ->
                new TransportFailed(UpstreamFault.UNREACHABLE, "has a certificate that is not trusted");
            case IOException e when answered -> new TransportFailed(UpstreamFault.BAD_ANSWER, "broke off its answer");
            case IOException e -> new TransportFailed(UpstreamFault.UNREACHABLE, "broke off the connection");
            // Such as a length of thirty digits: the client of the JDK throws what its parser throws.
            case IllegalArgumentException e ->
                new TransportFailed(UpstreamFault.BAD_ANSWER, "answers with a head that cannot be read");
            case null, default -> throw new IllegalStateException("HTTP client failed unexpectedly", cause);
        };
    }

    private HttpRequest request(Outgoing out) {
        HttpRequest.BodyPublisher body =
                out.json().map(HttpRequest.BodyPublishers::ofByteArray).orElse(HttpRequest.BodyPublishers.noBody());
        HttpRequest.Builder builder = HttpRequest.newBuilder(out.uri()).method(out.method(), body);
        copy(out.headers(), builder);
        copy(out.credentials(), builder);
        builder.setHeader("User-Agent", userAgent).setHeader("Accept-Encoding", "gzip");
        out.json().ifPresent(b -> builder.setHeader("Content-Type", "application/json"));
        if (out.headers().first("Accept").isEmpty()) {
            builder.setHeader("Accept", "application/json, */*;q=0.5");
        }
        return builder.build();
    }

    private static void copy(Headers headers, HttpRequest.Builder builder) {
        headers.forEach((name, value) -> {
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                builder.header(name, value);
            }
        });
    }

    private static UpstreamResponse whole(HttpResponse<byte[]> response) {
        boolean zipped = response.headers()
                .firstValue("Content-Encoding")
                .filter("gzip"::equalsIgnoreCase)
                .isPresent();
        byte[] body = zipped && response.body().length > 0 ? unzipped(response.body()) : response.body();
        Headers headers = Headers.ofAll(response.headers().map());
        return new UpstreamResponse(response.statusCode(), headers, body, response.uri());
    }

    private static byte[] unzipped(byte[] zipped) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            byte[] plain = in.readNBytes(MAX_BODY + 1);
            if (plain.length <= MAX_BODY) {
                return plain;
            }
            throw new TransportFailed(UpstreamFault.BAD_ANSWER, "answers with too much");
        } catch (IOException e) {
            throw new TransportFailed(UpstreamFault.BAD_ANSWER, "answers in a broken encoding");
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
