package org.embygateway.edge;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in the clients of the port for TLS. */
final class SecureClients extends ChannelInitializer<SocketChannel> {
    private static final Logger LOG = LoggerFactory.getLogger(SecureClients.class);

    private final EdgeContext edge;
    private final ClientTls tls;

    SecureClients(EdgeContext edge, ClientTls tls) {
        this.edge = edge;
        this.tls = tls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (!edge.hasRoom()) {
            channel.close(); // no word is worth a handshake
            return;
        }
        Greeting greeting = new Greeting(edge, channel);
        edge.keep(channel, greeting);
        channel.pipeline()
                .addLast(tls.newHandler(channel.alloc(), edge.workers, edge.timeouts()))
                .addLast(greeting);
    }

    /** A client of which nothing is known until the handshake is through. */
    private static final class Greeting extends ApplicationProtocolNegotiationHandler implements Connected {
        private final EdgeContext edge;
        private final SocketChannel channel;

        Greeting(EdgeContext edge, SocketChannel channel) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.edge = edge;
            this.channel = channel;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                ManyStreams.over(edge, channel);
            } else {
                ClientConnection.over(edge, new TcpCarrier(channel, true));
            }
        }

        /** Nothing to worry about: scanners, and clients that do not trust the certificate. */
        @Override
        protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
            exceptionCaught(ctx, cause);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("no TLS connection: {}", cause.toString());
            ctx.close();
        }

        @Override
        public void drain() {
            channel.close();
        }

        @Override
        public ChannelFuture closeNow() {
            return channel.close();
        }
    }
}
