package org.embygateway.sync;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets requests of a crawl through one at a time, no faster than allowed, and none while people use the upstream. The
 * next request waits from the answer to the one before: however long a request was on its way, the upstream never sees
 * two of them closer together than the budget says.
 */
final class Pace {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final long between;
    private final BooleanSupplier inUse;
    private long last;

    /** @param inUse whether people are streaming from the upstream right now */
    Pace(double requestsPerSecond, BooleanSupplier inUse) {
        this.between = (long) (1e9 / requestsPerSecond);
        this.inUse = inUse;
        this.last = System.nanoTime() - between;
    }

    boolean isPaused() {
        return inUse.getAsBoolean();
    }

    /** Returns when the next request may go. */
    void turn() throws InterruptedException {
        while (inUse.getAsBoolean()) {
            Thread.sleep(LOOK_AGAIN);
        }
        TimeUnit.NANOSECONDS.sleep(last + between - System.nanoTime());
        last = System.nanoTime();
    }

    /** The request that had its turn is over, well or not. */
    void over() {
        last = System.nanoTime();
    }
}
