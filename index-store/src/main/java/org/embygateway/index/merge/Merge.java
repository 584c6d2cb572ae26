package org.embygateway.index.merge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.embygateway.index.merge.MergeKey.Strength;
import org.embygateway.protocol.ItemKind;

/**
 * Copies grouped into titles. What an administrator ruled comes first. Then keys are tried from the strongest to the
 * weakest and in a fixed order, each strength first among the copies that are there and then with those that are gone;
 * along each key, a copy joins the first group (in the order of {@link CopyIdentity}) that it does not contradict. A
 * group never holds two values of one distinctive fact, so a single bad id cannot chain strangers together.
 */
public final class Merge {
    private static final double SAME_RUN_TIME = 0.03;

    private final List<Facts> copies;
    private final Groups groups;
    private final Rulings rulings;
    private final Map<MergeKey, List<Integer>> shared;
    private final List<Joint> joints = new ArrayList<>();
    private final Map<List<Integer>, String> refusals = new LinkedHashMap<>();
    private final Map<List<Integer>, String> doubts = new LinkedHashMap<>();
    private final Set<CopyIdentity> ofTwoSeries = new HashSet<>();

    /** Two titles, or one with itself, each named by its first copy, and what is to be said of them. */
    public record Notice(CopyIdentity one, CopyIdentity other, String text) {}

    /** Two copies became one title along the key. */
    record Joint(MergeKey key, int one, int other) {}

    private Merge(Collection<Facts> known, List<Ruling> given, Map<CopyIdentity, List<Facts>> episodes) {
        copies = known.stream().sorted(Comparator.comparing(Facts::identity)).toList();
        groups = new Groups(copies);
        rulings = Rulings.over(copies, given);
        shared = sharedKeys();
        rulings.enforce(groups);
        lookAtEpisodes(episodes);
    }

    public static Merge of(Collection<Facts> known) {
        return of(known, List.of());
    }

    public static Merge of(Collection<Facts> known, List<Ruling> rulings) {
        return of(known, rulings, Map.of());
    }

    /**
     * @param rulings in the order they were made; those that name none of the copies do nothing
     * @param episodes those below copies of series
     */
    public static Merge of(Collection<Facts> known, List<Ruling> rulings, Map<CopyIdentity, List<Facts>> episodes) {
        Merge merge = new Merge(known, rulings, episodes);
        boolean someGone = known.stream().anyMatch(Facts::gone);
        for (Strength strength : Strength.values()) {
            if (someGone) {
                merge.join(strength, true);
            }
            merge.join(strength, false);
        }
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

    /** Why the copies of each title with several are one. */
    public List<Reason> reasons() {
        return new Reasons(copies, groups, shared).of(joints, rulings);
    }

    /** Titles that an id, a place or title and year would join, had they not ids that disagree. */
    public List<Notice> conflicts() {
        return apart(refusals);
    }

    private List<Notice> apart(Map<List<Integer>, String> reasons) {
        Map<List<Integer>, Notice> notices = new LinkedHashMap<>();
        reasons.forEach((pair, reason) -> {
            int one = groups.of(pair.get(0));
            int other = groups.of(pair.get(1));
            if (one != other) {
                List<Integer> titles = List.of(Math.min(one, other), Math.max(one, other));
                notices.putIfAbsent(titles, notice(titles.getFirst(), titles.getLast(), reason));
            }
        });
        return List.copyOf(notices.values());
    }

    /** What may be wrong although no id says so: copies of one title that differ, titles that nearly are one. */
    public List<Notice> suspicions() {
        List<Notice> suspicions = new ArrayList<>(apart(doubts));
        suspicions.addAll(new Suspicions(copies, groups).among(shared));
        return suspicions;
    }

    /** Episodes that no id joined with another of their series: with each of them the numbers of episodes differ more. */
    public Set<CopyIdentity> loneEpisodes() {
        Set<CopyIdentity> lone = new HashSet<>();
        copies.stream().filter(copy -> copy.kind() == ItemKind.EPISODE).forEach(copy -> lone.add(copy.identity()));
        joints.stream()
                .filter(joint -> joint.key().strength() == Strength.ID)
                .filter(joint -> copies.get(joint.one()).series()
                        == copies.get(joint.other()).series())
                .flatMap(joint -> Stream.of(copies.get(joint.one()), copies.get(joint.other())))
                .forEach(copy -> lone.remove(copy.identity()));
        return lone;
    }

    /** Episodes that tell of their series: they are one by their number alone, or have the id of one of another series. */
    public Set<CopyIdentity> tellingOfSeries() {
        Set<CopyIdentity> telling = new HashSet<>(ofTwoSeries);
        joints.stream()
                .filter(joint -> joint.key().strength() == Strength.PLACE)
                .flatMap(joint -> Stream.of(copies.get(joint.one()), copies.get(joint.other())))
                .filter(copy -> copy.kind() == ItemKind.EPISODE)
                .forEach(copy -> telling.add(copy.identity()));
        return telling;
    }

    private Notice notice(int one, int other, String text) {
        return new Notice(copies.get(one).identity(), copies.get(other).identity(), text);
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

    /** Three episodes with equal ids prove that a series without ids is the same; other episodes keep series apart. */
    private void lookAtEpisodes(Map<CopyIdentity, List<Facts>> episodes) {
        for (int one = 0; one < copies.size(); one++) {
            List<Facts> ofOne = episodes.getOrDefault(copies.get(one).identity(), List.of());
            for (int other = one + 1; other < copies.size() && !ofOne.isEmpty(); other++) {
                List<Facts> ofOther = episodes.getOrDefault(copies.get(other).identity(), List.of());
                boolean idMissing = !MergeRules.hasIds(copies.get(one)) || !MergeRules.hasIds(copies.get(other));
                if (idMissing && EpisodeProof.sameSeries(ofOne, ofOther)) {
                    shared.put(new MergeKey(Strength.EPISODES, one + "|" + other), List.of(one, other));
                } else if (!copies.get(one).gone() && !copies.get(other).gone()) {
                    keepApart(one, other, EpisodeProof.otherSeries(ofOne, ofOther));
                }
            }
        }
    }

    private void keepApart(int one, int other, Optional<String> why) {
        why.ifPresent(text -> groups.keepApart(one, other, text));
    }

    private void join(Strength strength, boolean living) {
        shared.forEach((key, all) -> {
            if (key.strength() == strength) {
                List<Integer> holders = living ? living(all) : all;
                ItemKind kind = copies.get(all.getFirst()).kind();
                switch (strength) {
                    case TITLE -> {
                        if (kind == ItemKind.MUSIC_ALBUM) {
                            joinAlbums(holders, key);
                        } else {
                            joinByYear(holders, key);
                        }
                    }
                    case ONCE -> joinOnce(all, holders, key);
                    case ID, EPISODES, PLACE -> joinAll(holders, key);
                }
            }
        });
    }

    private List<Integer> living(List<Integer> holders) {
        return holders.stream().filter(copy -> !copies.get(copy).gone()).toList();
    }

    /** What is gone counts like the rest, so nothing has to be looked at again when an episode goes. */
    private void joinOnce(List<Integer> all, List<Integer> holders, MergeKey key) {
        Map<Integer, Integer> ofServer = new HashMap<>();
        boolean once = all.stream().allMatch(copy -> {
            Integer known = ofServer.putIfAbsent(copies.get(copy).identity().upstream(), groups.of(copy));
            return known == null || known == groups.of(copy);
        });
        if (once) {
            joinAll(holders, key);
        }
    }

    private void joinAlbums(List<Integer> holders, MergeKey key) {
        AlbumYears years = AlbumYears.of(copies, holders);
        years.known().values().forEach(sameYear -> joinAll(sameYear, key));
        Set<Integer> known = years.groups(groups::of);
        for (int copy : years.unknown()) {
            List<Integer> fitting = known.stream()
                    .filter(group -> !groups.contradict(group, copy))
                    .toList();
            if (fitting.size() == 1) {
                joinAll(List.of(fitting.getFirst(), copy), key);
            }
            known.forEach(group -> refuse(group, copy, key));
        }
        joinAll(years.unknown(), key);
        known.forEach(one -> known.stream()
                .filter(other -> one < other && groups.haveSameTracks(one, other))
                .forEach(other -> refuse(one, other, key)));
    }

    private void joinByYear(List<Integer> holders, MergeKey key) {
        Map<Integer, List<Integer>> byYear = new TreeMap<>();
        for (int copy : holders) {
            copies.get(copy)
                    .knownYear()
                    .ifPresent(year ->
                            byYear.computeIfAbsent(year, y -> new ArrayList<>()).add(copy));
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
            if (join(other, copy, key)) {
                return true;
            }
        }
        if (!apart.isEmpty()) {
            refuse(apart.getFirst(), copy, key);
        }
        return false;
    }

    private boolean join(int one, int other, MergeKey key) {
        if (groups.areOne(one, other)) {
            return true;
        }
        boolean joined = mayJoin(copies.get(one), copies.get(other), key) && groups.join(one, other);
        if (joined) {
            joints.add(new Joint(key, one, other));
        }
        return joined;
    }

    /** The place of a song alone proves little: servers number hidden tracks and bonus tracks as they like. */
    private static boolean mayJoin(Facts one, Facts other, MergeKey key) {
        boolean byIds = key.strength() == Strength.ID;
        return byIds || one.kind() != ItemKind.AUDIO || MusicRules.alike(one, other);
    }

    /**
     * Servers disagree by a year on films shown at a festival first; the run time tells them from remakes. A series has
     * no run time of its own.
     */
    private void joinNeighbours(List<Integer> early, List<Integer> late, MergeKey key) {
        for (int one : early) {
            for (int other : late) {
                boolean alike = copies.get(one).kind() == ItemKind.MOVIE
                        && sameRunTime(copies.get(one), copies.get(other))
                        && groups.yearsWithinOne(one, other);
                if (alike && !join(one, other, key)) {
                    refuse(one, other, key);
                }
            }
        }
    }

    static boolean sameRunTime(Facts one, Facts other) {
        long longer = Math.max(one.runTimeTicks(), other.runTimeTicks());
        long shorter = Math.min(one.runTimeTicks(), other.runTimeTicks());
        return shorter > 0 && longer - shorter <= longer * SAME_RUN_TIME;
    }

    /** What an administrator keeps apart is no news, nor that a file with two episodes is not one of them. */
    private void refuse(int one, int other, MergeKey key) {
        if (groups.areOne(one, other)) {
            return;
        }
        if (copies.get(one).series() != copies.get(other).series()) {
            ofTwoSeries.add(copies.get(one).identity());
            ofTwoSeries.add(copies.get(other).identity());
            return;
        }
        String why = groups.whyApart(one, other).orElseGet(() -> groups.disagreement(one, other));
        if (MergeRules.reportsConflicts(copies.get(one).kind()) && !why.isEmpty()) {
            String text = "same %s, but %s".formatted(Wording.of(key, copies.get(other)), why);
            refusals.putIfAbsent(List.of(one, other), text);
        } else if (!groups.areKeptApart(one, other)) {
            doubt(one, other, key);
        }
    }

    private void doubt(int one, int other, MergeKey key) {
        String why = switch (copies.get(one).kind()) {
            case MUSIC_ALBUM ->
                Suspicions.otherAlbum(copies.get(one), copies.get(other), groups.otherTracks(one, other));
            case AUDIO -> "titles or run times differ";
            default -> "";
        };
        if (!why.isEmpty()) {
            doubts.putIfAbsent(
                    List.of(one, other), "same %s, but %s".formatted(Wording.of(key, copies.get(other)), why));
        }
    }
}
