package org.embygateway.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;

/** The calls that people wait for, and on which upstreams there are any: crawls make room for them. */
final class NoticedCalls implements UpstreamCalls {
    /** Pictures of a page come one by one. */
    private static final Duration BETWEEN_CALLS = Duration.ofSeconds(1);

    private final UpstreamCalls calls;
    private final Clock clock;
    private final Map<UpstreamId, Reading> readings = new ConcurrentHashMap<>();

    private record Reading(int open, Instant lastEnded) {}

    NoticedCalls(UpstreamCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    boolean isReading(UpstreamId upstream) {
        Reading reading = readings.get(upstream);
        return reading != null
                && (reading.open() > 0
                        || reading.lastEnded().plus(BETWEEN_CALLS).isAfter(clock.instant()));
    }

    private <T> T noticed(UpstreamId upstream, Supplier<T> call) {
        readings.merge(
                upstream, new Reading(1, Instant.EPOCH), (now, one) -> new Reading(now.open() + 1, now.lastEnded()));
        try {
            return call.get();
        } finally {
            readings.computeIfPresent(upstream, (id, now) -> new Reading(now.open() - 1, clock.instant()));
        }
    }

    @Override
    public UpstreamResponse send(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        return noticed(upstream, () -> calls.send(upstream, actor, request));
    }

    @Override
    public byte[] body(UpstreamId upstream, Actor actor, UpstreamRequest request) {
        return noticed(upstream, () -> calls.body(upstream, actor, request));
    }

    @Override
    public RelaySource media(
            UpstreamId upstream, Actor actor, String path, Map<String, String> query, Headers headers) {
        return noticed(upstream, () -> calls.media(upstream, actor, path, query, headers));
    }

    @Override
    public void refused(RelaySource source, Actor actor) {
        calls.refused(source, actor);
    }

    @Override
    public String userOn(UpstreamId upstream, Actor actor) {
        return calls.userOn(upstream, actor);
    }

    @Override
    public String deviceOn(UpstreamId upstream, Actor actor) {
        return calls.deviceOn(upstream, actor);
    }
}
