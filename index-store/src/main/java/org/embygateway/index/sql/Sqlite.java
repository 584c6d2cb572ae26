package org.embygateway.index.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.embygateway.index.StoreFailure;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite in a file with a write-ahead log. {@code synchronous=FULL}: what was acknowledged survives a loss of power, not
 * only a killed process; NORMAL would sync the log at checkpoints alone.
 */
final class Sqlite implements Dialect {
    private static final int BUSY_MILLIS = 10_000;
    private static final int WRITER_CACHE_KIB = 32 * 1024;
    private static final int READER_CACHE_KIB = 8 * 1024;
    /** What the disk, its rights and other processes do; the rest are faults of statements or of the file. */
    private static final Set<Integer> OUTSIDE = Stream.of(
                    SQLiteErrorCode.SQLITE_FULL,
                    SQLiteErrorCode.SQLITE_READONLY,
                    SQLiteErrorCode.SQLITE_IOERR,
                    SQLiteErrorCode.SQLITE_BUSY,
                    SQLiteErrorCode.SQLITE_LOCKED,
                    SQLiteErrorCode.SQLITE_PERM,
                    SQLiteErrorCode.SQLITE_CANTOPEN)
            .map(code -> code.code)
            .collect(Collectors.toUnmodifiableSet());

    /** The lower byte of a code says what kind of fault it is, the rest which one. */
    private static final int PRIMARY = 0xff;

    private final Path file;

    Sqlite(Path file) {
        this.file = file;
    }

    @Override
    public String description() {
        return "SQLite file " + file;
    }

    @Override
    public String migrations() {
        return "db/migration/sqlite";
    }

    @Override
    public void prepare() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new StoreFailure("cannot create the folder of %s: %s".formatted(description(), e), e);
        }
    }

    @Override
    public DataSource writer() {
        SQLiteConfig config = config(WRITER_CACHE_KIB);
        // Takes the write lock at once: a transaction that reads first could not be upgraded after another's write.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return source(config);
    }

    @Override
    public DataSource readers() {
        return source(config(READER_CACHE_KIB));
    }

    @Override
    public boolean isOutside(SQLException failure) {
        return failure instanceof SQLiteException said && OUTSIDE.contains(said.getResultCode().code & PRIMARY);
    }

    private SQLiteConfig config(int cacheKib) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-cacheKib); // negative: KiB instead of pages
        return config;
    }

    private DataSource source(SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    @Override
    public String upsert(String table, List<String> key, List<String> columns) {
        List<String> all = Stream.concat(key.stream(), columns.stream()).toList();
        return "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s"
                .formatted(
                        table,
                        String.join(", ", all),
                        all.stream().map(c -> ":" + c).collect(Collectors.joining(", ")),
                        String.join(", ", key),
                        columns.stream().map(c -> c + " = excluded." + c).collect(Collectors.joining(", ")));
    }
}
