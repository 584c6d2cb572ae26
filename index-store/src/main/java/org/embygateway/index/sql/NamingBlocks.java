package org.embygateway.index.sql;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Finds the copies that name a by-name copy. For each block of copies with neighbouring numbers there is a filter of what
 * they name; it may say yes in error, so the documents of the block decide. An item names a dozen people and more, all
 * over the place: a row for each pair was most of what learning wrote, and is asked for only when a name or a merge of
 * names changes.
 */
final class NamingBlocks {
    private static final int COPIES = 256;
    private static final int BITS = 32 * 1024;
    private static final int PROBES = 4;
    private static final int FILLED_AT_ONCE = 5000;

    private final Statements statements;

    NamingBlocks(Statements statements) {
        this.statements = statements;
    }

    private record Block(int number, BitSet filter) {
        boolean mayName(Collection<Integer> named) {
            return named.stream().anyMatch(this::mayName);
        }

        private boolean mayName(int named) {
            for (int probe = 0; probe < PROBES; probe++) {
                if (!filter.get(bit(named, probe))) {
                    return false;
                }
            }
            return true;
        }
    }

    private static int bit(int named, int probe) {
        int hash = (named * PROBES + probe) * 0x9e3779b9;
        return (hash ^ hash >>> 15) * 0x85ebca6b >>> 17;
    }

    /** The bits are never taken back: what a copy names no more costs a look at its document. */
    void add(Collection<DocumentTable.Row> documents) {
        Map<Integer, BitSet> filters = new HashMap<>();
        for (DocumentTable.Row row : documents) {
            BitSet filter = filters.computeIfAbsent(row.copy() / COPIES, block -> new BitSet(BITS));
            for (Namings.Naming naming : row.namings()) {
                for (int probe = 0; probe < PROBES; probe++) {
                    filter.set(bit(naming.copy(), probe));
                }
            }
        }
        for (Block known : statements.ask(
                "SELECT block, names FROM naming_block WHERE block IN (<ids>)",
                filters.keySet(),
                row -> new Block(row.getInt(1), BitSet.valueOf(row.getBytes(2))))) {
            BitSet all = (BitSet) known.filter().clone();
            all.or(filters.getOrDefault(known.number(), new BitSet()));
            if (!all.equals(known.filter())) {
                update(new Block(known.number(), all));
            }
            filters.remove(known.number());
        }
        List<Block> added = filters.entrySet().stream()
                .map(entry -> new Block(entry.getKey(), entry.getValue()))
                .toList();
        statements.write("INSERT INTO naming_block (block, names) VALUES (?, ?)", added, (statement, block) -> {
            statement.setInt(1, block.number());
            statement.setBytes(2, block.filter().toByteArray());
        });
    }

    private void update(Block changed) {
        statements.write("UPDATE naming_block SET names = ? WHERE block = ?", List.of(changed), (statement, block) -> {
            statement.setBytes(1, block.filter().toByteArray());
            statement.setInt(2, block.number());
        });
    }

    /** The copies whose documents name one of these. */
    Set<Integer> copiesNaming(Set<Integer> named) {
        Set<Integer> copies = new HashSet<>();
        if (named.isEmpty()) {
            return copies;
        }
        List<Integer> candidates = statements
                .list(
                        "SELECT block, names FROM naming_block",
                        row -> new Block(row.getInt(1), BitSet.valueOf(row.getBytes(2))).mayName(named)
                                ? row.getInt(1)
                                : -1)
                .stream()
                .filter(block -> block >= 0)
                .toList();
        for (int block : candidates) {
            for (DocumentTable.Row row : documents(block * COPIES, COPIES)) {
                if (row.namings().stream().anyMatch(naming -> named.contains(naming.copy()))) {
                    copies.add(row.copy());
                }
            }
        }
        return copies;
    }

    private List<DocumentTable.Row> documents(int first, int count) {
        return statements.list(
                "SELECT copy_id, names FROM copy_document WHERE copy_id >= ? AND copy_id < ?",
                row -> new DocumentTable.Row(row.getInt(1), new byte[0], Excerpt.NONE, Namings.unpack(row.getBytes(2))),
                first,
                first + count);
    }

    /** For a database of a version that kept the pairs. */
    static void fillWhenMissing(Database database) {
        boolean missing = database.read(handle -> isEmpty(handle, "naming_block") && !isEmpty(handle, "copy_document"));
        if (missing) {
            database.write(NamingBlocks::fill);
        }
    }

    private static boolean isEmpty(Handle handle, String table) {
        return handle.createQuery("SELECT COUNT(*) FROM (SELECT 1 FROM <table> LIMIT 1)")
                        .define("table", table)
                        .mapTo(Integer.class)
                        .one()
                == 0;
    }

    private static boolean fill(Handle handle) {
        NamingBlocks blocks = new NamingBlocks(new Statements(handle));
        int last = handle.createQuery("SELECT MAX(copy_id) FROM copy_document")
                .mapTo(Integer.class)
                .one();
        for (int first = 0; first <= last; first += FILLED_AT_ONCE) {
            blocks.add(blocks.documents(first, FILLED_AT_ONCE));
        }
        return true;
    }
}
