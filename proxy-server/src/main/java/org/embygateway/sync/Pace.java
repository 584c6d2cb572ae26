package org.embygateway.sync;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Lets requests of a crawl through one at a time, no faster than allowed, and none while people use the upstream. */
final class Pace {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Bucket bucket;
    private final BooleanSupplier inUse;

    /** @param inUse whether people are streaming from the upstream right now */
    Pace(double requestsPerSecond, BooleanSupplier inUse) {
        Duration between = Duration.ofNanos((long) (1e9 / requestsPerSecond));
        this.bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(1).refillGreedy(1, between))
                .build();
        this.inUse = inUse;
    }

    boolean isPaused() {
        return inUse.getAsBoolean();
    }

    /** Returns when the next request may go. */
    void turn() throws InterruptedException {
        while (inUse.getAsBoolean()) {
            Thread.sleep(LOOK_AGAIN);
        }
        bucket.asBlocking().consume(1);
    }
}
