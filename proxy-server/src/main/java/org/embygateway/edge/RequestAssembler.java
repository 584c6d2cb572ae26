package org.embygateway.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.embygateway.protocol.ByteBudget;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of a request together and refuses what is no request or too long for one. */
final class RequestAssembler extends ChannelInboundHandlerAdapter {
    private final int maxBodyBytes;
    private final ByteBudget bodies;
    private final ClientConnection connection;
    private @Nullable HttpRequest head;
    private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private boolean rejected;

    RequestAssembler(int maxBodyBytes, ByteBudget bodies, ClientConnection connection) {
        this.maxBodyBytes = maxBodyBytes;
        this.bodies = bodies;
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!rejected && message instanceof HttpRequest request) {
                begin(request);
            }
            if (!rejected && message instanceof HttpContent content) {
                append(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest request) {
        Incoming.@Nullable Reject fault = faultOf(request);
        if (fault != null) {
            reject(fault);
            return;
        }
        head = request;
        connection.headReceived(expects(request));
    }

    private Incoming.@Nullable Reject faultOf(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request.decoderResult().cause());
        }
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return new Incoming.Reject(505, "This server speaks HTTP/1.1.");
        }
        if (!isTarget(request)) {
            return new Incoming.Reject(400, "Malformed request target.");
        }
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || hosts == 0 && version.equals(HttpVersion.HTTP_1_1)) {
            return new Incoming.Reject(400, "A request needs one Host field.");
        }
        if (HttpUtil.getContentLength(request, 0L) > maxBodyBytes) {
            return tooLarge();
        }
        String expect = request.headers().get(HttpHeaderNames.EXPECT);
        return expect == null || expects(request) ? null : new Incoming.Reject(417, "Unknown expectation.");
    }

    private static Incoming.Reject undecodable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Incoming.Reject(414, "The request line is too long.");
        }
        return cause instanceof TooLongFrameException
                ? new Incoming.Reject(431, "The request header is too long.")
                : new Incoming.Reject(400, "Malformed request.");
    }

    private static boolean isTarget(HttpRequest request) {
        String uri = request.uri();
        return uri.startsWith("/")
                || uri.regionMatches(true, 0, "http://", 0, 7)
                || uri.regionMatches(true, 0, "https://", 0, 8)
                || uri.equals("*") && request.method().equals(HttpMethod.OPTIONS);
    }

    private static boolean expects(HttpRequest request) {
        return "100-continue".equalsIgnoreCase(request.headers().get(HttpHeaderNames.EXPECT));
    }

    private static Incoming.Reject tooLarge() {
        return new Incoming.Reject(413, "The request body is too large.");
    }

    private void append(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            reject(new Incoming.Reject(400, "Malformed request body."));
            return;
        }
        int more = content.content().readableBytes();
        if (body.size() + more > maxBodyBytes) {
            reject(tooLarge());
            return;
        }
        if (!bodies.takeGrowth(body.size(), body.size() + more)) {
            reject(new Incoming.Reject(503, "Too many long requests at once."));
            return;
        }
        try {
            content.content().readBytes(body, more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HttpRequest request = head;
        if (content instanceof LastHttpContent && request != null) {
            head = null;
            byte[] whole = body.toByteArray();
            body = new ByteArrayOutputStream(0);
            connection.received(new Incoming.Ask(request, whole));
        }
    }

    private void reject(Incoming.Reject fault) {
        stop();
        connection.received(fault);
    }

    /** Takes nothing any more, and forgets what it has of a body. */
    void stop() {
        rejected = true;
        head = null;
        bodies.giveBack(body.size());
        body = new ByteArrayOutputStream(0);
    }

    /** Whether a header is in and its body is still to come. */
    boolean inBody() {
        return head != null;
    }
}
