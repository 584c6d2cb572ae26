package org.embygateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.embygateway.index.Passage;
import org.embygateway.protocol.ByteBudget;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.RequestHandler;

/** What all connections of one edge share. */
final class EdgeContext {
    final EdgeOptions options;
    final RequestHandler handler;
    final Transport transport;
    final UpstreamTls upstreamTls;
    final BiFunction<UpstreamId, String, Passage> passages;
    final boolean splice;
    /** Anybody may send a body, signed in or not; what apps send is short and never counted. */
    final ByteBudget bodies;

    final HostNames names = new HostNames();
    final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-", 0).factory());
    private final Map<EventLoop, LoopResources> resources = new ConcurrentHashMap<>();
    private final Map<Channel, Connected> connections = new ConcurrentHashMap<>();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile boolean draining;

    EdgeContext(
            EdgeOptions options,
            RequestHandler handler,
            Transport transport,
            UpstreamTls upstreamTls,
            BiFunction<UpstreamId, String, Passage> passages) {
        this.options = options;
        this.handler = handler;
        this.transport = transport;
        this.upstreamTls = upstreamTls;
        this.passages = passages;
        this.bodies = new ByteBudget(Math.max(options.maxHeldBytes(), options.maxBodyBytes()), 4 << 10);
        this.splice = options.splice() && transport == Transport.EPOLL && KernelPipe.isAvailable();
    }

    LoopResources resources(EventLoop loop) {
        return resources.computeIfAbsent(loop, l -> new LoopResources());
    }

    /** Pipes belong to no channel: nobody else closes them. To be called when no stream is left. */
    void closePipes() {
        resources.forEach((loop, own) -> loop.submit(own.pipes()::closeAll).awaitUninterruptibly());
    }

    EdgeTimeouts timeouts() {
        return options.timeouts();
    }

    /** Remembers a connection until it is closed; what it brings may turn out later. */
    void keep(Channel channel, Connected connected) {
        if (connections.put(channel, connected) == null) {
            channel.closeFuture().addListener(closed -> connections.remove(channel));
        }
        if (draining) {
            connected.drain();
        }
    }

    /** Whether another client may connect. */
    boolean hasRoom() {
        return connections.size() < options.maxConnections();
    }

    /** Whether another stream may bring its request; it gives its place back when it is closed. */
    boolean takeStream(Channel stream) {
        if (streams.incrementAndGet() > options.maxConnections()) {
            streams.decrementAndGet();
            return false;
        }
        stream.closeFuture().addListener(closed -> streams.decrementAndGet());
        return true;
    }

    int streams() {
        return streams.get();
    }

    /** Clients connected now. */
    int connections() {
        return connections.size();
    }

    /** From now on each connection ends with the answer it is waiting for. */
    void drain() {
        draining = true;
        connections.values().forEach(Connected::drain);
    }

    boolean isDraining() {
        return draining;
    }

    /** Returns when no connection is left. */
    void closeConnections() {
        connections.values().stream().map(Connected::closeNow).toList().forEach(ChannelFuture::awaitUninterruptibly);
    }
}
