package org.embygateway.index.merge;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Names a copy for ever, and orders copies.
 *
 * @param upstream number of the upstream
 * @param space 0; for by-name items the code of their kind, since some servers number each kind apart
 * @param itemId the upstream's id; for by-name items without one their folded name
 */
public record CopyIdentity(int upstream, int space, String itemId) implements Comparable<CopyIdentity> {
    private static final Comparator<CopyIdentity> ORDER = Comparator.comparingInt(CopyIdentity::upstream)
            .thenComparingInt(CopyIdentity::space)
            .thenComparing(CopyIdentity::itemId);

    /** Written out, as identities are looked up dozens of times for every item that is learned. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CopyIdentity copy
                && upstream == copy.upstream
                && space == copy.space
                && itemId.equals(copy.itemId);
    }

    @Override
    public int hashCode() {
        return (itemId.hashCode() * 31 + upstream) * 31 + space;
    }

    @Override
    public int compareTo(CopyIdentity other) {
        return ORDER.compare(this, other);
    }
}
