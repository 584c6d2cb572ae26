package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.embygateway.index.Copy;
import org.embygateway.index.MergedItem;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads merged items: all rows of some items in a few statements, then, outside of the database, the items. */
final class Reading {
    private static final byte[] EMPTY_DOCUMENT = {'{', '}'};
    private static final Comparator<Part> BEST_FIRST = Comparator.comparingInt(Part::priority)
            .thenComparing(part -> part.row().identity());

    private Reading() {}

    /** One copy with all that belongs to it. */
    private record Part(
            CopyRow row,
            int priority,
            byte @Nullable [] document,
            List<Namings.Naming> namings,
            List<Sources.Row> sources) {}

    /** What by-name copies are part of; kept over several batches when all items are read. */
    record Named(ItemKind kind, ItemId id, String name) {}

    /** The rows of some items, the items in the order of their ids. */
    record Batch(Map<Integer, List<Part>> parts, Map<Integer, Named> named, Map<CopyIdentity, Integer> libraries) {
        /** The items with the copies that are let through; those without one are left out. */
        List<MergedItem> items(Predicate<CopyRow> copies) {
            List<MergedItem> items = new ArrayList<>();
            parts.forEach((id, all) -> {
                List<Part> some =
                        all.stream().filter(part -> copies.test(part.row())).toList();
                if (!some.isEmpty()) {
                    items.add(item(id, some));
                }
            });
            return items;
        }

        private MergedItem item(int id, List<Part> parts) {
            Description best = parts.getFirst().row().description();
            return new MergedItem(
                    new ItemId(id),
                    best.kind(),
                    best.name(),
                    parts.stream()
                            .filter(part -> part.row().hasId())
                            .map(Batch::copy)
                            .toList(),
                    parent(parts, Placement::series),
                    parent(parts, Placement::season),
                    views(parts),
                    byName(parts));
        }

        private static Copy copy(Part part) {
            byte[] packed = part.document();
            return new Copy(
                    new UpstreamId(part.row().identity().upstream()),
                    part.row().identity().itemId(),
                    part.row().description().libraryId(),
                    part.sources().stream().map(Sources.Row::toSource).toList(),
                    packed == null ? EMPTY_DOCUMENT.clone() : Documents.unpack(packed));
        }

        private static Optional<ItemId> parent(List<Part> parts, java.util.function.ToIntFunction<Placement> number) {
            return parts.stream()
                    .map(part -> number.applyAsInt(part.row().placement()))
                    .filter(n -> n != 0)
                    .findFirst()
                    .map(ItemId::new);
        }

        private List<ItemId> views(List<Part> parts) {
            Set<ItemId> views = new LinkedHashSet<>();
            for (Part part : parts) {
                CopyIdentity library = new CopyIdentity(
                        part.row().identity().upstream(),
                        0,
                        part.row().description().libraryId());
                Integer view = libraries.get(library);
                if (view != null) {
                    views.add(new ItemId(view));
                }
            }
            return List.copyOf(views);
        }

        private List<MergedItem.ByNameRef> byName(List<Part> parts) {
            Map<List<Object>, MergedItem.ByNameRef> refs = new LinkedHashMap<>();
            for (Part part : parts) {
                for (Namings.Naming naming : part.namings()) {
                    Named entry = named.get(naming.copy());
                    if (entry != null) {
                        refs.putIfAbsent(
                                List.of(entry.id(), naming.role()),
                                new MergedItem.ByNameRef(entry.kind(), entry.id(), entry.name(), naming.role()));
                    }
                }
            }
            return List.copyOf(refs.values());
        }
    }

    static Batch read(Handle handle, Collection<Integer> items) {
        Map<Integer, Named> named = new HashMap<>();
        Map<Integer, List<Part>> parts = new TreeMap<>();
        for (List<Integer> chunk : Chunks.of(items)) {
            Query copies = handle.createQuery(COPIES + "WHERE c.gone = 0 AND c.item_id IN (<ids>)")
                    .bindList("ids", chunk);
            Query sources = handle.createQuery(SOURCES + "AND c.item_id IN (<ids>) ORDER BY s.position")
                    .bindList("ids", chunk);
            parts.putAll(parts(copies, sources));
        }
        return batch(handle, parts, named);
    }

    /** All items with ids from {@code first} to {@code last}. */
    static Batch read(Handle handle, int first, int last, Map<Integer, Named> named) {
        Query copies = handle.createQuery(COPIES + "WHERE c.gone = 0 AND c.item_id BETWEEN :first AND :last")
                .bind("first", first)
                .bind("last", last);
        Query sources = handle.createQuery(SOURCES + "AND c.item_id BETWEEN :first AND :last ORDER BY s.position")
                .bind("first", first)
                .bind("last", last);
        return batch(handle, parts(copies, sources), named);
    }

    private static final String COPIES = """
            SELECT %s, d.document, d.names, COALESCE(u.priority, 2147483647) AS priority
            FROM item_copy c
            LEFT JOIN copy_document d ON d.copy_id = c.id
            LEFT JOIN upstream u ON u.id = c.upstream
            """.formatted(CopyColumns.of("c"));

    private static final String SOURCES = """
            SELECT s.*, c.id AS copy_id
            FROM item_copy c
            JOIN media_source s ON s.upstream = c.upstream AND s.upstream_item_id = c.upstream_item_id
            WHERE c.gone = 0 AND c.space = 0 AND s.position >= 0
            """;

    private static Map<Integer, List<Part>> parts(Query copies, Query sources) {
        Map<Integer, List<Sources.Row>> sourcesByCopy = new HashMap<>();
        sources.map((row, context) -> Map.entry(row.getInt("copy_id"), Sources.read(row)))
                .forEach(entry -> sourcesByCopy
                        .computeIfAbsent(entry.getKey(), copy -> new ArrayList<>())
                        .add(entry.getValue()));
        Map<Integer, List<Part>> parts = new TreeMap<>();
        copies.map((row, context) -> part(row, sourcesByCopy))
                .forEach(part -> parts.computeIfAbsent(part.row().placement().item(), item -> new ArrayList<>(2))
                        .add(part));
        parts.values().forEach(list -> list.sort(BEST_FIRST));
        return parts;
    }

    private static Part part(ResultSet row, Map<Integer, List<Sources.Row>> sources) throws SQLException {
        CopyRow copy = CopyColumns.read(row);
        byte[] names = row.getBytes("names");
        return new Part(
                copy,
                row.getInt("priority"),
                row.getBytes("document"),
                names == null ? List.of() : Namings.unpack(names),
                sources.getOrDefault(copy.id(), List.of()));
    }

    private static Batch batch(Handle handle, Map<Integer, List<Part>> parts, Map<Integer, Named> named) {
        Set<Integer> unknown = new HashSet<>();
        parts.values()
                .forEach(list -> list.forEach(part -> part.namings().forEach(naming -> unknown.add(naming.copy()))));
        unknown.removeAll(named.keySet());
        for (List<Integer> chunk : Chunks.of(unknown)) {
            handle.createQuery("SELECT id, kind, item_id, name FROM item_copy WHERE id IN (<ids>)")
                    .bindList("ids", chunk)
                    .map((row, context) -> Map.entry(
                            row.getInt("id"),
                            new Named(
                                    ItemKind.ofCode(row.getInt("kind")),
                                    new ItemId(row.getInt("item_id")),
                                    row.getString("name"))))
                    .forEach(entry -> named.put(entry.getKey(), entry.getValue()));
        }
        return new Batch(parts, named, libraries(handle));
    }

    private static Map<CopyIdentity, Integer> libraries(Handle handle) {
        Map<CopyIdentity, Integer> libraries = new HashMap<>();
        handle.createQuery("""
                        SELECT upstream, upstream_item_id, item_id FROM item_copy WHERE kind IN (19, 20) AND gone = 0
                        """)
                .map((row, context) -> Map.entry(
                        new CopyIdentity(row.getInt("upstream"), 0, row.getString("upstream_item_id")),
                        row.getInt("item_id")))
                .forEach(entry -> libraries.put(entry.getKey(), entry.getValue()));
        return libraries;
    }
}
