package org.embygateway.edge;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import javax.net.ssl.TrustManagerFactory;
import org.embygateway.index.Passage;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.RequestHandler;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's HTTP side. Listens between {@link #start} and {@link #stopAccepting}; {@link #close} lets answers and
 * streams that are under way end.
 */
public final class EdgeServer {
    /** A stream's client side: reading from the upstream stops above the upper mark and goes on below the lower. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 << 10, 512 << 10);

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final EdgeContext edge;
    private @Nullable MultiThreadIoEventLoopGroup loops;
    private @Nullable Channel listener;

    /** Reaches every upstream directly, and trusts what the JDK trusts when one speaks TLS. */
    public EdgeServer(EdgeOptions options, RequestHandler handler) {
        this(options, handler, (upstream, host) -> Passage.DIRECT);
    }

    /** @param passages how a host is reached that an upstream leads to; asked on event loops, so it must not wait */
    public EdgeServer(EdgeOptions options, RequestHandler handler, BiFunction<UpstreamId, String, Passage> passages) {
        this(options, handler, new UpstreamTls(Optional.empty()), passages);
    }

    /** @param upstreamTrust which certificates of upstreams are good */
    public EdgeServer(EdgeOptions options, RequestHandler handler, TrustManagerFactory upstreamTrust) {
        this(options, handler, new UpstreamTls(Optional.of(upstreamTrust)), (upstream, host) -> Passage.DIRECT);
    }

    private EdgeServer(
            EdgeOptions options,
            RequestHandler handler,
            UpstreamTls tls,
            BiFunction<UpstreamId, String, Passage> passages) {
        Transport transport = Transport.choose(options.nativeTransport());
        this.edge = new EdgeContext(options, handler, transport, tls, passages);
    }

    /**
     * Opens the port.
     *
     * @return the address with the real port
     * @throws IOException when the address cannot be had
     */
    public synchronized InetSocketAddress start() throws IOException {
        if (loops != null) {
            throw new IllegalStateException("started before");
        }
        loops = edge.transport.eventLoops(edge.options.eventLoops());
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(edge.transport.server())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ClientConnection.Initializer(edge))
                .bind(edge.options.bind())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stopLoops(loops);
            loops = null;
            throw new IOException("cannot listen on " + edge.options.bind(), bound.cause());
        }
        listener = bound.channel();
        return (InetSocketAddress) listener.localAddress();
    }

    /** Clients that are connected stay so. */
    public synchronized void stopAccepting() {
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
    }

    /** Clients connected now. */
    public int connections() {
        return edge.connections.size();
    }

    /**
     * Stops accepting, closes idle connections, and the others as they get their answers or at the deadline.
     *
     * @param drain how long answers and streams may go on
     */
    public synchronized void close(Duration drain) throws InterruptedException {
        if (loops == null) {
            return;
        }
        stopAccepting();
        edge.drain();
        long until = System.nanoTime() + drain.toNanos();
        while (!edge.connections.isEmpty() && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        edge.connections.forEach(connection -> connection.channel().close().awaitUninterruptibly());
        edge.closePipes();
        stopLoops(loops);
        loops = null;
        edge.workers.shutdown();
        if (!edge.workers.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
            edge.workers.shutdownNow();
        }
    }

    private static void stopLoops(MultiThreadIoEventLoopGroup loops) {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** What request bodies hold together now, the short ones left out. */
    long heldBytes() {
        return edge.bodies.held();
    }
}
