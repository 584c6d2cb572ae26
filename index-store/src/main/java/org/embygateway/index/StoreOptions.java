package org.embygateway.index;

import org.embygateway.protocol.Secret;

/**
 * Which database to open.
 *
 * @param path file of SQLite; unused by the others
 * @param encryptionKey for secrets at rest: any text; it is stretched to an AES key
 */
public record StoreOptions(
        Type type,
        String path,
        String host,
        int port,
        String name,
        String user,
        Secret password,
        Secret encryptionKey) {

    public enum Type {
        SQLITE,
        POSTGRES,
        MYSQL
    }

    public static StoreOptions sqlite(String path, Secret encryptionKey) {
        return new StoreOptions(Type.SQLITE, path, "", 0, "", "", new Secret(""), encryptionKey);
    }
}
