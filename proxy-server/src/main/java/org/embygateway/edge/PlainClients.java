package org.embygateway.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Takes in the clients of the port for plain HTTP. */
final class PlainClients extends ChannelInitializer<SocketChannel> {
    private static final String FULL =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\n" + "Connection: close\r\n\r\n";

    private final EdgeContext edge;

    PlainClients(EdgeContext edge) {
        this.edge = edge;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (edge.hasRoom()) {
            ClientConnection.over(edge, new TcpCarrier(channel, false));
        } else {
            channel.writeAndFlush(Unpooled.copiedBuffer(FULL, StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
