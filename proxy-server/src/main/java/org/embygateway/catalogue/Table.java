package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/**
 * Sets of item ids by key; immutable. A change copies only the sets it touches and the parts of the table they are in.
 * There are hundreds of thousands of sets with a few members (the titles of a person, the episodes of a season): those
 * are bare arrays.
 */
final class Table {
    static final Table EMPTY = new Table(new Shard[] {new Shard(8)}, 0);

    /** From here on a bitmap is smaller than an array, for members strewn over a million ids. */
    private static final int FEW = 256;

    private static final int SHARD = 1024;
    private static final int[] NONE = new int[0];

    private final Shard[] shards;
    private final int keys;

    private Table(Shard[] shards, int keys) {
        this.shards = shards;
        this.keys = keys;
    }

    /** A map with open addressing. A key without members stays until the shard grows. */
    private static final class Shard {
        private long[] keys;
        private @Nullable Object[] sets;
        private int used;

        Shard(int room) {
            keys = new long[room];
            sets = new Object[room];
        }

        Shard copy() {
            Shard copy = new Shard(0);
            copy.keys = keys.clone();
            copy.sets = sets.clone();
            copy.used = used;
            return copy;
        }

        @Nullable
        Object get(long key) {
            return sets[place(key)];
        }

        private int place(long key) {
            int mask = keys.length - 1;
            int at = (int) (hash(key) >>> 8) & mask;
            while (sets[at] != null && keys[at] != key) {
                at = at + 1 & mask;
            }
            return at;
        }

        void put(long key, Object set) {
            int at = place(key);
            if (sets[at] == null) {
                if (used * 4 >= keys.length * 3) {
                    grow();
                    at = place(key);
                }
                used++;
                keys[at] = key;
            }
            sets[at] = set;
        }

        private void grow() {
            long[] oldKeys = keys;
            @Nullable Object[] oldSets = sets;
            int alive = (int) Arrays.stream(oldSets)
                    .filter(set -> set != null && set != NONE)
                    .count();
            int room = Math.max(8, Integer.highestOneBit(alive + 1) * 4);
            keys = new long[room];
            sets = new Object[room];
            used = 0;
            for (int i = 0; i < oldKeys.length; i++) {
                Object set = oldSets[i];
                if (set != null && set != NONE) {
                    put(oldKeys[i], set);
                }
            }
        }
    }

    private static long hash(long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        return hash ^ hash >>> 29;
    }

    private static int shard(long key, int count) {
        return (int) (hash(key) >>> 40) & count - 1;
    }

    private Object set(long key) {
        Object set = shards[shard(key, shards.length)].get(key);
        return set == null ? NONE : set;
    }

    /** Not to be changed by the caller. */
    RoaringBitmap get(long key) {
        return bitmap(set(key));
    }

    private static RoaringBitmap bitmap(Object set) {
        return set instanceof int[] few ? RoaringBitmap.bitmapOf(few) : (RoaringBitmap) set;
    }

    /** Adds the members of a set to one of the caller's. */
    void addTo(RoaringBitmap all, long key) {
        Object set = set(key);
        if (set instanceof int[] few) {
            all.add(few);
        } else {
            all.or((RoaringBitmap) set);
        }
    }

    int cardinality(long key) {
        Object set = set(key);
        return set instanceof int[] few ? few.length : ((RoaringBitmap) set).getCardinality();
    }

    boolean isEmpty(long key) {
        return set(key) == NONE;
    }

    boolean intersects(long key, RoaringBitmap others) {
        return intersects(set(key), others);
    }

    private static boolean intersects(Object set, RoaringBitmap others) {
        if (set instanceof int[] few) {
            for (int id : few) {
                if (others.contains(id)) {
                    return true;
                }
            }
            return false;
        }
        return RoaringBitmap.intersects((RoaringBitmap) set, others);
    }

    /** Every key with members, in no order. */
    void eachKey(LongConsumer consumer) {
        for (Shard shard : shards) {
            for (int i = 0; i < shard.keys.length; i++) {
                if (shard.sets[i] != null && shard.sets[i] != NONE) {
                    consumer.accept(shard.keys[i]);
                }
            }
        }
    }

    /** Every key whose set has a member among the others, in no order. */
    void eachMeeting(RoaringBitmap others, LongConsumer consumer) {
        BitSet fast = BitSetUtil.bitsetOf(others);
        for (Shard shard : shards) {
            for (int i = 0; i < shard.keys.length; i++) {
                Object set = shard.sets[i];
                if (set != null && meets(set, fast, others)) {
                    consumer.accept(shard.keys[i]);
                }
            }
        }
    }

    private static boolean meets(Object set, BitSet fast, RoaringBitmap others) {
        if (set instanceof int[] few) {
            for (int id : few) {
                if (fast.get(id)) {
                    return true;
                }
            }
            return false;
        }
        return RoaringBitmap.intersects((RoaringBitmap) set, others);
    }

    Edit edit() {
        return new Edit();
    }

    /** Changes under way; used by one thread. */
    final class Edit {
        private Shard own = new Shard(8);

        void add(long key, int id) {
            own(key).add(id);
        }

        void remove(long key, int id) {
            own(key).remove(id);
        }

        private Growing own(long key) {
            Object known = own.get(key);
            if (known == null) {
                known = new Growing(set(key));
                own.put(key, known);
            }
            return (Growing) known;
        }

        Table done() {
            if (own.used == 0) {
                return Table.this;
            }
            int most = keys + own.used;
            int count = shards.length;
            while (most > count * SHARD) {
                count *= 2;
            }
            Shard[] changed = count == shards.length ? shards.clone() : spread(count);
            int[] more = {keys};
            each(own, (key, growing) -> {
                Object set = ((Growing) growing).done();
                boolean had = !isEmpty(key);
                if (had || set != NONE) {
                    int shard = shard(key, changed.length);
                    if (changed.length == shards.length && changed[shard] == shards[shard]) {
                        changed[shard] = shards[shard].copy();
                    }
                    changed[shard].put(key, set);
                    more[0] += (set == NONE ? 0 : 1) - (had ? 1 : 0);
                }
            });
            own = new Shard(8);
            return new Table(changed, more[0]);
        }

        private Shard[] spread(int count) {
            Shard[] wide = new Shard[count];
            Arrays.setAll(wide, i -> new Shard(8));
            for (Shard shard : shards) {
                each(shard, (key, set) -> {
                    if (set != NONE) {
                        wide[shard(key, count)].put(key, set);
                    }
                });
            }
            return wide;
        }
    }

    private interface Entry {
        void accept(long key, Object set);
    }

    private static void each(Shard shard, Entry entry) {
        for (int i = 0; i < shard.keys.length; i++) {
            Object set = shard.sets[i];
            if (set != null) {
                entry.accept(shard.keys[i], set);
            }
        }
    }

    /** A set under change. */
    private static final class Growing {
        private int[] few = NONE;
        private int count;
        private boolean owned;
        private @Nullable RoaringBitmap many;

        Growing(Object set) {
            if (set instanceof int[] ids) {
                few = ids;
                count = ids.length;
            } else {
                many = ((RoaringBitmap) set).clone();
            }
        }

        void add(int id) {
            if (many != null) {
                many.add(id);
                return;
            }
            int at = count == 0 || few[count - 1] < id ? -count - 1 : Arrays.binarySearch(few, 0, count, id);
            if (at >= 0) {
                return;
            }
            makeRoom();
            int place = -at - 1;
            System.arraycopy(few, place, few, place + 1, count - place);
            few[place] = id;
            if (++count > FEW) {
                many = RoaringBitmap.bitmapOf(Arrays.copyOf(few, count));
                few = NONE;
            }
        }

        private void makeRoom() {
            if (!owned || count == few.length) {
                few = Arrays.copyOf(few, Math.max(2, count + count / 2 + 1));
                owned = true;
            }
        }

        void remove(int id) {
            if (many != null) {
                many.remove(id);
                return;
            }
            int at = Arrays.binarySearch(few, 0, count, id);
            if (at >= 0) {
                int[] rest = new int[count - 1];
                System.arraycopy(few, 0, rest, 0, at);
                System.arraycopy(few, at + 1, rest, at, count - at - 1);
                few = rest;
                count--;
                owned = true;
            }
        }

        Object done() {
            RoaringBitmap bitmap = many;
            if (bitmap == null) {
                return count == 0 ? NONE : few.length == count ? few : Arrays.copyOf(few, count);
            }
            if (bitmap.getCardinality() > FEW / 2) {
                bitmap.runOptimize();
                bitmap.trim();
                return bitmap;
            }
            return bitmap.isEmpty() ? NONE : bitmap.toArray();
        }
    }
}
