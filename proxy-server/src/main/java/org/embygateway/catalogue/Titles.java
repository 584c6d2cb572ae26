package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.embygateway.catalogue.text.Spelling;

/**
 * What an item is found by, in the spelling of searches: its name, and the names it has besides (original and sort
 * titles, those on other servers, and what is typed for letters of other scripts).
 */
record Titles(String name, List<String> others) {

    /** @param seen upstreams whose names count; nothing of others is looked at, but the names of people and genres */
    static Titles of(Row row, IntPredicate seen) {
        List<Facts> parts = new ArrayList<>(row.parts().size());
        for (Row.Part part : row.parts()) {
            if (seen.test(part.upstream())) {
                parts.add(part.facts());
            }
        }
        if (parts.isEmpty()) {
            String name = row.facts().folded();
            return new Titles(Spelling.of(name), Spelling.others(name));
        }
        return of(parts);
    }

    private static Titles of(List<Facts> parts) {
        String first = parts.getFirst().folded();
        String name = Spelling.of(first);
        Set<String> others = new LinkedHashSet<>(Spelling.others(first));
        for (Facts part : parts) {
            if (!part.folded().equals(first)) {
                add(others, part.folded());
            }
            if (!part.original().isEmpty() && !part.original().equals(first)) {
                add(others, part.original());
            }
            if (!part.sortKey().equals(part.folded())) {
                sorted(part).ifPresent(title -> add(others, title));
            }
        }
        others.remove(name);
        return new Titles(name, List.copyOf(others));
    }

    private static Optional<String> sorted(Facts part) {
        return Text.keyOf(part.folded()).equals(part.sortKey())
                ? Optional.empty()
                : Optional.of(Text.unpadded(part.sortKey()));
    }

    private static void add(Set<String> others, String folded) {
        others.add(Spelling.of(folded));
        others.addAll(Spelling.others(folded));
    }

    /** Whether somebody who does not see all servers may see other titles of the item. */
    static boolean differ(Row row) {
        for (Row.Part part : row.parts()) {
            Facts one = row.parts().getFirst().facts();
            Facts other = part.facts();
            if (row.kind().isByName()
                            && (!other.original().isEmpty() || sorted(other).isPresent())
                    || !one.folded().equals(other.folded())
                    || !one.original().equals(other.original())
                    || !one.sortKey().equals(other.sortKey())) {
                return true;
            }
        }
        return false;
    }
}
