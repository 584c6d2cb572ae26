package org.embygateway.play;

import java.util.Optional;
import org.embygateway.protocol.UpstreamId;

/**
 * A copy to be asked how it can be played.
 *
 * @param upstreamItem the upstream's id of the item
 * @param only the one version that is wanted; empty for all of the copy
 */
record Holder(UpstreamId upstream, String upstreamItem, Optional<Target> only) {
    static Holder of(Target target) {
        return new Holder(target.upstream(), target.upstreamItem(), Optional.empty());
    }

    static Holder only(Target target) {
        return new Holder(target.upstream(), target.upstreamItem(), Optional.of(target));
    }

    /** The item id to ask about: of the version if one is wanted. */
    String asked() {
        return only.map(Target::upstreamVersion).orElse(upstreamItem);
    }
}
