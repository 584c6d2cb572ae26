package org.embygateway.index.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UpstreamId;

final class SqlSyncStates implements SyncStates {
    /** Before the number of an upstream, the name of the setting that holds its rules. */
    static final String RULES = "sync-rules.";

    private final Database database;
    private final SqlSettings settings;
    private final String upsert;

    SqlSyncStates(Database database) {
        this.database = database;
        this.settings = new SqlSettings(database);
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

    @Override
    public SyncRules rules(UpstreamId upstream) {
        return settings.find(RULES + upstream).flatMap(SqlSyncStates::read).orElse(SyncRules.DEFAULT);
    }

    @Override
    public void putRules(UpstreamId upstream, SyncRules rules) {
        ObjectNode json = EmbyJson.object()
                .put("requestsPerSecond", rules.requestsPerSecond())
                .put("requestsAtOnce", rules.requestsAtOnce())
                .put("paused", rules.paused());
        rules.include().forEach(json.putArray("include")::add);
        rules.exclude().forEach(json.putArray("exclude")::add);
        settings.put(RULES + upstream, new String(EmbyJson.write(json), StandardCharsets.UTF_8));
    }

    /** Empty for the text that stands where rules were withdrawn. */
    private static Optional<SyncRules> read(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode json = EmbyJson.read(text.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new SyncRules(
                    json.path("requestsPerSecond").asInt(),
                    json.path("requestsAtOnce").asInt(),
                    texts(json.path("include")),
                    texts(json.path("exclude")),
                    json.path("paused").asBoolean()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
