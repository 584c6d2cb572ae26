package org.embygateway.index.sql;

import java.nio.file.Path;
import org.embygateway.index.Store;
import org.embygateway.index.StoreFailure;
import org.embygateway.index.StoreOptions;

/** Opens stores. */
public final class Stores {
    private Stores() {}

    /**
     * Opens the database and brings its schema up to date; a file of SQLite is made with its folders when absent.
     *
     * @throws StoreFailure when it cannot be opened, was written by a newer version, or was made with another encryption
     *     key
     */
    public static Store open(StoreOptions options) {
        return switch (options.type()) {
            case SQLITE -> SqlStore.open(new Sqlite(Path.of(options.path())), options.encryptionKey());
            case POSTGRES, MYSQL ->
                throw new StoreFailure("database type %s: not supported yet by this version (expected: SQLITE)"
                        .formatted(options.type()));
        };
    }
}
