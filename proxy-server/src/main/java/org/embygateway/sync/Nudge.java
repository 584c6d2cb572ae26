package org.embygateway.sync;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Ends someone's waiting early. */
final class Nudge {
    private final Semaphore given = new Semaphore(0);

    void give() {
        given.release();
    }

    void await(Duration atMost) throws InterruptedException {
        given.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
        given.drainPermits();
    }
}
