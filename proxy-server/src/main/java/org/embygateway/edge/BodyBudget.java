package org.embygateway.edge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory that the request bodies of all clients hold together: anybody may send one, signed in or not. What
 * apps send is short and never counted.
 */
final class BodyBudget {
    private static final int FREE = 4 << 10;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    BodyBudget(long most) {
        this.most = most;
    }

    /** Before a body grows; false when there is no room, then nothing was taken. */
    boolean takeGrowth(int from, int to) {
        int more = counted(to) - counted(from);
        if (more == 0 || held.addAndGet(more) <= most) {
            return true;
        }
        held.addAndGet(-more);
        return false;
    }

    /** A body of that length is not needed any more. */
    void giveBack(int length) {
        held.addAndGet(-counted(length));
    }

    private static int counted(int length) {
        return Math.max(0, length - FREE);
    }

    /** In bytes. */
    long held() {
        return held.get();
    }
}
