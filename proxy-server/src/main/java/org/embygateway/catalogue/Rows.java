package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows by id; immutable. Ids come from a sequence, so that a table in blocks holds them densely. */
final class Rows {
    private static final int BLOCK = 256;
    static final Rows EMPTY = new Rows(new @Nullable Row[0][]);

    private final @Nullable Row[][] blocks;

    private Rows(@Nullable Row[][] blocks) {
        this.blocks = blocks;
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
        int block = id / BLOCK;
        return block < blocks.length && blocks[block] != null ? blocks[block][id % BLOCK] : null;
    }

    /** One more than the largest id there may be. */
    int bound() {
        return blocks.length * BLOCK;
    }

    /** In the order of their ids. */
    List<Row> all() {
        List<Row> all = new ArrayList<>();
        for (@Nullable Row[] block : blocks) {
            if (block != null) {
                Arrays.stream(block).filter(Objects::nonNull).forEach(all::add);
            }
        }
        return all;
    }

    Edit edit() {
        return new Edit();
    }

    /** Changes under way; used by one thread. */
    final class Edit {
        private @Nullable Row[][] changed = blocks.clone();

        void put(Row row) {
            block(row.id())[row.id() % BLOCK] = row;
        }

        void remove(int id) {
            block(id)[id % BLOCK] = null;
        }

        private @Nullable Row[] block(int id) {
            int block = id / BLOCK;
            if (block >= changed.length) {
                changed = Arrays.copyOf(changed, Math.max(block + 1, changed.length + changed.length / 8));
            }
            boolean shared = block < blocks.length && changed[block] == blocks[block];
            if (changed[block] == null) {
                changed[block] = new @Nullable Row[BLOCK];
            } else if (shared) {
                changed[block] = changed[block].clone();
            }
            return changed[block];
        }

        Rows done() {
            return new Rows(changed);
        }
    }
}
