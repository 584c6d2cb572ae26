package org.embygateway.play;

import java.util.Optional;
import java.util.function.Supplier;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;

/** A piece from where the one before came from. When that fails it is found out anew, as if nothing had been known. */
final class NextPiece implements MediaRelay {
    private final RelaySource known;
    private final Supplier<MediaRelay> anew;
    private final EntityTags tags;
    private Optional<MediaRelay> other = Optional.empty();

    NextPiece(RelaySource known, Supplier<MediaRelay> anew, EntityTags tags) {
        this.known = known;
        this.anew = anew;
        this.tags = tags;
    }

    @Override
    public synchronized Optional<RelaySource> next(Optional<RelayFailure> failure) {
        if (failure.isEmpty()) {
            return Optional.of(known);
        }
        if (other.isPresent()) {
            return other.get().next(failure);
        }
        MediaRelay relay = anew.get();
        other = Optional.of(relay);
        Optional<RelaySource> first = relay.next(Optional.empty());
        boolean same = first.filter(s -> s.upstream().equals(known.upstream())).isPresent();
        return same ? relay.next(failure) : first;
    }

    @Override
    public String entityTag(RelaySource source, String tag) {
        return tags.shown(source.upstream(), tag);
    }

    @Override
    public synchronized void finished(RelayEnd end) {
        other.ifPresent(relay -> relay.finished(end));
    }
}
