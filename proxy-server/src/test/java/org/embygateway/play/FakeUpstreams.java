package org.embygateway.play;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
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

/** Upstreams that answer by a function of the request, note what they are asked, and can hang or be gone. */
final class FakeUpstreams implements UpstreamCalls, UpstreamRegistry {
    record Asked(UpstreamId upstream, UpstreamRequest request) {
        String line() {
            return upstream + " " + request.method() + " " + request.path();
        }
    }

    final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    final List<RelaySource> refused = Collections.synchronizedList(new ArrayList<>());
    private final Map<UpstreamId, UpstreamRecord> records = new LinkedHashMap<>();
    private final Map<UpstreamId, Function<UpstreamRequest, UpstreamResponse>> answers = new LinkedHashMap<>();
    private final Set<UpstreamId> hanging = new HashSet<>();
    private final Set<UpstreamId> offline = new HashSet<>();
    final Set<UpstreamId> shut = new HashSet<>();
    private final Map<UpstreamId, Duration> latencies = new LinkedHashMap<>();
    private final Map<UpstreamId, Integer> limits = new LinkedHashMap<>();

    UpstreamId has(int number, String url, Function<UpstreamRequest, UpstreamResponse> answer) {
        return has(number, url, UpstreamRecord.PlaybackMode.PROXY, answer);
    }

    UpstreamId has(
            int number,
            String url,
            UpstreamRecord.PlaybackMode playback,
            Function<UpstreamRequest, UpstreamResponse> answer) {
        UpstreamId id = new UpstreamId(number);
        records.put(
                id,
                new UpstreamRecord(
                        id,
                        "Server " + number,
                        URI.create(url),
                        UpstreamRecord.Kind.EMBY,
                        playback,
                        UpstreamRecord.SyncMode.FULL,
                        number,
                        true,
                        false));
        answers.put(id, answer);
        return id;
    }

    void hangs(UpstreamId id) {
        hanging.add(id);
    }

    void goesOffline(UpstreamId id) {
        offline.add(id);
    }

    void comesBack(UpstreamId id) {
        offline.remove(id);
    }

    /** @param streams most at one time */
    void takes(UpstreamId id, int streams) {
        limits.put(id, streams);
    }

    @Override
    public int streamsAtOnce(UpstreamId id) {
        return limits.getOrDefault(id, 0);
    }

    void answersAfter(UpstreamId id, Duration latency) {
        latencies.put(id, latency);
    }

    static UpstreamResponse json(String text) {
        return new UpstreamResponse(
                200,
                Headers.of("Content-Type", "application/json"),
                text.getBytes(StandardCharsets.UTF_8),
                URI.create("http://nowhere/"));
    }

    @Override
    public UpstreamResponse send(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        asked.add(new Asked(upstream, request));
        if (hanging.contains(upstream)) {
            hang(upstream);
        }
        if (offline.contains(upstream)) {
            throw new UpstreamFailed(upstream, UpstreamFault.UNREACHABLE, "gone");
        }
        return answers.get(upstream).apply(request);
    }

    private static void hang(UpstreamId upstream) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamFailed(upstream, UpstreamFault.TIMED_OUT, "interrupted");
        }
    }

    @Override
    public byte[] body(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        UpstreamResponse response = send(upstream, actor, request);
        if (response.status() / 100 != 2) {
            throw new UpstreamFailed(upstream, UpstreamFault.BAD_ANSWER, "status " + response.status());
        }
        return response.body();
    }

    @Override
    public RelaySource media(
            UpstreamId upstream, Actor actor, String path, Map<String, String> query, Headers headers) {
        if (offline.contains(upstream)) {
            throw new UpstreamFailed(upstream, UpstreamFault.UNREACHABLE, "gone");
        }
        String text = query.entrySet().stream()
                .map(e -> e.getKey() + "=" + Segments.encode(e.getValue()))
                .collect(Collectors.joining("&"));
        URI uri = URI.create(records.get(upstream).url() + path + (text.isEmpty() ? "" : "?" + text));
        return new RelaySource(
                upstream, uri, headers.with("X-Emby-Token", "upstream-token-" + upstream), Duration.ofSeconds(30));
    }

    @Override
    public void refused(RelaySource source, Actor actor) {
        refused.add(source);
        if (shut.contains(source.upstream())) {
            throw new UpstreamFailed(source.upstream(), UpstreamFault.SIGN_IN_REFUSED, "refuses the tokens it gives");
        }
    }

    @Override
    public String userOn(UpstreamId upstream, Actor actor) {
        return "upstreamuser" + upstream;
    }

    @Override
    public String deviceOn(UpstreamId upstream, Actor actor) {
        return "upstreamdevice" + upstream;
    }

    @Override
    public List<UpstreamRecord> all() {
        return List.copyOf(records.values());
    }

    @Override
    public Optional<UpstreamRecord> find(UpstreamId id) {
        return Optional.ofNullable(records.get(id));
    }

    @Override
    public Health health(UpstreamId id) {
        return new Health(
                !offline.contains(id),
                Optional.ofNullable(latencies.get(id)),
                Instant.EPOCH,
                offline.contains(id) ? "gone" : "");
    }

    @Override
    public List<UpstreamId> routable(Visible visible) {
        return records.keySet().stream()
                .filter(visible::includes)
                .filter(id -> !offline.contains(id))
                .toList();
    }
}
