package org.embygateway.play;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.RelaySource;

/**
 * Where the pieces of files come from. Players take a file in many small ones: what was found out for a piece holds for
 * another second, as long as who asks, for what, and what they may see stay the same. Safe from any thread.
 */
final class Pieces {
    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final int MOST = 2000;

    private final Cache<Asked, Place> places =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();

    /** All that decides where a piece comes from: any copy may do for the beginning of a file. */
    record Asked(Caller caller, String path, Params query, boolean fromStart) {
        static Asked by(Caller caller, Call call) {
            return new Asked(caller, call.path(), call.query(), PassedHeaders.fromStart(call.headers()));
        }
    }

    /**
     * @param source of the copy, without what a single request says
     * @param rest where to go on when it breaks off
     * @param viewing what takes a place by it
     */
    record Place(Target target, RelaySource source, Rest rest, MediaPath path, Optional<Viewing> viewing) {}

    Optional<Place> find(Asked asked) {
        return Optional.ofNullable(places.getIfPresent(asked));
    }

    void keep(Asked asked, Place place) {
        places.put(asked, place);
    }

    void forget(Asked asked) {
        places.invalidate(asked);
    }
}
