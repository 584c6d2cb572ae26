package org.embygateway.index.merge;

import java.util.Set;
import java.util.TreeSet;

/**
 * What an administrator decided about copies, whatever their facts say.
 *
 * @param number counts the rulings; a later one counts where it contradicts an earlier
 * @param one when copies were split off, those they left
 * @param other when copies were split off, these
 */
public record Ruling(int number, Act act, Set<CopyIdentity> one, Set<CopyIdentity> other) {
    public enum Act {
        /** All are one title. */
        JOIN,
        /** The others are one title, and not the title of the first. */
        SPLIT,
        /** No title holds some of the first and some of the others. */
        NEVER
    }

    public Ruling {
        one = Set.copyOf(one);
        other = Set.copyOf(other);
    }

    Set<CopyIdentity> all() {
        Set<CopyIdentity> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
