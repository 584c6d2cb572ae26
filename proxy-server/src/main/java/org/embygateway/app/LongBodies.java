package org.embygateway.app;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets few requests with long bodies be handled at a time: as values, a body takes up to thirty times its length, and
 * anybody may send one. The others wait.
 */
final class LongBodies {
    private static final int LONG = 64 << 10;
    private static final int HEAP_PER_BODY = 64 << 20;

    private final Semaphore turns;

    private LongBodies(int atOnce) {
        this.turns = new Semaphore(atOnce, true);
    }

    static LongBodies forHeap(long bytes) {
        return new LongBodies(Math.clamp(bytes / HEAP_PER_BODY, 2, 32));
    }

    static boolean isLong(byte[] body) {
        return body.length > LONG;
    }

    <T> T inTurn(byte[] body, Supplier<T> handling) {
        if (!isLong(body)) {
            return handling.get();
        }
        turns.acquireUninterruptibly();
        try {
            return handling.get();
        } finally {
            turns.release();
        }
    }
}
