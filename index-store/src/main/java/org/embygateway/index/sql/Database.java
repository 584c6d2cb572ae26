package org.embygateway.index.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.embygateway.index.StoreFailure;
import org.embygateway.index.StoreUnavailable;
import org.embygateway.protocol.WouldWait;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * Transactions on a few platform threads: one that writes, some that read. Callers block until theirs is done, on
 * virtual threads without holding a carrier. An interrupt does not cut a transaction short: its outcome is awaited, and
 * the caller's interrupt is kept for later.
 */
final class Database implements AutoCloseable {
    private static final int READERS = 3;

    private final Dialect dialect;
    private final HikariDataSource writerPool;
    private final HikariDataSource readerPool;
    private final Jdbi writerJdbi;
    private final Jdbi readerJdbi;
    private final AtomicLong writes = new AtomicLong();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(threads("store-writer-"));
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, threads("store-reader-"));

    private Database(Dialect dialect, HikariDataSource writerPool, HikariDataSource readerPool) {
        this.dialect = dialect;
        this.writerPool = writerPool;
        this.readerPool = readerPool;
        this.writerJdbi = jdbi(writerPool);
        this.readerJdbi = jdbi(readerPool);
    }

    private static ThreadFactory threads(String prefix) {
        return Thread.ofPlatform().daemon().name(prefix, 1).factory();
    }

    /** Opens the database with its schema brought up to date. */
    static Database open(Dialect dialect) {
        dialect.prepare();
        Schema.migrate(dialect);
        HikariDataSource writers = pool(dialect.writer(), 1, "store-writer");
        try {
            return new Database(dialect, writers, pool(dialect.readers(), READERS, "store-reader"));
        } catch (RuntimeException e) {
            writers.close();
            throw e;
        }
    }

    private static HikariDataSource pool(DataSource source, int size, String name) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        config.setPoolName(name);
        config.setMaxLifetime(0);
        return new HikariDataSource(config);
    }

    private static Jdbi jdbi(DataSource source) {
        Jdbi jdbi = Jdbi.create(source);
        // The default puts the bound values into the message, among them hashes and sealed secrets.
        jdbi.getConfig(StatementExceptions.class)
                .setMessageRendering(StatementExceptions.MessageRendering.SHORT_STATEMENT);
        return jdbi;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Runs the work in a transaction of its own, after those asked for before. Durable when it returns. */
    <T> T write(Function<Handle, T> work) {
        return write(work, outcome -> {});
    }

    /** @param stored is told of the outcome before another transaction writes; not when it failed */
    <T> T write(Function<Handle, T> work, Consumer<T> stored) {
        return await(writer, () -> {
            try {
                T outcome = writerJdbi.inTransaction(work::apply);
                stored.accept(outcome);
                return outcome;
            } finally {
                writes.incrementAndGet();
            }
        });
    }

    /** How often something was written, or tried to be: while it stays the same, so does what reads find. */
    long writes() {
        return writes.get();
    }

    /** Runs the work on a snapshot of the database. */
    <T> T read(Function<Handle, T> work) {
        return await(readers, () -> readerJdbi.inTransaction(work::apply));
    }

    private <T> T await(ExecutorService threads, Callable<T> work) {
        WouldWait.check();
        Future<T> future;
        try {
            future = threads.submit(work);
        } catch (RejectedExecutionException e) {
            throw new StoreFailure("%s is closed".formatted(dialect.description()), e);
        }
        try {
            return outcome(future);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private static <T> T outcome(Future<T> future) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What a reading under way finds; throws what that throws. */
    static <T> T get(Future<T> reading) {
        try {
            return outcome(reading);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new StoreFailure("reading failed: " + reason(e), e);
        }
    }

    private RuntimeException failure(Throwable cause) {
        if (cause instanceof IllegalArgumentException refused) {
            return refused;
        }
        String message = "%s: %s".formatted(dialect.description(), reason(cause));
        return isOutside(cause) ? new StoreUnavailable(message, cause) : new StoreFailure(message, cause);
    }

    private boolean isOutside(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException said
                    && (said instanceof SQLTransientException || dialect.isOutside(said))) {
                return true;
            }
        }
        return false;
    }

    /** The innermost message: what the driver says, without Jdbi's wrapping. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        writer.close();
        readers.close();
        writerPool.close();
        readerPool.close();
    }
}
