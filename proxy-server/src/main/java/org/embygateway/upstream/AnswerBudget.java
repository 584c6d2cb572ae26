package org.embygateway.upstream;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory of all answers that are being received; the first MiB of each is free. */
final class AnswerBudget {
    private static final int FREE = 1 << 20;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    AnswerBudget(long most) {
        this.most = most;
    }

    /** Before an answer grows; false when there is no room, then nothing was taken. */
    boolean takeGrowth(int from, int to) {
        int more = counted(to) - counted(from);
        if (more == 0 || held.addAndGet(more) <= most) {
            return true;
        }
        held.addAndGet(-more);
        return false;
    }

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
