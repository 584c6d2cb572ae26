package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.index.IndexChange;
import org.embygateway.index.Memberships;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

final class SqlMemberships implements Memberships {
    private static final String MEMBERS = """
            SELECT l.item_id AS list_item, r.upstream, r.list_id, c.item_id AS member_item
            FROM list_reading r
            JOIN item_copy l ON l.upstream = r.upstream AND l.upstream_item_id = r.list_id AND l.space = 0 AND l.gone = 0
            LEFT JOIN list_member m ON m.upstream = r.upstream AND m.list_id = r.list_id
            LEFT JOIN item_copy c ON c.upstream = m.upstream AND c.upstream_item_id = m.member_id AND c.space = 0
                AND c.gone = 0
            """;
    private static final String IN_ORDER = " ORDER BY r.upstream, r.list_id, m.position";

    private final Database database;

    SqlMemberships(Database database) {
        this.database = database;
    }

    @Override
    public IndexChange learn(UpstreamId upstream, Map<String, List<String>> lists) {
        return database.write(handle -> {
            List<CopyRow> copies = new Copies(new Statements(handle))
                    .ordinary(upstream.value(), Set.copyOf(lists.keySet())).stream()
                            .filter(row ->
                                    !row.gone() && isList(row.description().kind()))
                            .toList();
            Map<String, List<String>> known = stored(handle, upstream, ids(copies));
            List<CopyRow> different = copies.stream()
                    .filter(row ->
                            !storable(lists.getOrDefault(id(row), List.of())).equals(known.get(id(row))))
                    .toList();
            note(handle, copies);
            replace(handle, upstream, different, lists);
            Changes changes = new Changes(new Copies(new Statements(handle)));
            changes.touchAll(different);
            return SqlMediaIndex.counted(handle, changes.toIndexChange());
        });
    }

    private static boolean isList(ItemKind kind) {
        return kind == ItemKind.BOX_SET || kind == ItemKind.PLAYLIST;
    }

    private static String id(CopyRow row) {
        return row.identity().itemId();
    }

    private static Set<String> ids(Collection<CopyRow> rows) {
        return rows.stream().map(SqlMemberships::id).collect(Collectors.toSet());
    }

    private static List<String> storable(List<String> ids) {
        return ids.stream().map(Texts::storable).toList();
    }

    /** The members of those that were read before. */
    private static Map<String, List<String>> stored(Handle handle, UpstreamId upstream, Set<String> lists) {
        Map<String, List<String>> members = new HashMap<>();
        for (List<String> chunk : Chunks.of(lists)) {
            handle.createQuery("SELECT list_id FROM list_reading WHERE upstream = :upstream AND list_id IN (<ids>)")
                    .bindList("ids", chunk)
                    .bind("upstream", upstream.value())
                    .mapTo(String.class)
                    .forEach(list -> members.put(list, new ArrayList<>()));
        }
        for (List<String> chunk : Chunks.of(members.keySet())) {
            handle.createQuery("""
                            SELECT list_id, member_id FROM list_member
                            WHERE upstream = :upstream AND list_id IN (<ids>) ORDER BY list_id, position
                            """)
                    .bindList("ids", chunk)
                    .bind("upstream", upstream.value())
                    .map((row, context) -> Map.entry(row.getString("list_id"), row.getString("member_id")))
                    .forEach(entry -> members.computeIfAbsent(entry.getKey(), list -> new ArrayList<>())
                            .add(entry.getValue()));
        }
        return members;
    }

    private void note(Handle handle, List<CopyRow> copies) {
        if (copies.isEmpty()) {
            return;
        }
        String upsert = database.dialect().upsert("list_reading", List.of("upstream", "list_id"), List.of("content"));
        try (PreparedBatch batch = handle.prepareBatch(upsert)) {
            for (CopyRow row : copies) {
                batch.bind("upstream", row.identity().upstream())
                        .bind("list_id", id(row))
                        .bind("content", row.content())
                        .add();
            }
            batch.execute();
        }
    }

    private static void replace(
            Handle handle, UpstreamId upstream, List<CopyRow> different, Map<String, List<String>> lists) {
        for (List<String> chunk : Chunks.of(ids(different))) {
            handle.createUpdate("DELETE FROM list_member WHERE upstream = :upstream AND list_id IN (<ids>)")
                    .bindList("ids", chunk)
                    .bind("upstream", upstream.value())
                    .execute();
        }
        List<Object[]> rows = new ArrayList<>();
        for (CopyRow row : different) {
            int position = 0;
            for (String member : storable(lists.getOrDefault(id(row), List.of()))) {
                rows.add(new Object[] {upstream.value(), id(row), position++, member});
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO list_member (upstream, list_id, position, member_id) VALUES (?, ?, ?, ?)")) {
            rows.forEach(batch::add);
            batch.execute();
        }
    }

    @Override
    public List<String> unread(UpstreamId upstream) {
        return database.read(handle -> handle.createQuery("""
                        SELECT c.upstream_item_id FROM item_copy c LEFT JOIN list_reading r
                            ON r.upstream = c.upstream AND r.list_id = c.upstream_item_id
                        WHERE c.upstream = :upstream AND c.kind IN (5, 17) AND c.gone = 0
                            AND (r.content IS NULL OR r.content <> c.content)
                        ORDER BY c.id
                        """)
                .bind("upstream", upstream.value())
                .mapTo(String.class)
                .list());
    }

    @Override
    public Map<String, Integer> sizes(UpstreamId upstream) {
        return database.read(handle -> {
            Map<String, Integer> sizes = new HashMap<>();
            handle.createQuery("""
                            SELECT r.list_id, COUNT(m.position) AS size FROM list_reading r LEFT JOIN list_member m
                                ON m.upstream = r.upstream AND m.list_id = r.list_id
                            WHERE r.upstream = :upstream GROUP BY r.list_id
                            """)
                    .bind("upstream", upstream.value())
                    .map((row, context) -> Map.entry(row.getString("list_id"), row.getInt("size")))
                    .forEach(entry -> sizes.put(entry.getKey(), entry.getValue()));
            return sizes;
        });
    }

    @Override
    public List<Membership> all() {
        return database.read(handle -> memberships(handle.createQuery(MEMBERS + IN_ORDER)));
    }

    @Override
    public List<Membership> of(Collection<ItemId> lists) {
        Set<Integer> wanted = new HashSet<>();
        lists.forEach(list -> wanted.add(list.value()));
        return database.read(handle -> Chunks.ask(
                wanted,
                chunk -> memberships(handle.createQuery(MEMBERS + "WHERE l.item_id IN (<ids>)" + IN_ORDER)
                        .bindList("ids", chunk))));
    }

    private record Source(int list, int upstream, String upstreamList) {}

    private static List<Membership> memberships(Query query) {
        Map<Source, List<ItemId>> members = new LinkedHashMap<>();
        query.map((row, context) -> {
                    Source source =
                            new Source(row.getInt("list_item"), row.getInt("upstream"), row.getString("list_id"));
                    return Map.entry(source, row.getInt("member_item"));
                })
                .forEach(entry -> {
                    List<ItemId> known = members.computeIfAbsent(entry.getKey(), source -> new ArrayList<>());
                    if (entry.getValue() != 0) {
                        known.add(new ItemId(entry.getValue()));
                    }
                });
        List<Membership> result = new ArrayList<>();
        members.forEach((source, ids) ->
                result.add(new Membership(new ItemId(source.list), new UpstreamId(source.upstream), ids)));
        return result;
    }
}
