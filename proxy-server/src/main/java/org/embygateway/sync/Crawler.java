package org.embygateway.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.embygateway.index.Store;
import org.embygateway.index.SyncStates;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the index of one upstream up to date: a full crawl first, then changes and deletions, on a thread of its own. */
final class Crawler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Crawler.class);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 8;
    private static final int MOST_HINTS = 100;
    /** Hints come in groups. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private final UpstreamId upstream;
    private final SyncStates states;
    private final CrawlOptions options;
    private final Budget budget;
    private final Nudge nudge = new Nudge();
    private final Meter meter = new Meter();
    private final ListReading lists;
    private final FullCrawl full;
    private final Changes changes;
    private final Sweep sweep;
    private final AtomicBoolean fullWanted = new AtomicBoolean();
    private final AtomicBoolean sweepWanted = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final AtomicBoolean hinted = new AtomicBoolean();
    private final Set<String> hintedGone = new LinkedHashSet<>();
    private Optional<Thread> thread = Optional.empty();
    private Instant nextSweep = Instant.EPOCH;
    private volatile boolean closing;
    private int incomplete;
    private int failures;

    Crawler(
            UpstreamId upstream,
            Store store,
            UpstreamCalls calls,
            CrawlOptions options,
            Budget budget,
            Learning learning) {
        this.upstream = upstream;
        this.states = store.syncStates();
        this.options = options;
        this.budget = budget;
        Libraries libraries = new Libraries(store, learning);
        Reader reader = new Reader(upstream, calls, budget, nudge, options.firstRetry(), meter);
        LibraryWalk walk = new LibraryWalk(reader, options.pageSize());
        this.lists = new ListReading(upstream, reader, walk, learning, store.memberships());
        this.full = new FullCrawl(upstream, reader, libraries, walk, lists, learning, states, meter);
        this.changes = new Changes(upstream, reader, libraries, walk, learning, store.media(), states, meter);
        this.sweep = new Sweep(upstream, reader, libraries, lists, learning, store.media(), meter);
    }

    void start() {
        thread = Optional.of(Thread.ofVirtual().name("crawl-" + upstream).start(this::run));
    }

    /** Ends it and waits until it writes nothing more. */
    @Override
    public void close() {
        closing = true;
        thread.ifPresent(running -> {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Goes on now if it waits. */
    void wake() {
        nudge.give();
    }

    /** Crawls everything again, from the beginning. */
    void wantFull() {
        fullWanted.set(true);
        wanted.set(true);
        nudge.give();
    }

    /** Asks for changes and deletions now. */
    void wantChanges() {
        sweepWanted.set(true);
        wanted.set(true);
        nudge.give();
    }

    /** Asks for changes soon; too many removals at once are left to the sweep. */
    void heard(Hint hint) {
        synchronized (hintedGone) {
            hintedGone.addAll(hint.removed());
            if (hintedGone.size() > MOST_HINTS) {
                hintedGone.clear();
                sweepWanted.set(true);
            }
        }
        hinted.set(true);
        nudge.give();
    }

    /** Ends the run under way; the next one comes in its time. */
    void cancel() {
        thread.ifPresent(Thread::interrupt);
    }

    SyncProgress progress() {
        return meter.progress(budget.pause(), states.find(upstream));
    }

    private void run() {
        Duration wait = Duration.ZERO;
        while (!closing) {
            try {
                meter.restsUntil(Instant.now().plus(wait));
                await(wait);
                wait = turn();
            } catch (InterruptedException e) {
                wait = cancelled();
            }
        }
    }

    private void await(Duration wait) throws InterruptedException {
        nudge.await(wanted.get() || hinted.get() ? Duration.ZERO : wait);
        if (!wanted.getAndSet(false) && hinted.get()) {
            Thread.sleep(SETTLE);
        }
        hinted.set(false);
    }

    /** A crawl that has never ended goes on from its checkpoint next time; one that was repeated is given up. */
    private Duration cancelled() {
        if (closing) {
            return Duration.ZERO;
        }
        fullWanted.set(false);
        try {
            states.find(upstream)
                    .filter(SyncState::fullyIndexed)
                    .ifPresent(s -> states.put(new SyncState(upstream, "", true, s.lastFull(), s.deltaFrom())));
        } catch (RuntimeException e) {
            failed(e);
            return afterFailure();
        }
        meter.end(SyncProgress.Phase.IDLE);
        return options.changesEvery();
    }

    private void failed(RuntimeException e) {
        meter.failed("Indexing failed in the gateway; its log says why.");
        LOG.error("Indexing upstream {} failed unexpectedly", upstream, e);
        meter.end(SyncProgress.Phase.FAILED);
    }

    /** One round of work; how long to wait for the next. */
    private Duration turn() throws InterruptedException {
        try {
            work();
            failures = 0;
            return afterWork();
        } catch (UpstreamFailed e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            meter.waits(e);
            LOG.warn("Indexing upstream {} stopped: {}", upstream, e.fault());
            meter.end(SyncProgress.Phase.FAILED);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            failed(e);
        }
        return afterFailure();
    }

    /** Soon at first: at the start of the gateway even a healthy server may answer too late. */
    private Duration afterFailure() {
        Duration wait = options.firstRetry().multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS));
        return wait.compareTo(AFTER_FAILURE) < 0 ? wait : AFTER_FAILURE;
    }

    /** A server that never gives all it announces is crawled again more and more seldom. */
    private Duration afterWork() {
        if (states.find(upstream).filter(SyncState::fullyIndexed).isPresent()) {
            incomplete = 0;
            return options.changesEvery();
        }
        return AFTER_FAILURE.multipliedBy(1L << Math.min(incomplete++, MOST_DOUBLINGS));
    }

    private void work() throws InterruptedException {
        Optional<SyncState> state = states.find(upstream);
        boolean again = fullWanted.getAndSet(false);
        if (again) {
            state.ifPresent(
                    s -> states.put(new SyncState(upstream, "", s.fullyIndexed(), s.lastFull(), s.deltaFrom())));
        }
        if (again
                || state.isEmpty()
                || !state.get().fullyIndexed()
                || !state.get().checkpoint().isEmpty()) {
            full.run();
        } else {
            changes.run(state.get());
            lists.run();
            sweep.hintedGone(hintedGone());
        }
        if (sweepWanted.getAndSet(false) || Instant.now().isAfter(nextSweep)) {
            nextSweep = Instant.now().plus(options.sweepEvery()); // also for one that fails
            boolean undecided = sweep.run();
            nextSweep = Instant.now().plus(undecided ? Duration.ZERO : options.sweepEvery());
        }
    }

    private List<String> hintedGone() {
        synchronized (hintedGone) {
            List<String> ids = new ArrayList<>(hintedGone);
            hintedGone.clear();
            return ids;
        }
    }
}
