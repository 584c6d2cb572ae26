package org.embygateway.index.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.embygateway.index.Excerpts;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.Outline;
import org.embygateway.index.SourceLocation;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.jdbi.v3.core.Handle;

final class SqlMediaIndex implements MediaIndex {
    private static final int READ_AT_ONCE = 1000;
    private static final int OUTLINES_AT_ONCE = 5000;
    private static final int NAMES_KEPT = 200_000;
    /** Whole items with their documents: some kilobytes each. */
    private static final int ITEMS_REMEMBERED = 256;

    private static final int IDS_REMEMBERED = 4096;
    private static final String CHANGES = "index_change";

    private final Database database;
    private final KnownNames names = new KnownNames();
    private final Fresh fresh = new Fresh();
    private final Remembered<OneItem, Map<ItemId, MergedItem>> items;
    private final Remembered<ItemId, Optional<ItemId>> resolved;
    private final Remembered<MediaSourceId, Optional<SourceLocation>> places;

    private record OneItem(ItemId id, Visible visible) {}

    SqlMediaIndex(Database database) {
        this.database = database;
        this.items = new Remembered<>(database::writes, ITEMS_REMEMBERED);
        this.resolved = new Remembered<>(database::writes, IDS_REMEMBERED);
        this.places = new Remembered<>(database::writes, IDS_REMEMBERED);
    }

    @Override
    public IndexChange learn(UpstreamId upstream, List<UpstreamItem> items) {
        return learn(upstream, items, Excerpts.NONE);
    }

    @Override
    public IndexChange learn(UpstreamId upstream, List<UpstreamItem> items, Excerpts excerpts) {
        if (items.isEmpty()) {
            return IndexChange.NOTHING;
        }
        List<Learned> learned = Learning.prepared(database, upstream.value(), Learned.of(upstream, items), excerpts);
        return database.write(
                        handle -> {
                            long before = changes(handle);
                            names.begin(before);
                            Learning learning =
                                    new Learning(handle, database.dialect(), names, excerpts, upstream.value());
                            IndexChange change = counted(handle, learning.learn(learned));
                            return new Outcome(change, learning.names(), learning.made(), before);
                        },
                        this::stored)
                .change();
    }

    /** @param before how many changes the index had before this one */
    private record Outcome(
            IndexChange change, Map<CopyIdentity, KnownNames.Entry> names, Map<Integer, Fresh.Item> made, long before) {
        long now() {
            return before + (change.isEmpty() ? 0 : 1);
        }
    }

    private void stored(Outcome outcome) {
        names.committed(outcome.names(), outcome.now());
        fresh.committed(outcome.before(), outcome.now(), outcome.change(), outcome.made());
    }

    private static long changes(Handle handle) {
        return handle.createQuery("SELECT next FROM sequence WHERE name = :name")
                .bind("name", CHANGES)
                .mapTo(Long.class)
                .findOne()
                .orElse(1L);
    }

    /** By-name items are not meant: they are named by others as long as these live. */
    @Override
    public IndexChange forget(UpstreamId upstream, Collection<String> upstreamItemIds) {
        return database.write(handle -> {
            Copies copies = new Copies(new Statements(handle));
            Set<String> owners = new HashSet<>(upstreamItemIds);
            Map<Integer, CopyRow> rows = new LinkedHashMap<>();
            copies.ordinary(upstream.value(), owners).forEach(row -> rows.put(row.id(), row));
            sources(handle)
                    .of(upstream.value(), List.copyOf(owners))
                    .values()
                    .forEach(row -> owners.add(row.version()));
            copies.extras(upstream.value(), owners).forEach(row -> rows.put(row.id(), row));
            rows.values().removeIf(CopyRow::gone);
            return forget(handle, List.copyOf(rows.values()));
        });
    }

    @Override
    public IndexChange forgetUpstream(UpstreamId upstream) {
        return database.write(handle -> forget(handle, new Copies(new Statements(handle)).living(upstream.value())));
    }

    private IndexChange forget(Handle handle, List<CopyRow> rows) {
        Statements statements = new Statements(handle);
        Copies copies = new Copies(statements);
        copies.markGone(Copies.ids(rows));
        Shelf shelf = new Shelf(copies);
        Merging merging = new Merging(handle, shelf, new Items(statements, database.dialect()));
        merging.mergeGone(rows);
        shelf.store();
        Changes changes = new Changes(copies);
        changes.touch(merging.touched());
        changes.touchMoved(merging.moved());
        changes.touchDifferent(shelf.differences());
        changes.touchAll(rows);
        changes.touchListsHolding(rows);
        new DocumentTable(statements).remove(Copies.ids(rows));
        return counted(handle, changes.toIndexChange());
    }

    static IndexChange counted(Handle handle, IndexChange change) {
        if (!change.isEmpty()) {
            Sequences.next(handle, CHANGES);
        }
        return change;
    }

    @Override
    public Optional<State> state() {
        return database.read(handle -> {
            List<String> order = handle.createQuery("SELECT id, priority FROM upstream ORDER BY id")
                    .map((row, context) -> row.getInt("id") + ":" + row.getInt("priority"))
                    .list();
            return Optional.of(new State(changes(handle), String.join(",", order)));
        });
    }

    @Override
    public List<String> unseenSince(UpstreamId upstream, long sweep) {
        return database.read(handle -> handle.createQuery("""
                        SELECT upstream_item_id FROM item_copy
                        WHERE upstream = :upstream AND space = 0 AND gone = 0 AND seen < :sweep AND NOT <extra>
                        ORDER BY id
                        """)
                .bind("upstream", upstream.value())
                .bind("sweep", sweep)
                .define("extra", Copies.EXTRA)
                .mapTo(String.class)
                .list());
    }

    @Override
    public List<String> idsIn(UpstreamId upstream, Collection<String> libraryIds) {
        if (libraryIds.isEmpty()) {
            return List.of();
        }
        return database.read(handle -> handle.createQuery("""
                        SELECT upstream_item_id FROM item_copy
                        WHERE upstream = :upstream AND library_id IN (<libraries>) AND space = 0 AND gone = 0
                        ORDER BY id
                        """)
                .bind("upstream", upstream.value())
                .bindList("libraries", libraryIds)
                .mapTo(String.class)
                .list());
    }

    @Override
    public List<Extra> extrasOf(UpstreamId upstream, Collection<String> owners) {
        return database.read(handle -> new Copies(new Statements(handle))
                .extras(upstream.value(), owners).stream()
                        .sorted(Comparator.comparingInt(CopyRow::id))
                        .map(row -> new Extra(
                                row.identity().itemId(),
                                row.description().kind(),
                                row.description().parentId()))
                        .toList());
    }

    @Override
    public long beginSweep(UpstreamId upstream) {
        return database.write(handle -> {
            long number = handle.createQuery("SELECT number FROM sweep WHERE upstream = :upstream")
                            .bind("upstream", upstream.value())
                            .mapTo(Long.class)
                            .findOne()
                            .orElse(0L)
                    + 1;
            handle.createUpdate(database.dialect().upsert("sweep", List.of("upstream"), List.of("number")))
                    .bind("upstream", upstream.value())
                    .bind("number", number)
                    .execute();
            return number;
        });
    }

    @Override
    public Optional<ItemId> resolve(ItemId id) {
        return resolved.of(id, this::lookUp);
    }

    private Optional<ItemId> lookUp(ItemId id) {
        return database.read(handle -> {
            Optional<Integer> item = handle.createQuery("SELECT COALESCE(alias_of, id) FROM item WHERE id = :id")
                    .bind("id", id.value())
                    .mapTo(Integer.class)
                    .findOne();
            return item.or(() -> handle.createQuery("""
                                    SELECT c.item_id FROM media_source s
                                    JOIN item_copy c ON c.upstream = s.upstream
                                        AND c.upstream_item_id = s.upstream_item_id AND c.space = 0
                                    WHERE s.id = :id
                                    """)
                            .bind("id", id.value())
                            .mapTo(Integer.class)
                            .findOne())
                    .map(ItemId::new);
        });
    }

    /** Keyed by the ids asked for, also when they are aliases. */
    @Override
    public Map<ItemId, MergedItem> find(Collection<ItemId> ids, Visible visible) {
        Set<ItemId> asked = new LinkedHashSet<>(ids);
        return asked.size() == 1
                ? items.of(
                        new OneItem(asked.iterator().next(), visible),
                        one -> Map.copyOf(read(Set.of(one.id()), one.visible(), true)))
                : read(asked, visible, true);
    }

    @Override
    public Map<ItemId, MergedItem> findUnnamed(Collection<ItemId> ids, Visible visible) {
        return read(new LinkedHashSet<>(ids), visible, false);
    }

    private Map<ItemId, MergedItem> read(Set<ItemId> asked, Visible visible, boolean named) {
        Map<ItemId, ItemId> current = new HashMap<>();
        Reading.Batch batch = database.read(handle -> {
            Map<Integer, Integer> aliases =
                    Aliases.among(handle, asked.stream().map(ItemId::value).toList());
            asked.forEach(id -> current.put(id, new ItemId(aliases.getOrDefault(id.value(), id.value()))));
            return named
                    ? Reading.read(handle, numbers(current.values()), Map.of())
                    : Reading.unnamed(handle, numbers(current.values()));
        });
        Map<ItemId, MergedItem> items = new HashMap<>();
        batch.items(row -> visible.includes(new UpstreamId(row.identity().upstream())))
                .forEach(item -> items.put(item.id(), item));
        Map<ItemId, MergedItem> found = new LinkedHashMap<>();
        for (ItemId id : asked) {
            MergedItem item = items.get(current.getOrDefault(id, id));
            if (item != null) {
                found.put(id, item);
            }
        }
        return found;
    }

    private static Set<Integer> numbers(Collection<ItemId> ids) {
        Set<Integer> numbers = new HashSet<>();
        ids.forEach(id -> numbers.add(id.value()));
        return numbers;
    }

    @Override
    public Map<String, ItemId> idsOf(UpstreamId upstream, Collection<String> upstreamItemIds) {
        Set<String> wanted = new HashSet<>(upstreamItemIds);
        return database.read(handle -> {
            Map<String, ItemId> found = new HashMap<>();
            collect(handle, upstream, wanted, """
                    SELECT upstream_item_id AS wanted, item_id FROM item_copy
                    WHERE upstream = :upstream AND upstream_item_id IN (<ids>) AND has_id = 1 AND gone = 0
                    ORDER BY space
                    """, found);
            wanted.removeAll(found.keySet());
            collect(handle, upstream, wanted, """
                    SELECT s.upstream_version_id AS wanted, c.item_id FROM media_source s
                    JOIN item_copy c ON c.upstream = s.upstream AND c.upstream_item_id = s.upstream_item_id
                        AND c.space = 0 AND c.gone = 0
                    WHERE s.upstream = :upstream AND s.upstream_version_id IN (<ids>)
                    ORDER BY s.id
                    """, found);
            return found;
        });
    }

    private static void collect(
            Handle handle, UpstreamId upstream, Set<String> wanted, String query, Map<String, ItemId> found) {
        for (List<String> chunk : Chunks.of(wanted)) {
            handle.createQuery(query)
                    .bindList("ids", chunk)
                    .bind("upstream", upstream.value())
                    .map((row, context) -> Map.entry(row.getString("wanted"), new ItemId(row.getInt("item_id"))))
                    .forEach(entry -> found.putIfAbsent(entry.getKey(), entry.getValue()));
        }
    }

    @Override
    public Optional<SourceLocation> source(MediaSourceId id, Visible visible) {
        return places.of(id, this::place).filter(location -> visible.includes(location.upstream()));
    }

    private Optional<SourceLocation> place(MediaSourceId id) {
        return database.read(handle -> handle.createQuery("""
                                SELECT s.*, c.item_id FROM media_source s
                                JOIN item_copy c ON c.upstream = s.upstream AND c.upstream_item_id = s.upstream_item_id
                                    AND c.space = 0 AND c.gone = 0
                                WHERE s.id = :id
                                """)
                .bind("id", id.version().value())
                .map((row, context) -> new SourceLocation(
                        id,
                        new ItemId(row.getInt("item_id")),
                        new UpstreamId(row.getInt("upstream")),
                        row.getString("upstream_item_id"),
                        row.getString("upstream_version_id"),
                        row.getString("upstream_source_id")))
                .findOne());
    }

    @Override
    public Map<String, MediaSourceId> sourceIds(
            UpstreamId upstream, String upstreamItemId, Collection<String> upstreamSourceIds) {
        Set<String> wanted = Set.copyOf(upstreamSourceIds);
        Map<String, MediaSourceId> known = database.read(handle ->
                Sources.pick(sources(handle).of(upstream.value(), List.of(upstreamItemId)), upstreamItemId, wanted));
        return known.size() == wanted.size()
                ? known
                : database.write(handle -> sources(handle).idsOf(upstream.value(), upstreamItemId, wanted));
    }

    private Sources sources(Handle handle) {
        Statements statements = new Statements(handle);
        return new Sources(statements, new Items(statements, database.dialect()));
    }

    /** In pieces: what changes while it runs may be seen or not, and is told by the change that caused it. */
    @Override
    public void readAll(Consumer<MergedItem> consumer) {
        Map<Integer, Reading.Named> named = new HashMap<>();
        int after = 0;
        while (true) {
            int first = after + 1;
            List<Integer> ids = database.read(handle -> nextIds(handle, first));
            if (ids.isEmpty()) {
                return;
            }
            if (named.size() > NAMES_KEPT) {
                named.clear();
            }
            after = ids.getLast();
            int last = after;
            database.read(handle -> Reading.read(handle, first, last, named))
                    .items(row -> true)
                    .forEach(consumer);
        }
    }

    private static List<Integer> nextIds(Handle handle, int first) {
        return handle.createQuery("""
                        SELECT DISTINCT item_id FROM item_copy WHERE gone = 0 AND item_id >= :first
                        ORDER BY item_id LIMIT :limit
                        """)
                .bind("first", first)
                .bind("limit", READ_AT_ONCE)
                .mapTo(Integer.class)
                .list();
    }

    @Override
    public List<MergedItem> read(Collection<ItemId> ids) {
        Set<Integer> numbers = numbers(ids);
        return database.read(handle -> Reading.read(handle, numbers, fresh.take(numbers, changes(handle))))
                .items(row -> true);
    }

    /** Likewise; the next piece is read while one is handed over. */
    @Override
    public void outlines(int form, Consumer<Outline> consumer) {
        int last = database.read(handle -> new Statements(handle)
                .list("SELECT COALESCE(MAX(item_id), 0) FROM item_copy", row -> row.getInt(1))
                .getFirst());
        Map<Integer, Reading.Named> named = new HashMap<>();
        try (ExecutorService ahead =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())) {
            Future<List<Outline>> next = ahead.submit(() -> outlines(form, 1, named));
            for (int first = 1 + OUTLINES_AT_ONCE; first <= last; first += OUTLINES_AT_ONCE) {
                int from = first;
                List<Outline> now = Database.get(next);
                next = ahead.submit(() -> outlines(form, from, named));
                now.forEach(consumer);
            }
            Database.get(next).forEach(consumer);
        }
    }

    /** @param named of the pieces before; used by one thread at a time */
    private List<Outline> outlines(int form, int first, Map<Integer, Reading.Named> named) {
        if (named.size() > NAMES_KEPT) {
            named.clear();
        }
        return database.read(handle ->
                        new Outlines(new Statements(handle), form).read(first, first + OUTLINES_AT_ONCE - 1, named))
                .items();
    }

    @Override
    public List<Outline> outlines(int form, Collection<ItemId> ids) {
        Set<Integer> numbers = numbers(ids);
        return database.read(handle ->
                        new Outlines(new Statements(handle), form).read(numbers, fresh.take(numbers, changes(handle))))
                .items();
    }

    @Override
    public OptionalInt renew(Excerpts excerpts, int after) {
        return new Renewal(database, excerpts).renew(after);
    }

    @Override
    public long copies(UpstreamId upstream) {
        return database.read(handle -> handle.createQuery(
                        "SELECT COUNT(*) FROM item_copy WHERE upstream = :upstream AND space = 0 AND gone = 0")
                .bind("upstream", upstream.value())
                .mapTo(Long.class)
                .one());
    }

    @Override
    public List<Conflict> conflicts() {
        return database.read(handle -> {
            List<Conflict> all = handle.createQuery(
                            "SELECT one, other, reason FROM merge_conflict WHERE suspicion = 0 ORDER BY one, other")
                    .map((row, context) -> new Conflict(
                            new ItemId(row.getInt("one")), new ItemId(row.getInt("other")), row.getString("reason")))
                    .list();
            Set<Integer> concerned = new HashSet<>();
            all.forEach(c -> concerned.addAll(List.of(c.one().value(), c.other().value())));
            Set<Integer> alive = new Copies(new Statements(handle)).alive(concerned);
            return new ArrayList<>(all.stream()
                    .filter(c -> alive.contains(c.one().value())
                            && alive.contains(c.other().value()))
                    .toList());
        });
    }
}
