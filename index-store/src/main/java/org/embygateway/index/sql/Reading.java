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
import java.util.function.Supplier;
import org.embygateway.index.Copy;
import org.embygateway.index.MergedItem;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.jdbi.v3.core.Handle;

/** Reads merged items: all rows of some items in a few statements, then, outside of the database, the items. */
final class Reading {
    static final byte[] EMPTY_DOCUMENT = {'{', '}'};
    private static final Comparator<Part> BEST_FIRST = Comparator.comparingInt(Part::priority)
            .thenComparing(part -> part.row().identity());

    private Reading() {}

    /** One copy with all that belongs to it. */
    private record Part(
            CopyRow row,
            int priority,
            Supplier<byte[]> document,
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
                    best.kind() == ItemKind.AUDIO ? Optional.empty() : parent(parts, Placement::series),
                    parent(parts, Placement::season),
                    views(parts),
                    byName(parts));
        }

        private static Copy copy(Part part) {
            return new Copy(
                    new UpstreamId(part.row().identity().upstream()),
                    part.row().identity().itemId(),
                    part.row().description().libraryId(),
                    part.sources().stream().map(Sources.Row::toSource).toList(),
                    part.document().get());
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
            return Reading.byName(
                    parts.stream().flatMap(part -> part.namings().stream()).toList(), named);
        }
    }

    private record InRole(ItemId id, String role) {}

    /** Each item that is named once per role. */
    static List<MergedItem.ByNameRef> byName(List<Namings.Naming> namings, Map<Integer, Named> named) {
        Map<InRole, MergedItem.ByNameRef> refs = LinkedHashMap.newLinkedHashMap(namings.size());
        for (Namings.Naming naming : namings) {
            Named entry = named.get(naming.copy());
            if (entry != null) {
                refs.putIfAbsent(
                        new InRole(entry.id(), naming.role()),
                        new MergedItem.ByNameRef(entry.kind(), entry.id(), entry.name(), naming.role()));
            }
        }
        return List.copyOf(refs.values());
    }

    /** @param fresh those of the items that need not be looked up */
    static Batch read(Handle handle, Collection<Integer> items, Map<Integer, Fresh.Item> fresh) {
        Statements statements = new Statements(handle);
        List<Integer> others =
                items.stream().filter(item -> !fresh.containsKey(item)).toList();
        List<Part> parts = new ArrayList<>(
                statements.ask(COPIES + "WHERE c.gone = 0 AND c.item_id IN (<ids>)", others, Reading::part));
        Map<Integer, Named> named = new HashMap<>();
        fresh.values().forEach(item -> {
            parts.add(new Part(item.row(), 0, item::document, item.namings(), item.sources()));
            item.eachName(named::put);
        });
        name(statements, parts, named);
        return batch(statements, sources(statements, others), parts, named);
    }

    /** The listed sources of the items' copies, in order. */
    static List<Source> sources(Statements statements, Collection<Integer> items) {
        return statements.ask(SOURCES + "AND c.item_id IN (<ids>) ORDER BY s.position", items, Reading::source);
    }

    /** Without what the items name. */
    static Batch unnamed(Handle handle, Collection<Integer> items) {
        Statements statements = new Statements(handle);
        return batch(
                statements,
                sources(statements, items),
                statements.ask(COPIES + "WHERE c.gone = 0 AND c.item_id IN (<ids>)", items, Reading::part),
                Map.of());
    }

    /** All items with ids from {@code first} to {@code last}. */
    static Batch read(Handle handle, int first, int last, Map<Integer, Named> named) {
        Statements statements = new Statements(handle);
        String which = "c.item_id BETWEEN ? AND ?";
        List<Part> parts = statements.list(COPIES + "WHERE c.gone = 0 AND " + which, Reading::part, first, last);
        name(statements, parts, named);
        return batch(
                statements,
                statements.list(SOURCES + "AND " + which + " ORDER BY s.position", Reading::source, first, last),
                parts,
                named);
    }

    private static final String COPIES = """
            SELECT %s, COALESCE(u.priority, 2147483647), d.document, d.names
            FROM item_copy c
            LEFT JOIN copy_document d ON d.copy_id = c.id
            LEFT JOIN upstream u ON u.id = c.upstream
            """.formatted(CopyColumns.of("c"));

    private static final String SOURCES = """
            SELECT c.id, s.id, s.upstream_item_id, s.upstream_source_id, s.upstream_version_id, s.position, s.size,
                s.run_time
            FROM item_copy c
            JOIN media_source s ON s.upstream = c.upstream AND s.upstream_item_id = c.upstream_item_id
            WHERE c.gone = 0 AND c.space = 0 AND s.position >= 0
            """;

    /** A source of a copy. */
    record Source(int copy, Sources.Row row) {}

    private static Source source(ResultSet row) throws SQLException {
        return new Source(row.getInt(1), Sources.read(row, 2));
    }

    /** Without its sources, which come in a question of their own. */
    private static Part part(ResultSet row) throws SQLException {
        int next = CopyColumns.count() + 1;
        byte[] packed = row.getBytes(next + 1);
        byte[] names = row.getBytes(next + 2);
        return new Part(
                CopyColumns.read(row),
                row.getInt(next),
                () -> packed == null ? EMPTY_DOCUMENT.clone() : Documents.unpack(packed),
                names == null ? List.of() : Namings.unpack(names),
                new ArrayList<>(1));
    }

    private static Batch batch(
            Statements statements, List<Source> sources, List<Part> copies, Map<Integer, Named> named) {
        Map<Integer, Part> byCopy = new HashMap<>();
        Map<Integer, List<Part>> parts = new TreeMap<>();
        for (Part part : copies) {
            byCopy.put(part.row().id(), part);
            parts.computeIfAbsent(part.row().placement().item(), item -> new ArrayList<>(2))
                    .add(part);
        }
        for (Source source : sources) {
            Optional.ofNullable(byCopy.get(source.copy()))
                    .ifPresent(part -> part.sources().add(source.row()));
        }
        parts.values().forEach(list -> list.sort(BEST_FIRST));
        return new Batch(parts, named, libraries(statements));
    }

    private static void name(Statements statements, List<Part> parts, Map<Integer, Named> named) {
        Set<Integer> names = new HashSet<>();
        parts.forEach(part -> part.namings().forEach(naming -> names.add(naming.copy())));
        lookUp(statements, names, named);
    }

    /** Finds what by-name copies are part of, as far as that is not known. */
    static void lookUp(Statements statements, Set<Integer> copies, Map<Integer, Named> named) {
        Set<Integer> unknown = new HashSet<>(copies);
        unknown.removeAll(named.keySet());
        statements
                .ask(
                        "SELECT id, kind, item_id, name FROM item_copy WHERE id IN (<ids>)",
                        unknown,
                        row -> Map.entry(
                                row.getInt(1),
                                new Named(ItemKind.ofCode(row.getInt(2)), new ItemId(row.getInt(3)), row.getString(4))))
                .forEach(entry -> named.put(entry.getKey(), entry.getValue()));
    }

    /** The merged libraries by what their upstreams call them. */
    static Map<CopyIdentity, Integer> libraries(Statements statements) {
        Map<CopyIdentity, Integer> libraries = new HashMap<>();
        statements
                .list(
                        "SELECT upstream, upstream_item_id, item_id FROM item_copy WHERE kind IN (19, 20) AND gone = 0",
                        row -> Map.entry(new CopyIdentity(row.getInt(1), 0, row.getString(2)), row.getInt(3)))
                .forEach(entry -> libraries.put(entry.getKey(), entry.getValue()));
        return libraries;
    }
}
