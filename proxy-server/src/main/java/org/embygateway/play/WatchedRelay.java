package org.embygateway.play;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.embygateway.play.Conduct.Lapse;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.ByteSpan;
import org.embygateway.route.Caller;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;

/** A stream that is watched: its place is kept while its bytes flow, and how upstreams behave in it is learned. */
final class WatchedRelay implements MediaRelay {
    /** What servers, and proxies in front of them, say when they are not well; anything else is about the title. */
    private static final Set<Integer> UNWELL = Set.of(0, 429, 502, 503, 504);

    private final MediaRelay media;
    private final Caller caller;
    private final Optional<Viewing> viewing;
    private final boolean file;
    private final Lookout lookout;
    private Optional<UpstreamId> current = Optional.empty();
    private volatile Optional<Slots.Flow> flow = Optional.empty();
    private volatile long sent;
    private boolean mixed;
    private boolean over;

    WatchedRelay(MediaRelay media, Caller caller, Optional<Viewing> viewing, boolean file, Lookout lookout) {
        this.media = media;
        this.caller = caller;
        this.viewing = viewing;
        this.file = file;
        this.lookout = lookout;
    }

    @Override
    public Optional<RelaySource> next(Optional<RelayFailure> failure) {
        failure.filter(why -> UNWELL.contains(why.status()))
                .ifPresent(why -> failed(why.source().upstream(), Lapse.UNANSWERED));
        Optional<RelaySource> source = media.next(failure);
        failure.ifPresent(why -> fellOver(why.source(), source));
        flows(source, failure.isPresent());
        return source;
    }

    @Override
    public void broke(RelaySource source, boolean silent) {
        failed(source.upstream(), silent ? Lapse.SILENT : Lapse.BROKE_OFF);
        media.broke(source, silent);
    }

    private void failed(UpstreamId upstream, Lapse lapse) {
        lookout.conduct().failed(upstream, lapse);
        lookout.observer().failed(upstream, lapse.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<RelaySource> rest(RelaySource broken, ByteSpan missing) {
        Optional<RelaySource> source = media.rest(broken, missing);
        fellOver(broken, source);
        flows(source, true);
        return source;
    }

    private void fellOver(RelaySource from, Optional<RelaySource> to) {
        to.map(RelaySource::upstream)
                .filter(upstream -> !upstream.equals(from.upstream()))
                .ifPresent(upstream -> lookout.observer().fellOver(from.upstream(), upstream));
    }

    /** The client may have left while a source was looked for. */
    private synchronized void flows(Optional<RelaySource> source, boolean anew) {
        Optional<UpstreamId> upstream = source.map(RelaySource::upstream);
        Optional<Slots.Flow> next =
                viewing.flatMap(v -> upstream.map(from -> lookout.slots().flow(caller, v, from, sent)));
        flow.ifPresent(before -> before.ended(true));
        flow = next;
        mixed |= anew;
        current = upstream;
        if (over) {
            end(false);
        }
    }

    @Override
    public void sent(long bytes) {
        sent = bytes;
        flow.ifPresent(now -> now.sent(bytes));
        media.sent(bytes);
    }

    @Override
    public String entityTag(RelaySource source, String tag) {
        return media.entityTag(source, tag);
    }

    @Override
    public void finished(RelayEnd end) {
        finish(end);
        media.finished(end);
    }

    private synchronized void finish(RelayEnd end) {
        over = true;
        current.filter(upstream -> file && !mixed).ifPresent(upstream -> learn(upstream, end));
        end(end.complete());
    }

    private void learn(UpstreamId upstream, RelayEnd end) {
        lookout.conduct().carried(upstream, end);
        if (end.firstByte().isPositive()) {
            lookout.upstreams().answered(upstream, end.firstByte());
        }
    }

    private void end(boolean complete) {
        flow.ifPresent(last -> last.ended(complete));
        flow = Optional.empty();
    }
}
