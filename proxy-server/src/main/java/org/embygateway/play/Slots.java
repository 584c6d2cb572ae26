package org.embygateway.play;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.embygateway.play.SlotTable.Lease;
import org.embygateway.play.SlotTable.Limits;
import org.embygateway.play.SlotTable.Outcome;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.upstream.UpstreamRegistry;

/**
 * Gives places on upstreams to viewings, within the limits of upstreams and users. A place is kept while bytes flow, and
 * else until nothing has been heard for the idle time: no request, report or ping. It is free at once when the client
 * says that it stopped, and soon after it has hung up; not at once, since players that jump hang up and come back. Safe
 * from any thread.
 */
final class Slots implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(15);
    /** Segments are fetched one by one: a device that has asked for none for so long may have gone on. */
    private static final Duration QUIET = Duration.ofSeconds(20);

    private static final Duration MOST_BETWEEN_SWEEPS = Duration.ofSeconds(5);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(1);
    /** What a client that stopped may still have been sent. */
    private static final long AFTERMATH_BYTES = 8 << 20;

    private final SlotTable table;
    private final UpstreamRegistry upstreams;
    private final PlayRules rules;
    private final Clock clock;
    private final Map<Viewing, Map<UpstreamId, Held>> mine = new ConcurrentHashMap<>();
    private long takes;
    private Optional<ScheduledExecutorService> sweeper = Optional.empty();

    /** A place as this node knows it; guarded by the slots but for what does not need it. */
    private static final class Held {
        final Caller caller;
        final Viewing viewing;
        final UpstreamId upstream;
        final Instant since;
        final AtomicLong bytes = new AtomicLong();
        Lease lease;
        int flows;
        boolean stopped;
        long bytesWhenStopped;
        /** Which of all takes was its last: a viewing is where it took a place last. */
        long taken;
        /** When the table was last told, if it need not be told again so soon. */
        volatile Instant told = Instant.EPOCH;

        Held(Caller caller, Viewing viewing, UpstreamId upstream, Instant now, Lease lease) {
            this.caller = caller;
            this.viewing = viewing;
            this.upstream = upstream;
            this.since = now;
            this.lease = lease;
        }
    }

    /** @param flows connections that bytes go through now. @param bytes sent to the client so far, by this node */
    record Running(Caller caller, Viewing viewing, UpstreamId upstream, Instant since, int flows, long bytes) {}

    Slots(SlotTable table, UpstreamRegistry upstreams, PlayRules rules, Clock clock) {
        this.table = table;
        this.upstreams = upstreams;
        this.rules = rules;
        this.clock = clock;
    }

    synchronized void start() {
        ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("slots").factory());
        long every = least(MOST_BETWEEN_SWEEPS, rules.idle().dividedBy(4)).toMillis();
        threads.scheduleWithFixedDelay(
                () -> Thread.startVirtualThread(this::sweep), every, every, TimeUnit.MILLISECONDS);
        sweeper = Optional.of(threads);
    }

    @Override
    public synchronized void close() {
        sweeper.ifPresent(ScheduledExecutorService::shutdownNow);
        sweeper = Optional.empty();
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Lease lease(Instant now) {
        return new Lease(now.plus(rules.idle()), now.plus(QUIET));
    }

    Limits limits(UserId user, UpstreamId upstream) {
        return new Limits(upstreams.streamsAtOnce(upstream), rules.streamsOf(user));
    }

    /** Who holds places that the viewing cannot have. */
    Occupancy occupancy(Viewing viewing) {
        Instant now = clock.instant();
        return new Occupancy(table.held(now).stream()
                .filter(slot -> !slot.givesWayTo(viewing, now))
                .toList());
    }

    /** Whether the viewing would get a place. */
    Outcome room(Viewing viewing, UpstreamId upstream, Occupancy occupancy) {
        return occupancy.room(viewing, upstream, limits(viewing.user(), upstream));
    }

    private Optional<Held> known(Viewing viewing, UpstreamId upstream) {
        return Optional.ofNullable(mine.getOrDefault(viewing, Map.of()).get(upstream));
    }

    private List<Held> of(Viewing viewing) {
        return List.copyOf(mine.getOrDefault(viewing, Map.of()).values());
    }

    private List<Held> all() {
        return mine.values().stream().flatMap(held -> held.values().stream()).toList();
    }

    private Held holding(Caller caller, Viewing viewing, UpstreamId upstream, Instant now, Lease lease) {
        return mine.computeIfAbsent(viewing, v -> new ConcurrentHashMap<>())
                .computeIfAbsent(upstream, u -> new Held(caller, viewing, upstream, now, lease));
    }

    /** Whether it was known. */
    private boolean forget(Held held) {
        Map<UpstreamId, Held> there = mine.getOrDefault(held.viewing, Map.of());
        boolean known = there.remove(held.upstream, held);
        if (there.isEmpty()) {
            mine.remove(held.viewing);
        }
        return known;
    }

    /** Takes a place for what will soon be played; it is free again soon when that does not come. */
    Outcome reserve(Caller caller, Viewing viewing, UpstreamId upstream) {
        Instant now = clock.instant();
        Lease lease = known(viewing, upstream).isPresent() ? lease(now) : briefly(now);
        return take(caller, viewing, upstream, now, lease);
    }

    private Lease briefly(Instant now) {
        return new Lease(now.plus(least(GRACE, rules.idle())), now);
    }

    /** Takes a place or keeps the one the viewing has there; what it has elsewhere and does not use is free then. */
    Outcome take(Caller caller, Viewing viewing, UpstreamId upstream) {
        Instant now = clock.instant();
        boolean told = known(viewing, upstream)
                .filter(held -> held.told.plus(TOLD_EVERY).isAfter(now))
                .isPresent();
        return told ? Outcome.TAKEN : take(caller, viewing, upstream, now, lease(now));
    }

    private Outcome take(Caller caller, Viewing viewing, UpstreamId upstream, Instant now, Lease lease) {
        Limits limits = limits(viewing.user(), upstream);
        synchronized (this) {
            Outcome outcome = table.take(viewing, upstream, limits, now, lease);
            if (outcome == Outcome.TAKEN) {
                taken(holding(caller, viewing, upstream, now, lease), now, lease);
            }
            return outcome;
        }
    }

    private void taken(Held held, Instant now, Lease lease) {
        held.stopped = false;
        held.taken = ++takes;
        note(held, lease, now);
        of(held.viewing).stream()
                .filter(other -> other != held && other.flows == 0)
                .forEach(this::release);
    }

    private void release(Held held) {
        if (forget(held)) {
            table.free(held.viewing, held.upstream);
        }
    }

    /** What the client is told that has to wait. */
    Refused refusal(Outcome outcome) {
        boolean user = outcome == Outcome.USER_FULL;
        rules.observer().refused(user ? "user" : "upstream");
        String text = user
                ? "You are playing as many titles at once as you may."
                : "Every server that has this title is playing as many as it may. Try again later.";
        return new Refused(429, text, QUIET);
    }

    /** Something was heard of the viewing: it is not over. */
    synchronized void heard(Viewing viewing) {
        Instant now = clock.instant();
        of(viewing).stream()
                .filter(held -> !held.stopped)
                .forEach(held -> hold(held, now, new Lease(now.plus(rules.idle()), held.lease.quietAt())));
    }

    private void hold(Held held, Instant now, Lease lease) {
        note(held, lease, now);
        table.hold(held.viewing, held.upstream, now, lease);
    }

    /** A place that another title of the device may take is asked for anew each time. */
    private static void note(Held held, Lease lease, Instant now) {
        held.lease = lease;
        held.told = lease.quietAt().isAfter(now.plus(TOLD_EVERY)) ? now : Instant.EPOCH;
    }

    /** The client says that it has stopped. What is still on its way to it takes no place. */
    synchronized void stopped(Viewing viewing) {
        for (Held held : of(viewing)) {
            held.stopped = true;
            held.bytesWhenStopped = held.bytes.get();
            held.told = Instant.EPOCH;
            table.free(viewing, held.upstream);
            if (held.flows == 0) {
                forget(held);
            }
        }
    }

    /**
     * Bytes begin to flow to a client that has a place.
     *
     * @param before what it has been sent already of what flows
     */
    synchronized Flow flow(Caller caller, Viewing viewing, UpstreamId upstream, long before) {
        Instant now = clock.instant();
        Held held = holding(caller, viewing, upstream, now, lease(now));
        held.flows++;
        return new Flow(held, before);
    }

    /** A connection through which a viewing gets bytes. Used by one thread at a time. */
    final class Flow {
        private final Held held;
        private long counted;

        private Flow(Held held, long before) {
            this.held = held;
            this.counted = before;
        }

        /** @param bytes so far, with those of before */
        void sent(long bytes) {
            held.bytes.addAndGet(bytes - counted);
            counted = bytes;
        }

        /** @param complete whether the client got all that it asked for, and did not hang up */
        void ended(boolean complete) {
            flowEnded(held, complete);
        }
    }

    private synchronized void flowEnded(Held held, boolean complete) {
        held.flows--;
        if (held.flows > 0) {
            return;
        }
        boolean movedOn = of(held.viewing).stream().anyMatch(other -> other.taken > held.taken);
        if (held.stopped || movedOn) {
            release(held);
        } else {
            Instant now = clock.instant();
            hold(held, now, complete ? lease(now) : briefly(now));
        }
    }

    /** One round: keeps the places of what flows, forgets those that are over. */
    synchronized void sweep() {
        Instant now = clock.instant();
        for (Held held : all()) {
            if (held.flows > 0) {
                keep(held, now);
            } else if (!held.lease.until().isAfter(now)) {
                forget(held);
            }
        }
    }

    private void keep(Held held, Instant now) {
        if (!held.stopped) {
            hold(held, now, lease(now));
        } else if (held.bytes.get() - held.bytesWhenStopped > AFTERMATH_BYTES) {
            // It goes on after all, and counts whether there is room or not.
            table.take(held.viewing, held.upstream, new Limits(0, 0), now, lease(now));
            held.stopped = false;
        }
    }

    /** How many places are held on each upstream, of all nodes; upstreams that none is held on are left out. */
    Map<UpstreamId, Integer> places() {
        return table.held(clock.instant()).stream()
                .collect(Collectors.groupingBy(SlotTable.Slot::upstream, Collectors.summingInt(slot -> 1)));
    }

    /** What this node's clients play, the longest first. */
    synchronized List<Running> running() {
        Map<Viewing, Set<UpstreamId>> placed = table.held(clock.instant()).stream()
                .collect(Collectors.groupingBy(
                        SlotTable.Slot::viewing, Collectors.mapping(SlotTable.Slot::upstream, Collectors.toSet())));
        return all().stream()
                .filter(held -> held.flows > 0
                        || placed.getOrDefault(held.viewing, Set.of()).contains(held.upstream))
                .map(Slots::running)
                .sorted(Comparator.comparing(Running::since))
                .toList();
    }

    private static Running running(Held held) {
        return new Running(held.caller, held.viewing, held.upstream, held.since, held.flows, held.bytes.get());
    }
}
