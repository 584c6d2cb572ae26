package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.index.Copy;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;

/** Statements on {@code media_source} within one transaction. A source keeps its id also while it is not listed. */
final class Sources {
    private static final int NOT_LISTED = -1;

    private static final String COLUMNS =
            "id, upstream, upstream_item_id, upstream_source_id, upstream_version_id, position, size, run_time";

    private final Statements statements;
    private final Items items;

    Sources(Statements statements, Items items) {
        this.statements = statements;
        this.items = items;
    }

    record Key(String item, String source) {}

    record Row(int id, Key key, String version, int position, long size, long runTime) {
        Copy.Source toSource() {
            return new Copy.Source(new MediaSourceId(new ItemId(id)), key.source(), version, size, runTime);
        }

        Row at(UpstreamItem.Source said, int newPosition) {
            return new Row(id, key, said.versionItemId(), newPosition, said.size(), said.runTimeTicks());
        }

        Row notListed() {
            return new Row(id, key, version, NOT_LISTED, size, runTime);
        }
    }

    Map<Key, Row> of(int upstream, Collection<String> itemIds) {
        Map<Key, Row> found = new LinkedHashMap<>();
        statements
                .ask(
                        "SELECT " + COLUMNS + " FROM media_source WHERE upstream = ? AND upstream_item_id IN (<ids>)"
                                + " ORDER BY upstream_item_id, position, id",
                        itemIds,
                        row -> new Row(
                                row.getInt(1),
                                new Key(row.getString(3), row.getString(4)),
                                row.getString(5),
                                row.getInt(6),
                                row.getLong(7),
                                row.getLong(8)),
                        upstream)
                .forEach(row -> found.put(row.key(), row));
        return found;
    }

    /** @param first column of the id; item, source, version, position, size and run time follow */
    static Row read(ResultSet row, int first) throws SQLException {
        return new Row(
                row.getInt(first),
                new Key(row.getString(first + 1), row.getString(first + 2)),
                row.getString(first + 3),
                row.getInt(first + 4),
                row.getLong(first + 5),
                row.getLong(first + 6));
    }

    /** Lists exactly these sources of each item, in this order; returns them as they are stored then. */
    Map<String, List<Row>> list(int upstream, Map<String, List<UpstreamItem.Source>> sources) {
        Map<Key, Row> stored = of(upstream, sources.keySet());
        Map<Key, Row> wanted = new LinkedHashMap<>();
        List<Key> unknown = new ArrayList<>();
        sources.forEach((item, list) -> {
            for (int position = 0; position < list.size(); position++) {
                Key key = new Key(item, list.get(position).id());
                Row row = stored.getOrDefault(key, new Row(0, key, "", 0, 0, 0));
                if (wanted.putIfAbsent(key, row.at(list.get(position), position)) == null && row.id() == 0) {
                    unknown.add(key);
                }
            }
        });
        List<Row> added = number(unknown, wanted);
        insert(upstream, added);
        added.forEach(row -> wanted.put(row.key(), row));
        Map<String, List<Row>> listed = wanted.values().stream()
                .collect(Collectors.groupingBy(row -> row.key().item()));
        unknown.forEach(wanted::remove);
        stored.forEach((key, row) -> wanted.putIfAbsent(key, row.notListed()));
        wanted.values().removeIf(row -> row.equals(stored.get(row.key())));
        update(wanted.values());
        return listed;
    }

    private List<Row> number(List<Key> unknown, Map<Key, Row> wanted) {
        int[] ids = items.newIds(unknown.size());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            Row row = wanted.getOrDefault(unknown.get(i), new Row(0, unknown.get(i), "", NOT_LISTED, 0, 0));
            rows.add(new Row(ids[i], row.key(), row.version(), row.position(), row.size(), row.runTime()));
        }
        return rows;
    }

    /** The ids of the sources; those not seen before are given one, though they stay unlisted. */
    Map<String, MediaSourceId> idsOf(int upstream, String itemId, Collection<String> sourceIds) {
        Map<Key, Row> stored = new HashMap<>(of(upstream, List.of(itemId)));
        Set<Key> unknown = new HashSet<>();
        sourceIds.forEach(id -> unknown.add(new Key(itemId, id)));
        unknown.removeAll(stored.keySet());
        Map<Key, Row> lazy = new HashMap<>();
        unknown.forEach(key -> lazy.put(key, new Row(0, key, itemId, NOT_LISTED, 0, 0)));
        List<Row> added = number(List.copyOf(unknown), lazy);
        insert(upstream, added);
        added.forEach(row -> stored.put(row.key(), row));
        return pick(stored, itemId, sourceIds);
    }

    static Map<String, MediaSourceId> pick(Map<Key, Row> stored, String itemId, Collection<String> sourceIds) {
        Map<String, MediaSourceId> ids = new HashMap<>();
        for (String sourceId : sourceIds) {
            Row row = stored.get(new Key(itemId, sourceId));
            if (row != null) {
                ids.put(sourceId, row.toSource().id());
            }
        }
        return ids;
    }

    private void insert(int upstream, Collection<Row> rows) {
        statements.write(
                "INSERT INTO media_source (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
                (statement, row) -> {
                    statement.setInt(1, row.id());
                    statement.setInt(2, upstream);
                    statement.setString(3, row.key().item());
                    statement.setString(4, row.key().source());
                    statement.setString(5, row.version());
                    statement.setInt(6, row.position());
                    statement.setLong(7, row.size());
                    statement.setLong(8, row.runTime());
                });
    }

    private void update(Collection<Row> rows) {
        statements.write(
                "UPDATE media_source SET upstream_version_id = ?, position = ?, size = ?, run_time = ? WHERE id = ?",
                rows,
                (statement, row) -> {
                    statement.setString(1, row.version());
                    statement.setInt(2, row.position());
                    statement.setLong(3, row.size());
                    statement.setLong(4, row.runTime());
                    statement.setInt(5, row.id());
                });
    }
}
