package org.embygateway.edge;

import io.netty.util.concurrent.EventExecutor;

/** Gives a stream up when the side that is waited for does nothing for too long. */
final class StallWatch {
    private final EdgeTimeouts timeouts;
    private final Deadline deadline;
    private boolean upstream;

    StallWatch(EventExecutor loop, EdgeTimeouts timeouts, Runnable upstreamStalls, Runnable clientStalls) {
        this.timeouts = timeouts;
        this.deadline = new Deadline(loop, () -> (upstream ? upstreamStalls : clientStalls).run());
    }

    /** @param upstream whether the next step is the upstream's, not the client's */
    void waitingFor(boolean upstream) {
        this.upstream = upstream;
        deadline.in(upstream ? timeouts.upstreamStall() : timeouts.clientStall());
    }

    /** The client has taken bytes: its time starts anew. */
    void clientTook() {
        if (!upstream) {
            deadline.in(timeouts.clientStall());
        }
    }

    void stop() {
        deadline.cancel();
    }
}
