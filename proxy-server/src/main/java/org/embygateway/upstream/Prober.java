package org.embygateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.index.Passage;
import org.embygateway.index.UpstreamRecord.Kind;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Headers;

/**
 * Finds out what is at an address: asks for the public information first without a prefix, as every kind of server
 * understands it, then below {@code /emby}, for servers whose proxy passes nothing else.
 */
final class Prober {
    private static final String PATH = "/System/Info/Public";

    private final Transport transport;

    Prober(Transport transport) {
        this.transport = transport;
    }

    /** Throws {@link TransportFailed} when nothing there answers as a server does; BUSY when it asks for fewer questions. */
    Found probe(URI url, Passage passage, Duration limit) {
        String base = withoutSlash(url.toString());
        try {
            return ask(url, base, passage, limit);
        } catch (TransportFailed e) {
            if (e.fault() != UpstreamFault.BAD_ANSWER
                    || base.toLowerCase(Locale.ROOT).endsWith("/emby")) {
                throw e;
            }
            return ask(url, base + "/emby", passage, limit);
        }
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? withoutSlash(text.substring(0, text.length() - 1)) : text;
    }

    private Found ask(URI line, String base, Passage passage, Duration limit) {
        long start = System.nanoTime();
        URI asked = URI.create(base + PATH);
        UpstreamResponse response = transport.exchange(
                new Outgoing("GET", asked, Headers.NONE, Headers.NONE, Optional.empty(), passage), limit);
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        if (!Transport.sameHost(asked, response.uri())) {
            throw new TransportFailed(UpstreamFault.BAD_ANSWER, "redirects to another host");
        }
        JsonNode info = information(response);
        return new Found(
                baseOf(response.uri(), base),
                kind(info),
                info.path("Id").asText(""),
                info.path("ServerName").asText(""),
                info.path("Version").asText(""),
                latency,
                line,
                passage);
    }

    private static JsonNode information(UpstreamResponse response) {
        if (response.status() == 429) {
            throw new TransportFailed(UpstreamFault.BUSY, "asks to be left alone");
        }
        if (response.status() != 200) {
            throw new TransportFailed(UpstreamFault.BAD_ANSWER, "answers with status " + response.status());
        }
        try {
            JsonNode info = EmbyJson.read(response.body());
            if (info.path("Version").isTextual() && info.path("Id").isTextual()) {
                return info;
            }
        } catch (IOException e) {
            // the same answer as for JSON that is something else
        }
        throw new TransportFailed(UpstreamFault.BAD_ANSWER, "is not an Emby or Jellyfin server");
    }

    private static URI baseOf(URI answered, String asked) {
        String text = withoutQuery(answered);
        boolean same = text.regionMatches(true, text.length() - PATH.length(), PATH, 0, PATH.length());
        return URI.create(same ? text.substring(0, text.length() - PATH.length()) : asked);
    }

    private static String withoutQuery(URI uri) {
        String text = uri.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static Kind kind(JsonNode info) {
        boolean named =
                info.path("ProductName").asText("").toLowerCase(Locale.ROOT).contains("jellyfin");
        return named || major(info.path("Version").asText("")) >= 10 ? Kind.JELLYFIN : Kind.EMBY;
    }

    private static int major(String version) {
        try {
            return Integer.parseInt(version.split("\\.", 2)[0].trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
