package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.index.Excerpts;
import org.embygateway.index.IndexChange;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.merge.CopyIdentity;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Takes in what one upstream said, within one transaction. Items that say nothing new cost one look-up. */
final class Learning {
    private static final String COPY_SEQUENCE = "copy";

    private final Handle handle;
    private final int upstream;
    private final Statements statements;
    private final Copies copies;
    private final Items items;
    private final Shelf shelf;
    private final KnownNames known;
    private final Excerpts excerpts;
    private final Map<CopyIdentity, KnownNames.Entry> unchangedNames = new HashMap<>();
    private final Map<CopyIdentity, CopyRow> after = new LinkedHashMap<>();
    private final Map<CopyIdentity, Stored> stored = new HashMap<>();
    private Map<String, List<Sources.Row>> listed = Map.of();

    /** What was stored with a copy. */
    private record Stored(
            Optional<Learned.Ready> document, List<Namings.Naming> namings, Map<Integer, Reading.Named> names) {
        static final Stored NOTHING = new Stored(Optional.empty(), List.of(), Map.of());

        Fresh.Item item(CopyRow row, Map<String, List<Sources.Row>> listed) {
            boolean listsSources = row.identity().space() == 0;
            return new Fresh.Item(
                    row,
                    document,
                    namings,
                    listsSources ? listed.getOrDefault(row.identity().itemId(), List.of()) : List.of(),
                    names);
        }
    }

    Learning(Handle handle, Dialect dialect, KnownNames known, Excerpts excerpts, int upstream) {
        this.handle = handle;
        this.upstream = upstream;
        this.statements = new Statements(handle);
        this.copies = new Copies(statements);
        this.items = new Items(statements, dialect);
        this.shelf = new Shelf(copies);
        this.known = known;
        this.excerpts = excerpts;
    }

    IndexChange learn(List<Learned> all) {
        long sweep = sweep();
        List<Learned> news = news(all, sweep);
        if (news.isEmpty()) {
            return IndexChange.NOTHING;
        }
        load(news);
        news.forEach(learned -> learned.names().forEach(this::takeName));
        news.forEach(learned -> takeItem(learned, sweep));
        number();
        Merging merging = new Merging(handle, shelf, items);
        merging.merge(facing(), converted());
        shelf.store();
        storeDocuments(news);
        storeSources(news);
        return change(merging);
    }

    private long sweep() {
        return handle.createQuery("SELECT number FROM sweep WHERE upstream = :upstream")
                .bind("upstream", upstream)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** What is not known just so; the others count as seen. */
    private List<Learned> news(List<Learned> all, long sweep) {
        Map<CopyIdentity, Copies.Known> known = new HashMap<>();
        bySpace(all.stream().map(Learned::identity))
                .forEach((space, ids) -> copies.known(upstream, space, ids)
                        .forEach(copy -> known.put(new CopyIdentity(upstream, space, copy.itemId()), copy)));
        List<Learned> news = new ArrayList<>();
        List<Integer> seen = new ArrayList<>();
        for (Learned learned : all) {
            Copies.Known copy = known.get(learned.identity());
            if (copy == null || copy.content() != learned.content()) {
                news.add(learned);
            } else if (copy.seen() != sweep) {
                seen.add(copy.id());
            }
        }
        copies.seen(seen, sweep);
        return news;
    }

    private static Map<CopyIdentity, Copies.Known> known(Copies copies, int upstream, List<Learned> all) {
        Map<CopyIdentity, Copies.Known> known = new HashMap<>();
        bySpace(all.stream().map(Learned::identity))
                .forEach((space, ids) -> copies.known(upstream, space, ids)
                        .forEach(copy -> known.put(new CopyIdentity(upstream, space, copy.itemId()), copy)));
        return known;
    }

    /** Makes ready those that seem to be new or changed, before the transaction that stores them. */
    static List<Learned> prepared(Database database, int upstream, List<Learned> all, Excerpts excerpts) {
        Map<CopyIdentity, Copies.Known> known =
                database.read(handle -> known(new Copies(new Statements(handle)), upstream, all));
        return all.stream()
                .map(learned -> {
                    Copies.Known copy = known.get(learned.identity());
                    boolean same = copy != null && copy.content() == learned.content();
                    return same ? learned : learned.madeReady(excerpts);
                })
                .toList();
    }

    private void load(List<Learned> news) {
        Set<CopyIdentity> wanted = new HashSet<>();
        for (Learned learned : news) {
            wanted.add(learned.identity());
            for (Learned.Name name : learned.names()) {
                KnownNames.Entry entry = known.find(name.identity());
                if (entry != null && entry.says(name)) {
                    unchangedNames.put(name.identity(), entry);
                } else {
                    wanted.add(name.identity());
                }
            }
        }
        unchangedNames.keySet().removeAll(wanted);
        bySpace(wanted.stream()).forEach((space, ids) -> shelf.load(upstream, space, ids));
    }

    /** The by-name copies that were looked up or made, as they are when this is stored. */
    Map<CopyIdentity, KnownNames.Entry> names() {
        Map<CopyIdentity, KnownNames.Entry> names = new HashMap<>();
        for (CopyRow row : shelf.all()) {
            if (row.identity().space() != 0 && !row.gone()) {
                names.put(row.identity(), entry(row));
            }
        }
        return names;
    }

    private static KnownNames.Entry entry(CopyRow row) {
        return new KnownNames.Entry(row.id(), row.description(), row.placement().item());
    }

    /** The items of one copy that this makes, by their ids, as they are when this is stored. */
    Map<Integer, Fresh.Item> made() {
        Map<Integer, Fresh.Item> made = new HashMap<>();
        Set<Integer> several = new HashSet<>();
        for (CopyRow row : shelf.changed()) {
            int item = row.placement().item();
            Stored with = stored.get(row.identity());
            boolean isNamedOnly = row.identity().space() != 0 && shelf.stored(row.id()) == null;
            if (!items.isNew(item)) {
                continue;
            }
            if (with == null && !isNamedOnly
                    || made.put(item, (with == null ? Stored.NOTHING : with).item(row, listed)) != null) {
                several.add(item);
            }
        }
        made.keySet().removeAll(several);
        return made;
    }

    private static Map<Integer, Set<String>> bySpace(Stream<CopyIdentity> identities) {
        return identities.collect(Collectors.groupingBy(
                CopyIdentity::space, Collectors.mapping(CopyIdentity::itemId, Collectors.toSet())));
    }

    /** What an item says of a person adds to what is known; an id that others told of is not forgotten. */
    private void takeName(Learned.Name name) {
        if (unchangedNames.containsKey(name.identity())) {
            return;
        }
        CopyRow row = now(name.identity());
        if (row == null) {
            Description described = Description.byName(name.kind(), name.text(), name.ids());
            after.put(
                    name.identity(),
                    new CopyRow(0, name.identity(), name.hasId(), described, false, 0, 0, Placement.NONE));
            return;
        }
        Map<String, String> ids = new HashMap<>(row.description().providerIds());
        ids.putAll(name.ids());
        Description described = row.description().named(name.text(), Map.copyOf(ids));
        if (row.gone() || !described.equals(row.description())) {
            after.put(name.identity(), row.learned(described, row.seen(), row.content()));
        }
    }

    private void takeItem(Learned learned, long sweep) {
        CopyRow row = now(learned.identity());
        if (row == null) {
            row = new CopyRow(0, learned.identity(), true, learned.description(), false, 0, 0, Placement.NONE);
        }
        after.put(learned.identity(), row.learned(learned.description(), sweep, learned.content()));
    }

    private @Nullable CopyRow now(CopyIdentity identity) {
        CopyRow row = after.get(identity);
        return row == null ? shelf.find(identity) : row;
    }

    /** Gives numbers to the new ones and puts all on the shelf. */
    private void number() {
        int unnumbered =
                (int) after.values().stream().filter(row -> row.id() == 0).count();
        int next = unnumbered == 0 ? 0 : Math.toIntExact(Sequences.take(handle, COPY_SEQUENCE, unnumbered));
        for (CopyRow row : after.values()) {
            shelf.put(row.id() == 0 ? row.numbered(next++) : row);
        }
    }

    /** Those of which merging has to decide: what says the same of itself as before stays where it is. */
    private List<CopyRow> facing() {
        return shelf.changed().stream()
                .filter(row -> {
                    CopyRow old = shelf.stored(row.id());
                    return old == null
                            || row.gone() != old.gone()
                            || !row.description().equals(old.description());
                })
                .toList();
    }

    private List<CopyRow> converted() {
        return shelf.changed().stream()
                .filter(row -> {
                    CopyRow old = shelf.stored(row.id());
                    return old != null
                            && old.description().kind() != row.description().kind();
                })
                .toList();
    }

    private void storeDocuments(List<Learned> news) {
        DocumentTable documents = new DocumentTable(statements);
        List<Integer> existing = new ArrayList<>();
        List<DocumentTable.Row> rows = new ArrayList<>();
        Map<Integer, Reading.Named> names = new HashMap<>();
        for (Learned learned : news) {
            int copy = idOf(learned.identity());
            if (shelf.stored(copy) != null) {
                existing.add(copy);
            }
            Set<Namings.Naming> namings = new LinkedHashSet<>();
            for (Learned.Name name : learned.names()) {
                KnownNames.Entry named = named(name.identity());
                namings.add(new Namings.Naming(named.id(), name.role()));
                names.computeIfAbsent(named.id(), id -> named.shown());
            }
            Learned.Ready ready = learned.ready(excerpts);
            List<Namings.Naming> all = List.copyOf(namings);
            rows.add(new DocumentTable.Row(copy, ready.document(), ready.excerpt(), all));
            stored.put(learned.identity(), new Stored(Optional.of(ready), all, names));
        }
        documents.remove(existing);
        documents.insert(rows);
    }

    private int idOf(CopyIdentity identity) {
        return row(identity).id();
    }

    private CopyRow row(CopyIdentity identity) {
        CopyRow row = shelf.find(identity);
        if (row == null) {
            throw new IllegalStateException("no row for %s".formatted(identity));
        }
        return row;
    }

    private KnownNames.Entry named(CopyIdentity identity) {
        KnownNames.Entry entry = unchangedNames.get(identity);
        return entry == null ? entry(row(identity)) : entry;
    }

    private void storeSources(List<Learned> news) {
        Map<String, List<UpstreamItem.Source>> sources = new HashMap<>();
        for (Learned learned : news) {
            if (learned.identity().space() == 0) {
                sources.put(learned.identity().itemId(), learned.sources());
            }
        }
        listed = new Sources(statements, items).list(upstream, sources);
    }

    private IndexChange change(Merging merging) {
        List<Shelf.Difference> differences = shelf.differences();
        new Arrivals(statements).tell(differences);
        Changes changes = new Changes(copies);
        changes.touch(merging.touched());
        changes.touchMoved(merging.moved());
        changes.touchDifferent(differences);
        changes.touchListsHolding(differences.stream()
                .map(Shelf.Difference::before)
                .filter(Objects::nonNull)
                .filter(CopyRow::gone)
                .toList());
        return changes.toIndexChange();
    }
}
