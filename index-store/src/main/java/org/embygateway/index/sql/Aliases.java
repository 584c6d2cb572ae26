package org.embygateway.index.sql;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Looks up which ids stand for another item. */
final class Aliases {
    private Aliases() {}

    /** The current id of each id that is an alias; others are left out. */
    static Map<Integer, Integer> among(Handle handle, Collection<Integer> ids) {
        Map<Integer, Integer> current = new HashMap<>();
        for (var chunk : Chunks.of(ids)) {
            handle.createQuery("SELECT id, alias_of FROM item WHERE id IN (<ids>) AND alias_of IS NOT NULL")
                    .bindList("ids", chunk)
                    .map((row, context) -> Map.entry(row.getInt("id"), row.getInt("alias_of")))
                    .forEach(entry -> current.put(entry.getKey(), entry.getValue()));
        }
        return current;
    }
}
