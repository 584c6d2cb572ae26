package org.embygateway.index.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Disjoint groups of copies, each named by its first copy; none ever contradicts itself. */
final class Groups {
    private final int[] parents;
    private final List<Map<String, String>> distinctive = new ArrayList<>();
    private final int[] firstYear;
    private final int[] lastYear;

    Groups(List<Facts> copies) {
        parents = new int[copies.size()];
        firstYear = new int[copies.size()];
        lastYear = new int[copies.size()];
        for (int i = 0; i < parents.length; i++) {
            Facts copy = copies.get(i);
            parents[i] = i;
            distinctive.add(MergeRules.distinctive(copy));
            firstYear[i] = copy.knownYear().orElse(Integer.MAX_VALUE);
            lastYear[i] = copy.knownYear().orElse(Integer.MIN_VALUE);
        }
    }

    /** The first copy of the group that holds the copy. */
    int of(int copy) {
        int group = copy;
        while (parents[group] != group) {
            parents[group] = parents[parents[group]];
            group = parents[group];
        }
        return group;
    }

    /** Makes one group of the two copies' groups, unless they contradict each other. True when they are one. */
    boolean join(int one, int other) {
        int first = Math.min(of(one), of(other));
        int second = Math.max(of(one), of(other));
        if (first == second) {
            return true;
        }
        Map<String, String> values = distinctive.get(first);
        Map<String, String> more = distinctive.get(second);
        if (contradict(values, more)) {
            return false;
        }
        parents[second] = first;
        values.putAll(more);
        firstYear[first] = Math.min(firstYear[first], firstYear[second]);
        lastYear[first] = Math.max(lastYear[first], lastYear[second]);
        return true;
    }

    private static boolean contradict(Map<String, String> one, Map<String, String> other) {
        return other.entrySet().stream()
                .anyMatch(e -> !one.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
    }

    boolean yearsWithinOne(int one, int other) {
        int first = of(one);
        int second = of(other);
        return Math.max(lastYear[first], lastYear[second]) - Math.min(firstYear[first], firstYear[second]) <= 1;
    }

    /** {@code imdb differs (tt1, tt2)}. */
    String disagreement(int one, int other) {
        Map<String, String> values = distinctive.get(of(one));
        return distinctive.get(of(other)).entrySet().stream()
                .filter(e -> !values.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()))
                .map(e -> "%s differs (%s, %s)".formatted(e.getKey(), values.get(e.getKey()), e.getValue()))
                .collect(Collectors.joining(", "));
    }
}
