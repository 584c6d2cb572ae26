package org.embygateway.edge;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embygateway.route.ByteSpan;

/** The head a client gets for relayed media: of the upstream's fields only those that are known to be harmless. */
final class RelayHead {
    private static final List<String> PASSED = List.of(
            "Content-Type",
            "Content-Range",
            "Accept-Ranges",
            "ETag",
            "Last-Modified",
            "Cache-Control",
            "Expires",
            "Content-Disposition",
            "Content-Encoding",
            "Retry-After",
            "transferMode.dlna.org",
            "contentFeatures.dlna.org",
            "TimeSeekRange.dlna.org");

    /** Their addresses would lead clients past the gateway. Playlists are fetched and rewritten, never relayed. */
    private static final Pattern DOCUMENT =
            Pattern.compile("(text/html|application/(xhtml|dash)\\+xml|.*mpegurl)\\b.*");

    /** Folders in the name under which a file shall be saved: where it lies on the upstream. */
    private static final Pattern FOLDERS =
            Pattern.compile("(?i)(filename\\*?\\s*=\\s*(?:\"|[\\w-]*'[^']*')?)[^\";]*(?:[/\\\\]|%2F|%5C)");

    private RelayHead() {}

    /** Whether the body is something to relay: no web page, which captive portals and error pages are, no playlist. */
    static boolean isMedia(HttpResponse upstream) {
        String type = upstream.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        return !DOCUMENT.matcher(type.strip().toLowerCase(Locale.ROOT)).matches();
    }

    /** Which bytes of a file the answer's body is; empty when that cannot be told for sure. */
    static Optional<ByteSpan> span(HttpResponse upstream) {
        long length = HttpUtil.getContentLength(upstream, -1L);
        if (length <= 0 || upstream.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return Optional.empty();
        }
        return switch (upstream.status().code()) {
            case 200 -> Optional.of(new ByteSpan(0, length - 1, length));
            case 206 ->
                ByteSpan.ofContentRange(upstream.headers().get(HttpHeaderNames.CONTENT_RANGE, ""))
                        .filter(span -> span.to() - span.from() + 1 == length);
            default -> Optional.empty();
        };
    }

    static HttpResponse of(HttpResponse upstream, HttpRequest request) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, upstream.status());
        HttpHeaders headers = head.headers();
        for (String name : PASSED) {
            for (String value : upstream.headers().getAll(name)) {
                headers.add(name, value);
            }
        }
        String disposition = headers.get(HttpHeaderNames.CONTENT_DISPOSITION);
        if (disposition != null) {
            headers.set(
                    HttpHeaderNames.CONTENT_DISPOSITION,
                    FOLDERS.matcher(disposition).replaceAll("$1"));
        }
        StandardFields.addTo(headers);
        frame(upstream, request, headers);
        return head;
    }

    private static void frame(HttpResponse upstream, HttpRequest request, HttpHeaders headers) {
        if (bodyless(upstream.status())) {
            return;
        }
        long length = HttpUtil.getContentLength(upstream, -1L);
        if (length >= 0 && !HttpUtil.isTransferEncodingChunked(upstream)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        } else if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !request.method().equals(HttpMethod.HEAD)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
    }

    private static boolean bodyless(HttpResponseStatus status) {
        return status.equals(HttpResponseStatus.NOT_MODIFIED) || status.equals(HttpResponseStatus.NO_CONTENT);
    }

    /** Whether the client can tell the end of the body only by the end of the connection. */
    static boolean endsWithConnection(HttpResponse head, HttpRequest request) {
        return !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && !head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !request.method().equals(HttpMethod.HEAD)
                && !bodyless(head.status());
    }
}
