package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.protocol.ItemKind;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Statements on {@code item_copy} within one transaction. */
final class Copies {
    private static final int ORDINARY = 0;

    private final Handle handle;

    Copies(Handle handle) {
        this.handle = handle;
    }

    /** By-name items live in a space per kind, since some servers number each kind apart. */
    static int space(ItemKind kind) {
        return kind.isByName() ? kind.code() : ORDINARY;
    }

    List<CopyRow> byId(Collection<Integer> ids) {
        return Chunks.ask(
                ids,
                chunk -> handle.createQuery("SELECT * FROM item_copy WHERE id IN (<ids>)")
                        .bindList("ids", chunk)
                        .map((row, context) -> read(row))
                        .list());
    }

    List<CopyRow> byUpstreamId(int upstream, int space, Collection<String> itemIds) {
        return Chunks.ask(
                itemIds,
                chunk -> handle.createQuery("""
                        SELECT * FROM item_copy
                        WHERE upstream = :upstream AND space = :space AND upstream_item_id IN (<ids>)
                        """)
                        .bindList("ids", chunk)
                        .bind("upstream", upstream)
                        .bind("space", space)
                        .map((row, context) -> read(row))
                        .list());
    }

    List<CopyRow> ordinary(int upstream, Collection<String> itemIds) {
        return byUpstreamId(upstream, ORDINARY, itemIds);
    }

    /** Seasons and episodes of the upstream's series. */
    List<CopyRow> ofSeries(int upstream, Collection<String> seriesIds) {
        return below(upstream, "series_id", seriesIds);
    }

    List<CopyRow> ofSeason(int upstream, Collection<String> seasonIds) {
        return below(upstream, "season_id", seasonIds);
    }

    private List<CopyRow> below(int upstream, String column, Collection<String> parents) {
        return Chunks.ask(
                parents,
                chunk -> handle.createQuery("""
                        SELECT * FROM item_copy
                        WHERE upstream = :upstream AND <column> IN (<ids>) AND <column> <> '' AND kind IN (:season, :episode)
                        """)
                        .define("column", column)
                        .bindList("ids", chunk)
                        .bind("upstream", upstream)
                        .bind("season", ItemKind.SEASON.code())
                        .bind("episode", ItemKind.EPISODE.code())
                        .map((row, context) -> read(row))
                        .list());
    }

    /** Ids of copies that share a stored key with one of these, themselves included. */
    Set<Integer> sharingKeys(Collection<Integer> ids) {
        return ids("""
                SELECT DISTINCT b.copy_id FROM copy_key a JOIN copy_key b ON b.hash = a.hash
                WHERE a.copy_id IN (<ids>)
                """, ids);
    }

    Set<Integer> partOf(Collection<Integer> items) {
        return ids("SELECT id FROM item_copy WHERE item_id IN (<ids>)", items);
    }

    Set<Integer> atHomeIn(Collection<Integer> homes) {
        return ids("SELECT id FROM item_copy WHERE home_id IN (<ids>)", homes);
    }

    /** The merged items with a copy that is not gone. */
    Set<Integer> alive(Collection<Integer> items) {
        return ids("SELECT DISTINCT item_id FROM item_copy WHERE item_id IN (<ids>) AND gone = 0", items);
    }

    /** The merged items whose copies name one of these by-name copies. */
    Set<Integer> naming(Collection<Integer> named) {
        return ids("""
                SELECT DISTINCT c.item_id FROM copy_naming n JOIN item_copy c ON c.id = n.copy_id
                WHERE n.named IN (<ids>)
                """, named);
    }

    private Set<Integer> ids(String query, Collection<Integer> of) {
        Set<Integer> found = new HashSet<>();
        for (List<Integer> chunk : Chunks.of(of)) {
            handle.createQuery(query)
                    .bindList("ids", chunk)
                    .mapTo(Integer.class)
                    .forEach(found::add);
        }
        return found;
    }

    Set<Integer> inLibraries(int upstream, Collection<String> libraryIds) {
        Set<Integer> found = new HashSet<>();
        for (List<String> chunk : Chunks.of(libraryIds)) {
            handle.createQuery("""
                            SELECT DISTINCT item_id FROM item_copy
                            WHERE upstream = :upstream AND library_id IN (<ids>) AND library_id <> '' AND gone = 0
                            """)
                    .bindList("ids", chunk)
                    .bind("upstream", upstream)
                    .mapTo(Integer.class)
                    .forEach(found::add);
        }
        return found;
    }

    /** The merged collections and playlists that list one of these of the upstream. */
    Set<Integer> listing(int upstream, Collection<String> memberIds) {
        Set<Integer> found = new HashSet<>();
        for (List<String> chunk : Chunks.of(memberIds)) {
            handle.createQuery("""
                            SELECT DISTINCT l.item_id FROM list_member m JOIN item_copy l
                                ON l.upstream = m.upstream AND l.upstream_item_id = m.list_id AND l.space = 0
                            WHERE m.upstream = :upstream AND m.member_id IN (<ids>)
                            """)
                    .bindList("ids", chunk)
                    .bind("upstream", upstream)
                    .mapTo(Integer.class)
                    .forEach(found::add);
        }
        return found;
    }

    void insert(Collection<CopyRow> rows) {
        write("""
                INSERT INTO item_copy (id, upstream, space, upstream_item_id, has_id, kind, gone, seen, content, item_id,
                    home_id, library_id, name, production_year, run_time, provider_ids, parent_id, series_id, season_id,
                    series_item, season_item, index_number, index_number_end, parent_index, premiere, collection_type)
                VALUES (:id, :upstream, :space, :item_key, :has_id, :kind, :gone, :seen, :content, :item, :home, :library,
                    :name, :year, :run_time, :provider_ids, :parent, :series_id, :season_id, :series, :season, :number,
                    :number_end, :parent_number, :premiere, :collection_type)
                """, rows);
    }

    void update(Collection<CopyRow> rows) {
        write("""
                UPDATE item_copy SET kind = :kind, gone = :gone, seen = :seen, content = :content, item_id = :item,
                    home_id = :home, library_id = :library, name = :name, production_year = :year, run_time = :run_time,
                    provider_ids = :provider_ids, parent_id = :parent, series_id = :series_id, season_id = :season_id,
                    series_item = :series, season_item = :season, index_number = :number,
                    index_number_end = :number_end, parent_index = :parent_number, premiere = :premiere,
                    collection_type = :collection_type
                WHERE id = :id
                """, rows);
    }

    private void write(String statement, Collection<CopyRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(statement)) {
            for (CopyRow row : rows) {
                bindColumns(bindState(batch, row), row.description());
                batch.add();
            }
            batch.execute();
        }
    }

    private static <S extends SqlStatement<S>> S bindState(S statement, CopyRow row) {
        return statement
                .bind("id", row.id())
                .bind("upstream", row.identity().upstream())
                .bind("space", row.identity().space())
                .bind("item_key", row.identity().itemId())
                .bind("has_id", Columns.bit(row.hasId()))
                .bind("gone", Columns.bit(row.gone()))
                .bind("seen", row.seen())
                .bind("content", row.content())
                .bind("item", row.placement().item())
                .bind("home", row.placement().home())
                .bind("series", row.placement().series())
                .bind("season", row.placement().season());
    }

    private static <S extends SqlStatement<S>> void bindColumns(S statement, Description said) {
        statement
                .bind("kind", said.kind().code())
                .bind("library", said.libraryId())
                .bind("name", said.name())
                .bind("year", Columns.orNull(said.year()))
                .bind("run_time", said.runTimeTicks())
                .bind("provider_ids", ProviderIds.text(said.providerIds()))
                .bind("parent", said.parentId())
                .bind("series_id", said.seriesId())
                .bind("season_id", said.seasonId())
                .bind("number", Columns.orNull(said.index()))
                .bind("number_end", Columns.orNull(said.indexEnd()))
                .bind("parent_number", Columns.orNull(said.parentIndex()))
                .bind("premiere", day(said.premiere()))
                .bind("collection_type", said.collectionType());
    }

    private static @Nullable Long day(Optional<LocalDate> date) {
        return date.isPresent() ? date.get().toEpochDay() : null;
    }

    void place(Collection<CopyRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch("""
                UPDATE item_copy SET item_id = :item, home_id = :home, series_item = :series, season_item = :season
                WHERE id = :id
                """)) {
            for (CopyRow row : rows) {
                Placement placement = row.placement();
                batch.bind("id", row.id())
                        .bind("item", placement.item())
                        .bind("home", placement.home())
                        .bind("series", placement.series())
                        .bind("season", placement.season())
                        .add();
            }
            batch.execute();
        }
    }

    void seen(Collection<Integer> ids, long sweep) {
        for (List<Integer> chunk : Chunks.of(ids)) {
            handle.createUpdate("UPDATE item_copy SET seen = :sweep WHERE id IN (<ids>) AND seen <> :sweep")
                    .bindList("ids", chunk)
                    .bind("sweep", sweep)
                    .execute();
        }
    }

    /** What the upstream holds, by-name items included. */
    List<CopyRow> living(int upstream) {
        return handle.createQuery("SELECT * FROM item_copy WHERE upstream = :upstream AND gone = 0")
                .bind("upstream", upstream)
                .map((row, context) -> read(row))
                .list();
    }

    void markGone(Collection<Integer> ids) {
        for (List<Integer> chunk : Chunks.of(ids)) {
            handle.createUpdate("UPDATE item_copy SET gone = 1 WHERE id IN (<ids>)")
                    .bindList("ids", chunk)
                    .execute();
        }
    }

    /** Replaces the keys by which the copies are found. */
    void saveKeys(Map<Integer, Set<Long>> hashes) {
        for (List<Integer> chunk : Chunks.of(hashes.keySet())) {
            handle.createUpdate("DELETE FROM copy_key WHERE copy_id IN (<ids>)")
                    .bindList("ids", chunk)
                    .execute();
        }
        List<long[]> rows = new ArrayList<>();
        hashes.forEach((copy, keys) -> keys.forEach(hash -> rows.add(new long[] {hash, copy})));
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch("INSERT INTO copy_key (hash, copy_id) VALUES (?, ?)")) {
            rows.forEach(row -> batch.add(row[0], row[1]));
            batch.execute();
        }
    }

    static Set<Integer> ids(Collection<CopyRow> rows) {
        return rows.stream().map(CopyRow::id).collect(Collectors.toSet());
    }

    static CopyRow read(ResultSet row) throws SQLException {
        return new CopyRow(
                row.getInt("id"),
                new CopyIdentity(row.getInt("upstream"), row.getInt("space"), row.getString("upstream_item_id")),
                Columns.flag(row, "has_id"),
                description(row),
                Columns.flag(row, "gone"),
                row.getLong("seen"),
                row.getLong("content"),
                new Placement(
                        row.getInt("item_id"),
                        row.getInt("home_id"),
                        row.getInt("series_item"),
                        row.getInt("season_item")));
    }

    private static Description description(ResultSet row) throws SQLException {
        return new Description(
                ItemKind.ofCode(row.getInt("kind")),
                row.getString("library_id"),
                row.getString("name"),
                Columns.optionalInt(row, "production_year"),
                row.getLong("run_time"),
                ProviderIds.parse(row.getString("provider_ids")),
                row.getString("parent_id"),
                row.getString("series_id"),
                row.getString("season_id"),
                Columns.optionalInt(row, "index_number"),
                Columns.optionalInt(row, "index_number_end"),
                Columns.optionalInt(row, "parent_index"),
                day(row),
                row.getString("collection_type"));
    }

    private static Optional<LocalDate> day(ResultSet row) throws SQLException {
        long day = row.getLong("premiere");
        return row.wasNull() ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(day));
    }
}
