package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.embygateway.index.MergedItem.ByNameRef;
import org.embygateway.index.Outline;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;

/**
 * Reads merged items as far as they are looked for: of a copy half of the columns, no sources, and the document only where
 * there is no excerpt.
 */
final class Outlines {
    private static final Comparator<Part> BEST_FIRST =
            Comparator.comparingInt(Part::priority).thenComparing(Part::identity);

    private static final String COPIES = """
            SELECT c.id, c.item_id, c.upstream, c.space, c.upstream_item_id, c.has_id, c.kind, c.name, c.library_id,
                c.series_item, c.season_item, d.names, CASE d.excerpt_form WHEN ? THEN d.excerpt END,
                CASE d.excerpt_form WHEN ? THEN NULL ELSE d.document END
            FROM item_copy c LEFT JOIN copy_document d ON d.copy_id = c.id
            WHERE c.gone = 0 AND c.item_id
            """;

    private final Statements statements;
    private final int form;
    private final Map<Integer, Integer> priorities = new HashMap<>();

    /** @param form of the excerpts that are wanted */
    Outlines(Statements statements, int form) {
        this.statements = statements;
        this.form = form;
        statements
                .list("SELECT id, priority FROM upstream", row -> Map.entry(row.getInt(1), row.getInt(2)))
                .forEach(upstream -> priorities.put(upstream.getKey(), upstream.getValue()));
    }

    /** One copy with all that belongs to it. */
    private record Part(
            int copy,
            int item,
            CopyIdentity identity,
            int priority,
            boolean hasId,
            ItemKind kind,
            String name,
            String library,
            int series,
            int season,
            List<Namings.Naming> namings,
            Optional<byte[]> excerpt,
            Supplier<byte[]> document,
            List<Sources.Row> sources) {

        /** Whether what is asked of it is in its document only. */
        boolean isBare() {
            return excerpt.isEmpty() && identity.space() == 0;
        }
    }

    /** All items with ids from {@code first} to {@code last}, in the order of their ids. */
    Batch read(int first, int last, Map<Integer, Reading.Named> named) {
        return batch(statements.list(COPIES + "BETWEEN ? AND ?", this::part, form, form, first, last), named);
    }

    /** @param fresh those of the items that need not be looked up */
    Batch read(Collection<Integer> items, Map<Integer, Fresh.Item> fresh) {
        List<Integer> others =
                items.stream().filter(item -> !fresh.containsKey(item)).toList();
        List<Part> parts = new ArrayList<>(statements.ask(COPIES + "IN (<ids>)", others, this::part, form, form));
        Map<Integer, Reading.Named> named = new HashMap<>();
        fresh.values().forEach(item -> {
            parts.add(part(item));
            item.eachName(named::put);
        });
        return batch(parts, named);
    }

    private Part part(Fresh.Item item) {
        Description said = item.row().description();
        Placement place = item.row().placement();
        return new Part(
                item.row().id(),
                place.item(),
                item.row().identity(),
                0,
                item.row().hasId(),
                said.kind(),
                said.name(),
                said.libraryId(),
                place.series(),
                place.season(),
                item.namings(),
                item.excerpt().filter(excerpt -> excerpt.form() == form).map(Excerpt::bytes),
                item::document,
                new ArrayList<>(0));
    }

    private Part part(ResultSet row) throws SQLException {
        int upstream = row.getInt(3);
        byte[] names = row.getBytes(12);
        byte[] packed = row.getBytes(14);
        return new Part(
                row.getInt(1),
                row.getInt(2),
                new CopyIdentity(upstream, row.getInt(4), row.getString(5)),
                priorities.getOrDefault(upstream, Integer.MAX_VALUE),
                row.getInt(6) != 0,
                ItemKind.ofCode(row.getInt(7)),
                row.getString(8),
                row.getString(9),
                row.getInt(10),
                row.getInt(11),
                names == null ? List.of() : Namings.unpack(names),
                Optional.ofNullable(row.getBytes(13)),
                () -> packed == null ? Reading.EMPTY_DOCUMENT.clone() : Documents.unpack(packed),
                new ArrayList<>(0));
    }

    private Batch batch(List<Part> copies, Map<Integer, Reading.Named> named) {
        Map<Integer, List<Part>> parts = new TreeMap<>();
        Set<Integer> names = new LinkedHashSet<>();
        for (Part part : copies) {
            parts.computeIfAbsent(part.item(), item -> new ArrayList<>(2)).add(part);
            part.namings().forEach(naming -> names.add(naming.copy()));
        }
        parts.values().forEach(list -> list.sort(BEST_FIRST));
        addSources(copies);
        Reading.lookUp(statements, names, named);
        return new Batch(parts, named, Reading.libraries(statements));
    }

    private void addSources(List<Part> copies) {
        Map<Integer, Part> bare = new HashMap<>();
        copies.stream().filter(Part::isBare).forEach(part -> bare.put(part.copy(), part));
        Set<Integer> items = bare.values().stream().map(Part::item).collect(Collectors.toSet());
        for (Reading.Source source : Reading.sources(statements, items)) {
            Optional.ofNullable(bare.get(source.copy()))
                    .ifPresent(part -> part.sources().add(source.row()));
        }
    }

    /** The rows of some items, the items in the order of their ids. */
    record Batch(
            Map<Integer, List<Part>> parts, Map<Integer, Reading.Named> named, Map<CopyIdentity, Integer> libraries) {

        List<Outline> items() {
            List<Outline> items = new ArrayList<>(parts.size());
            parts.forEach((id, copies) -> items.add(item(id, copies)));
            return items;
        }

        private Outline item(int id, List<Part> copies) {
            Part best = copies.getFirst();
            boolean whole = copies.stream().allMatch(part -> part.excerpt().isPresent());
            return new Outline(
                    new ItemId(id),
                    best.kind(),
                    best.name(),
                    copies.stream().filter(Part::hasId).map(this::copy).toList(),
                    best.kind() == ItemKind.AUDIO ? Optional.empty() : parent(copies, Part::series),
                    parent(copies, Part::season),
                    views(copies),
                    whole ? List.of() : names(copies));
        }

        private Outline.Part copy(Part part) {
            return new Outline.Part(
                    new UpstreamId(part.identity().upstream()),
                    part.identity().itemId(),
                    part.library(),
                    part.sources().stream().map(Sources.Row::toSource).toList(),
                    part.excerpt().map(bytes -> new Outline.Excerpt(bytes, names(List.of(part)))),
                    part.document());
        }

        private static Optional<ItemId> parent(List<Part> copies, ToIntFunction<Part> number) {
            return copies.stream()
                    .mapToInt(number)
                    .filter(n -> n != 0)
                    .mapToObj(ItemId::new)
                    .findFirst();
        }

        private List<ItemId> views(List<Part> copies) {
            Set<ItemId> views = new LinkedHashSet<>();
            for (Part part : copies) {
                Integer view = libraries.get(new CopyIdentity(part.identity().upstream(), 0, part.library()));
                if (view != null) {
                    views.add(new ItemId(view));
                }
            }
            return List.copyOf(views);
        }

        private List<ByNameRef> names(List<Part> copies) {
            return Reading.byName(
                    copies.stream().flatMap(part -> part.namings().stream()).toList(), named);
        }
    }
}
