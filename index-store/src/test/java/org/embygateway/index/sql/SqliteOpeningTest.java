package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.Accounts;
import org.embygateway.index.Store;
import org.embygateway.index.StoreFailure;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UserRecord;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UserId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOpeningTest {
    private static final Secret KEY = new Secret("key");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("a/b/gateway.db");
    }

    private Store open() {
        return Stores.open(StoreOptions.sqlite(file.toString(), KEY));
    }

    @Test
    void theFolderIsMadeWhenItIsNotThere() {
        try (Store store = open()) {
            store.check();
        }
        assertThat(file).exists();
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "a diary, not a database. ".repeat(200));
        assertThatThrownBy(this::open).isInstanceOf(StoreFailure.class).hasMessageContaining(file.toString());
        assertThat(file).content().startsWith("a diary");
    }

    @Test
    void aPathThatIsAFolderIsRefused() throws IOException {
        Files.createDirectories(file);
        assertThatThrownBy(this::open).isInstanceOf(StoreFailure.class).hasMessageContaining(file.toString());
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws IOException {
        Files.writeString(folder.resolve("a"), "in the way");
        assertThatThrownBy(this::open).isInstanceOf(StoreFailure.class).hasMessageContaining("folder");
    }

    @Test
    void aSchemaNewerThanThisVersionIsRefused() throws SQLException {
        open().close();
        execute("""
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                    installed_by, installed_on, execution_time, success)
                VALUES (99, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', '2030-01-01 00:00:00.000', 1, 1)
                """);
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("999");
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void anotherEncryptionKeyIsRefused() {
        open().close();
        StoreOptions other = StoreOptions.sqlite(file.toString(), new Secret("another"));
        assertThatThrownBy(() -> Stores.open(other))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("encryption key")
                .hasMessageNotContaining("another");
    }

    @Test
    void otherDatabasesAreRefusedByName() {
        StoreOptions options =
                new StoreOptions(StoreOptions.Type.POSTGRES, "", "db", 5432, "emby", "emby", new Secret("p"), KEY);
        assertThatThrownBy(() -> Stores.open(options))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("POSTGRES")
                .hasMessageContaining("not supported yet");
    }

    @Test
    void noSecretIsReadableInTheFiles() throws IOException {
        try (Store store = open()) {
            UserId user = addUser(store);
            store.signIns().add(user, "s", ClientIdentity.UNKNOWN, new Secret("client-token-1234"), Instant.EPOCH);
            AccountRecord account = store.accounts()
                    .put(
                            store.upstreams()
                                    .add(
                                            "One",
                                            URI.create("http://one"),
                                            UpstreamRecord.PlaybackMode.PROXY,
                                            UpstreamRecord.SyncMode.FULL,
                                            false)
                                    .id(),
                            Optional.empty(),
                            "name-in-clear",
                            new Secret("password-1234"),
                            AccountRecord.WatchState.OWN);
            store.accounts()
                    .putSignIn(new Accounts.UpstreamSignIn(account.id(), "d", "u", new Secret("upstream-token-1234")));
            StringBuilder bytes = new StringBuilder();
            try (var files = Files.list(file.getParent())) {
                for (Path each : files.toList()) {
                    bytes.append(Files.readString(each, StandardCharsets.ISO_8859_1));
                }
            }
            assertThat(bytes.toString())
                    .contains("name-in-clear")
                    .doesNotContain("password-1234", "upstream-token-1234", "client-token-1234");
        }
    }

    private static UserId addUser(Store store) {
        UserRecord user = new UserRecord(
                UserId.random(),
                "Alice",
                "",
                false,
                false,
                new UpstreamAccess.All(),
                "{}",
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
        store.users().add(user);
        return user.id();
    }

    @Test
    void aClosedStoreSaysSo() {
        Store store = open();
        store.close();
        assertThatThrownBy(store::check).isInstanceOf(StoreFailure.class).hasMessageContaining("closed");
        assertThatCode(store::close).doesNotThrowAnyException();
    }

    @Test
    void anInterruptedCallerGetsItsAnswerAndKeepsTheInterrupt() {
        try (Store store = open()) {
            Thread.currentThread().interrupt();
            store.settings().put("a", "1");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.settings().find("a")).contains("1");
        }
    }
}
