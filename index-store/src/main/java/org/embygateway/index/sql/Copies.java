package org.embygateway.index.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.protocol.ItemKind;

/** Statements on {@code item_copy} within one transaction. */
final class Copies {
    private static final int ORDINARY = 0;

    /** As the index {@code item_copy_extra} has it. */
    static final String EXTRA = "kind IN (28, 29, 30, 31, 32)";

    private final Statements statements;

    Copies(Statements statements) {
        this.statements = statements;
    }

    /** By-name items live in a space per kind, since some servers number each kind apart. */
    static int space(ItemKind kind) {
        return kind.isByName() ? kind.code() : ORDINARY;
    }

    /**
     * What is needed to tell whether an upstream says something new of an ordinary copy.
     *
     * @param content 0 when it is gone
     */
    record Known(String itemId, int id, long content, long seen) {}

    List<Known> known(int upstream, int space, Collection<String> itemIds) {
        return statements.ask(
                """
                SELECT upstream_item_id, id, CASE gone WHEN 0 THEN content ELSE 0 END, seen FROM item_copy
                WHERE upstream = ? AND space = ? AND upstream_item_id IN (<ids>)
                """,
                itemIds,
                row -> new Known(row.getString(1), row.getInt(2), row.getLong(3), row.getLong(4)),
                upstream,
                space);
    }

    List<CopyRow> byId(Collection<Integer> ids) {
        return statements.ask(CopyColumns.SELECT + "WHERE id IN (<ids>)", ids, CopyColumns::read);
    }

    List<CopyRow> byUpstreamId(int upstream, int space, Collection<String> itemIds) {
        return statements.ask(
                CopyColumns.SELECT + "WHERE upstream = ? AND space = ? AND upstream_item_id IN (<ids>)",
                itemIds,
                CopyColumns::read,
                upstream,
                space);
    }

    List<CopyRow> ordinary(int upstream, Collection<String> itemIds) {
        return byUpstreamId(upstream, ORDINARY, itemIds);
    }

    /** Seasons and episodes of the upstream's series, songs of its albums. */
    List<CopyRow> ofSeries(int upstream, Collection<String> seriesIds) {
        return below(upstream, "series_id", seriesIds);
    }

    List<CopyRow> ofSeason(int upstream, Collection<String> seasonIds) {
        return below(upstream, "season_id", seasonIds);
    }

    private List<CopyRow> below(int upstream, String column, Collection<String> parents) {
        return statements.ask(
                CopyColumns.SELECT
                        + """
                        WHERE upstream = ? AND kind IN (%d, %d, %d) AND %s <> '' AND %s IN (<ids>)
                        """.formatted(
                                ItemKind.SEASON.code(), ItemKind.EPISODE.code(), ItemKind.AUDIO.code(), column, column),
                parents,
                CopyColumns::read,
                upstream);
    }

    /** What came with these items or versions of the upstream. */
    List<CopyRow> extras(int upstream, Collection<String> owners) {
        return statements.ask(
                CopyColumns.SELECT + "WHERE upstream = ? AND " + EXTRA + " AND gone = 0 AND parent_id IN (<ids>)",
                owners,
                CopyColumns::read,
                upstream);
    }

    /** Copies that are stored with one of the keys. */
    List<Keyed> withKeys(Collection<Long> hashes) {
        return statements.ask(
                "SELECT hash, copy_id FROM copy_key WHERE hash IN (<ids>)",
                hashes,
                row -> new Keyed(row.getLong(1), row.getInt(2)));
    }

    record Keyed(long hash, int copy) {}

    Set<Integer> partOf(Collection<Integer> items) {
        return ids("SELECT id FROM item_copy WHERE item_id IN (<ids>)", items);
    }

    Set<Integer> atHomeIn(Collection<Integer> homes) {
        return ids("SELECT id FROM item_copy WHERE home_id IN (<ids>)", homes);
    }

    /** The merged items with a copy that is not gone. */
    Set<Integer> alive(Collection<Integer> items) {
        return ids("SELECT DISTINCT item_id FROM item_copy WHERE gone = 0 AND item_id IN (<ids>)", items);
    }

    /** The merged items whose copies name one of these by-name copies. */
    Set<Integer> naming(Set<Integer> named) {
        return ids(
                "SELECT DISTINCT item_id FROM item_copy WHERE id IN (<ids>)",
                new NamingBlocks(statements).copiesNaming(named));
    }

    Set<Integer> inLibraries(int upstream, Collection<String> libraryIds) {
        return ids("""
                SELECT DISTINCT item_id FROM item_copy
                WHERE upstream = ? AND library_id <> '' AND gone = 0 AND library_id IN (<ids>)
                """, libraryIds, upstream);
    }

    /** The merged collections and playlists that list one of these of the upstream. */
    Set<Integer> listing(int upstream, Collection<String> memberIds) {
        return ids("""
                SELECT DISTINCT l.item_id FROM list_member m JOIN item_copy l
                    ON l.upstream = m.upstream AND l.upstream_item_id = m.list_id AND l.space = 0
                WHERE m.upstream = ? AND m.member_id IN (<ids>)
                """, memberIds, upstream);
    }

    private Set<Integer> ids(String query, Collection<?> of, Object... before) {
        return new HashSet<>(statements.ask(query, of, row -> row.getInt(1), before));
    }

    void insert(Collection<CopyRow> rows) {
        statements.write(CopyColumns.INSERT, rows, CopyColumns::insert);
    }

    void update(Collection<CopyRow> rows) {
        statements.write(CopyColumns.UPDATE, rows, CopyColumns::update);
    }

    void place(Collection<CopyRow> rows) {
        statements.write(CopyColumns.PLACE, rows, CopyColumns::place);
    }

    void seen(Collection<Integer> ids, long sweep) {
        statements.write("UPDATE item_copy SET seen = ? WHERE id = ?", ids, (statement, id) -> {
            statement.setLong(1, sweep);
            statement.setInt(2, id);
        });
    }

    /** What the upstream holds, by-name items included. */
    List<CopyRow> living(int upstream) {
        return statements.list(CopyColumns.SELECT + "WHERE upstream = ? AND gone = 0", CopyColumns::read, upstream);
    }

    void markGone(Collection<Integer> ids) {
        statements.write("UPDATE item_copy SET gone = 1 WHERE id = ?", ids, (statement, id) -> statement.setInt(1, id));
    }

    void addKeys(Collection<Keyed> keys) {
        statements.write("INSERT INTO copy_key (hash, copy_id) VALUES (?, ?)", keys, Copies::bindKey);
    }

    /** Does nothing for those that are not there. */
    void removeKeys(Collection<Keyed> keys) {
        statements.write("DELETE FROM copy_key WHERE hash = ? AND copy_id = ?", keys, Copies::bindKey);
    }

    private static void bindKey(PreparedStatement statement, Keyed key) throws SQLException {
        statement.setLong(1, key.hash());
        statement.setInt(2, key.copy());
    }

    static Set<Integer> ids(Collection<CopyRow> rows) {
        return rows.stream().map(CopyRow::id).collect(Collectors.toSet());
    }
}
