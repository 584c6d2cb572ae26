package org.embygateway.catalogue;

import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemId;
import org.roaringbitmap.RoaringBitmap;

/** What one person did, in memory. Readers see each change whole; sets of ids are never changed once published. */
final class UserState {
    static final UserState NOBODY = new UserState(Map.of());

    private static final double LIKED = 6.5;

    /** @param version equal to that of no other state */
    private record Sets(
            Object version,
            RoaringBitmap known,
            RoaringBitmap played,
            RoaringBitmap favorite,
            RoaringBitmap resumable,
            RoaringBitmap started,
            RoaringBitmap liked,
            RoaringBitmap disliked) {
        Sets() {
            this(
                    new Object(),
                    new RoaringBitmap(),
                    new RoaringBitmap(),
                    new RoaringBitmap(),
                    new RoaringBitmap(),
                    new RoaringBitmap(),
                    new RoaringBitmap(),
                    new RoaringBitmap());
        }

        Sets copy() {
            return new Sets(
                    new Object(),
                    known.clone(),
                    played.clone(),
                    favorite.clone(),
                    resumable.clone(),
                    started.clone(),
                    liked.clone(),
                    disliked.clone());
        }

        void put(int id, UserData data) {
            set(played, id, data.played());
            set(favorite, id, data.favorite());
            set(resumable, id, data.positionTicks() > 0 && !data.hiddenFromResume());
            set(started, id, data.lastPlayed().isPresent());
            set(liked, id, data.rating().orElse(-1) >= LIKED);
            set(disliked, id, data.rating().orElse(-1) >= 0 && data.rating().orElse(-1) < LIKED);
            known.add(id);
        }

        private static void set(RoaringBitmap bitmap, int id, boolean in) {
            if (in) {
                bitmap.add(id);
            } else {
                bitmap.remove(id);
            }
        }
    }

    private final Map<Integer, UserData> data;
    private volatile Sets sets;
    private Optional<UserState> still = Optional.empty();
    private volatile Folders folders;

    /** The folders played as a whole, of one state and one view of the catalogue. */
    private record Folders(Sets of, WeakReference<Lens> lens, RoaringBitmap played) {}

    UserState(Map<ItemId, UserData> all) {
        this(new ConcurrentHashMap<>(), new Sets());
        change(all);
    }

    private UserState(Map<Integer, UserData> data, Sets sets) {
        this.data = data;
        this.sets = sets;
        this.folders = new Folders(sets, new WeakReference<>(null), new RoaringBitmap());
    }

    /** This state as it is now, whatever changes: what is sorted must not change meanwhile. */
    synchronized UserState still() {
        if (still.filter(known -> known.sets == sets).isEmpty()) {
            still = Optional.of(new UserState(Map.copyOf(data), sets));
        }
        return still.orElseThrow();
    }

    synchronized void change(Map<ItemId, UserData> changed) {
        Sets next = sets.copy();
        changed.forEach((id, state) -> {
            data.put(id.value(), state);
            next.put(id.value(), state);
        });
        sets = next;
    }

    UserData of(int id) {
        return data.getOrDefault(id, UserData.NONE);
    }

    boolean isPlayed(int id) {
        return sets.played.contains(id);
    }

    RoaringBitmap played() {
        return sets.played;
    }

    /** Another object after every change. */
    Object version() {
        return sets.version;
    }

    /** Items of which anything is known. */
    RoaringBitmap known() {
        return sets.known;
    }

    /** Items with a good rating. */
    RoaringBitmap liked() {
        return sets.liked;
    }

    /** Items with a bad rating. */
    RoaringBitmap disliked() {
        return sets.disliked;
    }

    /** Series, seasons and albums of which everything visible is played, and something is there. Not to be changed. */
    RoaringBitmap playedFolders(Lens lens) {
        Folders known = folders;
        Sets now = sets;
        if (known.of != now || !known.lens.refersTo(lens)) {
            known = new Folders(now, new WeakReference<>(lens), Tree.playedFolders(lens, now.played));
            folders = known;
        }
        return known.played;
    }

    RoaringBitmap favorite() {
        return sets.favorite;
    }

    /** Items with a place to go on from that is not hidden. */
    RoaringBitmap resumable() {
        return sets.resumable;
    }

    /** Items that were ever played. */
    RoaringBitmap started() {
        return sets.started;
    }

    /** Milliseconds since 1970; {@link Facts#NO_DATE} when never. */
    long lastPlayed(int id) {
        return of(id).lastPlayed().map(Instant::toEpochMilli).orElse(Facts.NO_DATE);
    }
}
