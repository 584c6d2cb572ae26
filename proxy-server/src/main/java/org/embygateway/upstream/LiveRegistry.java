package org.embygateway.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.embygateway.index.Passage;
import org.embygateway.index.Settings;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.Upstreams;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The enabled upstreams of the store, each watched by a thread of its own. */
public final class LiveRegistry implements UpstreamRegistry, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRegistry.class);
    private static final String SERVER_ID = "upstream-server-id.";
    private static final Health UNKNOWN = new Health(false, Optional.empty(), Instant.EPOCH, "is not known");

    private final Upstreams upstreams;
    private final Settings settings;
    private final Prober prober;
    private final HealthTimes times;
    private final Map<UpstreamId, Watch> watches = new ConcurrentHashMap<>();
    private final List<Consumer<UpstreamId>> onRecovered = new CopyOnWriteArrayList<>();
    private final List<Consumer<UpstreamId>> onReplaced = new CopyOnWriteArrayList<>();
    private volatile List<UpstreamRecord> all = List.of();
    private volatile Map<UpstreamId, Integer> streamsAtOnce = Map.of();
    private boolean running;

    LiveRegistry(Upstreams upstreams, Settings settings, Prober prober, HealthTimes times) {
        this.upstreams = upstreams;
        this.settings = settings;
        this.prober = prober;
        this.times = times;
    }

    /** Reads the store and checks every upstream at once, in parallel. */
    public synchronized void start() {
        running = true;
        reload();
    }

    /** Takes over what changed in the store since; effective on return. */
    public synchronized void reload() {
        List<UpstreamRecord> now =
                upstreams.all().stream().filter(UpstreamRecord::enabled).toList();
        Map<UpstreamId, UpstreamRecord> byId = now.stream().collect(Collectors.toMap(UpstreamRecord::id, r -> r));
        watches.forEach((id, watch) -> {
            if (!byId.containsKey(id)) {
                watches.remove(id);
                watch.stop();
            }
        });
        streamsAtOnce =
                now.stream().collect(Collectors.toMap(UpstreamRecord::id, r -> upstreams.streamsAtOnce(r.id())));
        now.forEach(this::watch);
        all = now;
    }

    private void watch(UpstreamRecord record) {
        Watch known = watches.get(record.id());
        if (known != null) {
            known.follow(record, upstreams.passage(record.id()));
            return;
        }
        Watch fresh = new Watch(record, upstreams.passage(record.id()), prober, times, new Findings());
        watches.put(record.id(), fresh);
        if (running) {
            fresh.start();
        }
    }

    @Override
    public void close() {
        List<Watch> stopped = stopped();
        stopped.forEach(Watch::stop);
        stopped.forEach(Watch::awaitEnd);
    }

    private synchronized List<Watch> stopped() {
        running = false;
        List<Watch> last = List.copyOf(watches.values());
        watches.clear();
        all = List.of();
        return last;
    }

    /** Adds a listener for upstreams that come back; it runs on a virtual thread of its own. */
    public void onRecovered(Consumer<UpstreamId> listener) {
        onRecovered.add(listener);
    }

    /** Adds a listener for addresses where another server answers than before, whose ids mean other things. */
    public void onReplaced(Consumer<UpstreamId> listener) {
        onReplaced.add(listener);
    }

    @Override
    public List<UpstreamRecord> all() {
        return all;
    }

    @Override
    public Optional<UpstreamRecord> find(UpstreamId id) {
        return Optional.ofNullable(watches.get(id)).map(Watch::record);
    }

    @Override
    public Passage passage(UpstreamId id) {
        return Optional.ofNullable(watches.get(id)).map(Watch::passage).orElse(Passage.DIRECT);
    }

    @Override
    public int streamsAtOnce(UpstreamId id) {
        return streamsAtOnce.getOrDefault(id, 0);
    }

    /** How a host is reached that the upstream leads to; its certificates vouch for no other's. */
    public Passage passageTo(UpstreamId id, String host) {
        return Optional.ofNullable(watches.get(id))
                .map(watch -> watch.passageTo(host))
                .orElse(Passage.DIRECT);
    }

    @Override
    public Health health(UpstreamId id) {
        return Optional.ofNullable(watches.get(id)).map(Watch::health).orElse(UNKNOWN);
    }

    /** The version the server reported last. */
    public Optional<String> version(UpstreamId id) {
        return Optional.ofNullable(watches.get(id)).flatMap(Watch::found).map(Found::version);
    }

    /** Has the upstream checked now instead of at its next turn. */
    public void checkNow(UpstreamId id) {
        Optional.ofNullable(watches.get(id)).ifPresent(Watch::wakeUp);
    }

    @Override
    public void answered(UpstreamId id, Duration firstByte) {
        Optional.ofNullable(watches.get(id)).ifPresent(watch -> watch.answered(firstByte));
    }

    @Override
    public List<UpstreamId> routable(Visible visible) {
        return watches.values().stream()
                .filter(w -> w.health().online() && visible.includes(w.record().id()))
                .sorted(Comparator.comparingInt((Watch w) -> w.health().slowness())
                        .thenComparingInt(w -> w.record().priority())
                        .thenComparing(w -> w.record().id()))
                .map(w -> w.record().id())
                .toList();
    }

    /** Throws {@link UpstreamFailed} for one that is not (or no longer) registered. */
    Watch watchOf(UpstreamId id) {
        Watch watch = watches.get(id);
        if (watch == null) {
            throw new UpstreamFailed(id, UpstreamFault.UNREACHABLE, "is not registered");
        }
        return watch;
    }

    private final class Findings implements Watch.Listener {
        @Override
        public String serverId(UpstreamRecord record) {
            return settings.find(SERVER_ID + record.id()).orElse("");
        }

        @Override
        public void found(UpstreamRecord record, Found found) {
            if (record.kind() != found.kind()) {
                keepKind(record.id(), found.kind());
            }
            String before = serverId(record);
            if (!before.equals(found.serverId())) {
                settings.put(SERVER_ID + record.id(), found.serverId());
                if (!before.isEmpty()) {
                    LOG.warn("Upstream {} is another server than before: it is indexed anew", record.name());
                    tell(onReplaced, record.id());
                }
            }
        }

        @Override
        public void recovered(UpstreamRecord record) {
            tell(onRecovered, record.id());
        }
    }

    private static void tell(List<Consumer<UpstreamId>> listeners, UpstreamId id) {
        listeners.forEach(
                listener -> Thread.ofVirtual().name("upstream-listener").start(() -> listener.accept(id)));
    }

    private synchronized void keepKind(UpstreamId id, UpstreamRecord.Kind kind) {
        if (upstreams.find(id).filter(r -> r.kind() != kind).isPresent()) {
            upstreams.putKind(id, kind);
            if (running) {
                reload();
            }
        }
    }
}
