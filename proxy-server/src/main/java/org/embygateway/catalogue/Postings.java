package org.embygateway.catalogue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.roaringbitmap.RoaringBitmap;

/** Sets of item ids by the keys of {@link Keys}; immutable. */
final class Postings {
    static final Postings EMPTY = new Postings(filled());

    private final Table[] tables;

    private Postings(Table[] tables) {
        this.tables = tables;
    }

    private static Table[] filled() {
        Table[] tables = new Table[Keys.values().length];
        Arrays.fill(tables, Table.EMPTY);
        return tables;
    }

    private Table table(long key) {
        return tables[(int) (key >>> 32)];
    }

    /** Not to be changed by the caller. */
    RoaringBitmap get(long key) {
        return table(key).get(key);
    }

    boolean isEmpty(long key) {
        return table(key).isEmpty(key);
    }

    /** Adds the members of a set to one of the caller's. */
    void addTo(RoaringBitmap all, long key) {
        table(key).addTo(all, key);
    }

    boolean intersects(long key, RoaringBitmap others) {
        return table(key).intersects(key, others);
    }

    /** Every key of a field that some item has, in no order. */
    void each(Keys field, LongConsumer consumer) {
        tables[field.ordinal()].eachKey(consumer);
    }

    /** Every key of a field that some of these items have, in no order. */
    void eachOf(Keys field, RoaringBitmap items, LongConsumer consumer) {
        tables[field.ordinal()].eachMeeting(items, consumer);
    }

    void write(DataOutput out) throws IOException {
        for (Table table : tables) {
            table.write(out);
        }
    }

    /** @param most no number that is read may be larger */
    static Postings read(DataInput in, long most) throws IOException {
        Table[] tables = new Table[Keys.values().length];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = Table.read(in, most);
        }
        return new Postings(tables);
    }

    Edit edit() {
        return new Edit();
    }

    /** Changes under way; used by one thread. */
    final class Edit {
        private final Table.Edit[] edits =
                Arrays.stream(tables).map(Table::edit).toArray(Table.Edit[]::new);

        void add(long key, int id) {
            edits[(int) (key >>> 32)].add(key, id);
        }

        void remove(long key, int id) {
            edits[(int) (key >>> 32)].remove(key, id);
        }

        Postings done() {
            return new Postings(Arrays.stream(edits).map(Table.Edit::done).toArray(Table[]::new));
        }
    }
}
