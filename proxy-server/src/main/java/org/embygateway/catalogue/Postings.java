package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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
        private final Map<Long, RoaringBitmap> own = new HashMap<>();

        void add(long key, int id) {
            own(key).add(id);
        }

        void remove(long key, int id) {
            own(key).remove(id);
        }

        private RoaringBitmap own(long key) {
            return own.computeIfAbsent(key, k -> get(k).clone());
        }

        Postings done() {
            Map<Long, RoaringBitmap>[] changed = shards.clone();
            own.forEach((key, bitmap) -> {
                int shard = shard(key);
                if (changed[shard] == shards[shard]) {
                    changed[shard] = new HashMap<>(shards[shard]);
                }
                if (bitmap.isEmpty()) {
                    changed[shard].remove(key);
                } else {
                    bitmap.trim();
                    changed[shard].put(key, bitmap);
                }
            });
            return new Postings(changed);
        }
    }
}
