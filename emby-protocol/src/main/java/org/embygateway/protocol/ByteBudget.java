package org.embygateway.protocol;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory that all messages being received hold together; the first bytes of each are free. */
public final class ByteBudget {
    private final long most;
    private final int free;
    private final AtomicLong held = new AtomicLong();

    /**
     * @param most bytes of all
     * @param free bytes of each that are not counted
     */
    public ByteBudget(long most, int free) {
        this.most = most;
        this.free = free;
    }

    /** Before a message grows; false when there is no room, then nothing was taken. */
    public boolean takeGrowth(int from, int to) {
        int more = counted(to) - counted(from);
        if (more == 0 || held.addAndGet(more) <= most) {
            return true;
        }
        held.addAndGet(-more);
        return false;
    }

    /** A message of that length is not needed any more. */
    public void giveBack(int length) {
        held.addAndGet(-counted(length));
    }

    private int counted(int length) {
        return Math.max(0, length - free);
    }

    /** In bytes. */
    public long held() {
        return held.get();
    }
}
