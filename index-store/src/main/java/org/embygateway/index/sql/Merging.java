package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.index.merge.Assignment;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.index.merge.Facts;
import org.embygateway.index.merge.Merge;
import org.embygateway.index.merge.MergeKey;
import org.embygateway.index.merge.MergeRules;
import org.embygateway.protocol.ItemKind;
import org.jdbi.v3.core.Handle;

/**
 * Merges changed copies again, within one transaction, with all that they may belong to: copies that share a key with
 * them now or did before, and so on. Series come first; what is below a series that became another is merged again too.
 */
final class Merging {
    private final Copies copies;
    private final Items items;
    private final Set<Integer> touched = new HashSet<>();
    private final Map<Integer, CopyRow> moved = new HashMap<>();

    Merging(Handle handle, Dialect dialect) {
        copies = new Copies(handle);
        items = new Items(handle, dialect);
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
     * Merges copies that are gone by now: one that contradicted others may have kept these apart. Where nothing is in
     * doubt, nothing can change.
     */
    void mergeGone(Collection<CopyRow> gone) {
        Set<Integer> doubtful = items.doubtful(numbers(gone, Placement::item));
        List<CopyRow> concerned = gone.stream()
                .filter(row -> doubtful.contains(row.placement().item()))
                .toList();
        if (!concerned.isEmpty()) {
            merge(copies.byId(Copies.ids(concerned)), List.of(), Set.of());
        }
    }

    /**
     * @param changed stored already, with their old places
     * @param converted those of them that were of another kind before: what is below them may have a parent now or none
     * @param affected ids of copies that shared a key with them before the change
     */
    void merge(Collection<CopyRow> changed, Collection<CopyRow> converted, Set<Integer> affected) {
        List<CopyRow> tops = new ArrayList<>();
        Map<Integer, CopyRow> children = new HashMap<>();
        for (CopyRow row : changed) {
            if (MergeRules.isChild(row.description().kind())) {
                children.put(row.id(), row);
            } else {
                tops.add(row);
            }
        }
        saveKeys(tops);
        Map<Boolean, Set<Integer>> neighbours = copies.byId(affected).stream()
                .collect(Collectors.partitioningBy(
                        row -> MergeRules.isChild(row.description().kind()),
                        Collectors.mapping(CopyRow::id, Collectors.toSet())));
        Set<Integer> first = new HashSet<>(neighbours.getOrDefault(false, Set.of()));
        first.addAll(Copies.ids(tops));
        Map<Integer, CopyRow> parents = cluster(first);
        List<CopyRow> series = and(ofKind(parents.values(), ItemKind.SERIES), converted);
        below(series, copies::ofSeries).forEach(row -> children.putIfAbsent(row.id(), row));
        Set<Integer> second = putBelowSeries(children.values());
        second.addAll(neighbours.getOrDefault(true, Set.of()));
        Map<Integer, CopyRow> movedChildren = cluster(second);
        List<CopyRow> seasons = and(ofKind(movedChildren.values(), ItemKind.SEASON), converted);
        Set<Integer> episodes = new HashSet<>(children.keySet());
        episodes.addAll(Copies.ids(below(seasons, copies::ofSeason)));
        putBelowSeasons(episodes);
    }

    private static List<CopyRow> ofKind(Collection<CopyRow> rows, ItemKind kind) {
        return rows.stream().filter(row -> row.description().kind() == kind).toList();
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

    /** Notes the merged series of each, with the keys that follow from it; returns what is to be merged again. */
    private Set<Integer> putBelowSeries(Collection<CopyRow> children) {
        Map<CopyIdentity, Integer> series =
                itemsOf(children, child -> child.description().seriesId(), ItemKind.SERIES);
        Set<Integer> affected = copies.sharingKeys(Copies.ids(children));
        List<CopyRow> placed = new ArrayList<>();
        for (CopyRow child : children) {
            int item = series.getOrDefault(parent(child, child.description().seriesId()), 0);
            placed.add(child.at(child.placement().below(item, child.placement().season())));
        }
        copies.place(placed);
        saveKeys(placed);
        affected.addAll(Copies.ids(children));
        placed.forEach(child -> touch(child.placement().item()));
        return affected;
    }

    private void putBelowSeasons(Set<Integer> children) {
        List<CopyRow> episodes = ofKind(copies.byId(children), ItemKind.EPISODE);
        Map<CopyIdentity, Integer> seasons =
                itemsOf(episodes, row -> row.description().seasonId(), ItemKind.SEASON);
        List<CopyRow> placed = new ArrayList<>();
        for (CopyRow episode : episodes) {
            int season =
                    seasons.getOrDefault(parent(episode, episode.description().seasonId()), 0);
            if (season != episode.placement().season()) {
                placed.add(
                        episode.at(episode.placement().below(episode.placement().series(), season)));
                touch(episode.placement().item());
            }
        }
        copies.place(placed);
    }

    private static CopyIdentity parent(CopyRow child, String parentId) {
        return new CopyIdentity(child.identity().upstream(), 0, parentId);
    }

    /** The merged items of the children's parents. */
    private Map<CopyIdentity, Integer> itemsOf(
            Collection<CopyRow> children, Function<CopyRow, String> parentId, ItemKind kind) {
        Map<Integer, Set<String>> wanted = children.stream()
                .filter(child -> !parentId.apply(child).isEmpty())
                .collect(Collectors.groupingBy(
                        child -> child.identity().upstream(), Collectors.mapping(parentId, Collectors.toSet())));
        Map<CopyIdentity, Integer> found = new HashMap<>();
        wanted.forEach((upstream, ids) -> copies.ordinary(upstream, ids).stream()
                .filter(row -> row.description().kind() == kind)
                .forEach(row -> found.put(row.identity(), row.placement().item())));
        return found;
    }

    private void saveKeys(Collection<CopyRow> rows) {
        copies.saveKeys(rows.stream()
                .collect(Collectors.toMap(
                        CopyRow::id,
                        row -> MergeRules.keys(row.facts()).stream()
                                .map(MergeKey::hash)
                                .collect(Collectors.toSet()))));
    }

    /** Groups the copies and all that is connected with them; returns those that became part of another item. */
    private Map<Integer, CopyRow> cluster(Collection<Integer> ids) {
        Map<CopyIdentity, CopyRow> block = connected(ids);
        List<Facts> facts = block.values().stream().map(CopyRow::facts).toList();
        Merge merge = Merge.of(facts);
        Map<CopyIdentity, Integer> homes = new HashMap<>();
        block.forEach((identity, row) -> {
            if (row.placement().home() != 0) {
                homes.put(identity, row.placement().home());
            }
        });
        Assignment assignment = Assignment.of(merge.titles(), homes, items::newIds);
        saveItems(block, assignment);
        saveConflicts(block, merge, assignment);
        return place(block, assignment);
    }

    /** The copies, and those that share a key, an item or a home with any of them. */
    private Map<CopyIdentity, CopyRow> connected(Collection<Integer> ids) {
        Map<CopyIdentity, CopyRow> block = new HashMap<>();
        Set<Integer> loaded = new HashSet<>();
        Set<Integer> frontier = new HashSet<>(ids);
        while (!frontier.isEmpty()) {
            List<CopyRow> rows = copies.byId(frontier);
            rows.forEach(row -> block.put(row.identity(), row));
            loaded.addAll(frontier);
            Set<Integer> next = copies.sharingKeys(frontier);
            next.addAll(copies.partOf(numbers(rows, Placement::item)));
            next.addAll(copies.atHomeIn(numbers(rows, Placement::home)));
            next.removeAll(loaded);
            frontier = next;
        }
        return block;
    }

    private static Set<Integer> numbers(Collection<CopyRow> rows, Function<Placement, Integer> number) {
        return rows.stream()
                .map(row -> number.apply(row.placement()))
                .filter(n -> n != 0)
                .collect(Collectors.toSet());
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
        concerned.addAll(numbers(block.values(), Placement::item));
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

    private Map<Integer, CopyRow> place(Map<CopyIdentity, CopyRow> block, Assignment assignment) {
        Map<Integer, CopyRow> elsewhere = new HashMap<>();
        List<CopyRow> changed = new ArrayList<>();
        for (CopyRow row : block.values()) {
            Assignment.Place place = assignment.placeOf(row.identity());
            Placement before = row.placement();
            if (place.item() != before.item()) {
                touch(before.item());
                touch(place.item());
                elsewhere.put(row.id(), row);
                moved.putIfAbsent(row.id(), row);
            }
            if (place.item() != before.item() || place.home() != before.home()) {
                changed.add(row.at(before.in(place.item(), place.home())));
            }
        }
        copies.place(changed);
        return elsewhere;
    }

    private void touch(int item) {
        if (item != 0) {
            touched.add(item);
        }
    }
}
