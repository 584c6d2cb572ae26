package org.embygateway.index.merge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Disjoint groups of copies, each named by its first copy; none contradicts itself unless it was told to be one. */
final class Groups {
    /** What is told of in other words. */
    private static final Set<String> NO_IDS = Set.of(MergeRules.SPAN, MergeRules.SERIES, MusicRules.TRACKS);

    private final int[] parents;
    private final List<Map<String, Set<String>>> distinctive = new ArrayList<>();
    private final int[] firstYear;
    private final int[] lastYear;
    private final List<Bar> bars = new ArrayList<>();

    /** @param why empty when an administrator says so */
    private record Bar(int one, int other, String why) {}

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

    boolean areOne(int one, int other) {
        return of(one) == of(other);
    }

    /** No group will ever hold both copies; {@code why} is empty when an administrator says so. */
    void keepApart(int one, int other, String why) {
        bars.add(new Bar(one, other, why));
    }

    boolean areKeptApart(int one, int other) {
        return whyApart(one, other).isPresent();
    }

    /** As it was said; empty when nothing keeps the two copies' groups apart. */
    Optional<String> whyApart(int one, int other) {
        int first = of(one);
        int second = of(other);
        return bars.stream()
                .filter(bar -> {
                    int left = of(bar.one());
                    int right = of(bar.other());
                    return left == first && right == second || left == second && right == first;
                })
                .map(Bar::why)
                .findFirst();
    }

    /** Makes one group of the two copies' groups, whatever their facts say. False when they are kept apart. */
    boolean force(int one, int other) {
        if (areKeptApart(one, other)) {
            return false;
        }
        unite(Math.min(of(one), of(other)), Math.max(of(one), of(other)));
        return true;
    }

    /** Makes one group of the two copies' groups, unless they contradict each other. True when they are one. */
    boolean join(int one, int other) {
        if (areOne(one, other)) {
            return true;
        }
        return !contradict(one, other) && force(one, other);
    }

    private void unite(int first, int second) {
        if (first == second) {
            return;
        }
        parents[second] = first;
        distinctive.get(second).forEach((name, values) -> distinctive.get(first).merge(name, values, Groups::union));
        firstYear[first] = Math.min(firstYear[first], firstYear[second]);
        lastYear[first] = Math.max(lastYear[first], lastYear[second]);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        if (one.containsAll(other)) {
            return one;
        }
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    /** Both know a distinctive fact and agree on no value of it. */
    boolean contradict(int one, int other) {
        return differences(one, other).findAny().isPresent();
    }

    /** The facts of the other's group that contradict the first's. */
    private Stream<Map.Entry<String, Set<String>>> differences(int one, int other) {
        Map<String, Set<String>> values = distinctive.get(of(one));
        Map<String, Set<String>> others = distinctive.get(of(other));
        Stream<Map.Entry<String, Set<String>>> differing = others.entrySet().stream()
                .filter(fact -> differ(values, fact))
                .filter(fact ->
                        MusicRules.outweighing(fact.getKey()).stream().noneMatch(name -> agree(values, others, name)));
        return Collections.disjoint(others.keySet(), PluginIds.NAMES) || !agreeOnAnId(values, others)
                ? differing
                : differing.filter(fact -> !PluginIds.NAMES.contains(fact.getKey()));
    }

    /** On one that outweighs those of plugins. */
    private static boolean agreeOnAnId(Map<String, Set<String>> values, Map<String, Set<String>> others) {
        return others.entrySet().stream()
                .filter(fact -> !PluginIds.NAMES.contains(fact.getKey()))
                .anyMatch(fact -> !Collections.disjoint(values.getOrDefault(fact.getKey(), Set.of()), fact.getValue()));
    }

    private static boolean agree(Map<String, Set<String>> values, Map<String, Set<String>> others, String name) {
        return !Collections.disjoint(values.getOrDefault(name, Set.of()), others.getOrDefault(name, Set.of()));
    }

    private static boolean differ(Map<String, Set<String>> values, Map.Entry<String, Set<String>> fact) {
        Set<String> known = values.get(fact.getKey());
        return known != null && Collections.disjoint(known, fact.getValue());
    }

    boolean yearsWithinOne(int one, int other) {
        int first = of(one);
        int second = of(other);
        return Math.max(lastYear[first], lastYear[second]) - Math.min(firstYear[first], firstYear[second]) <= 1;
    }

    /** {@code imdb differs (tt1, tt2)}; empty when no id does. */
    String disagreement(int one, int other) {
        Map<String, Set<String>> values = distinctive.get(of(one));
        return differences(one, other)
                .filter(e -> !NO_IDS.contains(e.getKey()))
                .map(e -> "%s differs (%s, %s)"
                        .formatted(e.getKey(), text(values.getOrDefault(e.getKey(), Set.of())), text(e.getValue())))
                .collect(Collectors.joining(", "));
    }

    /** {@code 10 and 12 tracks}; empty when their number does not keep the two apart. */
    String otherTracks(int one, int other) {
        return differences(one, other)
                .filter(e -> e.getKey().equals(MusicRules.TRACKS))
                .map(e -> "%s and %s tracks"
                        .formatted(
                                text(distinctive.get(of(one)).getOrDefault(MusicRules.TRACKS, Set.of())),
                                text(e.getValue())))
                .collect(Collectors.joining());
    }

    /** Whether both say the same number. */
    boolean haveSameTracks(int one, int other) {
        return agree(distinctive.get(of(one)), distinctive.get(of(other)), MusicRules.TRACKS);
    }

    private static String text(Set<String> values) {
        return String.join(" and ", values);
    }
}
