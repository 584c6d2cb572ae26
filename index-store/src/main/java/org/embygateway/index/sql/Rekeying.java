package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.List;
import org.embygateway.index.IndexChange;
import org.embygateway.index.merge.MergeKey;
import org.embygateway.index.merge.MergeRules;
import org.jdbi.v3.core.Handle;

/**
 * Brings what was merged by other rules up to date: keys are stored as hashes, so copies of before and after a change of
 * the rules would not find each other. Done once at the first start with new rules.
 */
final class Rekeying {
    private static final String RULES = "merge.rules";
    private static final int AT_ONCE = 2000;

    private Rekeying() {}

    static void whenRulesChanged(Database database, SqlSettings settings) {
        String rules = Integer.toString(MergeRules.VERSION);
        if (settings.find(RULES).filter(rules::equals).isPresent()) {
            return;
        }
        database.write(handle -> handle.execute("DELETE FROM copy_key"));
        inPieces(database, Rekeying::key);
        inPieces(database, (handle, rows) -> merge(handle, database.dialect(), rows));
        settings.put(RULES, rules);
    }

    private interface Work {
        void on(Handle handle, List<CopyRow> rows);
    }

    private static void inPieces(Database database, Work work) {
        int after = 0;
        while (after >= 0) {
            int last = after;
            after = database.write(handle -> {
                List<CopyRow> rows = new Statements(handle)
                        .list(
                                CopyColumns.SELECT + "WHERE id > ? ORDER BY id LIMIT " + AT_ONCE,
                                CopyColumns::read,
                                last);
                work.on(handle, rows);
                return rows.isEmpty() ? -1 : rows.getLast().id();
            });
        }
    }

    private static void key(Handle handle, List<CopyRow> rows) {
        List<Copies.Keyed> keys = new ArrayList<>();
        for (CopyRow row : rows) {
            MergeRules.keys(row.facts()).stream()
                    .mapToLong(MergeKey::hash)
                    .distinct()
                    .forEach(hash -> keys.add(new Copies.Keyed(hash, row.id())));
        }
        new Copies(new Statements(handle)).addKeys(keys);
    }

    private static void merge(Handle handle, Dialect dialect, List<CopyRow> rows) {
        Statements statements = new Statements(handle);
        Copies copies = new Copies(statements);
        Shelf shelf = new Shelf(copies);
        Merging merging = new Merging(handle, shelf, new Items(statements, dialect));
        merging.merge(shelf.byId(Copies.ids(rows)), List.of());
        shelf.store();
        Changes changes = new Changes(copies);
        changes.touch(merging.touched());
        changes.touchMoved(merging.moved());
        IndexChange change = changes.toIndexChange();
        SqlMediaIndex.counted(handle, change);
    }
}
