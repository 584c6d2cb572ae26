package org.embygateway.catalogue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows by id, packed; immutable. Ids come from a sequence, so that a table in blocks holds them densely. A change makes
 * the blocks anew that it touches.
 */
final class Rows {
    static final int BLOCK = 128;

    private final Words words;
    private final @Nullable Block[] blocks;

    private Rows(Words words, @Nullable Block[] blocks) {
        this.words = words;
        this.blocks = blocks;
    }

    static Rows empty(Words words) {
        return new Rows(words, new Block[0]);
    }

    void write(DataOutput out) throws IOException {
        write(blocks, out);
    }

    static void write(@Nullable Block[] blocks, DataOutput out) throws IOException {
        out.writeInt(blocks.length);
        for (Block block : blocks) {
            out.writeInt(block == null ? 0 : block.bytes.length);
            if (block != null) {
                ByteBuffer ends = ByteBuffer.allocate(BLOCK * Integer.BYTES);
                ends.asIntBuffer().put(block.ends);
                out.write(ends.array());
                out.write(block.bytes);
            }
        }
    }

    /**
     * @param words with the numbers they had when the rows were written
     * @param most no number that is read may be larger
     */
    static Rows read(Words words, DataInput in, long most) throws IOException {
        return new Rows(words, read(in, most));
    }

    static @Nullable Block[] read(DataInput in, long most) throws IOException {
        @Nullable Block[] blocks = new Block[bounded(in.readInt(), most)];
        for (int i = 0; i < blocks.length; i++) {
            int size = bounded(in.readInt(), most);
            if (size > 0) {
                byte[] packed = new byte[BLOCK * Integer.BYTES];
                in.readFully(packed);
                int[] ends = new int[BLOCK];
                ByteBuffer.wrap(packed).asIntBuffer().get(ends);
                byte[] bytes = new byte[size];
                in.readFully(bytes);
                blocks[i] = new Block(bytes, ends);
            }
        }
        return blocks;
    }

    private static int bounded(int number, long most) throws IOException {
        if (number < 0 || number > most) {
            throw new IOException("a number of " + number);
        }
        return number;
    }

    /**
     * Some rows, one after the other.
     *
     * @param ends where each row ends; of one that is not there, where it would begin
     */
    record Block(byte[] bytes, int[] ends) {
        int start(int place) {
            return place == 0 ? 0 : ends[place - 1];
        }

        private boolean has(int place) {
            return start(place) < ends[place];
        }
    }

    /** The texts that the rows share. */
    Words words() {
        return words;
    }

    Optional<Row> find(int id) {
        return Optional.ofNullable(at(id));
    }

    /** The row of an id that is known to have one. */
    Row get(int id) {
        Row row = at(id);
        if (row == null) {
            throw new IllegalArgumentException("no row of item " + id);
        }
        return row;
    }

    private @Nullable Row at(int id) {
        Block block = id / BLOCK < blocks.length ? blocks[id / BLOCK] : null;
        int place = id % BLOCK;
        return block != null && block.has(place) ? new RowInput(words, block.bytes, block.start(place)).row(id) : null;
    }

    /** One more than the largest id there may be. */
    int bound() {
        return blocks.length * BLOCK;
    }

    /** The same with texts of their own, only those that a row has. */
    Rows withOwnWords() {
        Edit edit = empty(new Words()).edit();
        forEach(edit::put);
        return edit.done();
    }

    /** Every row, in the order of their ids. */
    void forEach(Consumer<Row> consumer) {
        IntStream.range(0, bound()).forEach(id -> find(id).ifPresent(consumer));
    }

    Edit edit() {
        return new Edit();
    }

    /** Changes under way; used by one thread. */
    final class Edit {
        private static final int LOOSE = 64;

        private final RowOutput output = new RowOutput(words);
        private final Map<Integer, byte[][]> loose = new HashMap<>();
        private @Nullable Block[] changed = blocks.clone();

        void put(Row row) {
            loose(row.id())[row.id() % BLOCK] = output.packed(row);
        }

        void remove(int id) {
            loose(id)[id % BLOCK] = NOTHING;
        }

        private byte[][] loose(int id) {
            int number = id / BLOCK;
            byte[][] known = loose.get(number);
            if (known != null) {
                return known;
            }
            if (loose.size() >= LOOSE) {
                settle();
            }
            byte[][] rows = taken(number < changed.length ? changed[number] : null);
            loose.put(number, rows);
            return rows;
        }

        private void settle() {
            loose.forEach((number, rows) -> {
                if (number >= changed.length) {
                    changed = Arrays.copyOf(changed, Math.max(number + 1, changed.length + changed.length / 8));
                }
                changed[number] = packed(rows);
            });
            loose.clear();
        }

        Rows done() {
            settle();
            return new Rows(words, changed);
        }
    }

    static final byte[] NOTHING = new byte[0];

    /** The rows of a block one by one, those that are not there empty. */
    static byte[][] taken(@Nullable Block block) {
        byte[][] rows = new byte[BLOCK][];
        for (int i = 0; i < BLOCK; i++) {
            rows[i] = block == null ? NOTHING : Arrays.copyOfRange(block.bytes, block.start(i), block.ends[i]);
        }
        return rows;
    }

    static @Nullable Block packed(byte[][] rows) {
        int size = 0;
        int[] ends = new int[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            size += rows[i].length;
            ends[i] = size;
        }
        if (size == 0) {
            return null;
        }
        byte[] bytes = new byte[size];
        for (int i = 0; i < BLOCK; i++) {
            System.arraycopy(rows[i], 0, bytes, ends[i] - rows[i].length, rows[i].length);
        }
        return new Block(bytes, ends);
    }
}
