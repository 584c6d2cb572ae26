package org.embygateway.index.sql;

import java.util.Collection;
import java.util.List;

/** Statements on documents, and on who names whom, within one transaction. */
final class DocumentTable {
    private final Statements statements;

    DocumentTable(Statements statements) {
        this.statements = statements;
    }

    /** @param document packed */
    record Row(int copy, byte[] document, Excerpt excerpt, List<Namings.Naming> namings) {}

    void insert(List<Row> rows) {
        statements.write(
                "INSERT INTO copy_document (copy_id, document, names, excerpt_form, excerpt) VALUES (?, ?, ?, ?, ?)",
                rows,
                (statement, row) -> {
                    statement.setInt(1, row.copy());
                    statement.setBytes(2, row.document());
                    statement.setBytes(3, Namings.pack(row.namings()));
                    statement.setInt(4, row.excerpt().form());
                    statement.setBytes(5, row.excerpt().bytes());
                });
        new NamingBlocks(statements).add(rows);
    }

    void remove(Collection<Integer> copies) {
        statements.write(
                "DELETE FROM copy_document WHERE copy_id = ?", copies, (statement, copy) -> statement.setInt(1, copy));
    }
}
