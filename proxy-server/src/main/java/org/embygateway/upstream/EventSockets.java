package org.embygateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.protocol.UpstreamId;

/**
 * Listens to what upstreams say by themselves: one web socket each, with the gateway's own account and device. Servers
 * that are only asked for what people want are not listened to.
 */
public final class EventSockets implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Hears what upstreams say; called on threads of its own, of one upstream in order. */
    public interface Listener {
        /** @param data may be missing */
        void said(UpstreamId upstream, String messageType, JsonNode data);

        /** It is heard again after a time in which things may have been missed. */
        void heardAgain(UpstreamId upstream);
    }

    private final UpstreamRegistry registry;
    private final UpstreamCalls calls;
    private final Listener listener;
    private final Clients clients = new Clients(CONNECT);
    private final Map<UpstreamId, EventSocket> sockets = new ConcurrentHashMap<>();
    private boolean running;

    public EventSockets(UpstreamRegistry registry, UpstreamCalls calls, Listener listener) {
        this.registry = registry;
        this.calls = calls;
        this.listener = listener;
    }

    public synchronized void start() {
        running = true;
        reload();
    }

    /** Takes over what changed in the registry; a server with another address is connected to anew. */
    public synchronized void reload() {
        if (!running) {
            return;
        }
        Map<UpstreamId, UpstreamRecord> wanted = new HashMap<>();
        registry.all().stream().filter(r -> r.sync() == SyncMode.FULL).forEach(r -> wanted.put(r.id(), r));
        sockets.values().removeIf(socket -> {
            UpstreamRecord now = wanted.get(socket.upstream());
            boolean stale = now == null
                    || !now.url().equals(socket.url())
                    || !registry.passage(now.id()).equals(socket.passage());
            if (stale) {
                socket.close();
            }
            return stale;
        });
        wanted.values().forEach(record -> sockets.computeIfAbsent(record.id(), id -> started(record)));
    }

    private EventSocket started(UpstreamRecord record) {
        EventSocket socket = new EventSocket(
                record.id(), record.url(), registry.passage(record.id()), registry, calls, clients, listener);
        socket.start();
        return socket;
    }

    /** Whether the upstream is heard right now. */
    public boolean isHeard(UpstreamId upstream) {
        EventSocket socket = sockets.get(upstream);
        return socket != null && socket.isOpen();
    }

    @Override
    public synchronized void close() {
        running = false;
        sockets.values().forEach(EventSocket::close);
        sockets.clear();
        clients.close();
    }
}
