package org.embygateway.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/**
 * The fields every response has: the date, and what lets the hosted web app and Chromecast receivers, which come from
 * another origin, read it.
 *
 * <p>Emby API: the values of a 4.8 server, plus the {@code X-Emby-*} request fields of newer clients.
 */
final class StandardFields {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String EXPOSED = "Content-Length, Content-Range, Content-Type, Date, ETag, Accept-Ranges,"
            + " X-Application-Error-Code, Location";

    private static final String METHODS = "GET, POST, PUT, DELETE, PATCH, OPTIONS, HEAD";

    private static final String REQUEST_FIELDS = "Accept, Accept-Language, Authorization, Cache-Control,"
            + " Content-Disposition, Content-Encoding, Content-Language, Content-Length, Content-MD5, Content-Range,"
            + " Content-Type, Date, Host, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Origin,"
            + " OriginToken, Pragma, Range, Slug, Transfer-Encoding, Want-Digest, X-MediaBrowser-Token,"
            + " X-Emby-Authorization, X-Emby-Token, X-Emby-Client, X-Emby-Client-Version, X-Emby-Device-Id,"
            + " X-Emby-Device-Name, X-Emby-Language, X-Requested-With";

    /** Set by the edge alone, whatever a handler or an upstream says. */
    private static final Set<String> OWN = Set.of(
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "upgrade",
            "te",
            "trailer",
            "proxy-authenticate",
            "proxy-connection",
            "server",
            "date",
            "via",
            "set-cookie");

    private static volatile Stamp stamp = new Stamp(0, "");

    private StandardFields() {}

    static void addTo(HttpHeaders headers) {
        headers.set(HttpHeaderNames.DATE, now());
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }

    static void addPreflight(HttpHeaders headers, HttpHeaders request) {
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_FIELDS);
        headers.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "86400");
        if (request.contains("Access-Control-Request-Private-Network")) {
            headers.set("Access-Control-Allow-Private-Network", "true");
        }
    }

    /** Whether a handler may set the field. */
    static boolean isFree(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !OWN.contains(lower) && !lower.startsWith("access-control-");
    }

    private static String now() {
        long second = System.currentTimeMillis() / 1000;
        Stamp last = stamp;
        if (last.second != second) {
            last = new Stamp(second, HTTP_DATE.format(Instant.ofEpochSecond(second)));
            stamp = last;
        }
        return last.text;
    }

    private record Stamp(long second, String text) {}
}
