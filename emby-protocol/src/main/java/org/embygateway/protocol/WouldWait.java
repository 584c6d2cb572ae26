package org.embygateway.protocol;

/**
 * Thrown in place of waiting on a thread that must not wait. Whoever asked goes back to where it was and asks again on
 * a thread that may: nothing may be changed before this is thrown that cannot be done twice.
 *
 * <p>What waits for a disk, a database, another server or a lock that is held meanwhile calls {@link #check} first.
 */
public final class WouldWait extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Marks threads that serve many connections: while one of them waits, all of those stand still. */
    public interface Unwaiting {}

    private WouldWait() {
        super("would have to wait", null, false, false);
    }

    /** Returns on threads that may wait. */
    public static void check() {
        if (Thread.currentThread() instanceof Unwaiting) {
            throw new WouldWait();
        }
    }
}
