package org.embygateway.broadcast;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.Health;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRegistry;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;

/** Upstreams that note what they are told, and can be down, offline or of another opinion. */
final class FakeUpstreams implements UpstreamCalls, UpstreamRegistry {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final Set<UpstreamId> down = ConcurrentHashMap.newKeySet();
    final Set<UpstreamId> offline = ConcurrentHashMap.newKeySet();
    final Map<UpstreamId, Integer> status = new ConcurrentHashMap<>();
    /** How often the upstreams are still said to be offline before they are online. */
    final AtomicInteger offlineAnswers = new AtomicInteger();

    volatile CountDownLatch held = new CountDownLatch(0);
    private final List<UpstreamRecord> records;

    FakeUpstreams(List<UpstreamRecord> records) {
        this.records = List.copyOf(records);
    }

    List<String> heardBy(UpstreamId upstream) {
        return heard.stream().filter(h -> h.startsWith(upstream + " ")).toList();
    }

    @Override
    public UpstreamResponse send(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        if (down.contains(upstream)) {
            throw new UpstreamFailed(upstream, UpstreamFault.UNREACHABLE, "down");
        }
        if (request.method().equals("GET")) {
            String item =
                    "{\"Id\":\"1\",\"UserData\":{\"IsFavorite\":true,\"PlayCount\":4,\"Played\":false,\"PlayedPercentage\":3}}";
            return answer(status.getOrDefault(upstream, 200), item);
        }
        heard.add("%s %s %s %s"
                .formatted(
                        upstream,
                        request.path(),
                        request.query(),
                        new String(request.json().orElse(new byte[0]), StandardCharsets.UTF_8)));
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answer(status.getOrDefault(upstream, 204), "");
    }

    private static UpstreamResponse answer(int status, String body) {
        return new UpstreamResponse(
                status, Headers.NONE, body.getBytes(StandardCharsets.UTF_8), URI.create("http://upstream.test/"));
    }

    @Override
    public byte[] body(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RelaySource media(
            UpstreamId upstream, Actor actor, String path, Map<String, String> query, Headers headers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void refused(RelaySource source, Actor actor) {}

    @Override
    public String userOn(UpstreamId upstream, Actor actor) {
        return "user-there";
    }

    @Override
    public String deviceOn(UpstreamId upstream, Actor actor) {
        return "device-there";
    }

    @Override
    public List<UpstreamRecord> all() {
        return records;
    }

    @Override
    public Optional<UpstreamRecord> find(UpstreamId id) {
        return records.stream().filter(r -> r.id().equals(id)).findFirst();
    }

    @Override
    public Health health(UpstreamId id) {
        boolean online = offlineAnswers.getAndUpdate(n -> Math.max(0, n - 1)) == 0 && !offline.contains(id);
        return new Health(online, Optional.empty(), Instant.EPOCH, "");
    }

    @Override
    public List<UpstreamId> routable(Visible visible) {
        return List.copyOf(visible.upstreams());
    }
}
