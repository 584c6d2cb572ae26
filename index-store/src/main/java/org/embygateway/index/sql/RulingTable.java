package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.embygateway.index.Merges.Author;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.index.merge.Ruling;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements on what administrators decided, within one transaction. */
final class RulingTable {
    private static final String SEQUENCE = "ruling";

    private final Handle handle;

    RulingTable(Handle handle) {
        this.handle = handle;
    }

    private record Named(int ruling, int side, CopyIdentity copy) {}

    /** Those in force, in the order they were made. */
    List<Ruling> inForce() {
        Map<Integer, Ruling.Act> acts = new TreeMap<>();
        handle.createQuery("SELECT id, act FROM merge_ruling WHERE undone IS NULL")
                .map((row, context) -> Map.entry(row.getInt("id"), Ruling.Act.valueOf(row.getString("act"))))
                .forEach(entry -> acts.put(entry.getKey(), entry.getValue()));
        if (acts.isEmpty()) {
            return List.of();
        }
        Map<Integer, List<Named>> named = named(acts.keySet());
        List<Ruling> rulings = new ArrayList<>();
        acts.forEach((id, act) -> rulings.add(ruling(id, act, named.getOrDefault(id, List.of()))));
        return rulings;
    }

    /** The copies of a ruling: those of its first side and the others. */
    List<Set<CopyIdentity>> sides(int ruling) {
        Ruling both = ruling(ruling, Ruling.Act.NEVER, named(List.of(ruling)).getOrDefault(ruling, List.of()));
        return List.of(both.one(), both.other());
    }

    private static Ruling ruling(int id, Ruling.Act act, List<Named> named) {
        Set<CopyIdentity> one = new HashSet<>();
        Set<CopyIdentity> other = new HashSet<>();
        named.forEach(name -> (name.side() == 0 ? one : other).add(name.copy()));
        return new Ruling(id, act, one, other);
    }

    private Map<Integer, List<Named>> named(Collection<Integer> rulings) {
        Map<Integer, List<Named>> named = new HashMap<>();
        for (List<Integer> chunk : Chunks.of(rulings)) {
            handle.createQuery("SELECT * FROM merge_ruling_copy WHERE ruling IN (<ids>)")
                    .bindList("ids", chunk)
                    .map((row, context) -> new Named(row.getInt("ruling"), row.getInt("side"), copy(row)))
                    .forEach(name -> named.computeIfAbsent(name.ruling(), r -> new ArrayList<>())
                            .add(name));
        }
        return named;
    }

    private static CopyIdentity copy(ResultSet row) throws SQLException {
        return new CopyIdentity(row.getInt("upstream"), row.getInt("space"), row.getString("upstream_item_id"));
    }

    /** Returns its number. */
    int add(Ruling.Act act, Collection<CopyRow> one, Collection<CopyRow> other, Author author) {
        int id = Sequences.next(handle, SEQUENCE);
        handle.createUpdate("""
                        INSERT INTO merge_ruling (id, act, made, made_by, made_by_name)
                        VALUES (:id, :act, :made, :by, :name)
                        """)
                .bind("id", id)
                .bind("act", act.name())
                .bind("made", Columns.nanos(author.at()))
                .bind("by", author.user().value())
                .bind("name", author.name())
                .execute();
        try (PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO merge_ruling_copy (ruling, side, upstream, space, upstream_item_id) VALUES (?, ?, ?, ?, ?)
                """)) {
            one.forEach(row -> name(batch, id, 0, row.identity()));
            other.forEach(row -> name(batch, id, 1, row.identity()));
            batch.execute();
        }
        return id;
    }

    private static void name(PreparedBatch batch, int ruling, int side, CopyIdentity copy) {
        batch.add(ruling, side, copy.upstream(), copy.space(), copy.itemId());
    }

    void undo(int id, Author author) {
        handle.createUpdate("""
                        UPDATE merge_ruling SET undone = :at, undone_by = :by, undone_by_name = :name WHERE id = :id
                        """)
                .bind("id", id)
                .bind("at", Columns.nanos(author.at()))
                .bind("by", author.user().value())
                .bind("name", author.name())
                .execute();
    }
}
