package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.embygateway.index.Excerpts;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.protocol.ItemKind;

/** Makes excerpts anew of documents that another version of the gateway stored. */
final class Renewal {
    private static final int AT_ONCE = 200;

    private final Database database;
    private final Excerpts excerpts;

    Renewal(Database database, Excerpts excerpts) {
        this.database = database;
        this.excerpts = excerpts;
    }

    /** @param document compressed */
    private record Stale(int copy, CopyIdentity identity, ItemKind kind, byte[] document) {}

    private record Made(Stale of, Excerpt excerpt) {}

    OptionalInt renew(int after) {
        List<Stale> stale = database.read(
                handle -> new Statements(handle).list("""
                        SELECT c.id, c.upstream, c.space, c.upstream_item_id, c.kind, d.document
                        FROM copy_document d JOIN item_copy c ON c.id = d.copy_id
                        WHERE d.copy_id > ? AND d.excerpt_form <> ? ORDER BY d.copy_id LIMIT ?
                        """, Renewal::stale, after, excerpts.form(), AT_ONCE));
        if (stale.isEmpty()) {
            return OptionalInt.empty();
        }
        List<Made> made = new ArrayList<>();
        for (Stale one : stale) {
            byte[] document = Documents.unpack(one.document());
            made.add(new Made(one, Excerpt.of(excerpts, one.identity(), one.kind(), document)));
        }
        database.write(handle -> {
            store(new Statements(handle), made);
            return made.size();
        });
        return OptionalInt.of(stale.getLast().copy());
    }

    private static Stale stale(ResultSet row) throws SQLException {
        return new Stale(
                row.getInt(1),
                new CopyIdentity(row.getInt(2), row.getInt(3), row.getString(4)),
                ItemKind.ofCode(row.getInt(5)),
                row.getBytes(6));
    }

    /** A document that was stored meanwhile has an excerpt of its own. */
    private static void store(Statements statements, List<Made> made) {
        statements.write(
                "UPDATE copy_document SET excerpt_form = ?, excerpt = ? WHERE copy_id = ? AND document = ?",
                made,
                (statement, one) -> {
                    statement.setInt(1, one.excerpt().form());
                    statement.setBytes(2, one.excerpt().bytes());
                    statement.setInt(3, one.of().copy());
                    statement.setBytes(4, one.of().document());
                });
    }
}
