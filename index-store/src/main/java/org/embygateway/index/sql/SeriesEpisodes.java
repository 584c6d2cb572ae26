package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.index.merge.Facts;
import org.embygateway.index.merge.MergeRules;
import org.embygateway.protocol.ItemKind;

/** What is below the copies of series, on the shelf of a transaction. */
final class SeriesEpisodes {
    private final Shelf shelf;

    SeriesEpisodes(Shelf shelf) {
        this.shelf = shelf;
    }

    static List<CopyRow> series(Collection<CopyRow> rows) {
        return rows.stream()
                .filter(row -> row.description().kind() == ItemKind.SERIES)
                .toList();
    }

    /** By the copy of the series; also those that are gone. */
    Map<CopyIdentity, List<Facts>> of(Collection<CopyRow> series) {
        return rows(series).stream()
                .collect(Collectors.groupingBy(
                        SeriesEpisodes::seriesOf, Collectors.mapping(CopyRow::facts, Collectors.toList())));
    }

    private List<CopyRow> rows(Collection<CopyRow> series) {
        return byUpstream(series.stream().map(CopyRow::identity).toList()).entrySet().stream()
                .flatMap(of -> shelf.ofSeries(of.getKey(), of.getValue()).stream())
                .filter(row -> row.description().kind() == ItemKind.EPISODE)
                .toList();
    }

    private static CopyIdentity seriesOf(CopyRow episode) {
        return new CopyIdentity(
                episode.identity().upstream(), 0, episode.description().seriesId());
    }

    private static Map<Integer, Set<String>> byUpstream(Collection<CopyIdentity> copies) {
        return copies.stream()
                .collect(Collectors.groupingBy(
                        CopyIdentity::upstream, Collectors.mapping(CopyIdentity::itemId, Collectors.toSet())));
    }

    /** The copies of series below which there are episodes with ids of those below these. */
    Set<Integer> kinOf(Collection<CopyRow> series) {
        List<CopyRow> placed =
                series.stream().filter(row -> row.placement().home() != 0).toList();
        if (placed.isEmpty()) {
            return Set.of();
        }
        List<CopyRow> likeThese = shelf.byId(shelf.ties(rows(placed)).others());
        Map<Integer, Set<String>> parents = byUpstream(likeThese.stream()
                .filter(row -> row.description().kind() == ItemKind.EPISODE)
                .map(SeriesEpisodes::seriesOf)
                .toList());
        Set<Integer> kin = new HashSet<>();
        parents.forEach((upstream, ids) -> kin.addAll(Copies.ids(series(shelf.ordinary(upstream, ids)))));
        return kin;
    }

    /**
     * Of the merged series those whose copies may belong together or not depending on episodes.
     *
     * @param uneven those with episodes that no id joined
     */
    List<CopyRow> inDoubt(Set<Integer> items, Set<Integer> uneven) {
        Map<Integer, List<CopyRow>> copies = new HashMap<>();
        series(shelf.byId(shelf.partOf(items)))
                .forEach(row -> copies.computeIfAbsent(row.placement().item(), i -> new ArrayList<>())
                        .add(row));
        return copies.entrySet().stream()
                .filter(of -> mayPart(of.getValue(), uneven.contains(of.getKey())))
                .flatMap(of -> of.getValue().stream())
                .toList();
    }

    private static boolean mayPart(List<CopyRow> copies, boolean uneven) {
        return copies.size() > 2
                || copies.size() == 2 && (uneven || !copies.stream().allMatch(SeriesEpisodes::hasIds));
    }

    private static boolean hasIds(CopyRow row) {
        return MergeRules.hasIds(row.facts());
    }
}
