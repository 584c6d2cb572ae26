package org.embygateway.index.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embygateway.index.Fingerprints;

final class SqlFingerprints implements Fingerprints {
    private final Database database;
    private final String upsert;

    SqlFingerprints(Database database) {
        this.database = database;
        this.upsert = database.dialect()
                .upsert("fingerprint", List.of("upstream", "file_id"), List.of("size", "digest", "taken_at"));
    }

    @Override
    public Optional<String> find(File file, Instant notBefore) {
        return database.read(handle -> handle.createQuery("SELECT digest FROM fingerprint WHERE upstream = :upstream"
                        + " AND file_id = :file AND size = :size AND taken_at >= :since")
                .bind("upstream", file.upstream().value())
                .bind("file", file.fileId())
                .bind("size", file.size())
                .bind("since", notBefore.toEpochMilli())
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void keep(File file, String digest, Instant taken) {
        database.write(handle -> handle.createUpdate(upsert)
                .bind("upstream", file.upstream().value())
                .bind("file_id", file.fileId())
                .bind("size", file.size())
                .bind("digest", digest)
                .bind("taken_at", taken.toEpochMilli())
                .execute());
    }
}
