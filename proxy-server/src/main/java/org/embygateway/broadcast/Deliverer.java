package org.embygateway.broadcast;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.embygateway.index.Delivery;
import org.embygateway.index.Outbox;
import org.embygateway.index.StoreFailure;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox: each upstream is told on a thread of its own, one thing after the other, so that a slow one holds
 * up nobody else. What an upstream does not take now is tried again, later and later, and at once when it is back.
 */
public final class Deliverer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
    private static final int BATCH = 2000;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_POSITIONS = Duration.ofSeconds(10);
    private static final Duration WHILE_OFFLINE = Duration.ofSeconds(20);
    private static final Duration WHILE_SWITCHED_OFF = Duration.ofMinutes(10);
    private static final Duration WHILE_NOTHING_IS_STORED = Duration.ofSeconds(15);
    private static final Duration LAST_CALLS = Duration.ofSeconds(5);
    private static final Duration GIVEN_UP_AFTER = Duration.ofDays(30);
    private static final long MAX_WAIT_SECONDS = 300;

    private final Outbox outbox;
    private final Recipients recipients;
    private final DeliveryCalls calls;
    private final UpstreamRegistry registry;
    private final Clock clock;
    private final Semaphore wake = new Semaphore(0);
    private final Set<UpstreamId> busy = ConcurrentHashMap.newKeySet();
    private final Map<UpstreamId, Pause> pauses = new ConcurrentHashMap<>();
    private final Cache<String, Boolean> positions;
    private Optional<Thread> thread = Optional.empty();
    private volatile boolean closing;
    private volatile Instant resting = Instant.MIN;

    /** @param failures in a row */
    private record Pause(int failures, Instant until) {}

    public Deliverer(
            Outbox outbox, Recipients recipients, UpstreamCalls calls, UpstreamRegistry registry, Clock clock) {
        this.outbox = outbox;
        this.recipients = recipients;
        this.calls = new DeliveryCalls(calls);
        this.registry = registry;
        this.clock = clock;
        this.positions = Caffeine.newBuilder()
                .expireAfterWrite(BETWEEN_POSITIONS)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    public synchronized void start() {
        thread = Optional.of(Thread.ofVirtual().name("deliverer").start(this::run));
    }

    /** Stops after what is being told right now, or five seconds; what was not delivered stays in the outbox. */
    @Override
    public synchronized void close() {
        closing = true;
        thread.ifPresent(Thread::interrupt);
        long begun = System.nanoTime();
        try {
            while (!busy.isEmpty() && System.nanoTime() - begun < LAST_CALLS.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something was put into the outbox. */
    public void wake() {
        wake.release();
    }

    /** The upstream answers again: what waits for it goes now. */
    public void upstreamRecovered(UpstreamId upstream) {
        pauses.remove(upstream);
        outbox.retryNow(upstream);
        wake();
    }

    /** Whether nobody waits for a look at the outbox. */
    boolean hasLooked() {
        return wake.availablePermits() == 0;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (wake.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (clock.instant().isBefore(resting)) {
            return;
        }
        Set<UpstreamId> atWork = Set.copyOf(busy); // Of theirs, some may be delivered while the outbox is read.
        try {
            outbox.due(clock.instant(), BATCH).stream()
                    .filter(delivery -> !atWork.contains(delivery.upstream()))
                    .collect(Collectors.groupingBy(Delivery::upstream))
                    .forEach(this::handOver);
        } catch (RuntimeException e) {
            LOG.warn("The outbox could not be read: {}", e.toString());
            rest();
        }
    }

    /** What was told but could not be noted as told would be told again with every look. */
    private void rest() {
        resting = clock.instant().plus(WHILE_NOTHING_IS_STORED);
    }

    private void handOver(UpstreamId upstream, List<Delivery> due) {
        if (closing || !busy.add(upstream)) {
            return;
        }
        Thread.ofVirtual().name("deliver-" + upstream).start(() -> {
            try {
                deliver(upstream, due);
            } catch (RuntimeException e) {
                LOG.warn("Upstream {} could not be told: {}", upstream, e.toString());
                rest();
            } finally {
                busy.remove(upstream);
            }
        });
    }

    private void deliver(UpstreamId upstream, List<Delivery> due) {
        boolean progress = false;
        for (int i = 0; i < due.size() && !closing; i++) {
            Optional<Instant> later = waitFor(upstream);
            if (later.isPresent()) {
                putOff(due.subList(i, due.size()), later.get());
                goOnIfItIsBack(upstream);
                return;
            }
            progress |= deliver(due.get(i));
        }
        if (progress && due.size() == BATCH) {
            wake();
        }
    }

    /** Its return may have been told while its deliveries were still being put off. */
    private void goOnIfItIsBack(UpstreamId upstream) {
        if (waitFor(upstream).isEmpty()) {
            outbox.retryNow(upstream);
            wake();
        }
    }

    /** Until when the upstream is left alone. */
    private Optional<Instant> waitFor(UpstreamId upstream) {
        Instant now = clock.instant();
        Pause pause = pauses.get(upstream);
        if (pause != null && pause.until().isAfter(now)) {
            return Optional.of(pause.until());
        }
        if (registry.find(upstream).isEmpty()) {
            return Optional.of(now.plus(WHILE_SWITCHED_OFF));
        }
        return registry.isOnline(upstream) ? Optional.empty() : Optional.of(now.plus(WHILE_OFFLINE));
    }

    private void putOff(List<Delivery> all, Instant until) {
        for (Delivery delivery : all) {
            if (delivery.made().isBefore(clock.instant().minus(GIVEN_UP_AFTER))) {
                drop(delivery, "too old");
            } else {
                outbox.failed(delivery, until, "the server is not reachable");
            }
        }
    }

    private boolean deliver(Delivery delivery) {
        if (isTooSoon(delivery)) {
            return false;
        }
        List<String> ids = recipients.idsOn(delivery.upstream(), delivery.user(), delivery.item());
        if (ids.isEmpty()) {
            outbox.drop(delivery);
            return true;
        }
        try {
            List<Integer> answers = new ArrayList<>();
            ids.forEach(id -> answers.add(calls.send(delivery, id)));
            pauses.remove(delivery.upstream());
            settle(delivery, answers.stream().max(Integer::compare).orElse(200));
        } catch (UpstreamFailed e) {
            failed(delivery, e.fault());
        } catch (StoreFailure e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("A delivery to upstream {} failed: {}", delivery.upstream(), e.toString());
            retryLater(delivery, "internal fault");
        }
        return true;
    }

    /** Positions on their way go out every ten seconds at most; the last one always does. */
    private boolean isTooSoon(Delivery delivery) {
        boolean passing = DeliveryCalls.body(delivery).path("Event").asText().equals("Passing");
        return passing && positions.getIfPresent(place(delivery)) != null;
    }

    private static String place(Delivery delivery) {
        return "%s %s %s".formatted(delivery.user(), delivery.item(), delivery.upstream());
    }

    private void settle(Delivery delivery, int status) {
        if (status / 100 == 2) {
            positions.put(place(delivery), true);
            outbox.delivered(delivery);
        } else if (status == 429 || status == 503) {
            pause(delivery.upstream());
            retryLater(delivery, "the server is busy");
        } else if (status / 100 == 5) {
            retryLater(delivery, "status " + status);
        } else {
            drop(delivery, "status " + status);
        }
    }

    private void failed(Delivery delivery, UpstreamFault fault) {
        switch (fault) {
            case NOT_FOUND, FORBIDDEN -> drop(delivery, fault.toString());
            case BAD_ANSWER -> retryLater(delivery, fault.toString());
            case UNREACHABLE, TIMED_OUT, SIGN_IN_REFUSED, BUSY -> {
                Instant until = pause(delivery.upstream());
                outbox.failed(delivery, until, fault.toString());
            }
        }
    }

    private Instant pause(UpstreamId upstream) {
        Pause next = pauses.merge(upstream, pauseAfter(1), (old, first) -> pauseAfter(old.failures() + 1));
        return next.until();
    }

    private Pause pauseAfter(int failures) {
        return new Pause(failures, clock.instant().plus(backOff(failures - 1)));
    }

    private void retryLater(Delivery delivery, String reason) {
        outbox.failed(delivery, clock.instant().plus(backOff(delivery.attempts())), reason);
    }

    private static Duration backOff(int attempts) {
        long seconds = Math.min(MAX_WAIT_SECONDS, 1L << Math.min(attempts, 20));
        return Duration.ofMillis(
                (long) (seconds * 1000 * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
    }

    private void drop(Delivery delivery, String reason) {
        LOG.info("Upstream {} was not told of item {}: {}", delivery.upstream(), delivery.item(), reason);
        outbox.drop(delivery);
    }
}
