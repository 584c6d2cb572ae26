package org.embygateway.catalogue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Call;
import org.roaringbitmap.RoaringBitmap;

/**
 * Where clients are that page through lists. Servers add and remove items meanwhile: a page then begins behind what the
 * page before it ended with, wherever that is now, and the total stays what it was, so that a client which walks to the
 * end sees nothing twice and misses nothing that was there all the time.
 */
final class Walks {
    /** In letters of the questions together. */
    private static final int MOST = 8 << 20;

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int REMEMBERED_IDS = 16;
    private static final int FARTHEST_SHIFT = 10_000;

    private final Cache<Question, Place> places = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((Question question, Place place) -> question.length())
            .expireAfterWrite(LONGEST_PAUSE)
            .build();

    private record Question(String session, Visible visible, String path, Map<String, List<String>> params) {
        int length() {
            return 256 + path.length() + params.toString().length();
        }
    }

    /**
     * @param end where the client goes on, as it counts
     * @param last the ids that it was shown last
     * @param shift how much farther on in the list that is
     * @param user the state of what the person did
     * @param before where the client came from: a page may be asked for again
     */
    private record Place(
            int end,
            int[] last,
            int shift,
            WeakReference<Snapshot> snapshot,
            WeakReference<Object> user,
            Optional<Place> before) {
        /** The place at which a page begins. */
        Optional<Place> endingAt(int start) {
            return Stream.of(Optional.of(this), before)
                    .flatMap(Optional::stream)
                    .filter(place -> place.end == start)
                    .findFirst();
        }

        Place alone() {
            return new Place(end, last, shift, snapshot, user, Optional.empty());
        }

        boolean isOf(Visitor visitor) {
            return snapshot.refersTo(visitor.lens().snapshot())
                    && user.refersTo(visitor.user().version());
        }
    }

    /** The page that a call asks for, of the items that fit. */
    Query.Page page(Call call, Visitor visitor, Query query, RoaringBitmap matches, Sort sort, Listing.Paging paging) {
        Question question = question(call);
        Optional<Place> from = Optional.ofNullable(places.getIfPresent(question))
                .filter(place -> paging.start() > 0)
                .flatMap(place -> place.endingAt(paging.start()));
        int shift = from.map(place -> shift(place, visitor, query, matches, sort, paging))
                .orElse(0);
        int[] ids = query.slice(matches, sort, paging.seed(), Math.max(0, paging.start() + shift), paging.limit());
        if (ids.length > 0 && ids.length == paging.limit()) {
            int[] last = Arrays.copyOfRange(ids, Math.max(0, ids.length - REMEMBERED_IDS), ids.length);
            places.put(
                    question,
                    new Place(
                            paging.start() + ids.length,
                            last,
                            shift,
                            new WeakReference<>(visitor.lens().snapshot()),
                            new WeakReference<>(visitor.user().version()),
                            from.map(Place::alone)));
        }
        return new Query.Page(ids, Math.max(ids.length, matches.getCardinality() - shift));
    }

    private static Question question(Call call) {
        Map<String, List<String>> params = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        params.putAll(call.query().all());
        params.remove("StartIndex");
        params.remove("Limit");
        return new Question(call.signedIn().sessionId(), call.signedIn().visible(), call.path(), params);
    }

    private static int shift(
            Place place, Visitor visitor, Query query, RoaringBitmap matches, Sort sort, Listing.Paging paging) {
        if (place.isOf(visitor)) {
            return place.shift();
        }
        int farthest = place.end() + place.shift() + FARTHEST_SHIFT;
        int[] order = query.slice(matches, sort, paging.seed(), 0, farthest);
        for (int i = place.last().length - 1; i >= 0; i--) {
            for (int at = 0; at < order.length; at++) {
                if (order[at] == place.last()[i]) {
                    return at + 1 - place.end();
                }
            }
        }
        return place.shift();
    }
}
