package org.embygateway.index.sql;

import java.util.List;
import java.util.Optional;
import org.embygateway.index.Preferences;
import org.embygateway.protocol.UserId;

final class SqlPreferences implements Preferences {
    private final Database database;
    private final String upsert;

    SqlPreferences(Database database) {
        this.database = database;
        this.upsert = database.dialect().upsert("preference", List.of("user_id", "scope", "name"), List.of("value"));
    }

    @Override
    public Optional<String> find(UserId user, String scope, String key) {
        return database.read(handle -> handle.createQuery(
                        "SELECT value FROM preference WHERE user_id = :user AND scope = :scope AND name = :name")
                .bind("user", user.value())
                .bind("scope", scope)
                .bind("name", key)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void put(UserId user, String scope, String key, String json) {
        database.write(handle -> handle.createUpdate(upsert)
                .bind("user_id", user.value())
                .bind("scope", scope)
                .bind("name", key)
                .bind("value", json)
                .execute());
    }
}
