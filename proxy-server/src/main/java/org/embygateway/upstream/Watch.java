package org.embygateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.embygateway.index.Passage;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.WouldWait;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches one upstream: a thread that checks it now and then, and at once when calls say that something is wrong. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int BROKEN_CALLS = 3;
    private static final double SMOOTHING = 0.3;
    private static final Duration CHECKS_APART = Duration.ofSeconds(5);
    private static final Duration FIRST_BYTES_APART = Duration.ofSeconds(1);
    private static final Duration LAST_STEP = Duration.ofSeconds(5);

    /** Told of what the watch finds; called on the thread that found it. */
    interface Listener {
        /** The id of the server that answered last; empty when none did yet. */
        String serverId(UpstreamRecord record);

        void found(UpstreamRecord record, Found found);

        void recovered(UpstreamRecord record);
    }

    /** A check that failed, and when by {@link System#nanoTime}; guarded by {@link #checking}. */
    private record Failure(long at, UpstreamFault fault, String reason) {}

    private final Prober prober;
    private final HealthTimes times;
    private final Listener listener;
    private final ReentrantLock checking = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private volatile UpstreamRecord record;
    private volatile Passage passage;
    private volatile Health health = new Health(true, Optional.empty(), Instant.now(), "");
    private volatile Optional<Found> found = Optional.empty();
    private volatile Optional<Thread> thread = Optional.empty();
    private Optional<Failure> lastFailure = Optional.empty();
    private int brokenCalls;
    private boolean checkWanted;
    private Instant lastCheck = Instant.EPOCH;
    private Instant lastFirstByte = Instant.EPOCH;

    Watch(UpstreamRecord record, Passage passage, Prober prober, HealthTimes times, Listener listener) {
        this.record = record;
        this.passage = passage;
        this.prober = prober;
        this.times = times;
        this.listener = listener;
    }

    void start() {
        thread = Optional.of(Thread.ofVirtual().name("watch-" + record.id()).start(this::run));
    }

    void stop() {
        thread.ifPresent(Thread::interrupt);
    }

    /** Waits until it uses nothing any more, but not for ever. */
    void awaitEnd() {
        thread.ifPresent(running -> {
            try {
                running.join(LAST_STEP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    UpstreamRecord record() {
        return record;
    }

    Passage passage() {
        return passage;
    }

    Passage passageTo(String host) {
        boolean own = lines().anyMatch(line -> host.equalsIgnoreCase(line.getHost()));
        return own ? passage : new Passage(List.of(), passage.proxy(), "");
    }

    private Stream<URI> lines() {
        return Stream.concat(Stream.of(record.url()), passage.lines().stream());
    }

    /** Takes over what the admin changed; a new address is checked at once. */
    void follow(UpstreamRecord changed, Passage by) {
        boolean moved = !record.url().equals(changed.url()) || !passage.equals(by);
        record = changed;
        passage = by;
        if (moved) {
            found = Optional.empty();
            wakeUp();
        }
    }

    Health health() {
        return health;
    }

    Optional<Found> found() {
        return found;
    }

    /** What the server is and where, found out now if it is not known yet; throws {@link TransportFailed}. */
    Found foundOrCheck() {
        Optional<Found> known = found;
        if (known.isPresent()) {
            return known.get();
        }
        WouldWait.check();
        long asked = System.nanoTime();
        checking.lock();
        try {
            return found.isPresent() ? found.get() : probeUnlessFailedSince(asked);
        } finally {
            checking.unlock();
        }
    }

    /** Those who waited for a check take its failure for theirs: to check for each in turn would take for ever. */
    private Found probeUnlessFailedSince(long asked) {
        Optional<Failure> last = lastFailure.filter(failure -> failure.at() - asked > 0);
        if (last.isPresent()) {
            throw new TransportFailed(last.get().fault(), last.get().reason());
        }
        return probe();
    }

    private Found probe() {
        UpstreamRecord now = record;
        Passage by = passage;
        Found answer = asked(now, by, Optional.empty());
        if (now.url().equals(record.url()) && by.equals(passage)) {
            found = Optional.of(answer);
        }
        listener.found(now, answer);
        online(Optional.of(answer.latency()));
        return answer;
    }

    private Found asked(UpstreamRecord now, Passage by, Optional<URI> but) {
        try {
            return new Lines(prober, now.url(), by).first(listener.serverId(now), but, times.limit());
        } catch (TransportFailed e) {
            lastFailure = Optional.of(new Failure(System.nanoTime(), e.fault(), e.reason()));
            throw e;
        }
    }

    /**
     * Another line of the server, when it has one that answers: the one of {@code failed} is dead. The first line is
     * tried again with the next check.
     */
    Optional<Found> leave(Found failed) {
        if (passage.lines().isEmpty()) {
            return Optional.empty();
        }
        checking.lock();
        try {
            if (found.isPresent() && !found.get().line().equals(failed.line())) {
                return found;
            }
            found = Optional.of(asked(record, passage, Optional.of(failed.line())));
            LOG.info("Upstream {} is reached over another of its addresses now", record.name());
            return found;
        } catch (TransportFailed e) {
            return Optional.empty();
        } finally {
            checking.unlock();
        }
    }

    /** Where the server's API is at its other addresses, in their order. */
    List<URI> elsewhere(Found now) {
        return lines().filter(line -> !line.equals(now.line())).map(now::baseAt).toList();
    }

    private void run() {
        int failures = 0;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                failures = check(failures > 0) ? 0 : failures + 1;
                pause(failures);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** True when the server answered. */
    private boolean check(boolean failedBefore) {
        checking.lock();
        try {
            lastChecked();
            probe();
            return true;
        } catch (TransportFailed e) {
            if (e.fault() == UpstreamFault.BUSY && found.isPresent()) {
                online(Optional.empty());
                return true;
            }
            if (failedBefore || !health.online()) {
                offline(e.reason());
            }
            return false;
        } catch (RuntimeException e) {
            LOG.error("Checking upstream {} failed unexpectedly", record.name(), e);
            return false;
        } finally {
            checking.unlock();
        }
    }

    private void lastChecked() {
        lock.lock();
        try {
            checkWanted = false;
            lastCheck = Instant.now();
        } finally {
            lock.unlock();
        }
    }

    private void pause(int failures) throws InterruptedException {
        Duration wait = failures == 0 ? times.every() : afterFailure(failures);
        long left = wait.toNanos();
        lock.lock();
        try {
            while (!checkWanted && left > 0) {
                left = wake.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The first retry decides and comes soon; then 5, 10, 20 … times the shortest pause. */
    private Duration afterFailure(int failures) {
        Duration wait = failures == 1 ? times.retry() : times.retry().multipliedBy(5L << Math.min(failures - 2, 10));
        return wait.compareTo(times.longest()) > 0 ? times.longest() : wait;
    }

    void wakeUp() {
        lock.lock();
        try {
            checkWanted = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A call got an answer. */
    void answered() {
        if (brokenCalls() > 0) {
            countBroken(true);
        }
        if (!health.online()) {
            online(Optional.empty());
        }
    }

    /** A call found no connection, or lost it. */
    void broken(String reason) {
        if (countBroken(false) >= BROKEN_CALLS && health.online()) {
            offline(reason);
            wakeUp();
        }
    }

    /** A call had to be given up: the server may hang, or the question was heavy; a check tells. */
    void slow() {
        lock.lock();
        try {
            if (Instant.now().isAfter(lastCheck.plus(CHECKS_APART))) {
                checkWanted = true;
                wake.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private int brokenCalls() {
        lock.lock();
        try {
            return brokenCalls;
        } finally {
            lock.unlock();
        }
    }

    private int countBroken(boolean reset) {
        lock.lock();
        try {
            brokenCalls = reset ? 0 : brokenCalls + 1;
            return brokenCalls;
        } finally {
            lock.unlock();
        }
    }

    private void online(Optional<Duration> latency) {
        countBroken(true);
        boolean recovered;
        lock.lock();
        try {
            Health before = health;
            recovered = !before.online();
            Instant since = recovered ? Instant.now() : before.since();
            health = measured(before, latency, since);
        } finally {
            lock.unlock();
        }
        if (recovered) {
            LOG.info("Upstream {} is online again", record.name());
            listener.recovered(record);
        }
    }

    private static Health measured(Health before, Optional<Duration> latency, Instant since) {
        Optional<Duration> smoothed = smoothed(before.latency(), latency);
        int slowness = before.latency().isEmpty()
                ? smoothed.map(Slowness::of).orElse(0)
                : smoothed.map(l -> Slowness.of(l, before.slowness())).orElse(0);
        return new Health(true, smoothed, slowness, since, "");
    }

    /** A file's first byte came; at most one in a second counts, or checks would not any more. */
    void answered(Duration firstByte) {
        lock.lock();
        try {
            if (health.online() && Instant.now().isAfter(lastFirstByte.plus(FIRST_BYTES_APART))) {
                lastFirstByte = Instant.now();
                health = measured(health, Optional.of(firstByte), health.since());
            }
        } finally {
            lock.unlock();
        }
    }

    private static Optional<Duration> smoothed(Optional<Duration> before, Optional<Duration> now) {
        if (before.isEmpty() || now.isEmpty()) {
            return now.or(() -> before);
        }
        double nanos =
                SMOOTHING * now.get().toNanos() + (1 - SMOOTHING) * before.get().toNanos();
        return Optional.of(Duration.ofNanos((long) nanos));
    }

    private void offline(String reason) {
        boolean lost;
        lock.lock();
        try {
            lost = health.online();
            if (lost) {
                health = new Health(false, health.latency(), health.slowness(), Instant.now(), reason);
            }
        } finally {
            lock.unlock();
        }
        if (lost) {
            LOG.warn("Upstream {} is offline: it {}", record.name(), reason);
        }
    }
}
