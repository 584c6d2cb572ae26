package org.embygateway.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.embygateway.index.UpstreamItem;

/**
 * Learns pages on a thread of its own while the next ones are fetched. What has come meanwhile is learned together: page
 * by page from a server that takes its time, many at once from a fast one, which costs the database much less.
 */
final class Intake implements AutoCloseable {
    /** Some kilobytes each. */
    private static final int MOST_WAITING = 1000;

    private final Batch batch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Queue<Part> waiting = new ArrayDeque<>();
    private final Thread thread;
    private int waitingItems;
    private boolean closed;
    private boolean idle = true;
    private Optional<Throwable> failure = Optional.empty();

    /**
     * A page as far as it was understood.
     *
     * @param size how many items it had
     * @param next where the walk goes on behind it
     */
    record Part(List<UpstreamItem> items, int size, int next) {}

    /** Takes parts that follow each other; what it throws ends the intake. */
    interface Batch {
        void take(List<Part> parts);
    }

    private Intake(Batch batch, String name) {
        this.batch = batch;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    static Intake start(Batch batch, String name) {
        Intake intake = new Intake(batch, name);
        intake.thread.start();
        return intake;
    }

    /** Waits while too much is waiting. Throws what the batches before threw. */
    void add(Part part) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waitingItems >= MOST_WAITING && failure.isEmpty()) {
                moved.await();
            }
            failure.ifPresent(Intake::rethrow);
            waiting.add(part);
            waitingItems += part.items().size();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all that was added is learned. Throws what a batch threw. */
    void drain() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while ((!waiting.isEmpty() || !idle) && failure.isEmpty()) {
                moved.await();
            }
            failure.ifPresent(Intake::rethrow);
        } finally {
            lock.unlock();
        }
    }

    /** An error comes wrapped: it ends the crawl that adds and drains, not its thread. */
    private static void rethrow(Throwable thrown) {
        throw thrown instanceof RuntimeException e ? e : new IllegalStateException("learning ended", thrown);
    }

    private void run() {
        for (List<Part> parts = next(); !parts.isEmpty(); parts = next()) {
            try {
                batch.take(parts);
            } catch (Throwable e) { // whatever it is, somebody waits for the end of it
                fail(e);
                return;
            }
        }
    }

    private void fail(Throwable thrown) {
        lock.lock();
        try {
            failure = Optional.of(thrown);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All that is waiting; empty when it is over. */
    private List<Part> next() {
        lock.lock();
        try {
            idle = true;
            moved.signalAll();
            while (waiting.isEmpty() && !closed) {
                moved.awaitUninterruptibly();
            }
            List<Part> parts = closed ? List.of() : new ArrayList<>(waiting);
            waiting.clear();
            waitingItems = 0;
            idle = parts.isEmpty();
            moved.signalAll();
            return parts;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what waits; returns when nothing is being learned any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
