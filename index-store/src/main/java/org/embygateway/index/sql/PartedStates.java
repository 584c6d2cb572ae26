package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.embygateway.index.UserData;
import org.jdbi.v3.core.Handle;

/**
 * People's states of items that are about to be taken apart: the half that keeps the id keeps the state, and the other is
 * given a copy, since nobody can tell which of the two was watched.
 */
final class PartedStates {
    private final Handle handle;
    private final Dialect dialect;
    private final Map<Integer, Map<String, UserData>> states = new HashMap<>();

    /** Remembers the states of the items as they are now. */
    PartedStates(Handle handle, Dialect dialect, Collection<Integer> items) {
        this.handle = handle;
        this.dialect = dialect;
        for (List<Integer> chunk : Chunks.of(items)) {
            handle.createQuery("""
                            SELECT COALESCE(i.alias_of, i.id) AS current_id, d.* FROM user_data d
                            JOIN item i ON i.id = d.item_id
                            WHERE d.item_id IN (SELECT id FROM item WHERE id IN (<ids>)
                                UNION SELECT id FROM item WHERE alias_of IN (<ids>))
                            """)
                    .bindList("ids", chunk)
                    .map((row, context) ->
                            new Known(row.getInt("current_id"), row.getString("user_id"), SqlUserData.state(row)))
                    .forEach(known -> states.computeIfAbsent(known.item(), item -> new HashMap<>())
                            .merge(known.user(), known.state(), SqlUserData::newer));
        }
    }

    private record Known(int item, String user, UserData state) {}

    /** @param moved copies that left their item, as they were; how they are now by their ids */
    void copy(Collection<CopyRow> moved, Map<Integer, CopyRow> now) {
        Map<Integer, Set<Integer>> parts = new HashMap<>();
        for (CopyRow row : moved) {
            int from = row.placement().item();
            CopyRow after = now.get(row.id());
            if (after != null && states.containsKey(from)) {
                parts.computeIfAbsent(from, item -> new HashSet<>(Set.of(item)))
                        .add(after.placement().item());
            }
        }
        List<SqlUserData.Entry> entries = new ArrayList<>();
        parts.forEach((from, items) -> states.getOrDefault(from, Map.of())
                .forEach(
                        (user, state) -> items.forEach(item -> entries.add(new SqlUserData.Entry(user, item, state)))));
        SqlUserData.save(handle, dialect, entries);
    }
}
