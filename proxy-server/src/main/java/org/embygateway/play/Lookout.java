package org.embygateway.play;

import java.util.Optional;
import org.embygateway.route.Caller;
import org.embygateway.route.MediaRelay;

/** Has streams watched. */
record Lookout(Slots slots, Conduct conduct, PlayObserver observer) {
    /** @param viewing what the stream keeps a place for; empty for what takes none */
    MediaRelay watched(MediaRelay media, Caller caller, Optional<Viewing> viewing) {
        return new WatchedRelay(media, caller, viewing, slots, conduct, observer);
    }
}
