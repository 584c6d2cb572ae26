package org.embygateway.index.sql;

import java.util.List;
import java.util.Optional;
import org.embygateway.index.SyncStates;
import org.embygateway.protocol.UpstreamId;

final class SqlSyncStates implements SyncStates {
    private final Database database;
    private final String upsert;

    SqlSyncStates(Database database) {
        this.database = database;
        this.upsert = database.dialect()
                .upsert(
                        "sync_state",
                        List.of("upstream"),
                        List.of("checkpoint", "fully_indexed", "last_full", "delta_from"));
    }

    @Override
    public Optional<SyncState> find(UpstreamId upstream) {
        return database.read(handle -> handle.createQuery("SELECT * FROM sync_state WHERE upstream = :upstream")
                .bind("upstream", upstream.value())
                .map((row, context) -> new SyncState(
                        upstream,
                        row.getString("checkpoint"),
                        Columns.flag(row, "fully_indexed"),
                        Columns.optionalInstant(row, "last_full"),
                        Columns.optionalInstant(row, "delta_from")))
                .findOne());
    }

    @Override
    public void put(SyncState state) {
        database.write(handle -> handle.createUpdate(upsert)
                .bind("upstream", state.upstream().value())
                .bind("checkpoint", state.checkpoint())
                .bind("fully_indexed", Columns.bit(state.fullyIndexed()))
                .bind("last_full", Columns.nanos(state.lastFull()))
                .bind("delta_from", Columns.nanos(state.deltaFrom()))
                .execute());
    }
}
