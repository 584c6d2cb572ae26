package org.embygateway.edge;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Opens connections to upstreams: directly, or through a tunnel of a proxy when the upstream speaks TLS. */
final class Connecting {
    private Connecting() {}

    /**
     * A connection that reads only when it is told to.
     *
     * @param next of the upstream, or of the proxy that leads there
     */
    static ChannelFuture to(EdgeContext edge, EventLoop loop, Origin origin, InetAddress next) {
        InetSocketAddress address = new InetSocketAddress(next, origin.nextPort());
        boolean tunnelled = origin.proxy().isPresent() && !origin.isHandedOn();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(edge.transport.socket())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        edge.timeouts().connect().toMillis())
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(8 << 10, 64 << 10, UpstreamStream.LARGEST_READ))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel fresh) {
                        if (tunnelled) {
                            HttpProxyHandler tunnel = new HttpProxyHandler(address);
                            tunnel.setConnectTimeoutMillis(
                                    edge.timeouts().connect().toMillis());
                            fresh.pipeline().addLast(tunnel);
                        }
                        if (origin.secure()) {
                            fresh.pipeline()
                                    .addLast(edge.upstreamTls
                                            .trusting(origin.certificates())
                                            .newHandler(fresh.alloc(), origin.plainHost(), origin.port()));
                        }
                    }
                });
        return tunnelled
                ? bootstrap
                        .resolver(NoopAddressResolverGroup.INSTANCE)
                        .connect(InetSocketAddress.createUnresolved(origin.plainHost(), origin.port()))
                : bootstrap.connect(address);
    }
}
