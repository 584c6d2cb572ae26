package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How values that databases treat differently are kept: times as nanoseconds since 1970 and flags as 0 or 1. */
final class Columns {
    private static final long NANOS = 1_000_000_000;
    private static final long LAST_SECOND = Long.MAX_VALUE / NANOS - 1;

    private Columns() {}

    /** Times beyond the years 1678 … 2262 become the nearest that fits. */
    static long nanos(Instant time) {
        long second = Math.clamp(time.getEpochSecond(), -LAST_SECOND, LAST_SECOND);
        return second * NANOS + (second == time.getEpochSecond() ? time.getNano() : 0);
    }

    static @Nullable Long nanos(Optional<Instant> time) {
        return time.isPresent() ? nanos(time.get()) : null;
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return instant(row.getLong(column));
    }

    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        long nanos = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(instant(nanos));
    }

    static OptionalInt optionalInt(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static OptionalDouble optionalDouble(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static @Nullable Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    static int bit(boolean flag) {
        return flag ? 1 : 0;
    }

    static boolean flag(ResultSet row, String column) throws SQLException {
        return row.getInt(column) != 0;
    }
}
