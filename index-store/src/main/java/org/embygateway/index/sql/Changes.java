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
import org.jspecify.annotations.Nullable;

/** Gathers which merged items a transaction made different. */
final class Changes {
    private final Copies copies;
    private final Set<Integer> touched = new HashSet<>();
    private final Set<Integer> alive = new HashSet<>();
    private final Set<Integer> left = new HashSet<>();

    Changes(Copies copies) {
        this.copies = copies;
    }

    void touch(Collection<Integer> items) {
        touched.addAll(items);
    }

    /** Copies that became part of another item, as they were. */
    void touchMoved(Collection<CopyRow> moved) {
        touchListsHolding(moved);
        moved.forEach(row -> left.add(row.placement().item()));
    }

    /**
     * The copies' items; what lies in libraries, and what names by-name items, where these are another item now or are
     * called otherwise.
     */
    void touchDifferent(Collection<Shelf.Difference> differences) {
        Set<Integer> named = new HashSet<>();
        Map<Integer, Set<String>> libraries = new HashMap<>();
        for (Shelf.Difference difference : differences) {
            CopyRow before = difference.before();
            CopyRow now = difference.now();
            touched.add(now.placement().item());
            alive.add(now.gone() ? 0 : now.placement().item());
            if (before != null) {
                touched.add(before.placement().item());
            }
            if (showsTheSame(before, now)) {
                continue;
            }
            if (now.description().kind().isByName() && before != null) {
                named.add(now.id());
            }
            if (isLibrary(now) || before != null && isLibrary(before)) {
                libraries
                        .computeIfAbsent(now.identity().upstream(), upstream -> new HashSet<>())
                        .add(now.identity().itemId());
            }
        }
        touched.addAll(copies.naming(named));
        libraries.forEach((upstream, ids) -> touched.addAll(copies.inLibraries(upstream, ids)));
    }

    /** What other items tell of a library or of a by-name item. */
    private static boolean showsTheSame(@Nullable CopyRow before, CopyRow now) {
        return before != null
                && before.gone() == now.gone()
                && before.placement().item() == now.placement().item()
                && before.description().kind() == now.description().kind()
                && before.description().name().equals(now.description().name());
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
            if (isLibrary(row)) {
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

    private static boolean isLibrary(CopyRow row) {
        ItemKind kind = row.description().kind();
        return kind == ItemKind.COLLECTION_FOLDER || kind == ItemKind.USER_VIEW;
    }

    IndexChange toIndexChange() {
        touched.remove(0);
        alive.retainAll(touched);
        Set<Integer> unsure = new HashSet<>(touched);
        unsure.removeAll(alive);
        alive.addAll(copies.alive(unsure));
        Set<Integer> dead = new HashSet<>(touched);
        dead.removeAll(alive);
        left.retainAll(alive);
        return new IndexChange(ids(alive), ids(dead), !left.isEmpty());
    }

    private static Set<ItemId> ids(Set<Integer> numbers) {
        return numbers.stream().map(ItemId::new).collect(Collectors.toSet());
    }
}
