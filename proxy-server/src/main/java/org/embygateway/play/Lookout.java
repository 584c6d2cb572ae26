package org.embygateway.play;

import java.util.Optional;
import org.embygateway.route.Caller;
import org.embygateway.route.MediaRelay;
import org.embygateway.upstream.UpstreamRegistry;

/** Has streams watched. */
record Lookout(UpstreamRegistry upstreams, Slots slots, Conduct conduct, PlayObserver observer) {
    /** @param viewing what the stream keeps a place for; empty for what takes none */
    MediaRelay watched(MediaRelay media, Caller caller, Optional<Viewing> viewing) {
        return watched(media, caller, viewing, false);
    }

    /** @param file whether the media is a file as it is, whose first byte tells how quick its upstream is */
    MediaRelay watched(MediaRelay media, Caller caller, Optional<Viewing> viewing, boolean file) {
        return new WatchedRelay(media, caller, viewing, file, this);
    }
}
