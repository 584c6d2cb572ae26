package org.embygateway.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.Optional;

/** The opening handshake of a web socket: version 13, no subprotocol, no extension. */
final class SocketUpgrade {
    private static final String VERSION = "13";
    private static final int KEY_LENGTH = 24;

    private SocketUpgrade() {}

    /** The answer to a request that is no handshake; empty when it is one. */
    static Optional<FullHttpResponse> faultOf(HttpRequest request) {
        HttpHeaders headers = request.headers();
        String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (!request.method().equals(HttpMethod.GET)
                || !headers.containsValue(HttpHeaderNames.UPGRADE, "websocket", true)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
                || key == null
                || key.length() != KEY_LENGTH) {
            return Optional.of(Rendering.text(400, "A web socket handshake was expected."));
        }
        if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            FullHttpResponse response = Rendering.text(426, "Web sockets of version 13 are served.");
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
            return Optional.of(response);
        }
        return Optional.empty();
    }

    /** The pipeline's HTTP codec makes way for frames, which reach {@code socket} as whole messages. */
    static ChannelFuture accept(Channel channel, HttpRequest request, SocketConnection socket) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new Utf8FrameValidator())
                .addLast(new WebSocketFrameAggregator(SocketConnection.LARGEST_MESSAGE))
                .addLast(socket);
        WebSocketDecoderConfig limits = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(SocketConnection.LARGEST_MESSAGE)
                .allowExtensions(false)
                .build();
        HttpHeaders fields = new DefaultHttpHeaders();
        StandardFields.addTo(fields);
        DefaultFullHttpRequest whole = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        return new WebSocketServerHandshaker13("", null, limits)
                .handshake(channel, whole, fields, channel.newPromise());
    }
}
