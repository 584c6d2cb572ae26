package org.embygateway.edge;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<EventLoop, LoopResources> resources = new ConcurrentHashMap<>();
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

    /** From now on each connection ends with the answer it is waiting for. */
    void drain() {
        draining = true;
        connections.forEach(ClientConnection::drain);
    }

    boolean isDraining() {
        return draining;
    }
}
