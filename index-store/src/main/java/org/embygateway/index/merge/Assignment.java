package org.embygateway.index.merge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Which id each title has. Every copy has a home: the id its title had when the copy was first seen. A title has the
 * smallest id it won, and wins an id when more copies at home in it are among its own than among any other title's, those
 * that are gone counting only among equals; of equals still the title with the first copy wins. So when titles join the
 * oldest id stays and the others become aliases, and when they part again each gets back what it had. A title that wins
 * nothing keeps the id it has if no other won that, else it is given a new one, which becomes its copies' home unless
 * one of the copies in question is gone: homes are then kept for its return, when all is to be as it was.
 *
 * @param places the id and the home of every copy
 * @param current what each id concerned now stands for: itself, or the title it is an alias of
 */
public record Assignment(Map<CopyIdentity, Place> places, Map<Integer, Integer> current) {
    private static final int LIVING_VOTE = 10_000;

    public record Place(int item, int home) {}

    /** Where a copy was before: 0 stands for nowhere yet. */
    public record Before(int item, int home, boolean gone) {}

    /** Throws {@link IllegalArgumentException} for a copy that was not among the titles. */
    public Place placeOf(CopyIdentity copy) {
        Place place = places.get(copy);
        if (place == null) {
            throw new IllegalArgumentException("copy: %s (not among the titles)".formatted(copy));
        }
        return place;
    }

    public int itemOf(CopyIdentity copy) {
        return placeOf(copy).item();
    }

    /**
     * @param before every copy; all that are at home in one of their homes must be among the titles
     * @param newIds as many new ids as asked for
     */
    public static Assignment of(
            List<List<CopyIdentity>> titles, Map<CopyIdentity, Before> before, IntFunction<int[]> newIds) {
        Map<Integer, Integer> winners = winners(titles, before);
        int[] ids = new int[titles.size()];
        winners.forEach((home, title) -> ids[title] = ids[title] == 0 ? home : Math.min(ids[title], home));
        keep(ids, titles, before, winners.keySet());
        fill(ids, newIds);

        boolean settled = before.values().stream().noneMatch(Before::gone);
        Set<Integer> winning = Set.copyOf(winners.values());
        Map<CopyIdentity, Place> places = new HashMap<>();
        for (int title = 0; title < ids.length; title++) {
            boolean moves = settled && !winning.contains(title);
            for (CopyIdentity copy : titles.get(title)) {
                int home = before(copy, before).home();
                places.put(copy, new Place(ids[title], moves || home == 0 ? ids[title] : home));
            }
        }
        return new Assignment(places, current(ids, titles, before, winners));
    }

    /** What nothing stands under any more leads to where its copies are now. */
    private static Map<Integer, Integer> current(
            int[] ids,
            List<List<CopyIdentity>> titles,
            Map<CopyIdentity, Before> before,
            Map<Integer, Integer> winners) {
        Map<Integer, Integer> current = new TreeMap<>();
        winners.forEach((home, title) -> current.put(home, ids[title]));
        for (int id : ids) {
            current.put(id, id);
        }
        for (int title = 0; title < ids.length; title++) {
            for (CopyIdentity copy : titles.get(title)) {
                int item = before(copy, before).item();
                if (item != 0) {
                    current.putIfAbsent(item, ids[title]);
                }
            }
        }
        return current;
    }

    private static Before before(CopyIdentity copy, Map<CopyIdentity, Before> before) {
        return before.getOrDefault(copy, new Before(0, 0, false));
    }

    /** What won nothing stays where it was put when it won nothing before. */
    private static void keep(
            int[] ids, List<List<CopyIdentity>> titles, Map<CopyIdentity, Before> before, Set<Integer> won) {
        Set<Integer> taken = new HashSet<>(won);
        for (int title = 0; title < ids.length; title++) {
            int item = before(titles.get(title).getFirst(), before).item();
            if (ids[title] == 0 && item != 0 && taken.add(item)) {
                ids[title] = item;
            }
        }
    }

    /** The index of the title that won each home. */
    private static Map<Integer, Integer> winners(List<List<CopyIdentity>> titles, Map<CopyIdentity, Before> before) {
        Map<Integer, Map<Integer, Integer>> votes = new TreeMap<>();
        for (int title = 0; title < titles.size(); title++) {
            for (CopyIdentity copy : titles.get(title)) {
                Before place = before(copy, before);
                if (place.home() != 0) {
                    votes.computeIfAbsent(place.home(), h -> new LinkedHashMap<>())
                            .merge(title, place.gone() ? 1 : LIVING_VOTE, Integer::sum);
                }
            }
        }
        Map<Integer, Integer> winners = new TreeMap<>();
        votes.forEach((home, counts) -> winners.put(home, mostVoted(counts)));
        return winners;
    }

    private static int mostVoted(Map<Integer, Integer> counts) {
        int best = -1;
        int most = 0;
        for (var entry : counts.entrySet()) {
            if (entry.getValue() > most) {
                best = entry.getKey();
                most = entry.getValue();
            }
        }
        return best;
    }

    private static void fill(int[] ids, IntFunction<int[]> newIds) {
        int[] homeless =
                IntStream.range(0, ids.length).filter(title -> ids[title] == 0).toArray();
        int[] fresh = newIds.apply(homeless.length);
        for (int i = 0; i < fresh.length; i++) {
            ids[homeless[i]] = fresh[i];
        }
    }
}
