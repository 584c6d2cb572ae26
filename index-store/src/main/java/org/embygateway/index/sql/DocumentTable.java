package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements on documents, and on who names whom, within one transaction. */
final class DocumentTable {
    private final Handle handle;

    DocumentTable(Handle handle) {
        this.handle = handle;
    }

    /** @param document packed */
    record Row(int copy, byte[] document, List<Namings.Naming> namings) {}

    private record NamingRow(int named, int copy) {}

    void insert(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedBatch batch =
                handle.prepareBatch("INSERT INTO copy_document (copy_id, document, names) VALUES (?, ?, ?)")) {
            rows.forEach(row -> batch.add(row.copy(), row.document(), Namings.pack(row.namings())));
            batch.execute();
        }
        Set<NamingRow> namings = new HashSet<>();
        rows.forEach(row -> row.namings().forEach(n -> namings.add(new NamingRow(n.copy(), row.copy()))));
        write("INSERT INTO copy_naming (named, copy_id) VALUES (?, ?)", namings);
    }

    void remove(Collection<Integer> copies) {
        Set<NamingRow> namings = new HashSet<>();
        for (List<Integer> chunk : Chunks.of(copies)) {
            handle.createQuery("SELECT copy_id, names FROM copy_document WHERE copy_id IN (<ids>)")
                    .bindList("ids", chunk)
                    .map((row, context) -> namingRows(row.getInt("copy_id"), row.getBytes("names")))
                    .forEach(namings::addAll);
            handle.createUpdate("DELETE FROM copy_document WHERE copy_id IN (<ids>)")
                    .bindList("ids", chunk)
                    .execute();
        }
        write("DELETE FROM copy_naming WHERE named = ? AND copy_id = ?", namings);
    }

    private static List<NamingRow> namingRows(int copy, byte[] packed) {
        return Namings.unpack(packed).stream()
                .map(naming -> new NamingRow(naming.copy(), copy))
                .toList();
    }

    private void write(String statement, Collection<NamingRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(statement)) {
            new ArrayList<>(rows).forEach(row -> batch.add(row.named(), row.copy()));
            batch.execute();
        }
    }
}
