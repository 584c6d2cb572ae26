package org.embygateway.index;

import java.util.HashSet;
import java.util.Set;
import org.embygateway.protocol.ItemId;

/**
 * What a change of the index did to the catalogue.
 *
 * @param changed items that are new or differ, including those whose parents, libraries or names changed
 * @param removed items that have no copy any more or became an alias of another
 * @param parted an item came out of another: what people did with it is found under its id again
 */
public record IndexChange(Set<ItemId> changed, Set<ItemId> removed, boolean parted) {
    public static final IndexChange NOTHING = new IndexChange(Set.of(), Set.of());

    public IndexChange {
        changed = Set.copyOf(changed);
        removed = Set.copyOf(removed);
    }

    /** Without any that came out of another. */
    public IndexChange(Set<ItemId> changed, Set<ItemId> removed) {
        this(changed, removed, false);
    }

    public boolean isEmpty() {
        return changed.isEmpty() && removed.isEmpty();
    }

    /** Both, the later one deciding for items in either. */
    public IndexChange then(IndexChange later) {
        Set<ItemId> changes = new HashSet<>(changed);
        Set<ItemId> removals = new HashSet<>(removed);
        changes.removeAll(later.removed);
        removals.removeAll(later.changed);
        changes.addAll(later.changed);
        removals.addAll(later.removed);
        return new IndexChange(changes, removals, parted || later.parted);
    }
}
