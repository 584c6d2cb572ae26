package org.embygateway.play;

import java.util.Optional;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.ByteSpan;
import org.embygateway.route.Caller;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;

/** A stream of a viewing: its place is kept while its bytes flow. */
final class CountedRelay implements MediaRelay {
    private final MediaRelay media;
    private final Slots slots;
    private final Caller caller;
    private final Viewing viewing;
    private Optional<Slots.Flow> flow = Optional.empty();
    private boolean over;

    CountedRelay(MediaRelay media, Slots slots, Caller caller, Viewing viewing) {
        this.media = media;
        this.slots = slots;
        this.caller = caller;
        this.viewing = viewing;
    }

    @Override
    public Optional<RelaySource> next(Optional<RelayFailure> failure) {
        Optional<RelaySource> source = media.next(failure);
        flows(source.map(RelaySource::upstream));
        return source;
    }

    @Override
    public Optional<RelaySource> rest(RelaySource broken, ByteSpan missing) {
        Optional<RelaySource> source = media.rest(broken, missing);
        flows(source.map(RelaySource::upstream));
        return source;
    }

    /** The client may have left while a source was looked for. */
    private synchronized void flows(Optional<UpstreamId> upstream) {
        Optional<Slots.Flow> next = upstream.map(from -> slots.flow(caller, viewing, from));
        flow.ifPresent(before -> before.ended(true));
        flow = next;
        if (over) {
            finish(false);
        }
    }

    @Override
    public String entityTag(RelaySource source, String tag) {
        return media.entityTag(source, tag);
    }

    @Override
    public void finished(RelayEnd end) {
        finish(end.complete());
        media.finished(end);
    }

    private synchronized void finish(boolean complete) {
        over = true;
        flow.ifPresent(last -> last.ended(complete));
        flow = Optional.empty();
    }
}
