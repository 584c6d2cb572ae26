package org.embygateway.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.play.PlayObserver;
import org.embygateway.protocol.UpstreamId;

/** What the gateway counts, in the form Prometheus reads. Requests are named by their route's template, never by URL. */
final class GatewayMetrics implements PlayObserver, AutoCloseable {
    private static final int MAX_UNKNOWN_PATHS = 200;
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Pattern ID = Pattern.compile("/(?=[^/]*\\d)[^/]+");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Map<Answered, Timer> timers = new ConcurrentHashMap<>();
    private final Set<String> unknownPaths = ConcurrentHashMap.newKeySet();
    private final MultiGauge places = MultiGauge.builder("gateway.streams.places")
            .description("Titles that are played from an upstream now")
            .register(registry);
    private volatile Supplier<Map<UpstreamId, Integer>> placesNow = Map::of;

    private record Answered(String template, int hundreds) {}

    void bindProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** @param waiting how much upstreams are still to be told; asked when somebody reads the metrics */
    void bindOutbox(Supplier<Number> waiting) {
        Gauge.builder("gateway.outbox.waiting", waiting)
                .description("Watch states that upstreams are still to be told of")
                .register(registry);
    }

    /** @param now how many titles are played from each upstream; asked when somebody reads the metrics */
    void bindPlaces(Supplier<Map<UpstreamId, Integer>> now) {
        placesNow = now;
    }

    @Override
    public void refused(String limit) {
        Counter.builder("gateway.streams.refused")
                .description("Titles that were not played because an upstream or a user played as many as it may")
                .tag("limit", limit)
                .register(registry)
                .increment();
    }

    @Override
    public void failed(UpstreamId upstream, String how) {
        Counter.builder("gateway.streams.failures")
                .description("Failures of upstreams in streams: not begun, broken off, or silent in the middle")
                .tag("upstream", upstream.toString())
                .tag("how", how)
                .register(registry)
                .increment();
    }

    @Override
    public void fellOver(UpstreamId from, UpstreamId to) {
        Counter.builder("gateway.streams.fallovers")
                .description("Streams that were given by another upstream than the one that failed")
                .tag("upstream", from.toString())
                .register(registry)
                .increment();
    }

    /** @param end when clients reject the certificate in use */
    void bindCertificate(Supplier<Instant> end) {
        Gauge.builder("gateway.tls.certificate.end", () -> end.get().getEpochSecond())
                .description("When the TLS certificate expires, since 1970")
                .baseUnit("seconds")
                .register(registry);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    void answered(String template, int status, Duration took) {
        timers.computeIfAbsent(new Answered(template, status / 100), this::timer)
                .record(took);
    }

    private Timer timer(Answered answered) {
        return Timer.builder("gateway.requests")
                .description("Requests by route and status class, with the time until the reply stood")
                .tag("route", answered.template())
                .tag("status", answered.hundreds() + "xx")
                .register(registry);
    }

    /** Counts a request that might have been answered at once, had everything been known. */
    void waited(String template) {
        Counter.builder("gateway.requests.waited")
                .description("Requests for media that had to wait for the database or an upstream first")
                .tag("route", template)
                .register(registry)
                .increment();
    }

    /** Counts a call to an upstream, which is named by its number: names may be private. */
    void called(UpstreamRecord upstream, String operation, String outcome, Duration took) {
        Timer.builder("gateway.upstream.calls")
                .description("Calls to upstreams by operation and outcome")
                .tag("upstream", upstream.id().toString())
                .tag("operation", operation)
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }

    /** Counts a path that no row fits, with its ids masked; beyond a bound all others count as one. */
    void unknownPath(String method, String path) {
        String masked = masked(path);
        String name = unknownPaths.size() < MAX_UNKNOWN_PATHS || unknownPaths.contains(masked) ? masked : "other";
        unknownPaths.add(name);
        Counter.builder("gateway.unknown.paths")
                .description("Requests for paths that the gateway does not know")
                .tag("method", METHODS.contains(method) ? method : "other")
                .tag("path", name)
                .register(registry)
                .increment();
    }

    /** The path with every segment that holds a digit replaced, at most 80 characters. */
    static String masked(String path) {
        String masked = ID.matcher(path).replaceAll("/*");
        return masked.length() <= 80 ? masked : masked.substring(0, 80);
    }

    String scrape() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        placesNow
                .get()
                .forEach((upstream, count) ->
                        rows.add(MultiGauge.Row.of(Tags.of("upstream", upstream.toString()), count)));
        places.register(rows, true);
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
