package org.embygateway.edge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other on virtual threads; holds a bounded number. */
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final ExecutorService workers;
    private final int most;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    Mailbox(ExecutorService workers, int most) {
        this.workers = workers;
        this.most = most;
    }

    /** @return false when it is full */
    synchronized boolean offer(Runnable task) {
        if (tasks.size() >= most) {
            return false;
        }
        put(task);
        return true;
    }

    /** Takes the task even when full: for the one that must not be lost. */
    synchronized void put(Runnable task) {
        tasks.addLast(task);
        if (!running) {
            running = true;
            workers.execute(this::work);
        }
    }

    private void work() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("web socket message failed", e);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = tasks.pollFirst();
        running = task != null;
        return task;
    }
}
