package org.embygateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.embygateway.route.Headers;
import org.embygateway.route.Reply;

/** Turns whole replies into HTTP responses; done on the request's virtual thread, since compressing takes time. */
final class Rendering {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    private Rendering() {}

    static FullHttpResponse json(Reply.Json reply, HttpHeaders request) {
        FullHttpResponse response = whole(reply.status(), JSON, Headers.NONE, reply.body(), request);
        response.headers().set(HttpHeaderNames.EXPIRES, "-1");
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
        return response;
    }

    static FullHttpResponse bytes(Reply.Bytes reply, HttpHeaders request) {
        return whole(reply.status(), reply.contentType(), reply.headers(), reply.body(), request);
    }

    static FullHttpResponse repeated(Reply.Repeated reply) {
        FullHttpResponse response = response(200, reply.headers(), blocks(reply.block(), reply.length()));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.length());
        return response;
    }

    private static ByteBuf blocks(ByteBuffer block, int length) {
        ByteBuf one = Unpooled.wrappedBuffer(block);
        int size = one.readableBytes();
        CompositeByteBuf all = Unpooled.compositeBuffer(Math.max(1, (length + size - 1) / size));
        for (int left = length; left > 0; left -= size) {
            all.addComponent(true, one.retainedSlice(0, Math.min(left, size)));
        }
        one.release();
        return all;
    }

    static FullHttpResponse empty(Reply.Empty reply) {
        FullHttpResponse response = response(reply.status(), reply.headers(), new byte[0]);
        if (reply.status() != 204 && reply.status() != 304 && reply.status() >= 200) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        }
        return response;
    }

    static FullHttpResponse redirect(Reply.Redirect reply) {
        FullHttpResponse response = response(302, Headers.NONE, new byte[0]);
        response.headers().set(HttpHeaderNames.LOCATION, reply.location());
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        return response;
    }

    static FullHttpResponse text(int status, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response = response(status, Headers.NONE, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, TEXT);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return response;
    }

    /** @param contentRange of a 416: how long the file really is */
    static FullHttpResponse noMedia(int status, Optional<String> contentRange) {
        FullHttpResponse response = text(status, reasonFor(status));
        contentRange.ifPresent(range -> response.headers().set(HttpHeaderNames.CONTENT_RANGE, range));
        return response;
    }

    private static String reasonFor(int status) {
        return switch (status) {
            case 403 -> "Access to this media is not allowed.";
            case 404, 410 -> "Item not found.";
            case 416 -> "The requested range cannot be satisfied.";
            case 504 -> "The media server did not answer in time.";
            default -> "The media cannot be fetched at the moment.";
        };
    }

    static FullHttpResponse preflight(HttpHeaders request) {
        FullHttpResponse response = response(200, Headers.NONE, new byte[0]);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        StandardFields.addPreflight(response.headers(), request);
        return response;
    }

    private static FullHttpResponse whole(int status, String type, Headers fields, byte[] body, HttpHeaders request) {
        boolean squeezable = Gzip.suits(status, type, fields, body.length);
        boolean squeeze = squeezable && Gzip.isAccepted(request.getAll(HttpHeaderNames.ACCEPT_ENCODING));
        byte[] sent = squeeze ? Gzip.compress(body) : body;
        FullHttpResponse response = response(status, fields, sent);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, type);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, sent.length);
        if (squeezable) {
            headers.add(HttpHeaderNames.VARY, "Accept-Encoding");
        }
        if (squeeze) {
            headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
            weakenTag(headers);
        }
        return response;
    }

    /** The same tag must not name two different strings of bytes. */
    private static void weakenTag(HttpHeaders headers) {
        String tag = headers.get(HttpHeaderNames.ETAG);
        if (tag != null && !tag.startsWith("W/")) {
            headers.set(HttpHeaderNames.ETAG, "W/" + tag);
        }
    }

    private static FullHttpResponse response(int status, Headers fields, byte[] body) {
        return response(status, fields, Unpooled.wrappedBuffer(body));
    }

    private static FullHttpResponse response(int status, Headers fields, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                body,
                DefaultHttpHeadersFactory.headersFactory(),
                DefaultHttpHeadersFactory.trailersFactory());
        fields.all().forEach((name, values) -> {
            if (StandardFields.isFree(name)) {
                response.headers().add(name, values);
            }
        });
        StandardFields.addTo(response.headers());
        return response;
    }
}
