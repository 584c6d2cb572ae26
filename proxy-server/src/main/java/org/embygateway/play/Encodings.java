package org.embygateway.play;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transcodes and live streams that upstreams run for clients: kept alive while a client takes part, ended when it
 * says so, when it leaves, or when nothing has been heard of it for long.
 */
public final class Encodings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Encodings.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** Upstreams end an encoding that nobody pings for a minute. */
    private static final Duration PING_EVERY = Duration.ofSeconds(20);
    /** A device that begins one after the other and ends none loses the oldest: no player needs so many. */
    private static final int MOST_PER_SESSION = 8;

    private final UpstreamCalls calls;
    private final Clock clock;
    private final Duration idle;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Map<String, Integer> flowing = new ConcurrentHashMap<>();
    private Optional<ScheduledExecutorService> sweeper = Optional.empty();

    /** @param idle how long a client may be silent, paused ones included */
    Encodings(UpstreamCalls calls, Clock clock, Duration idle) {
        this.calls = calls;
        this.clock = clock;
        this.idle = idle;
    }

    /** A live stream that is open, and for whom. */
    record Open(Caller caller, PlaySession session, Binding binding) {}

    private static final class Running {
        final Caller caller;
        final PlaySession session;
        final Set<String> liveStreams = ConcurrentHashMap.newKeySet();
        volatile Binding binding;
        volatile boolean encodes;
        volatile Instant seen;
        volatile Instant pinged;

        Running(Caller caller, PlaySession session, Binding binding, Instant now) {
            this.caller = caller;
            this.session = session;
            this.binding = binding;
            this.seen = now;
            this.pinged = now;
        }

        /** Whether the upstream keeps something running, which it ends when it hears nothing. */
        boolean isHeldThere() {
            return encodes || !liveStreams.isEmpty();
        }

        Actor actor() {
            return Asker.of(caller);
        }
    }

    public synchronized void start() {
        ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("encodings").factory());
        threads.scheduleWithFixedDelay(() -> Thread.startVirtualThread(this::sweep), 5, 5, TimeUnit.SECONDS);
        sweeper = Optional.of(threads);
    }

    @Override
    public synchronized void close() {
        sweeper.ifPresent(ScheduledExecutorService::shutdownNow);
        sweeper = Optional.empty();
    }

    /** Notes that a client got a playlist, a segment or converted bytes through the binding. */
    void encodes(Caller caller, PlaySession session, Binding binding) {
        touch(caller, session, binding).encodes = true;
    }

    void opened(Caller caller, PlaySession session, Binding binding, String upstreamLiveStream) {
        touch(caller, session, binding).liveStreams.add(upstreamLiveStream);
    }

    void closed(String upstreamLiveStream, UpstreamId upstream) {
        running.values().stream()
                .filter(r -> r.binding.target().upstream().equals(upstream))
                .forEach(r -> r.liveStreams.remove(upstreamLiveStream));
    }

    Optional<Open> open(String upstreamLiveStream, UpstreamId upstream) {
        return running.values().stream()
                .filter(r ->
                        r.binding.target().upstream().equals(upstream) && r.liveStreams.contains(upstreamLiveStream))
                .findFirst()
                .map(r -> new Open(r.caller, r.session, r.binding));
    }

    private Running touch(Caller caller, PlaySession session, Binding binding) {
        Running one =
                running.computeIfAbsent(binding.alias(), a -> new Running(caller, session, binding, clock.instant()));
        one.binding = binding;
        one.seen = clock.instant();
        endOldest(session.userSession());
        return one;
    }

    private void endOldest(String userSession) {
        List<Running> ofSession = running.values().stream()
                .filter(r -> r.session.userSession().equals(userSession))
                .sorted(Comparator.comparing(r -> r.seen))
                .toList();
        ofSession.stream()
                .limit(Math.max(0, ofSession.size() - MOST_PER_SESSION))
                .forEach(this::stopLater);
    }

    /** Notes that the client is still there: a report or a ping, which also reached the upstream. */
    void alive(PlaySession session) {
        for (Running one : running.values()) {
            if (one.session.id().equals(session.id())) {
                one.seen = clock.instant();
                one.pinged = clock.instant();
            }
        }
    }

    /** Ends what runs for a user's device. */
    void stop(Caller caller) {
        running.values().stream()
                .filter(r -> r.session.user().equals(caller.user())
                        && r.session.client().deviceId().equals(caller.client().deviceId()))
                .forEach(this::stopLater);
    }

    /** Ends what runs for the session, at once and in the background. */
    void stop(PlaySession session) {
        running.values().stream()
                .filter(r -> r.session.id().equals(session.id()))
                .forEach(this::stopLater);
    }

    /** Notes that bytes of a conversion or of a live stream begin to flow. */
    void flows(PlaySession session) {
        flowing.merge(session.id(), 1, Integer::sum);
    }

    /** Bytes of a live stream end, which is not closed yet: players look at one and come back. */
    void flowed(PlaySession session) {
        flowed(session, true);
    }

    /** Bytes of a conversion end. A client that left in the middle and has not come back for more does not need the conversion. */
    void flowed(PlaySession session, boolean complete) {
        boolean last =
                flowing.compute(session.id(), (id, count) -> count == null || count <= 1 ? null : count - 1) == null;
        if (last && !complete) {
            stop(session);
        }
    }

    private void stopLater(Running one) {
        if (running.remove(one.binding.alias(), one)) {
            Thread.startVirtualThread(() -> end(one));
        }
    }

    /** One round: pings what is in use, ends what nobody uses. */
    void sweep() {
        Instant now = clock.instant();
        for (Running one : running.values()) {
            if (flowing.containsKey(one.session.id())) {
                one.seen = now;
            }
            if (one.seen.plus(idle).isBefore(now)) {
                LOG.info(
                        "upstream {}: ending a stream nobody has used for {}",
                        one.binding.target().upstream(),
                        idle);
                stopLater(one);
            } else if (one.isHeldThere() && one.pinged.plus(PING_EVERY).isBefore(now)) {
                one.pinged = now;
                Thread.startVirtualThread(() -> ping(one));
            }
        }
    }

    private void ping(Running one) {
        quietly(
                one,
                new UpstreamRequest(
                        "POST",
                        "/Sessions/Playing/Ping",
                        Map.of("PlaySessionId", one.binding.upstreamSession()),
                        Optional.empty(),
                        Headers.NONE,
                        LIMIT));
    }

    private void end(Running one) {
        UpstreamId upstream = one.binding.target().upstream();
        if (one.encodes) {
            quietly(one, () -> {
                Map<String, String> query = new LinkedHashMap<>();
                query.put("DeviceId", calls.deviceOn(upstream, one.actor()));
                query.put("PlaySessionId", one.binding.upstreamSession());
                return new UpstreamRequest(
                        "DELETE", "/Videos/ActiveEncodings", query, Optional.empty(), Headers.NONE, LIMIT);
            });
        }
        for (String live : one.liveStreams) {
            quietly(
                    one,
                    new UpstreamRequest(
                            "POST",
                            "/LiveStreams/Close",
                            Map.of("LiveStreamId", live),
                            Optional.empty(),
                            Headers.NONE,
                            LIMIT));
        }
    }

    private void quietly(Running one, UpstreamRequest request) {
        quietly(one, () -> request);
    }

    private void quietly(Running one, Supplier<UpstreamRequest> request) {
        try {
            calls.send(one.binding.target().upstream(), one.actor(), request.get());
        } catch (UpstreamFailed failed) {
            LOG.debug("not told: {}", failed.getMessage());
        }
    }

    /** How many streams are kept alive now. */
    int count() {
        return running.size();
    }
}
