package org.embygateway.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
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
    /** In place of a count, before a bitmap. */
    private static final int MANY = -1;

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

        /** Members of small sets as the distances between them, seven bits a byte. */
        private void write(DataOutputStream out) throws IOException {
            out.writeInt(used);
            for (int i = 0; i < keys.length; i++) {
                Object set = sets[i];
                if (set != null) {
                    out.writeLong(keys[i]);
                    write(set, out);
                }
            }
        }

        private static void write(Object set, DataOutputStream out) throws IOException {
            if (!(set instanceof int[] few)) {
                out.writeInt(MANY);
                ((RoaringBitmap) set).serialize(out);
                return;
            }
            out.writeInt(few.length);
            int before = 0;
            for (int id : few) {
                int rest = id - before;
                while (rest > 0x7F) {
                    out.write(rest & 0x7F | 0x80);
                    rest >>>= 7;
                }
                out.write(rest);
                before = id;
            }
        }

        private static Shard read(ByteBuffer in) throws IOException {
            int count = bounded(in.getInt(), in.capacity());
            Shard shard = new Shard(room(count));
            for (int i = 0; i < count; i++) {
                shard.put(in.getLong(), set(in));
            }
            return shard;
        }

        private static Object set(ByteBuffer in) throws IOException {
            int count = in.getInt();
            if (count == MANY) {
                RoaringBitmap bitmap = new RoaringBitmap();
                bitmap.deserialize(in);
                in.position(in.position() + bitmap.serializedSizeInBytes());
                return bitmap;
            }
            int[] few = new int[bounded(count, in.remaining())];
            int before = 0;
            for (int i = 0; i < few.length; i++) {
                int distance = 0;
                int next;
                int shift = 0;
                do {
                    next = in.get();
                    distance |= (next & 0x7F) << shift;
                    shift += 7;
                } while (next < 0);
                before += distance;
                few[i] = before;
            }
            return few.length == 0 ? NONE : few;
        }

        /** For one more, and no more than three places in four taken. */
        private static int room(int count) {
            int room = 8;
            while (room * 3 <= (count + 1) * 4) {
                room *= 2;
            }
            return room;
        }

        private void grow() {
            long[] oldKeys = keys;
            @Nullable Object[] oldSets = sets;
            int alive = (int) Arrays.stream(oldSets)
                    .filter(set -> set != null && set != NONE)
                    .count();
            int room = room(alive);
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

    void addTo(Gathered all, long key) {
        Object set = set(key);
        if (set instanceof int[] few) {
            all.add(few);
        } else {
            all.add((RoaringBitmap) set);
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

    /** Writes every set, to be read by {@link #read}. */
    void write(DataOutput out) throws IOException {
        out.writeInt(shards.length);
        out.writeInt(keys);
        for (Shard shard : shards) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            shard.write(new DataOutputStream(bytes));
            out.writeInt(bytes.size());
            out.write(bytes.toByteArray());
        }
    }

    /** @param most no number that is read may be larger */
    static Table read(DataInput in, long most) throws IOException {
        Shard[] shards = new Shard[bounded(in.readInt(), most)];
        int keys = in.readInt();
        for (int i = 0; i < shards.length; i++) {
            byte[] bytes = new byte[bounded(in.readInt(), most)];
            in.readFully(bytes);
            shards[i] = Shard.read(ByteBuffer.wrap(bytes));
        }
        return new Table(shards, keys);
    }

    private static int bounded(int number, long most) throws IOException {
        if (number < 0 || number > most) {
            throw new IOException("a number of " + number);
        }
        return number;
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
