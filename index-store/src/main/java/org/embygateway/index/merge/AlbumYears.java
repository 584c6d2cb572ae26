package org.embygateway.index.merge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Albums of one artist and name by their year. One without a year is that of the others if these are one album, else it
 * cannot be told which.
 */
record AlbumYears(Map<Integer, List<Integer>> known, List<Integer> unknown) {

    /** @param holders places in the list of copies */
    static AlbumYears of(List<Facts> copies, List<Integer> holders) {
        Map<Integer, List<Integer>> known = new TreeMap<>();
        List<Integer> unknown = new ArrayList<>();
        for (int copy : holders) {
            copies.get(copy)
                    .knownYear()
                    .ifPresentOrElse(
                            year -> known.computeIfAbsent(year, y -> new ArrayList<>())
                                    .add(copy),
                            () -> unknown.add(copy));
        }
        return new AlbumYears(known, unknown);
    }

    /** The first copy of each group among those with a year. */
    Set<Integer> groups(ToIntFunction<Integer> group) {
        Set<Integer> groups = new LinkedHashSet<>();
        known.values().forEach(copies -> copies.forEach(copy -> groups.add(group.applyAsInt(copy))));
        return groups;
    }
}
