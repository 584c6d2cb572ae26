package org.embygateway.index.sql;

import org.jdbi.v3.core.Handle;

/** Numbers that are given once and never again, also after a restart or the removal of what bore them. */
final class Sequences {
    private Sequences() {}

    static int next(Handle handle, String name) {
        return Math.toIntExact(take(handle, name, 1));
    }

    /** The first of {@code count} numbers in a row. */
    static long take(Handle handle, String name, int count) {
        long first = handle.createQuery("SELECT next FROM sequence WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne()
                .orElseGet(() -> {
                    handle.execute("INSERT INTO sequence (name, next) VALUES (?, 1)", name);
                    return 1L;
                });
        handle.execute("UPDATE sequence SET next = ? WHERE name = ?", first + count, name);
        return first;
    }
}
