package org.embygateway.index.sql;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.index.IndexChange;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;

/** Gathers which merged items a transaction made different. */
final class Changes {
    private final Copies copies;
    private final Set<Integer> touched = new HashSet<>();
    private final Set<Integer> left = new HashSet<>();

    Changes(Copies copies) {
        this.copies = copies;
    }

    void touch(Collection<Integer> items) {
        touched.addAll(items);
    }

    /** Copies that became part of another item, as they were. */
    void touchMoved(Collection<CopyRow> moved) {
        touchAll(moved);
        touchListsHolding(moved);
        moved.forEach(row -> left.add(row.placement().item()));
    }

    /** The copies' items, what lies in them when they are libraries, and what names them when they are by-name items. */
    void touchAll(Collection<CopyRow> rows) {
        Set<Integer> named = new HashSet<>();
        Map<Integer, Set<String>> libraries = new HashMap<>();
        for (CopyRow row : rows) {
            ItemKind kind = row.description().kind();
            if (row.placement().item() != 0) {
                touched.add(row.placement().item());
            }
            if (kind.isByName() && row.placement().item() != 0) {
                named.add(row.id());
            }
            if (isLibrary(kind)) {
                libraries
                        .computeIfAbsent(row.identity().upstream(), upstream -> new HashSet<>())
                        .add(row.identity().itemId());
            }
        }
        touched.addAll(copies.naming(named));
        libraries.forEach((upstream, ids) -> touched.addAll(copies.inLibraries(upstream, ids)));
    }

    /** The collections and playlists that hold these copies: they hold other items now. */
    void touchListsHolding(Collection<CopyRow> rows) {
        Map<Integer, Set<String>> members = new HashMap<>();
        for (CopyRow row : rows) {
            if (row.identity().space() == 0) {
                members.computeIfAbsent(row.identity().upstream(), upstream -> new HashSet<>())
                        .add(row.identity().itemId());
            }
        }
        members.forEach((upstream, ids) -> touched.addAll(copies.listing(upstream, ids)));
    }

    static boolean isLibrary(ItemKind kind) {
        return kind == ItemKind.COLLECTION_FOLDER || kind == ItemKind.USER_VIEW;
    }

    IndexChange toIndexChange() {
        Set<Integer> alive = copies.alive(touched);
        Set<Integer> dead = new HashSet<>(touched);
        dead.removeAll(alive);
        left.retainAll(alive);
        return new IndexChange(ids(alive), ids(dead), !left.isEmpty());
    }

    private static Set<ItemId> ids(Set<Integer> numbers) {
        return numbers.stream().map(ItemId::new).collect(Collectors.toSet());
    }
}
