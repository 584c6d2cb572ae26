package org.embygateway.play;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.WouldWait;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.upstream.Reach;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamResponse;

/** Places outside an upstream that its sources and playlists point to, as far as its word reaches. */
final class Elsewhere {
    private static final int MOST_BYTES = 20 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** The address, if it may be opened; refused with 404 otherwise. */
    static URI checked(String address, UpstreamRecord upstream) {
        URI uri = parsed(address);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !scheme.equals("http") && !scheme.equals("https")) {
            throw Refused.notFound();
        }
        if (!Reach.leads(upstream.url().getHost(), uri.getHost())) {
            throw new Refused(403, "The stream's address is not allowed.");
        }
        return uri;
    }

    private static URI parsed(String address) {
        try {
            return URI.create(escaped(address));
        } catch (IllegalArgumentException e) {
            throw Refused.notFound();
        }
    }

    /** Servers write spaces and brackets into file names. */
    private static String escaped(String address) {
        StringBuilder text = new StringBuilder();
        address.codePoints().forEach(c -> {
            if (c <= ' ' || c > 0x7E || "\"<>\\^`{|}".indexOf(c) >= 0) {
                text.append(Segments.encode(Character.toString(c)));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }

    /** A whole document, at most 20 MiB. */
    UpstreamResponse fetch(URI uri, UpstreamRecord upstream) {
        WouldWait.check();
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Playlists.LIMIT).GET().build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MOST_BYTES + 1);
                return new UpstreamResponse(
                        response.statusCode(), Headers.ofAll(response.headers().map()), bytes, response.uri());
            }
        } catch (IOException e) {
            throw new UpstreamFailed(upstream.id(), UpstreamFault.UNREACHABLE, "a place it points to does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamFailed(upstream.id(), UpstreamFault.TIMED_OUT, "was no longer waited for");
        }
    }
}
