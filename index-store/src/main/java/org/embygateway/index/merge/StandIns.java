package org.embygateway.index.merge;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.embygateway.protocol.ItemKind;

/**
 * Copies that take the place of ones that a ruling names and that are gone: an upstream that numbers its items anew says
 * the same of them under other ids. Where that is not unique nobody takes the place.
 */
public final class StandIns {
    private StandIns() {}

    private record Likeness(
            int upstream,
            int space,
            ItemKind kind,
            String name,
            OptionalInt year,
            Map<String, String> providerIds,
            int series,
            OptionalInt index,
            OptionalInt indexEnd,
            OptionalInt parentIndex) {

        static Likeness of(Facts copy) {
            return new Likeness(
                    copy.identity().upstream(),
                    copy.identity().space(),
                    copy.kind(),
                    FoldedName.of(copy.name()),
                    copy.year(),
                    copy.providerIds(),
                    copy.series(),
                    copy.index(),
                    copy.indexEnd(),
                    copy.parentIndex());
        }
    }

    /** The copy that each stand-in takes the place of. */
    public static Map<CopyIdentity, CopyIdentity> among(Collection<Facts> copies, Set<CopyIdentity> named) {
        Map<Likeness, Facts> missing = unique(copies, copy -> copy.gone() && named.contains(copy.identity()));
        if (missing.isEmpty()) {
            return Map.of();
        }
        Map<CopyIdentity, CopyIdentity> standIns = new HashMap<>();
        unique(copies, copy -> !copy.gone() && !named.contains(copy.identity()))
                .forEach((likeness, copy) -> Optional.ofNullable(missing.get(likeness))
                        .ifPresent(gone -> standIns.put(copy.identity(), gone.identity())));
        return standIns;
    }

    private static Map<Likeness, Facts> unique(Collection<Facts> copies, Predicate<Facts> candidates) {
        Map<Likeness, Facts> found = new HashMap<>();
        Set<Likeness> several = new HashSet<>();
        copies.stream().filter(candidates).forEach(copy -> {
            Likeness likeness = Likeness.of(copy);
            if (found.put(likeness, copy) != null) {
                several.add(likeness);
            }
        });
        found.keySet().removeAll(several);
        return found;
    }
}
