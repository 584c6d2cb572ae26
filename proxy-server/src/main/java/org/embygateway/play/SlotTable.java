package org.embygateway.play;

import java.time.Instant;
import java.util.List;
import org.embygateway.protocol.UpstreamId;

/**
 * The places that viewings hold on upstreams: one table for all nodes that share it. A place is held until its time is
 * over, so that what a node leaves behind when it dies goes away by itself. Each method is one step that no other comes
 * between; all may wait.
 */
interface SlotTable {
    enum Outcome {
        TAKEN,
        UPSTREAM_FULL,
        USER_FULL
    }

    /** Most places on the upstream, and most titles of the user, at one time; 0 for any number. */
    record Limits(int upstream, int user) {}

    /**
     * @param until when the place is free again if nothing is heard
     * @param quietAt from when on the same device may give the place up for another title
     */
    record Lease(Instant until, Instant quietAt) {}

    record Slot(Viewing viewing, UpstreamId upstream, Instant since, Lease lease) {
        boolean isHeldAt(Instant now) {
            return lease.until().isAfter(now);
        }

        /** Whether the device of another viewing has gone on to that one. */
        boolean givesWayTo(Viewing other, Instant now) {
            return viewing.isOnDeviceOf(other)
                    && !viewing.equals(other)
                    && !lease.quietAt().isAfter(now);
        }
    }

    /**
     * Takes a place, or keeps the one that the viewing has there for longer. Where a limit is in the way, other titles of
     * the same device give way if they are quiet: it has gone on to this one.
     */
    Outcome take(Viewing viewing, UpstreamId upstream, Limits limits, Instant now, Lease lease);

    /** Changes how long a place is held; nothing happens when the viewing has none there. */
    void hold(Viewing viewing, UpstreamId upstream, Instant now, Lease lease);

    void free(Viewing viewing, UpstreamId upstream);

    /** All places that are held. */
    List<Slot> held(Instant now);
}
