package org.embygateway.edge;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
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
import org.embygateway.tls.OwnCertificate;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's HTTP side, plain and encrypted. Listens between {@link #start} and {@link #stopAccepting}; {@link #close} lets answers and
 * streams that are under way end.
 */
public final class EdgeServer {
    /** A stream's client side: reading from the upstream stops above the upper mark and goes on below the lower. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 << 10, 512 << 10);

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final EdgeContext edge;
    private final Optional<ClientTls> tls;
    private @Nullable MultiThreadIoEventLoopGroup loops;
    private volatile @Nullable Channel plain;
    private volatile @Nullable Channel secure;

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
            UpstreamTls upstreamTls,
            BiFunction<UpstreamId, String, Passage> passages) {
        Transport transport = Transport.choose(options.nativeTransport());
        this.edge = new EdgeContext(options, handler, transport, upstreamTls, passages);
        this.tls = options.tls().map(wanted -> new ClientTls(options.nativeTransport(), wanted.certificate()));
    }

    /**
     * Opens the port for plain HTTP and the one for TLS, as far as they are wanted.
     *
     * @return the address with the real port; that of plain HTTP when there are two
     * @throws IOException when an address cannot be had
     */
    public synchronized InetSocketAddress start() throws IOException {
        if (loops != null) {
            throw new IllegalStateException("started before");
        }
        MultiThreadIoEventLoopGroup started = edge.transport.eventLoops(edge.options.eventLoops());
        loops = started;
        edge.workers.execute(edge.upstreamTls::prepare);
        try {
            Optional<TlsOptions> encrypted = edge.options.tls();
            if (encrypted.isEmpty() || !encrypted.get().only()) {
                plain = listen(started, edge.options.bind(), new PlainClients(edge));
            }
            if (encrypted.isPresent()) {
                secure = listen(started, encrypted.get().bind(), new SecureClients(edge, tls.orElseThrow()));
            }
        } catch (IOException e) {
            stopAccepting();
            stopLoops(started);
            loops = null;
            throw e;
        }
        return plainAddress().or(this::secureAddress).orElseThrow();
    }

    private Channel listen(MultiThreadIoEventLoopGroup on, InetSocketAddress bind, ChannelHandler clients)
            throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(on)
                .channel(edge.transport.server())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(clients)
                .bind(bind)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + bind, bound.cause());
        }
        return bound.channel();
    }

    /** Where plain HTTP is spoken, with the real port; empty when it is not, or not yet. */
    public Optional<InetSocketAddress> plainAddress() {
        return addressOf(plain);
    }

    /** Where TLS is spoken, with the real port; empty when it is not, or not yet. */
    public Optional<InetSocketAddress> secureAddress() {
        return addressOf(secure);
    }

    private static Optional<InetSocketAddress> addressOf(@Nullable Channel listener) {
        return Optional.ofNullable(listener).map(open -> (InetSocketAddress) open.localAddress());
    }

    /**
     * Gives clients that connect from now on another certificate; those that are connected stay so.
     *
     * @throws IllegalArgumentException when it cannot be used for TLS
     */
    public void renew(OwnCertificate certificate) {
        tls.ifPresent(clients -> clients.use(certificate));
    }

    /** Clients that are connected stay so. */
    public synchronized void stopAccepting() {
        for (Channel listener : new Channel[] {plain, secure}) {
            if (listener != null) {
                listener.close().awaitUninterruptibly();
            }
        }
    }

    /** Clients connected now. */
    public int connections() {
        return edge.connections();
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
        while (edge.connections() > 0 && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        edge.closeConnections();
        edge.closePipes();
        stopLoops(loops);
        loops = null;
        edge.workers.shutdown();
        if (!edge.workers.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
            edge.workers.shutdownNow();
        }
        tls.ifPresent(ClientTls::close);
    }

    private static void stopLoops(MultiThreadIoEventLoopGroup loops) {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Requests under way on connections that bring many. */
    int streams() {
        return edge.streams();
    }

    /** What request bodies hold together now, the short ones left out. */
    long heldBytes() {
        return edge.bodies.held();
    }
}
