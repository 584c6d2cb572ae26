package org.embygateway.edge;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.embygateway.route.RequestHandler;

/** What all connections of one edge share. */
final class EdgeContext {
    final EdgeOptions options;
    final RequestHandler handler;
    final Transport transport;
    final SslContext upstreamTls;
    final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-", 0).factory());
    final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<EventLoop, UpstreamPool> pools = new ConcurrentHashMap<>();
    private volatile boolean draining;

    EdgeContext(EdgeOptions options, RequestHandler handler, Transport transport, SslContext upstreamTls) {
        this.options = options;
        this.handler = handler;
        this.transport = transport;
        this.upstreamTls = upstreamTls;
    }

    /** The kept upstream connections of an event loop, to be used on it alone. */
    UpstreamPool pool(EventLoop loop) {
        return pools.computeIfAbsent(loop, l -> new UpstreamPool());
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
