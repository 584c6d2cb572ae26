package org.embygateway.catalogue;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemId;
import org.roaringbitmap.RoaringBitmap;

/** What one person did, in memory. Readers see each change whole; sets of ids are never changed once published. */
final class UserState {
    static final UserState NOBODY = new UserState(Map.of());

    private record Sets(RoaringBitmap played, RoaringBitmap favorite, RoaringBitmap resumable, RoaringBitmap started) {
        Sets copy() {
            return new Sets(played.clone(), favorite.clone(), resumable.clone(), started.clone());
        }

        void put(int id, UserData data) {
            set(played, id, data.played());
            set(favorite, id, data.favorite());
            set(resumable, id, data.positionTicks() > 0 && !data.hiddenFromResume());
            set(started, id, data.lastPlayed().isPresent());
        }

        private static void set(RoaringBitmap bitmap, int id, boolean in) {
            if (in) {
                bitmap.add(id);
            } else {
                bitmap.remove(id);
            }
        }
    }

    private final Map<Integer, UserData> data = new ConcurrentHashMap<>();
    private volatile Sets sets =
            new Sets(new RoaringBitmap(), new RoaringBitmap(), new RoaringBitmap(), new RoaringBitmap());

    UserState(Map<ItemId, UserData> all) {
        change(all);
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
