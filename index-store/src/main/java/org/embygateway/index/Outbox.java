package org.embygateway.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.UpstreamId;

/** Deliveries to upstreams that outlive a crash. */
public interface Outbox {
    /** Deliveries whose time has come, oldest first, at most one per user, item and upstream; no catch-ups. */
    List<Delivery> due(Instant now, int limit);

    /**
     * Of {@link Delivery.Kind#CATCH_UP} those of one upstream whose time has come, oldest first. They come into being as
     * copies are learned, in the same transaction.
     */
    List<Delivery> catchUps(UpstreamId upstream, Instant now, int limit);

    void delivered(Delivery delivery);

    /** Puts it off; a newer delivery of the same kind that arrived meanwhile stays in its place. */
    void failed(Delivery delivery, Instant next, String reason);

    /** Gives up on it. */
    void drop(Delivery delivery);

    /** Makes everything that waits for the upstream due now. */
    void retryNow(UpstreamId upstream);

    Map<UpstreamId, Long> waiting();
}
