package org.embygateway.index.sql;

import java.nio.file.Path;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.protocol.Secret;
import org.junit.jupiter.api.io.TempDir;

class SqliteExtrasTest extends ExtrasContract {
    @TempDir
    Path folder;

    @Override
    Store open() {
        return Stores.open(StoreOptions.sqlite(folder.resolve("gateway.db").toString(), new Secret("key")));
    }
}
