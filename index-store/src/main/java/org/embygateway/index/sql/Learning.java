package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.index.IndexChange;
import org.embygateway.index.merge.CopyIdentity;
import org.jdbi.v3.core.Handle;

/** Takes in what one upstream said, within one transaction. Items that say nothing new cost one look-up. */
final class Learning {
    private static final String COPY_SEQUENCE = "copy";

    private final Handle handle;
    private final Dialect dialect;
    private final int upstream;
    private final Copies copies;
    private final Items items;
    private final Map<CopyIdentity, CopyRow> before = new HashMap<>();
    private final Map<CopyIdentity, CopyRow> after = new LinkedHashMap<>();

    Learning(Handle handle, Dialect dialect, int upstream) {
        this.handle = handle;
        this.dialect = dialect;
        this.upstream = upstream;
        this.copies = new Copies(handle);
        this.items = new Items(handle, dialect);
    }

    IndexChange learn(List<Learned> all) {
        long sweep = sweep();
        load(all.stream().map(Learned::identity).toList());
        List<Learned> news = all.stream().filter(this::isNew).toList();
        load(news.stream()
                .flatMap(learned -> learned.names().stream())
                .map(Learned.Name::identity)
                .toList());
        copies.seen(unchanged(all), sweep);
        news.forEach(learned -> learned.names().forEach(this::takeName));
        news.forEach(learned -> takeItem(learned, sweep));
        number();
        Set<Integer> affected = copies.sharingKeys(existing(after.keySet()));
        store();
        storeDocuments(news);
        new Sources(handle, items)
                .list(
                        upstream,
                        news.stream()
                                .filter(learned -> learned.identity().space() == 0)
                                .collect(Collectors.toMap(l -> l.identity().itemId(), Learned::sources)));
        Merging merging = new Merging(handle, dialect);
        merging.merge(after.values(), converted(), affected);
        return change(merging);
    }

    private long sweep() {
        return handle.createQuery("SELECT number FROM sweep WHERE upstream = :upstream")
                .bind("upstream", upstream)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private void load(Collection<CopyIdentity> identities) {
        Map<Integer, Set<String>> wanted = identities.stream()
                .collect(Collectors.groupingBy(
                        CopyIdentity::space, Collectors.mapping(CopyIdentity::itemId, Collectors.toSet())));
        wanted.forEach((space, ids) ->
                copies.byUpstreamId(upstream, space, ids).forEach(row -> before.put(row.identity(), row)));
    }

    private boolean isNew(Learned learned) {
        CopyRow row = before.get(learned.identity());
        return row == null || row.gone() || row.content() != learned.content();
    }

    private Set<Integer> unchanged(List<Learned> all) {
        return existing(all.stream()
                .filter(learned -> !isNew(learned))
                .map(Learned::identity)
                .toList());
    }

    /** What an item says of a person adds to what is known; an id that others told of is not forgotten. */
    private void takeName(Learned.Name name) {
        CopyRow row = after.getOrDefault(name.identity(), before.get(name.identity()));
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
        CopyRow row = after.getOrDefault(learned.identity(), before.get(learned.identity()));
        if (row == null) {
            row = new CopyRow(0, learned.identity(), true, learned.description(), false, 0, 0, Placement.NONE);
        }
        after.put(learned.identity(), row.learned(learned.description(), sweep, learned.content()));
    }

    private void number() {
        List<CopyRow> unnumbered =
                after.values().stream().filter(row -> row.id() == 0).toList();
        if (unnumbered.isEmpty()) {
            return;
        }
        int next = Math.toIntExact(Sequences.take(handle, COPY_SEQUENCE, unnumbered.size()));
        for (CopyRow row : unnumbered) {
            after.put(row.identity(), row.numbered(next++));
        }
    }

    private Set<Integer> existing(Collection<CopyIdentity> identities) {
        Set<Integer> ids = new HashSet<>();
        for (CopyIdentity identity : identities) {
            CopyRow row = before.get(identity);
            if (row != null) {
                ids.add(row.id());
            }
        }
        return ids;
    }

    private void store() {
        Map<Boolean, List<CopyRow>> rows =
                after.values().stream().collect(Collectors.partitioningBy(row -> before.containsKey(row.identity())));
        copies.insert(rows.getOrDefault(false, List.of()));
        copies.update(rows.getOrDefault(true, List.of()));
    }

    private void storeDocuments(List<Learned> news) {
        DocumentTable documents = new DocumentTable(handle);
        documents.remove(existing(news.stream().map(Learned::identity).toList()));
        List<DocumentTable.Row> rows = new ArrayList<>();
        for (Learned learned : news) {
            List<Namings.Naming> namings = learned.names().stream()
                    .map(name -> new Namings.Naming(idOf(name.identity()), name.role()))
                    .distinct()
                    .toList();
            rows.add(new DocumentTable.Row(idOf(learned.identity()), learned.document(), namings));
        }
        documents.insert(rows);
    }

    private int idOf(CopyIdentity identity) {
        CopyRow row = after.getOrDefault(identity, before.get(identity));
        if (row == null) {
            throw new IllegalStateException("no row for %s".formatted(identity));
        }
        return row.id();
    }

    private IndexChange change(Merging merging) {
        Changes changes = new Changes(copies);
        changes.touch(merging.touched());
        changes.touchMoved(merging.moved());
        changes.touchAll(existingRows());
        changes.touchAll(after.values());
        changes.touchListsHolding(existingRows().stream().filter(CopyRow::gone).toList());
        return changes.toIndexChange();
    }

    private List<CopyRow> converted() {
        return after.values().stream()
                .filter(row -> {
                    CopyRow old = before.get(row.identity());
                    return old != null
                            && old.description().kind() != row.description().kind();
                })
                .toList();
    }

    private List<CopyRow> existingRows() {
        return after.keySet().stream().map(before::get).filter(Objects::nonNull).toList();
    }
}
