package org.embygateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.embygateway.index.Passage;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;

/** The enabled upstreams and how they are. */
public interface UpstreamRegistry {
    /** In the admin's order. */
    List<UpstreamRecord> all();

    Optional<UpstreamRecord> find(UpstreamId id);

    Health health(UpstreamId id);

    /** How the upstream is reached. */
    default Passage passage(UpstreamId id) {
        return Passage.DIRECT;
    }

    /** Most titles that may be played from there at one time; 0 for any number. */
    default int streamsAtOnce(UpstreamId id) {
        return 0;
    }

    /** Whether calls may go there now. */
    default boolean isOnline(UpstreamId id) {
        return health(id).online();
    }

    /** Notes how long it took until the first byte of a file came. Never waits. */
    default void answered(UpstreamId id, Duration firstByte) {}

    /** Of the visible ones those that a call may go to, best (health, latency, priority) first. */
    List<UpstreamId> routable(Visible visible);
}
