package org.embygateway.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.embygateway.index.SyncRules;
import org.embygateway.sync.SyncProgress.Pause;

/**
 * How much an upstream is asked for the index, by its crawl and by live lists together: never more per second and at one
 * time than its owner allows. The next question waits from the answer to the one before: however long a question was on
 * its way, the upstream does not see two of them closer together than the budget says. Live lists go first, since people
 * wait for them. The crawl stands back while people use the upstream; for those who only browse not for ever, or a busy
 * evening would stop it.
 */
final class Budget {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration LONGEST_FOR_READERS = Duration.ofSeconds(10);

    private final Supplier<Use> use;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile SyncRules rules;
    private long free = System.nanoTime();
    private long restUntil = free;
    private int live;
    private int running;

    Budget(SyncRules rules, Supplier<Use> use) {
        this.rules = rules;
        this.use = use;
    }

    /** A question that may be put now; closed when it was answered, well or not. */
    final class Turn implements AutoCloseable {
        private final boolean isLive;

        private Turn(boolean isLive) {
            this.isLive = isLive;
            running++;
            free = System.nanoTime() + between();
        }

        @Override
        public void close() {
            lock.lock();
            try {
                running--;
                live -= isLive ? 1 : 0;
                free = Math.max(free, System.nanoTime() + between());
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Takes over what the owner changed; in force for the next question. */
    void follow(SyncRules now) {
        lock.lock();
        try {
            rules = now;
            free = Math.min(free, System.nanoTime() + between());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The turn of the crawl, when it comes. */
    Turn crawl() throws InterruptedException {
        long patience = System.nanoTime() + LONGEST_FOR_READERS.toNanos();
        lock.lock();
        try {
            for (long wait = untilCrawl(patience); wait > 0; wait = untilCrawl(patience)) {
                changed.await(wait, TimeUnit.NANOSECONDS);
            }
            return new Turn(false);
        } finally {
            lock.unlock();
        }
    }

    private long untilCrawl(long patience) {
        boolean patient = System.nanoTime() < patience;
        Optional<Pause> pause = pause().filter(why -> why != Pause.PEOPLE_BROWSE || patient);
        return pause.isPresent() || (live > 0 && patient) ? LOOK_AGAIN.toNanos() : untilFree();
    }

    private long untilFree() {
        return running >= rules.requestsAtOnce() ? LOOK_AGAIN.toNanos() : Math.max(free, restUntil) - System.nanoTime();
    }

    /** The turn of a list that somebody waits for; empty when none comes in time. */
    Optional<Turn> live(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        lock.lock();
        live++;
        Optional<Turn> turn = Optional.empty();
        try {
            for (long wait = untilFree(); wait > 0; wait = untilFree()) {
                if (System.nanoTime() + wait > end) {
                    return turn;
                }
                changed.await(wait, TimeUnit.NANOSECONDS);
            }
            turn = Optional.of(new Turn(true));
            return turn;
        } finally {
            live -= turn.isPresent() ? 0 : 1;
            lock.unlock();
        }
    }

    /** The upstream asked to be left alone; no change of the owner's ends it sooner. */
    void rest(Duration time) {
        lock.lock();
        try {
            restUntil = Math.max(restUntil, System.nanoTime() + time.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /** Why the crawl stands back. */
    Optional<Pause> pause() {
        if (rules.paused()) {
            return Optional.of(Pause.ADMINISTRATOR);
        }
        return switch (use.get()) {
            case NONE -> Optional.empty();
            case READ -> Optional.of(Pause.PEOPLE_BROWSE);
            case STREAMED -> Optional.of(Pause.PEOPLE_STREAM);
        };
    }

    private long between() {
        return TimeUnit.SECONDS.toNanos(1) / rules.requestsPerSecond();
    }
}
