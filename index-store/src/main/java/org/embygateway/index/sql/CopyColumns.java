package org.embygateway.index.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.index.merge.CopyIdentity;
import org.embygateway.protocol.ItemKind;

/** The columns of {@code item_copy} in one order, by which they are read and written. */
final class CopyColumns {
    private static final String NAMES = "id, upstream, space, upstream_item_id, has_id, kind, gone, seen, content,"
            + " item_id, home_id, library_id, name, production_year, run_time, provider_ids, parent_id, series_id,"
            + " season_id, series_item, season_item, index_number, index_number_end, parent_index, premiere,"
            + " collection_type, album_artist, tracks";
    private static final int COUNT = NAMES.split(",").length;

    static final String SELECT = "SELECT " + NAMES + " FROM item_copy ";
    static final String INSERT = "INSERT INTO item_copy (%s) VALUES (%s)"
            .formatted(NAMES, Stream.generate(() -> "?").limit(COUNT).collect(Collectors.joining(", ")));
    static final String UPDATE = """
            UPDATE item_copy SET kind = ?, gone = ?, seen = ?, content = ?, item_id = ?, home_id = ?, library_id = ?,
                name = ?, production_year = ?, run_time = ?, provider_ids = ?, parent_id = ?, series_id = ?,
                season_id = ?, series_item = ?, season_item = ?, index_number = ?, index_number_end = ?,
                parent_index = ?, premiere = ?, collection_type = ?, album_artist = ?, tracks = ?
            WHERE id = ?
            """;
    static final String PLACE = """
            UPDATE item_copy SET item_id = ?, home_id = ?, series_item = ?, season_item = ? WHERE id = ?
            """;

    private CopyColumns() {}

    /** The same, of a table under another name. */
    static String of(String table) {
        return Stream.of(NAMES.split(", ")).map(name -> table + '.' + name).collect(Collectors.joining(", "));
    }

    static int count() {
        return COUNT;
    }

    static void insert(PreparedStatement into, CopyRow row) throws SQLException {
        into.setInt(1, row.id());
        into.setInt(2, row.identity().upstream());
        into.setInt(3, row.identity().space());
        into.setString(4, row.identity().itemId());
        into.setInt(5, Columns.bit(row.hasId()));
        state(into, 6, row);
    }

    static void update(PreparedStatement into, CopyRow row) throws SQLException {
        state(into, 1, row);
        into.setInt(24, row.id());
    }

    static void place(PreparedStatement into, CopyRow row) throws SQLException {
        into.setInt(1, row.placement().item());
        into.setInt(2, row.placement().home());
        into.setInt(3, row.placement().series());
        into.setInt(4, row.placement().season());
        into.setInt(5, row.id());
    }

    private static void state(PreparedStatement into, int first, CopyRow row) throws SQLException {
        Description said = row.description();
        into.setInt(first, said.kind().code());
        into.setInt(first + 1, Columns.bit(row.gone()));
        into.setLong(first + 2, row.seen());
        into.setLong(first + 3, row.content());
        into.setInt(first + 4, row.placement().item());
        into.setInt(first + 5, row.placement().home());
        into.setString(first + 6, said.libraryId());
        into.setString(first + 7, said.name());
        number(into, first + 8, said.year());
        into.setLong(first + 9, said.runTimeTicks());
        into.setString(first + 10, ProviderIds.text(said.providerIds()));
        into.setString(first + 11, said.parentId());
        into.setString(first + 12, said.seriesId());
        into.setString(first + 13, said.seasonId());
        into.setInt(first + 14, row.placement().series());
        into.setInt(first + 15, row.placement().season());
        number(into, first + 16, said.index());
        number(into, first + 17, said.indexEnd());
        number(into, first + 18, said.parentIndex());
        day(into, first + 19, said.premiere());
        into.setString(first + 20, said.collectionType());
        into.setString(first + 21, said.albumArtist());
        number(into, first + 22, said.tracks());
    }

    private static void number(PreparedStatement into, int place, OptionalInt value) throws SQLException {
        if (value.isPresent()) {
            into.setInt(place, value.getAsInt());
        } else {
            into.setNull(place, Types.INTEGER);
        }
    }

    private static void day(PreparedStatement into, int place, Optional<LocalDate> date) throws SQLException {
        if (date.isPresent()) {
            into.setLong(place, date.get().toEpochDay());
        } else {
            into.setNull(place, Types.BIGINT);
        }
    }

    /** A row that begins with all columns in their order. */
    static CopyRow read(ResultSet row) throws SQLException {
        return new CopyRow(
                row.getInt(1),
                new CopyIdentity(row.getInt(2), row.getInt(3), row.getString(4)),
                row.getInt(5) != 0,
                description(row),
                row.getInt(7) != 0,
                row.getLong(8),
                row.getLong(9),
                new Placement(row.getInt(10), row.getInt(11), row.getInt(20), row.getInt(21)));
    }

    private static Description description(ResultSet row) throws SQLException {
        return new Description(
                ItemKind.ofCode(row.getInt(6)),
                row.getString(12),
                row.getString(13),
                number(row, 14),
                row.getLong(15),
                ProviderIds.parse(row.getString(16)),
                row.getString(17),
                row.getString(18),
                row.getString(19),
                number(row, 22),
                number(row, 23),
                number(row, 24),
                day(row),
                row.getString(26),
                row.getString(27),
                number(row, 28));
    }

    private static OptionalInt number(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static Optional<LocalDate> day(ResultSet row) throws SQLException {
        long day = row.getLong(25);
        return row.wasNull() ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(day));
    }
}
