package org.embygateway.play;

import java.util.Optional;
import org.embygateway.protocol.UpstreamId;

/**
 * Where a device played before.
 *
 * @param item the upstream that it last had the very item from
 * @param season the one that it last had an episode of the same season from
 */
record Past(Optional<UpstreamId> item, Optional<UpstreamId> season) {
    static final Past NONE = new Past(Optional.empty(), Optional.empty());

    boolean isItemFrom(UpstreamId upstream) {
        return item.filter(upstream::equals).isPresent();
    }

    boolean isSeasonFrom(UpstreamId upstream) {
        return season.filter(upstream::equals).isPresent();
    }
}
