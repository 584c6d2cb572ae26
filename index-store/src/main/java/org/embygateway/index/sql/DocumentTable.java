package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Statements on documents, and on who names whom, within one transaction. */
final class DocumentTable {
    private static final Comparator<NamingRow> IN_PLACE =
            Comparator.comparingInt(NamingRow::named).thenComparingInt(NamingRow::copy);

    private final Statements statements;

    DocumentTable(Statements statements) {
        this.statements = statements;
    }

    /** @param document packed */
    record Row(int copy, byte[] document, List<Namings.Naming> namings) {}

    private record NamingRow(int named, int copy) {}

    void insert(List<Row> rows) {
        statements.write(
                "INSERT INTO copy_document (copy_id, document, names) VALUES (?, ?, ?)", rows, (statement, row) -> {
                    statement.setInt(1, row.copy());
                    statement.setBytes(2, row.document());
                    statement.setBytes(3, Namings.pack(row.namings()));
                });
        write(
                "INSERT INTO copy_naming (named, copy_id) VALUES (?, ?)",
                rows.stream().flatMap(row -> namingRows(row.copy(), row.namings())));
    }

    void remove(Collection<Integer> copies) {
        List<NamingRow> namings = new ArrayList<>();
        statements
                .ask(
                        "SELECT copy_id, names FROM copy_document WHERE copy_id IN (<ids>)",
                        copies,
                        row -> namingRows(row.getInt(1), Namings.unpack(row.getBytes(2))))
                .forEach(rows -> rows.forEach(namings::add));
        statements.write(
                "DELETE FROM copy_document WHERE copy_id = ?", copies, (statement, copy) -> statement.setInt(1, copy));
        write("DELETE FROM copy_naming WHERE named = ? AND copy_id = ?", namings.stream());
    }

    private static Stream<NamingRow> namingRows(int copy, List<Namings.Naming> namings) {
        return namings.stream().mapToInt(Namings.Naming::copy).distinct().mapToObj(named -> new NamingRow(named, copy));
    }

    /** In the order of the table, so that neighbours are written together. */
    private void write(String statement, Stream<NamingRow> rows) {
        statements.write(statement, rows.sorted(IN_PLACE).toList(), (prepared, row) -> {
            prepared.setInt(1, row.named());
            prepared.setInt(2, row.copy());
        });
    }
}
