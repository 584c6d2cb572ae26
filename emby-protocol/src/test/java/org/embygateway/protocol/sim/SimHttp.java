package org.embygateway.protocol.sim;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The listening socket of a simulated server; closes and comes back on the same port. */
final class SimHttp implements AutoCloseable {
    private static final int MAX_BODY = 16 << 20;

    private final SimDispatcher dispatcher;
    private final Traffic traffic;
    private final String host;
    private final Optional<SslContext> tls;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private @Nullable Channel listener;
    private volatile int port;

    SimHttp(SimDispatcher dispatcher, Traffic traffic, String host, int port, Optional<SSLContext> tls) {
        this.dispatcher = dispatcher;
        this.traffic = traffic;
        this.host = host;
        this.port = port;
        this.tls = tls.map(context -> new JdkSslContext(context, false, ClientAuth.NONE));
    }

    synchronized void up() {
        if (listener != null) {
            return;
        }
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connected(channel);
                    }
                })
                .bind(host, port)
                .syncUninterruptibly()
                .channel();
        port = ((InetSocketAddress) listener.localAddress()).getPort();
    }

    private void connected(SocketChannel channel) {
        open.add(channel);
        traffic.opened();
        channel.closeFuture().addListener(f -> traffic.closed());
        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
        channel.pipeline()
                .addLast(new HttpServerCodec(16_384, 65_536, 65_536))
                .addLast(new HttpObjectAggregator(MAX_BODY))
                .addLast(new SimConnection(dispatcher, traffic, workers));
    }

    /** Stops listening and drops every connection. */
    synchronized void down() {
        if (listener != null) {
            listener.close().syncUninterruptibly();
            listener = null;
        }
        open.close().syncUninterruptibly();
    }

    /** Drops every connection; new ones are welcome. */
    void dropConnections() {
        open.close().syncUninterruptibly();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        down();
        workers.shutdownNow();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
