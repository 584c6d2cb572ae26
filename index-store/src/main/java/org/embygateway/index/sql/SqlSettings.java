package org.embygateway.index.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.embygateway.index.Settings;
import org.jdbi.v3.core.Handle;

final class SqlSettings implements Settings {
    private final Database database;
    private final String upsert;

    SqlSettings(Database database) {
        this.database = database;
        this.upsert = database.dialect().upsert("setting", List.of("name"), List.of("value"));
    }

    @Override
    public Optional<String> find(String name) {
        return database.read(handle -> find(handle, name));
    }

    private static Optional<String> find(Handle handle, String name) {
        return handle.createQuery("SELECT value FROM setting WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public void put(String name, String value) {
        database.write(handle -> put(handle, name, value));
    }

    private String put(Handle handle, String name, String value) {
        handle.createUpdate(upsert).bind("name", name).bind("value", value).execute();
        return value;
    }

    @Override
    public String findOrCreate(String name, Supplier<String> first) {
        return database.write(handle -> find(handle, name).orElseGet(() -> put(handle, name, first.get())));
    }
}
