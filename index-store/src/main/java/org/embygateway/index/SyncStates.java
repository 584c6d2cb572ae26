package org.embygateway.index;

import java.time.Instant;
import java.util.Optional;
import org.embygateway.protocol.UpstreamId;

/** How far the crawl of each upstream has come, and what it may do. */
public interface SyncStates {
    Optional<SyncState> find(UpstreamId upstream);

    void put(SyncState state);

    /** What its owner allows; {@link SyncRules#DEFAULT} while nobody has said. */
    SyncRules rules(UpstreamId upstream);

    void putRules(UpstreamId upstream, SyncRules rules);

    /**
     * @param checkpoint where to go on, in the crawler's own JSON form; empty text when no crawl is under way
     * @param fullyIndexed whether a complete crawl has ever ended
     * @param deltaFrom ask for what changed since then
     */
    record SyncState(
            UpstreamId upstream,
            String checkpoint,
            boolean fullyIndexed,
            Optional<Instant> lastFull,
            Optional<Instant> deltaFrom) {}
}
