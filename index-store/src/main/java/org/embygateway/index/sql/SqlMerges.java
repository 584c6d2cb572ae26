package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.index.Merges;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.index.merge.MergeRules;
import org.embygateway.index.merge.Ruling;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.jdbi.v3.core.Handle;

final class SqlMerges implements Merges {
    /** With artists, but without people, genres and studios. */
    private static final String MERGED = """
            SELECT item_id AS id FROM item_copy
            WHERE gone = 0 AND space IN (0, 9) AND item_id > :after AND (kind = :kind OR :kind = 0 AND kind NOT IN (19, 20))
            GROUP BY item_id HAVING COUNT(*) > 1 ORDER BY item_id LIMIT :limit
            """;

    private static final String DOUBTED = """
            SELECT m.one AS id FROM merge_conflict m JOIN item_copy c ON c.item_id = m.other AND c.gone = 0
            WHERE m.suspicion = %1$d
            UNION SELECT m.other AS id FROM merge_conflict m JOIN item_copy c ON c.item_id = m.one AND c.gone = 0
            WHERE m.suspicion = %1$d
            """;
    private static final String RULED = """
            SELECT DISTINCT c.item_id AS id FROM merge_ruling r
            JOIN merge_ruling_copy n ON n.ruling = r.id
            JOIN item_copy c ON c.upstream = n.upstream AND c.upstream_item_id = n.upstream_item_id AND c.space = n.space
            WHERE r.undone IS NULL
            """;
    private static final String THERE = """
            SELECT x.id FROM (%s) x
            WHERE x.id > :after
                AND EXISTS (SELECT 1 FROM item_copy c
                    WHERE c.item_id = x.id AND c.gone = 0 AND (:kind = 0 OR c.kind = :kind))
            ORDER BY x.id LIMIT :limit
            """;

    private final Database database;

    SqlMerges(Database database) {
        this.database = database;
    }

    @Override
    public List<ItemId> list(Filter filter, Optional<ItemKind> kind, int after, int limit) {
        return database.read(
                handle -> ids(handle, filter, kind.map(ItemKind::code).orElse(0), after, limit));
    }

    private static List<ItemId> ids(Handle handle, Filter filter, int kind, int after, int limit) {
        return handle.createQuery(query(filter))
                .bind("kind", kind)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(Integer.class)
                .map(ItemId::new)
                .list();
    }

    private static String query(Filter filter) {
        return switch (filter) {
            case MERGED -> MERGED;
            case CONFLICT -> THERE.formatted(DOUBTED.formatted(0));
            case SUSPICION -> THERE.formatted(DOUBTED.formatted(1));
            case OVERRIDDEN -> THERE.formatted(RULED);
        };
    }

    @Override
    public Map<Filter, Integer> counts() {
        return database.read(handle -> {
            Map<Filter, Integer> counts = new HashMap<>();
            for (Filter filter : List.of(Filter.CONFLICT, Filter.SUSPICION, Filter.OVERRIDDEN)) {
                int count = handle.createQuery("SELECT COUNT(*) FROM (" + query(filter) + ")")
                        .bind("kind", 0)
                        .bind("after", 0)
                        .bind("limit", Integer.MAX_VALUE)
                        .mapTo(Integer.class)
                        .one();
                counts.put(filter, count);
            }
            return counts;
        });
    }

    @Override
    public List<Group> explain(Collection<ItemId> items) {
        return database.read(handle -> {
            Explaining explaining = new Explaining(handle);
            return current(handle, items).stream()
                    .flatMap(item -> explaining.explain(item).stream())
                    .toList();
        });
    }

    /** Each once, in their order. */
    private static Set<Integer> current(Handle handle, Collection<ItemId> items) {
        List<Integer> numbers = items.stream().map(ItemId::value).toList();
        Map<Integer, Integer> aliases = Aliases.among(handle, numbers);
        Set<Integer> current = new LinkedHashSet<>();
        numbers.forEach(id -> current.add(aliases.getOrDefault(id, id)));
        return current;
    }

    @Override
    public Outcome join(List<ItemId> items, Author author) {
        return database.write(handle -> {
            Set<Integer> current = current(handle, items);
            List<CopyRow> all = copiesOf(handle, current);
            return refusal(current, all).orElseGet(() -> rule(handle, Ruling.Act.JOIN, all, List.of(), author));
        });
    }

    @Override
    public Outcome never(ItemId one, ItemId other, Author author) {
        return database.write(handle -> {
            Set<Integer> current = current(handle, List.of(one, other));
            List<CopyRow> all = copiesOf(handle, current);
            return refusal(current, all).orElseGet(() -> {
                Map<Boolean, List<CopyRow>> sides = all.stream()
                        .collect(Collectors.partitioningBy(row ->
                                row.placement().item() == current.iterator().next()));
                return rule(
                        handle,
                        Ruling.Act.NEVER,
                        sides.getOrDefault(true, List.of()),
                        sides.getOrDefault(false, List.of()),
                        author);
            });
        });
    }

    /** Of those that are gone too: they still prove what they proved. */
    private static List<CopyRow> copiesOf(Handle handle, Set<Integer> items) {
        Copies copies = new Copies(new Statements(handle));
        return copies.byId(copies.partOf(items));
    }

    private static Optional<Outcome> refusal(Set<Integer> items, List<CopyRow> all) {
        Set<Integer> there = all.stream()
                .filter(row -> !row.gone())
                .map(row -> row.placement().item())
                .collect(Collectors.toSet());
        if (!there.containsAll(items)) {
            return refused(Refusal.UNKNOWN_ITEM);
        }
        if (items.size() < 2) {
            return refused(Refusal.ONE_ITEM_ALREADY);
        }
        if (all.stream().map(row -> row.description().kind()).distinct().count() > 1) {
            return refused(Refusal.OTHER_KIND);
        }
        return all.stream().map(row -> row.placement().series()).distinct().count() > 1
                ? refused(isSong(all.getFirst()) ? Refusal.OTHER_ALBUM : Refusal.OTHER_SERIES)
                : Optional.empty();
    }

    private static boolean isSong(CopyRow row) {
        return row.description().kind() == ItemKind.AUDIO;
    }

    private static Optional<Outcome> refused(Refusal why) {
        return Optional.of(new Outcome.Refused(why));
    }

    @Override
    public Outcome split(ItemId item, Collection<Integer> copies, Author author) {
        return database.write(handle -> {
            List<CopyRow> all = copiesOf(handle, current(handle, List.of(item)));
            Map<Boolean, List<CopyRow>> sides =
                    all.stream().collect(Collectors.partitioningBy(row -> copies.contains(row.id())));
            List<CopyRow> leaving = sides.getOrDefault(true, List.of());
            List<CopyRow> staying = sides.getOrDefault(false, List.of());
            if (all.stream().allMatch(CopyRow::gone)) {
                return new Outcome.Refused(Refusal.UNKNOWN_ITEM);
            }
            if (leaving.size() != Set.copyOf(copies).size() || leaving.isEmpty()) {
                return new Outcome.Refused(Refusal.NO_COPY_OF_IT);
            }
            return staying.stream().allMatch(CopyRow::gone)
                    ? new Outcome.Refused(Refusal.NOTHING_WOULD_REMAIN)
                    : rule(handle, Ruling.Act.SPLIT, staying, leaving, author);
        });
    }

    private Outcome rule(Handle handle, Ruling.Act act, List<CopyRow> one, List<CopyRow> other, Author author) {
        int ruling = new RulingTable(handle).add(act, one, other, author);
        List<CopyRow> concerned = Stream.concat(one.stream(), other.stream()).toList();
        return takeEffect(handle, ruling, concerned);
    }

    @Override
    public Outcome undo(int ruling, Author author) {
        return database.write(handle -> {
            Optional<Boolean> undone = handle.createQuery("SELECT undone IS NOT NULL FROM merge_ruling WHERE id = :id")
                    .bind("id", ruling)
                    .mapTo(Boolean.class)
                    .findOne();
            if (undone.isEmpty()) {
                return new Outcome.Refused(Refusal.UNKNOWN_RULING);
            }
            if (undone.get()) {
                return new Outcome.Refused(Refusal.UNDONE_ALREADY);
            }
            RulingTable rulings = new RulingTable(handle);
            Set<CopyIdentity> named = new HashSet<>();
            rulings.sides(ruling).forEach(named::addAll);
            rulings.undo(ruling, author);
            return takeEffect(handle, ruling, rows(handle, named));
        });
    }

    private Outcome takeEffect(Handle handle, int ruling, List<CopyRow> concerned) {
        Statements statements = new Statements(handle);
        Copies copies = new Copies(statements);
        Shelf shelf = new Shelf(copies);
        PartedStates states = new PartedStates(handle, database.dialect(), items(copies, concerned));
        Merging merging = new Merging(handle, shelf, new Items(statements, database.dialect()));
        merging.merge(shelf.byId(Copies.ids(concerned)), List.of());
        shelf.store();
        Map<Integer, CopyRow> now =
                shelf.byId(Copies.ids(merging.moved())).stream().collect(Collectors.toMap(CopyRow::id, row -> row));
        states.copy(merging.moved(), now);
        new Arrivals(statements).tell(shelf.differences());

        Changes changes = new Changes(copies);
        changes.touch(merging.touched());
        changes.touchMoved(merging.moved());
        changes.touchAll(concerned);
        Set<Integer> alive = copies.alive(Blocks.numbers(shelf.byId(Copies.ids(concerned)), Placement::item));
        return new Outcome.Done(
                ruling,
                SqlMediaIndex.counted(handle, changes.toIndexChange()),
                new TreeSet<>(alive).stream().map(ItemId::new).toList());
    }

    /** The items of the copies, and what is below them when they are series or albums. */
    private static Set<Integer> items(Copies copies, List<CopyRow> concerned) {
        Set<Integer> items = new HashSet<>(Blocks.numbers(concerned, Placement::item));
        Map<Integer, Set<String>> above = concerned.stream()
                .filter(row -> MergeRules.isParent(row.description().kind()))
                .collect(Collectors.groupingBy(
                        row -> row.identity().upstream(),
                        Collectors.mapping(row -> row.identity().itemId(), Collectors.toSet())));
        above.forEach((upstream, ids) -> items.addAll(Blocks.numbers(copies.ofSeries(upstream, ids), Placement::item)));
        return items;
    }

    private static List<CopyRow> rows(Handle handle, Collection<CopyIdentity> identities) {
        Copies copies = new Copies(new Statements(handle));
        return identities.stream()
                .collect(Collectors.groupingBy(
                        identity -> List.of(identity.upstream(), identity.space()),
                        Collectors.mapping(CopyIdentity::itemId, Collectors.toSet())))
                .entrySet()
                .stream()
                .flatMap(entry ->
                        copies
                                .byUpstreamId(
                                        entry.getKey().getFirst(),
                                        entry.getKey().getLast(),
                                        entry.getValue())
                                .stream())
                .toList();
    }

    @Override
    public List<JournalEntry> journal(int before, int limit) {
        return database.read(handle -> handle.createQuery(
                        "SELECT * FROM merge_ruling WHERE id < :before ORDER BY id DESC LIMIT :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> entry(handle, row))
                .list());
    }

    @Override
    public Optional<JournalEntry> find(int ruling) {
        return database.read(handle -> handle.createQuery("SELECT * FROM merge_ruling WHERE id = :id")
                .bind("id", ruling)
                .map((row, context) -> entry(handle, row))
                .findOne());
    }

    private static JournalEntry entry(Handle handle, ResultSet row) throws SQLException {
        List<Set<CopyIdentity>> sides = new RulingTable(handle).sides(row.getInt("id"));
        return new JournalEntry(
                row.getInt("id"),
                Ruling.Act.valueOf(row.getString("act")),
                Columns.instant(row, "made"),
                row.getString("made_by_name"),
                Columns.optionalInstant(row, "undone"),
                Optional.ofNullable(row.getString("undone_by_name")),
                facts(handle, sides.getFirst()),
                facts(handle, sides.getLast()));
    }

    private static List<CopyFacts> facts(Handle handle, Set<CopyIdentity> side) {
        return rows(handle, side).stream()
                .sorted((one, other) -> one.identity().compareTo(other.identity()))
                .map(Explaining::facts)
                .toList();
    }
}
