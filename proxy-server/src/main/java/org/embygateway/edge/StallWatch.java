package org.embygateway.edge;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;

/** Gives a stream up when the side that is waited for does nothing for too long, and notes how long that was the upstream. */
final class StallWatch {
    private final RelayReport report;
    private final Duration upstreamStall;
    private final Duration clientStall;
    private final Deadline deadline;
    private boolean upstream;
    private long since;

    StallWatch(EventExecutor loop, RelayStart start, Runnable upstreamStalls, Runnable clientStalls) {
        this.report = start.report();
        this.upstreamStall = start.upstreamStall();
        this.clientStall = start.timeouts().clientStall();
        this.deadline = new Deadline(loop, () -> (upstream ? upstreamStalls : clientStalls).run());
    }

    /** @param upstream whether the next step is the upstream's, not the client's */
    void waitingFor(boolean upstream) {
        note();
        this.upstream = upstream;
        deadline.in(upstream ? upstreamStall : clientStall);
    }

    private void note() {
        long now = System.nanoTime();
        if (upstream) {
            report.waited(now - since);
        }
        since = now;
    }

    /** The client has taken bytes: its time starts anew. */
    void clientTook() {
        if (!upstream) {
            deadline.in(clientStall);
        }
    }

    void stop() {
        note();
        upstream = false;
        deadline.cancel();
    }
}
