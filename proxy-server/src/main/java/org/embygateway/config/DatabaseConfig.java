package org.embygateway.config;

import java.nio.file.Path;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.StoreOptions.Type;
import org.embygateway.protocol.Secret;

/**
 * Where everything is kept.
 *
 * @param path file of SQLite; the other types use the five below instead
 */
public record DatabaseConfig(Type type, Path path, String host, int port, String name, String user, Secret password) {

    /** The same for the store, with the key for secrets at rest. */
    public StoreOptions options(Secret encryptionKey) {
        return new StoreOptions(type, path.toString(), host, port, name, user, password, encryptionKey);
    }

    static DatabaseConfig read(Keys in, Path dataDir) {
        Type type = in.choice("type", Type.class).orElse(Type.SQLITE);
        DatabaseConfig read = new DatabaseConfig(
                type,
                in.path("path").orElse(dataDir.resolve("emby_gateway.db")),
                in.text("host").orElse(""),
                in.port("port").orElse(type == Type.MYSQL ? 3306 : 5432),
                in.text("name").orElse("emby_gateway"),
                in.text("user").orElse(""),
                in.secret("password").orElse(new Secret("")));
        if (type != Type.SQLITE) {
            in.expect(!read.host.isEmpty(), "host", "missing (expected: the database's host)");
            in.expect(!read.user.isEmpty(), "user", "missing (expected: the database's user)");
        }
        return read;
    }
}
