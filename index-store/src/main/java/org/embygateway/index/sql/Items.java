package org.embygateway.index.sql;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.embygateway.protocol.ItemKind;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Statements on the ids of merged items and on conflicts within one transaction. */
final class Items {
    private static final String SEQUENCE = "item";

    private final Handle handle;
    private final Dialect dialect;
    private final Statements statements;
    private int firstNew = Integer.MAX_VALUE;

    Items(Statements statements, Dialect dialect) {
        this.handle = statements.handle();
        this.dialect = dialect;
        this.statements = statements;
    }

    /**
     * @param aliasOf 0 when it stands for itself
     */
    record Row(int id, ItemKind kind, int aliasOf) {}

    /**
     * @param other the same as {@code one} when it is about that item alone
     * @param suspicion whether no id says so
     */
    record ConflictRow(int one, int other, String reason, boolean suspicion) {}

    /** New ids; media sources are given theirs of the same sequence, since a version is an item too. */
    int[] newIds(int count) {
        if (count == 0) {
            return new int[0];
        }
        long first = Sequences.take(handle, SEQUENCE, count);
        firstNew = Math.min(firstNew, Math.toIntExact(first));
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = Math.toIntExact(first + i);
        }
        return ids;
    }

    /** Whether the id was given by this transaction. */
    boolean isNew(int id) {
        return id >= firstNew;
    }

    /** Stores items that were not there. */
    void insert(Collection<Row> rows) {
        statements.write("INSERT INTO item (id, kind, alias_of) VALUES (?, ?, NULL)", rows, (statement, row) -> {
            statement.setInt(1, row.id());
            statement.setInt(2, row.kind().code());
        });
    }

    /** Stores those that differ from what is stored. */
    void save(Collection<Row> rows) {
        Map<Integer, Row> stored = find(rows.stream().map(Row::id).toList());
        List<Row> different =
                rows.stream().filter(row -> !row.equals(stored.get(row.id()))).toList();
        if (different.isEmpty()) {
            return;
        }
        try (PreparedBatch batch =
                handle.prepareBatch(dialect.upsert("item", List.of("id"), List.of("kind", "alias_of")))) {
            for (Row row : different) {
                batch.bind("id", row.id())
                        .bind("kind", row.kind().code())
                        .bind("alias_of", orNull(row.aliasOf()))
                        .add();
            }
            batch.execute();
        }
    }

    private static @Nullable Integer orNull(int aliasOf) {
        return aliasOf == 0 ? null : aliasOf;
    }

    private Map<Integer, Row> find(Collection<Integer> ids) {
        Map<Integer, Row> found = new HashMap<>();
        statements
                .ask(
                        "SELECT id, kind, alias_of FROM item WHERE id IN (<ids>)",
                        ids,
                        row -> new Row(row.getInt(1), ItemKind.ofCode(row.getInt(2)), row.getInt(3)))
                .forEach(row -> found.put(row.id(), row));
        return found;
    }

    /** Those of the items that have a conflict or a suspicion, and the other items these are about. */
    Set<Integer> doubtful(Collection<Integer> some) {
        Set<Integer> found = new HashSet<>();
        for (List<Integer> chunk : Chunks.of(some)) {
            handle.createQuery("""
                            SELECT one, other FROM merge_conflict WHERE one IN (<ids>)
                            UNION SELECT one, other FROM merge_conflict WHERE other IN (<ids>)
                            """)
                    .bindList("ids", chunk)
                    .map((row, context) -> List.of(row.getInt("one"), row.getInt("other")))
                    .forEach(found::addAll);
        }
        return found;
    }

    /** Replaces all conflicts and suspicions that concern any of the items; of a pair with both the conflict stays. */
    void saveConflicts(Collection<Integer> items, Collection<ConflictRow> conflicts) {
        for (List<Integer> chunk : Chunks.of(items)) {
            handle.createUpdate("DELETE FROM merge_conflict WHERE one IN (<ids>)")
                    .bindList("ids", chunk)
                    .execute();
            handle.createUpdate("DELETE FROM merge_conflict WHERE other IN (<ids>)")
                    .bindList("ids", chunk)
                    .execute();
        }
        if (conflicts.isEmpty()) {
            return;
        }
        Map<List<Integer>, ConflictRow> rows = new LinkedHashMap<>();
        conflicts.forEach(row -> rows.merge(
                List.of(row.one(), row.other()), row, (first, second) -> first.suspicion() ? second : first));
        try (PreparedBatch batch =
                handle.prepareBatch("INSERT INTO merge_conflict (one, other, reason, suspicion) VALUES (?, ?, ?, ?)")) {
            rows.values().forEach(row -> batch.add(row.one(), row.other(), row.reason(), Columns.bit(row.suspicion())));
            batch.execute();
        }
    }
}
