package org.embygateway.broadcast;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.embygateway.protocol.ItemId;
import org.embygateway.route.Caller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes reports on to the upstream that plays, behind the client's back: in order per session, of waiting progress only
 * the newest, and at most every ten seconds unless something but the time has changed.
 */
final class LiveForwarder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveForwarder.class);
    private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(10);
    private static final int MAX_WAITING = 50;
    private static final Duration LAST_CALLS = Duration.ofSeconds(5);

    private final LivePlayback live;
    /** Whether a session was paused at the last progress passed on; kept until the next one is due. */
    private final Cache<String, Boolean> recent;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition done = lock.newCondition();
    private final Map<String, Line> lines = new HashMap<>();

    private static final class Line {
        private final Deque<Task> waiting = new ArrayDeque<>();
        private boolean running;
    }

    private record Task(boolean progress, Runnable call) {}

    LiveForwarder(LivePlayback live, Clock clock) {
        this.live = live;
        this.recent = Caffeine.newBuilder()
                .expireAfterWrite(BETWEEN_PROGRESS)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    void playing(Caller caller, ItemId item, Report report) {
        atOnce(() -> live.heard(caller, report.playSession(), Optional.of(item)));
        submit(
                caller.sessionId(),
                new Task(
                        false,
                        () -> live.playing(caller, report.playSession(), report.mediaSource(), item, report.body())));
    }

    void progress(Caller caller, ItemId item, Report report) {
        atOnce(() -> live.heard(caller, report.playSession(), Optional.of(item)));
        if (isDue(caller.sessionId(), report)) {
            submit(
                    caller.sessionId(),
                    new Task(
                            true,
                            () -> live.progress(
                                    caller, report.playSession(), report.mediaSource(), item, report.body())));
        }
    }

    void stopped(Caller caller, ItemId item, Report report) {
        atOnce(() -> live.over(caller, report.playSession(), item));
        submit(
                caller.sessionId(),
                new Task(
                        false,
                        () -> live.stopped(caller, report.playSession(), report.mediaSource(), item, report.body())));
    }

    void ping(Caller caller, String playSession) {
        atOnce(() -> live.heard(caller, playSession, Optional.empty()));
        submit(caller.sessionId(), new Task(true, () -> live.ping(caller, playSession)));
    }

    /** A report that is stored is answered well, whatever becomes of the rest. */
    private static void atOnce(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.debug("A report was not taken note of: {}", e.toString());
        }
    }

    private boolean isDue(String session, Report report) {
        Boolean pausedBefore = recent.getIfPresent(session);
        boolean timeOnly = report.event().isEmpty() || report.event().equals("timeupdate");
        if (timeOnly && pausedBefore != null && pausedBefore == report.paused()) {
            return false;
        }
        recent.put(session, report.paused());
        return true;
    }

    private void submit(String session, Task task) {
        lock.lock();
        try {
            Line line = lines.computeIfAbsent(session, s -> new Line());
            if (task.progress()
                    && !line.waiting.isEmpty()
                    && line.waiting.getLast().progress()) {
                line.waiting.removeLast();
            }
            if (line.waiting.size() >= MAX_WAITING) {
                line.waiting.removeFirst();
            }
            line.waiting.addLast(task);
            if (!line.running) {
                line.running = true;
                Thread.ofVirtual().name("live-" + session).start(() -> run(session, line));
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(String session, Line line) {
        for (Task task = next(session, line); task != null; task = next(session, line)) {
            try {
                task.call().run();
            } catch (RuntimeException e) {
                LOG.debug("A report was not passed on: {}", e.toString());
            }
        }
    }

    private @Nullable Task next(String session, Line line) {
        lock.lock();
        try {
            Task task = line.waiting.pollFirst();
            if (task == null) {
                line.running = false;
                lines.remove(session);
                done.signalAll();
            }
            return task;
        } finally {
            lock.unlock();
        }
    }

    /** Lets what waits go out, for at most five seconds. */
    @Override
    public void close() {
        lock.lock();
        try {
            long left = LAST_CALLS.toNanos();
            while (left > 0 && !lines.isEmpty()) {
                left = done.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
