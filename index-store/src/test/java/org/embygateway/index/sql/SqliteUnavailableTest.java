package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.StoreUnavailable;
import org.embygateway.protocol.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the disk and other processes do to the file is told apart from what the gateway does wrong. */
class SqliteUnavailableTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatAnotherProcessKeepsLockedIsUnavailableAndUsableAgainAfterwards() throws SQLException {
        Path file = folder.resolve("gateway.db");
        try (Store store = Stores.open(StoreOptions.sqlite(file.toString(), new Secret("key")));
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = other.createStatement()) {
            sql.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> store.settings().put("a", "1")).isInstanceOf(StoreUnavailable.class);
            sql.execute("ROLLBACK");

            assertThat(store.settings().find("a")).isEmpty();
            store.settings().put("a", "2");
            assertThat(store.settings().find("a")).contains("2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, true",
        "SQLITE_READONLY, true",
        "SQLITE_READONLY_DBMOVED, true",
        "SQLITE_IOERR_WRITE, true",
        "SQLITE_IOERR_FSYNC, true",
        "SQLITE_BUSY_SNAPSHOT, true",
        "SQLITE_CANTOPEN, true",
        "SQLITE_ERROR, false",
        "SQLITE_CONSTRAINT_UNIQUE, false",
        "SQLITE_CORRUPT, false"
    })
    void theCodeSaysWhoseFaultItIs(SQLiteErrorCode code, boolean outside) {
        Sqlite dialect = new Sqlite(folder.resolve("gateway.db"));

        assertThat(dialect.isOutside(new SQLiteException("it failed", code))).isEqualTo(outside);
    }
}
