package org.embygateway.edge;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One moment by which something must have happened; moving it is cheap. Used on one event loop only. */
final class Deadline {
    private final EventExecutor loop;
    private final Runnable expired;
    private boolean armed;
    private long at;
    private long wakeAt;
    private @Nullable Future<?> wake;

    Deadline(EventExecutor loop, Runnable expired) {
        this.loop = loop;
        this.expired = expired;
    }

    void in(Duration time) {
        armed = true;
        at = System.nanoTime() + time.toNanos();
        Future<?> pending = wake;
        if (pending != null && wakeAt - at <= 0) {
            return;
        }
        if (pending != null) {
            pending.cancel(false);
        }
        schedule();
    }

    void off() {
        armed = false;
    }

    /** For good: forgets the timer too. */
    void cancel() {
        armed = false;
        if (wake != null) {
            wake.cancel(false);
            wake = null;
        }
    }

    private void schedule() {
        wakeAt = at;
        wake = loop.schedule(this::check, Math.max(0, at - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void check() {
        wake = null;
        if (!armed) {
            return;
        }
        if (at - System.nanoTime() > 0) {
            schedule();
        } else {
            armed = false;
            expired.run();
        }
    }
}
