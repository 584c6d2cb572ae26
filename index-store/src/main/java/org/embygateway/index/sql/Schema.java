package org.embygateway.index.sql;

import java.util.Arrays;
import org.embygateway.index.StoreFailure;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Brings the schema up to date; refuses one that a newer version of the gateway made. */
final class Schema {
    private Schema() {}

    static void migrate(Dialect dialect) {
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(dialect.writer())
                    .locations("classpath:" + dialect.migrations())
                    .load();
            refuseNewer(flyway, dialect);
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StoreFailure("cannot open %s: %s".formatted(dialect.description(), Database.reason(e)), e);
        }
    }

    private static void refuseNewer(Flyway flyway, Dialect dialect) {
        MigrationInfo[] all = flyway.info().all();
        Arrays.stream(all)
                .filter(m -> m.getState().isApplied() && !m.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo)
                .ifPresent(newest -> {
                    throw new StoreFailure(
                            "%s was written by a newer version of the gateway: schema %s (known: up to %s)"
                                    .formatted(dialect.description(), newest, known(all)));
                });
    }

    private static String known(MigrationInfo[] all) {
        return Arrays.stream(all)
                .filter(m -> m.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo)
                .map(MigrationVersion::toString)
                .orElse("none");
    }
}
