package org.embygateway.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A connection that brings requests of HTTP/1.1.
 *
 * @param isSecure whether it is encrypted
 */
record TcpCarrier(SocketChannel channel, boolean isSecure) implements Carrier {
    @Override
    public InetSocketAddress remote() {
        return channel.remoteAddress();
    }

    @Override
    public boolean isReused() {
        return true;
    }

    @Override
    public void sendContinue() {
        ChannelHandlerContext below = channel.pipeline().context(HttpServerCodec.class);
        below.writeAndFlush(Unpooled.copiedBuffer("HTTP/1.1 100 Continue\r\n\r\n", StandardCharsets.US_ASCII));
    }

    /** Closing with bytes unread would reset the connection and take the answer with it. */
    @Override
    public void leave() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            channel.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(said -> channel.shutdownOutput());
        }
    }

    @Override
    public void breakOff(boolean untilEnd) {
        if (untilEnd) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(untilEnd ? flushed -> closeNow() : ChannelFutureListener.CLOSE);
    }

    @Override
    public void abort() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        closeNow();
    }

    /** Below TLS, whose own goodbye would make what was sent look whole, and would wait for a client that is stalled. */
    @Override
    public ChannelFuture closeNow() {
        ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
        return tls == null ? channel.close() : tls.close();
    }
}
