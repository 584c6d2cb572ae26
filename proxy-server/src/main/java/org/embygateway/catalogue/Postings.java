package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.roaringbitmap.RoaringBitmap;

/** Sets of item ids by key; immutable. A change copies only the sets it touches and the part of the table they are in. */
final class Postings {
    private static final int SHARDS = 256;
    static final Postings EMPTY = new Postings(newShards());

    private static final RoaringBitmap NOTHING = new RoaringBitmap();

    private final Map<Long, RoaringBitmap>[] shards;

    private Postings(Map<Long, RoaringBitmap>[] shards) {
        this.shards = shards;
    }

    @SuppressWarnings("unchecked")
    private static Map<Long, RoaringBitmap>[] newShards() {
        Map<Long, RoaringBitmap>[] shards = new Map[SHARDS];
        Arrays.fill(shards, Map.of());
        return shards;
    }

    private static int shard(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 56);
    }

    /** Not to be changed by the caller. */
    RoaringBitmap get(long key) {
        return shards[shard(key)].getOrDefault(key, NOTHING);
    }

    void forEach(BiConsumer<Long, RoaringBitmap> consumer) {
        for (Map<Long, RoaringBitmap> shard : shards) {
            shard.forEach(consumer);
        }
    }

    Edit edit() {
        return new Edit();
    }

    /** Changes under way; used by one thread. */
    final class Edit {
        private final Map<Long, RoaringBitmap>[] changed = shards.clone();
        private final boolean[] copied = new boolean[SHARDS];
        private final Set<Long> own = new HashSet<>();

        void add(long key, int id) {
            own(key).add(id);
        }

        void remove(long key, int id) {
            own(key).remove(id);
        }

        private RoaringBitmap own(long key) {
            int shard = shard(key);
            if (!copied[shard]) {
                changed[shard] = new HashMap<>(changed[shard]);
                copied[shard] = true;
            }
            RoaringBitmap current = changed[shard].get(key);
            if (current != null && own.contains(key)) {
                return current;
            }
            RoaringBitmap copy = current == null ? new RoaringBitmap() : current.clone();
            own.add(key);
            changed[shard].put(key, copy);
            return copy;
        }

        Postings done() {
            for (long key : own) {
                RoaringBitmap bitmap = changed[shard(key)].get(key);
                if (bitmap != null && bitmap.isEmpty()) {
                    changed[shard(key)].remove(key);
                } else if (bitmap != null) {
                    bitmap.trim();
                }
            }
            return new Postings(changed);
        }
    }
}
