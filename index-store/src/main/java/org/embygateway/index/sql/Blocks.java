package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.index.merge.Facts;
import org.embygateway.index.merge.Merge;
import org.embygateway.index.merge.Ruling;
import org.embygateway.index.merge.StandIns;
import org.jdbi.v3.core.Handle;

/** Finds, on the shelf of a transaction, all copies that have to be looked at together, and what is ruled of them. */
final class Blocks {
    private final Shelf shelf;
    private final SeriesEpisodes episodes;
    private final List<Ruling> rulings;
    private final Set<CopyIdentity> named;

    Blocks(Handle handle, Shelf shelf) {
        this.shelf = shelf;
        episodes = new SeriesEpisodes(shelf);
        rulings = new RulingTable(handle).inForce();
        named = rulings.stream().flatMap(Blocks::all).collect(Collectors.toSet());
    }

    /** @param alone new copies that share nothing with any other */
    record Block(List<CopyRow> alone, Map<CopyIdentity, CopyRow> connected) {}

    private static Stream<CopyIdentity> all(Ruling ruling) {
        return Stream.concat(ruling.one().stream(), ruling.other().stream());
    }

    /** Whether a ruling names the copy. */
    boolean isNamed(CopyRow row) {
        return named.contains(row.identity());
    }

    /** Numbers of the rulings that name one of the copies. */
    List<Integer> rulingsOf(Collection<CopyRow> rows) {
        Set<CopyIdentity> some = rows.stream().map(CopyRow::identity).collect(Collectors.toSet());
        return rulings.stream()
                .filter(ruling -> names(ruling, some))
                .map(Ruling::number)
                .toList();
    }

    private static boolean names(Ruling ruling, Set<CopyIdentity> some) {
        return !Collections.disjoint(ruling.one(), some) || !Collections.disjoint(ruling.other(), some);
    }

    Merge merge(Map<CopyIdentity, CopyRow> block) {
        List<Facts> facts = block.values().stream().map(CopyRow::facts).toList();
        List<CopyRow> series = SeriesEpisodes.series(block.values());
        return Merge.of(facts, rulings, series.size() > 1 ? episodes.of(series) : Map.of());
    }

    /** The copies, and those that share a key, an item, a home, a ruling or ids of episodes with any of them. */
    Block connected(Collection<CopyRow> asked) {
        Block block = new Block(new ArrayList<>(), new HashMap<>());
        Set<Integer> seen = new HashSet<>();
        Collection<CopyRow> frontier = asked;
        while (!frontier.isEmpty()) {
            seen.addAll(Copies.ids(frontier));
            Shelf.Ties ties = shelf.ties(frontier);
            Set<Integer> ruled = ruledWith(frontier);
            for (CopyRow row : frontier) {
                boolean single = row.placement().home() == 0 && !ties.shared().contains(row.id()) && ruled.isEmpty();
                if (single) {
                    block.alone().add(row);
                } else {
                    block.connected().put(row.identity(), row);
                }
            }
            Set<Integer> next = new HashSet<>(ties.others());
            next.addAll(shelf.partOf(numbers(frontier, Placement::item)));
            next.addAll(shelf.atHomeIn(numbers(frontier, Placement::home)));
            next.addAll(ruled);
            next.addAll(episodes.kinOf(SeriesEpisodes.series(frontier)));
            next.removeAll(seen);
            frontier = shelf.byId(next);
        }
        return block;
    }

    /** Copies that a ruling names together with one of these, or with one that one of these stands in for. */
    private Set<Integer> ruledWith(Collection<CopyRow> rows) {
        if (rulings.isEmpty()) {
            return Set.of();
        }
        Map<CopyIdentity, CopyRow> ruled = ruled();
        Set<CopyIdentity> some = new HashSet<>(replaced(rows, ruled));
        rows.forEach(row -> some.add(row.identity()));
        return rulings.stream()
                .filter(ruling -> names(ruling, some))
                .flatMap(Blocks::all)
                .flatMap(copy -> Optional.ofNullable(ruled.get(copy)).stream())
                .map(CopyRow::id)
                .collect(Collectors.toSet());
    }

    private Map<CopyIdentity, CopyRow> ruled() {
        named.stream()
                .collect(Collectors.groupingBy(
                        copy -> List.of(copy.upstream(), copy.space()),
                        Collectors.mapping(CopyIdentity::itemId, Collectors.toSet())))
                .forEach((place, ids) -> shelf.load(place.getFirst(), place.getLast(), ids));
        Map<CopyIdentity, CopyRow> ruled = new HashMap<>();
        for (CopyIdentity copy : named) {
            CopyRow row = shelf.find(copy);
            if (row != null) {
                ruled.put(copy, row);
            }
        }
        return ruled;
    }

    /** Copies that are gone and that some of these may stand in for. */
    private Collection<CopyIdentity> replaced(Collection<CopyRow> rows, Map<CopyIdentity, CopyRow> ruled) {
        Map<CopyIdentity, CopyRow> all = new HashMap<>(ruled);
        rows.forEach(row -> all.put(row.identity(), row));
        List<Facts> facts = all.values().stream().map(CopyRow::facts).toList();
        return StandIns.among(facts, named).values();
    }

    static Set<Integer> numbers(Collection<CopyRow> rows, Function<Placement, Integer> number) {
        return rows.stream()
                .map(row -> number.apply(row.placement()))
                .filter(n -> n != 0)
                .collect(Collectors.toSet());
    }
}
