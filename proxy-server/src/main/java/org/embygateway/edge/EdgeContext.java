package org.embygateway.edge;

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
    final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-", 0).factory());
    final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    EdgeContext(EdgeOptions options, RequestHandler handler, Transport transport) {
        this.options = options;
        this.handler = handler;
        this.transport = transport;
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
