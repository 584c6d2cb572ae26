package org.embygateway.index.merge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.embygateway.index.merge.MergeKey.Strength;

/**
 * Copies grouped into titles. Keys are tried from the strongest to the weakest and in a fixed order; along each, a copy
 * joins the first group (in the order of {@link CopyIdentity}) that it does not contradict. A group never holds two
 * values of one distinctive fact, so a single bad id cannot chain strangers together.
 */
public final class Merge {
    private static final double SAME_RUN_TIME = 0.03;

    private final List<Facts> copies;
    private final Groups groups;
    private final Map<List<Integer>, String> refusals = new LinkedHashMap<>();

    /** Two titles that share a key but contradict each other, each named by its first copy. */
    public record Conflict(CopyIdentity one, CopyIdentity other, String reason) {}

    private Merge(Collection<Facts> known) {
        copies = known.stream().sorted(Comparator.comparing(Facts::identity)).toList();
        groups = new Groups(copies);
    }

    public static Merge of(Collection<Facts> known) {
        Merge merge = new Merge(known);
        merge.sharedKeys().forEach(merge::join);
        return merge;
    }

    /** The titles in the order of their first copies, and the copies of each in order. */
    public List<List<CopyIdentity>> titles() {
        Map<Integer, List<CopyIdentity>> titles = new LinkedHashMap<>();
        for (int copy = 0; copy < copies.size(); copy++) {
            titles.computeIfAbsent(groups.of(copy), group -> new ArrayList<>())
                    .add(copies.get(copy).identity());
        }
        return List.copyOf(titles.values());
    }

    public List<Conflict> conflicts() {
        Map<List<Integer>, Conflict> conflicts = new LinkedHashMap<>();
        refusals.forEach((pair, reason) -> {
            int one = groups.of(pair.get(0));
            int other = groups.of(pair.get(1));
            List<Integer> titles = List.of(Math.min(one, other), Math.max(one, other));
            conflicts.putIfAbsent(titles, conflict(titles, reason));
        });
        return List.copyOf(conflicts.values());
    }

    private Conflict conflict(List<Integer> titles, String reason) {
        return new Conflict(
                copies.get(titles.get(0)).identity(), copies.get(titles.get(1)).identity(), reason);
    }

    private Map<MergeKey, List<Integer>> sharedKeys() {
        Map<MergeKey, List<Integer>> holders = new HashMap<>();
        for (int copy = 0; copy < copies.size(); copy++) {
            for (MergeKey key : MergeRules.keys(copies.get(copy))) {
                holders.computeIfAbsent(key, k -> new ArrayList<>(2)).add(copy);
            }
        }
        holders.values().removeIf(list -> list.size() < 2);
        return new TreeMap<>(holders);
    }

    private void join(MergeKey key, List<Integer> holders) {
        if (key.strength() != Strength.TITLE) {
            joinAll(holders, key);
            return;
        }
        Map<Integer, List<Integer>> byYear = new TreeMap<>();
        for (int copy : holders) {
            int year = copies.get(copy).knownYear().orElseThrow();
            byYear.computeIfAbsent(year, y -> new ArrayList<>()).add(copy);
        }
        byYear.values().forEach(sameYear -> joinAll(sameYear, key));
        byYear.forEach((year, early) -> joinNeighbours(early, byYear.getOrDefault(year + 1, List.of()), key));
    }

    private void joinAll(List<Integer> holders, MergeKey key) {
        List<Integer> apart = new ArrayList<>();
        for (int copy : holders) {
            if (!joinsOneOf(apart, copy, key)) {
                apart.add(copy);
            }
        }
    }

    private boolean joinsOneOf(List<Integer> apart, int copy, MergeKey key) {
        for (int other : apart) {
            if (groups.join(other, copy)) {
                return true;
            }
        }
        if (!apart.isEmpty()) {
            refuse(apart.getFirst(), copy, key);
        }
        return false;
    }

    /** Servers disagree by a year on films shown at a festival first; the run time tells them from remakes. */
    private void joinNeighbours(List<Integer> early, List<Integer> late, MergeKey key) {
        for (int one : early) {
            for (int other : late) {
                boolean alike = sameRunTime(copies.get(one), copies.get(other)) && groups.yearsWithinOne(one, other);
                if (alike && !groups.join(one, other)) {
                    refuse(one, other, key);
                }
            }
        }
    }

    private static boolean sameRunTime(Facts one, Facts other) {
        long longer = Math.max(one.runTimeTicks(), other.runTimeTicks());
        long shorter = Math.min(one.runTimeTicks(), other.runTimeTicks());
        return shorter > 0 && longer - shorter <= longer * SAME_RUN_TIME;
    }

    private void refuse(int one, int other, MergeKey key) {
        if (MergeRules.reportsConflicts(copies.get(one).kind())) {
            String shared = key.strength() == Strength.TITLE ? "title and year" : describe(key);
            refusals.putIfAbsent(
                    List.of(one, other), "same %s, but %s".formatted(shared, groups.disagreement(one, other)));
        }
    }

    /** {@code 1|tmdb|603}: the provider's name and id; places are described as such. */
    private static String describe(MergeKey key) {
        if (key.strength() == Strength.PLACE) {
            return "place or name";
        }
        String[] parts = key.text().split("\\|");
        return parts[parts.length - 2] + ' ' + parts[parts.length - 1];
    }
}
