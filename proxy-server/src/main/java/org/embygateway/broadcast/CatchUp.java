package org.embygateway.broadcast;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.embygateway.index.Delivery;
import org.embygateway.index.Outbox;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UserData;
import org.embygateway.index.UserDataStore;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells upstreams what was done with titles before they had them: a server that is added later, or a title that comes to
 * one. Each upstream has a thread of its own, apart from what people do right now, and is asked before it is told, so
 * that what was told before a crash is not told again.
 */
public final class CatchUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final int BATCH = 100;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final int MOST_DOUBLINGS = 8;

    private final Outbox outbox;
    private final UserDataStore states;
    private final Recipients recipients;
    private final DeliveryCalls calls;
    private final UpstreamRegistry registry;
    private final Clock clock;
    private final Set<UpstreamId> busy = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;

    /** @param calls that wait until the upstream may be asked something nobody waits for */
    public CatchUp(
            Outbox outbox,
            UserDataStore states,
            Recipients recipients,
            UpstreamCalls calls,
            UpstreamRegistry registry,
            Clock clock) {
        this.outbox = outbox;
        this.states = states;
        this.recipients = recipients;
        this.calls = new DeliveryCalls(calls);
        this.registry = registry;
        this.clock = clock;
    }

    public void start() {
        begin("catch-up", this::run);
    }

    /** Stops at once; what was not told stays in the outbox. */
    @Override
    public void close() {
        List<Thread> all;
        synchronized (threads) {
            closing = true;
            all = List.copyOf(threads);
        }
        all.forEach(Thread::interrupt);
        try {
            for (Thread thread : all) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(String name, Runnable work) {
        synchronized (threads) {
            threads.removeIf(thread -> !thread.isAlive());
            if (!closing) {
                threads.add(Thread.ofVirtual().name(name).start(work));
            }
        }
    }

    private void run() {
        try {
            while (!closing) {
                registry.all().stream()
                        .map(UpstreamRecord::id)
                        .filter(registry::isOnline)
                        .forEach(this::look);
                TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(UpstreamId upstream) {
        if (busy.contains(upstream) || due(upstream).isEmpty()) {
            return;
        }
        busy.add(upstream);
        begin("catch-up-" + upstream, () -> {
            try {
                tellAll(upstream);
            } catch (RuntimeException e) {
                LOG.warn("Upstream {} could not be told what it missed: {}", upstream, e.toString());
            } finally {
                busy.remove(upstream);
            }
        });
    }

    private List<Delivery> due(UpstreamId upstream) {
        try {
            return outbox.catchUps(upstream, clock.instant(), BATCH);
        } catch (RuntimeException e) {
            LOG.warn("The outbox could not be read: {}", e.toString());
            return List.of();
        }
    }

    private void tellAll(UpstreamId upstream) {
        for (List<Delivery> due = due(upstream); !due.isEmpty(); due = due(upstream)) {
            for (Delivery delivery : due) {
                if (closing || !tell(delivery)) {
                    return;
                }
            }
        }
    }

    /** False when the upstream is to be left alone for now. */
    private boolean tell(Delivery delivery) {
        try {
            return settle(delivery, told(delivery));
        } catch (UpstreamFailed e) {
            boolean ofTheItem = e.fault() == UpstreamFault.NOT_FOUND || e.fault() == UpstreamFault.FORBIDDEN;
            return !closing && settle(delivery, ofTheItem ? e.fault().status() : 503);
        }
    }

    private int told(Delivery delivery) {
        int status = 200;
        for (String id : recipients.idsOn(delivery.upstream(), delivery.user(), delivery.item())) {
            status = Math.max(status, told(delivery, id));
        }
        return status;
    }

    /** Again when the state changed meanwhile: the change may have been told before what it replaced. */
    private int told(Delivery delivery, String id) {
        Optional<UserData> state = state(delivery);
        int status = state.map(known -> calls.catchUp(delivery, id, known)).orElse(200);
        boolean again = status / 100 == 2 && !closing && !state(delivery).equals(state);
        return again ? told(delivery, id) : status;
    }

    private Optional<UserData> state(Delivery delivery) {
        return Optional.ofNullable(
                states.find(delivery.user(), List.of(delivery.item())).get(delivery.item()));
    }

    private boolean settle(Delivery delivery, int status) {
        if (status / 100 == 2) {
            outbox.delivered(delivery);
            return true;
        }
        if (status / 100 == 4 && status != 429) {
            LOG.info("Upstream {} was not told of item {}: status {}", delivery.upstream(), delivery.item(), status);
            outbox.drop(delivery);
            return true;
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(delivery.attempts(), MOST_DOUBLINGS));
        outbox.failed(delivery, clock.instant().plus(wait), "status " + status);
        return status != 429 && status != 503;
    }
}
