package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.index.merge.Assignment;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.index.merge.Merge;
import org.embygateway.index.merge.MergeRules;
import org.embygateway.protocol.ItemKind;
import org.jdbi.v3.core.Handle;

/**
 * Merges changed copies again, on the shelf of a transaction, with all that they may belong to: copies that share a key
 * with them now or did before, and so on. Series and albums come first; what is below one that became another is merged
 * again too.
 */
final class Merging {
    private final Shelf shelf;
    private final Items items;
    private final Blocks blocks;
    private final SeriesEpisodes episodes;
    private final Set<Integer> telling = new HashSet<>();
    private final Set<Integer> uneven = new HashSet<>();
    private final Set<Integer> touched = new HashSet<>();
    private final Map<Integer, CopyRow> moved = new HashMap<>();

    Merging(Handle handle, Shelf shelf, Items items) {
        this.shelf = shelf;
        this.items = items;
        this.blocks = new Blocks(handle, shelf);
        this.episodes = new SeriesEpisodes(shelf);
    }

    /** The merged items that have copies, parents or ids they did not have before, or lost some. */
    Set<Integer> touched() {
        return touched;
    }

    /** The copies that became part of another item than before, as they were. */
    Collection<CopyRow> moved() {
        return moved.values();
    }

    /**
     * Merges copies that are gone by now: one that contradicted others may have kept these apart, and another copy may
     * stand in for one that a ruling names. Where nothing is in doubt nor ruled, nothing can change.
     */
    void mergeGone(Collection<CopyRow> gone) {
        Set<Integer> doubtful = items.doubtful(Blocks.numbers(gone, Placement::item));
        List<CopyRow> concerned = gone.stream()
                .filter(row -> doubtful.contains(row.placement().item()) || blocks.isNamed(row))
                .toList();
        if (!concerned.isEmpty()) {
            merge(shelf.byId(Copies.ids(concerned)), List.of());
        }
    }

    /**
     * @param changed with their old places, as they are on the shelf
     * @param converted those of them that were of another kind before: what is below them may have a parent now or none
     */
    void merge(Collection<CopyRow> changed, Collection<CopyRow> converted) {
        List<CopyRow> tops = new ArrayList<>();
        Map<Integer, CopyRow> children = new HashMap<>();
        for (CopyRow row : changed) {
            if (MergeRules.isChild(row.description().kind())) {
                children.put(row.id(), row);
            } else {
                tops.add(row);
            }
        }
        tops.addAll(leftBehind(converted));
        Map<Integer, CopyRow> parents = cluster(tops);
        List<CopyRow> above = and(parentsAmong(parents.values()), converted);
        below(above, shelf::ofSeries).forEach(row -> children.putIfAbsent(row.id(), row));
        Map<Integer, CopyRow> movedChildren = cluster(putBelowSeries(children.values()));
        Collection<CopyRow> judged = ofKind(cluster(toldOf(children.values())).values(), ItemKind.SERIES);
        if (!judged.isEmpty()) {
            List<CopyRow> below = below(judged, shelf::ofSeries);
            below.forEach(row -> children.putIfAbsent(row.id(), row));
            movedChildren.putAll(cluster(putBelowSeries(below)));
        }
        List<CopyRow> seasons = and(ofKind(movedChildren.values(), ItemKind.SEASON), converted);
        Set<Integer> episodes = new HashSet<>(children.keySet());
        episodes.addAll(Copies.ids(below(seasons, shelf::ofSeason)));
        putBelowSeasons(episodes);
    }

    /**
     * The series of which these episodes may prove something: that two are one after all, or that one is two. Where two
     * copies have ids and these joined the episodes, that is none.
     */
    private List<CopyRow> toldOf(Collection<CopyRow> children) {
        List<CopyRow> ofSeries = shelf.byId(Copies.ids(children)).stream()
                .filter(row -> row.description().kind() != ItemKind.AUDIO)
                .toList();
        Set<Integer> above = Blocks.numbers(ofSeries, Placement::series);
        Set<Integer> told = items.doubtful(above);
        told.addAll(telling);
        telling.clear();
        Map<Integer, CopyRow> series = new HashMap<>();
        SeriesEpisodes.series(shelf.byId(shelf.partOf(told))).forEach(row -> series.put(row.id(), row));
        episodes.inDoubt(above, uneven).forEach(row -> series.put(row.id(), row));
        uneven.clear();
        return List.copyOf(series.values());
    }

    /** What copies had in common with others before they became of another kind, as far as it is not below a series. */
    private List<CopyRow> leftBehind(Collection<CopyRow> converted) {
        Set<Integer> ids = new HashSet<>(shelf.ties(converted).others());
        ids.addAll(shelf.partOf(Blocks.numbers(converted, Placement::item)));
        ids.addAll(shelf.atHomeIn(Blocks.numbers(converted, Placement::home)));
        ids.removeAll(Copies.ids(converted));
        return shelf.byId(ids).stream()
                .filter(row -> !MergeRules.isChild(row.description().kind()))
                .toList();
    }

    private static List<CopyRow> ofKind(Collection<CopyRow> rows, ItemKind kind) {
        return rows.stream().filter(row -> row.description().kind() == kind).toList();
    }

    private static List<CopyRow> parentsAmong(Collection<CopyRow> rows) {
        return rows.stream()
                .filter(row -> MergeRules.isParent(row.description().kind()))
                .toList();
    }

    private static List<CopyRow> and(Collection<CopyRow> some, Collection<CopyRow> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static List<CopyRow> below(
            Collection<CopyRow> parents, BiFunction<Integer, Collection<String>, List<CopyRow>> children) {
        Map<Integer, Set<String>> ids = parents.stream()
                .collect(Collectors.groupingBy(
                        row -> row.identity().upstream(),
                        Collectors.mapping(row -> row.identity().itemId(), Collectors.toSet())));
        List<CopyRow> found = new ArrayList<>();
        ids.forEach((upstream, itemIds) -> found.addAll(children.apply(upstream, itemIds)));
        return found;
    }

    /** Notes the merged series or album of each, from which its keys follow; returns them as they are then. */
    private List<CopyRow> putBelowSeries(Collection<CopyRow> children) {
        Map<CopyIdentity, Integer> series =
                itemsOf(children, child -> child.description().seriesId(), MergeRules::isParent);
        List<CopyRow> placed = new ArrayList<>();
        for (CopyRow child : children) {
            int item = series.getOrDefault(parent(child, child.description().seriesId()), 0);
            CopyRow below =
                    child.at(child.placement().below(item, child.placement().season()));
            shelf.put(below);
            placed.add(below);
            touch(below.placement().item());
        }
        return placed;
    }

    private void putBelowSeasons(Set<Integer> children) {
        List<CopyRow> episodes = ofKind(shelf.byId(children), ItemKind.EPISODE);
        Map<CopyIdentity, Integer> seasons =
                itemsOf(episodes, row -> row.description().seasonId(), kind -> kind == ItemKind.SEASON);
        for (CopyRow episode : episodes) {
            int season =
                    seasons.getOrDefault(parent(episode, episode.description().seasonId()), 0);
            if (season != episode.placement().season()) {
                shelf.put(
                        episode.at(episode.placement().below(episode.placement().series(), season)));
                touch(episode.placement().item());
            }
        }
    }

    private static CopyIdentity parent(CopyRow child, String parentId) {
        return new CopyIdentity(child.identity().upstream(), 0, parentId);
    }

    /** The merged items of the children's parents. */
    private Map<CopyIdentity, Integer> itemsOf(
            Collection<CopyRow> children, Function<CopyRow, String> parentId, Predicate<ItemKind> kinds) {
        Map<Integer, Set<String>> wanted = children.stream()
                .filter(child -> !parentId.apply(child).isEmpty())
                .collect(Collectors.groupingBy(
                        child -> child.identity().upstream(), Collectors.mapping(parentId, Collectors.toSet())));
        Map<CopyIdentity, Integer> found = new HashMap<>();
        wanted.forEach((upstream, ids) -> shelf.ordinary(upstream, ids).stream()
                .filter(row -> kinds.test(row.description().kind()))
                .forEach(row -> found.put(row.identity(), row.placement().item())));
        return found;
    }

    /**
     * Groups the copies and all that is connected with them; returns those that became part of another item, as they
     * were. Most new copies have nothing in common with any other: each is a title of its own, without further ado.
     */
    private Map<Integer, CopyRow> cluster(Collection<CopyRow> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        Blocks.Block block = blocks.connected(rows);
        Map<Integer, CopyRow> elsewhere = new HashMap<>();
        placeAlone(block.alone(), elsewhere);
        if (!block.connected().isEmpty()) {
            placeTogether(block.connected(), elsewhere);
        }
        return elsewhere;
    }

    private void placeAlone(List<CopyRow> rows, Map<Integer, CopyRow> elsewhere) {
        int[] ids = items.newIds(rows.size());
        List<Items.Row> added = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            CopyRow row = rows.get(i);
            added.add(new Items.Row(ids[i], row.description().kind(), 0));
            move(row, new Assignment.Place(ids[i], ids[i]), elsewhere);
        }
        ofKind(rows, ItemKind.EPISODE).forEach(row -> uneven.add(row.placement().series()));
        items.insert(added);
    }

    private void placeTogether(Map<CopyIdentity, CopyRow> block, Map<Integer, CopyRow> elsewhere) {
        Merge merge = blocks.merge(block);
        merge.tellingOfSeries()
                .forEach(copy -> Optional.ofNullable(block.get(copy))
                        .ifPresent(row -> telling.add(row.placement().series())));
        merge.loneEpisodes()
                .forEach(copy -> Optional.ofNullable(block.get(copy))
                        .ifPresent(row -> uneven.add(row.placement().series())));
        Map<CopyIdentity, Assignment.Before> before = new HashMap<>();
        block.forEach((identity, row) -> before.put(
                identity,
                new Assignment.Before(row.placement().item(), row.placement().home(), row.gone())));
        Assignment assignment = Assignment.of(merge.titles(), before, items::newIds);
        saveItems(block, assignment);
        saveConflicts(block, merge, assignment);
        block.values().forEach(row -> move(row, assignment.placeOf(row.identity()), elsewhere));
    }

    private void saveItems(Map<CopyIdentity, CopyRow> block, Assignment assignment) {
        Map<Integer, ItemKind> kinds = new HashMap<>();
        block.forEach((copy, row) ->
                kinds.put(assignment.itemOf(copy), row.description().kind()));
        List<Items.Row> rows = new ArrayList<>();
        assignment.current().forEach((id, current) -> {
            ItemKind kind = Objects.requireNonNull(kinds.get(current), "every current id has copies");
            rows.add(new Items.Row(id, kind, id.equals(current) ? 0 : current));
        });
        items.save(rows);
    }

    private void saveConflicts(Map<CopyIdentity, CopyRow> block, Merge merge, Assignment assignment) {
        Set<Integer> concerned = new HashSet<>(assignment.current().keySet());
        concerned.addAll(Blocks.numbers(block.values(), Placement::item));
        List<Items.ConflictRow> rows = new ArrayList<>();
        merge.conflicts().forEach(notice -> rows.add(conflictRow(notice, false, assignment)));
        merge.suspicions().forEach(notice -> rows.add(conflictRow(notice, true, assignment)));
        items.saveConflicts(concerned, rows);
    }

    private static Items.ConflictRow conflictRow(Merge.Notice notice, boolean suspicion, Assignment assignment) {
        int one = assignment.itemOf(notice.one());
        int other = assignment.itemOf(notice.other());
        return new Items.ConflictRow(Math.min(one, other), Math.max(one, other), notice.text(), suspicion);
    }

    private void move(CopyRow row, Assignment.Place place, Map<Integer, CopyRow> elsewhere) {
        Placement before = row.placement();
        if (place.item() != before.item()) {
            touch(before.item());
            touch(place.item());
            elsewhere.put(row.id(), row);
            moved.putIfAbsent(row.id(), row);
        }
        if (place.item() != before.item() || place.home() != before.home()) {
            shelf.put(row.at(before.in(place.item(), place.home())));
        }
    }

    private void touch(int item) {
        if (item != 0) {
            touched.add(item);
        }
    }
}
