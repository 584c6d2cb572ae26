package org.embygateway.index.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.embygateway.index.StoreFailure;
import org.jdbi.v3.core.Handle;

/**
 * The statements of a transaction that touches thousands of rows: each text is prepared once, parameters go by their
 * place. Measured with SQLite, a row through Jdbi's named parameters costs several times what the database itself does
 * for it. They are closed with the connection of the transaction.
 */
final class Statements {
    private static final String IDS = "<ids>";

    private final Handle handle;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Handle handle) {
        this.handle = handle;
    }

    Handle handle() {
        return handle;
    }

    /** Fills the parameters of a statement in for one row. */
    interface Binder<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    interface Mapper<R> {
        R read(ResultSet row) throws SQLException;
    }

    <T> void write(String text, Collection<T> rows, Binder<T> binder) {
        if (rows.isEmpty()) {
            return;
        }
        try {
            PreparedStatement statement = prepared(text);
            for (T row : rows) {
                binder.bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * All that is found for any of the ids.
     *
     * @param text with {@code IN (<ids>)} in place of the ids, after all other parameters
     * @param before the other parameters
     */
    <R> List<R> ask(String text, Collection<?> ids, Mapper<R> mapper, Object... before) {
        List<R> found = new ArrayList<>();
        for (List<?> chunk : Chunks.of(ids)) {
            String marks = String.join(",", Collections.nCopies(chunk.size(), "?"));
            try {
                PreparedStatement statement = prepared(text.replace(IDS, marks));
                bind(statement, 1, List.of(before));
                bind(statement, 1 + before.length, chunk);
                collect(statement, mapper, found);
            } catch (SQLException e) {
                throw failed(e);
            }
        }
        return found;
    }

    /** All that is found. */
    <R> List<R> list(String text, Mapper<R> mapper, Object... parameters) {
        try {
            PreparedStatement statement = prepared(text);
            bind(statement, 1, List.of(parameters));
            List<R> found = new ArrayList<>();
            collect(statement, mapper, found);
            return found;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static void bind(PreparedStatement statement, int first, List<?> values) throws SQLException {
        int place = first;
        for (Object value : values) {
            statement.setObject(place++, value);
        }
    }

    private static <R> void collect(PreparedStatement statement, Mapper<R> mapper, List<R> found) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(mapper.read(rows));
            }
        }
    }

    private PreparedStatement prepared(String text) throws SQLException {
        PreparedStatement known = prepared.get(text);
        if (known == null) {
            known = handle.getConnection().prepareStatement(text);
            prepared.put(text, known);
        }
        return known;
    }

    private static StoreFailure failed(SQLException failure) {
        return new StoreFailure("a statement failed: " + failure.getMessage(), failure);
    }
}
