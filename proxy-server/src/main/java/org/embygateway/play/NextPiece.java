package org.embygateway.play;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.embygateway.route.ByteSpan;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;

/** A piece from where the one before came from. When that fails it is found out anew, as if nothing had been known. */
final class NextPiece implements MediaRelay {
    private final Pieces.Place place;
    private final RelaySource known;
    private final Supplier<MediaRelay> anew;
    private final EntityTags tags;
    private final Set<Target> used = new HashSet<>();
    private Optional<MediaRelay> other = Optional.empty();

    /** @param known the place's source with what this request says */
    NextPiece(Pieces.Place place, RelaySource known, Supplier<MediaRelay> anew, EntityTags tags) {
        this.place = place;
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
    public synchronized Optional<RelaySource> rest(RelaySource broken, ByteSpan missing) {
        return other.isPresent()
                ? other.get().rest(broken, missing)
                : place.rest().of(place.target(), missing, used);
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
