package org.embygateway.index.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embygateway.index.Passage;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.Upstreams;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UpstreamId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

final class SqlUpstreams implements Upstreams {
    private static final String PASSAGE = "upstream-passage.";
    private static final String STREAMS = "upstream-streams.";

    private final Database database;
    private final SqlSettings settings;
    private final String upsert;

    SqlUpstreams(Database database) {
        this.database = database;
        this.settings = new SqlSettings(database);
        this.upsert = database.dialect()
                .upsert(
                        "upstream",
                        List.of("id"),
                        List.of(
                                "name",
                                "name_key",
                                "url",
                                "kind",
                                "playback",
                                "sync",
                                "priority",
                                "enabled",
                                "configured",
                                "removed"));
    }

    @Override
    public List<UpstreamRecord> all() {
        return database.read(
                handle -> map(handle.createQuery("SELECT * FROM upstream WHERE removed = 0 ORDER BY priority, id")));
    }

    @Override
    public Optional<UpstreamRecord> find(UpstreamId id) {
        return database.read(handle ->
                map(handle.createQuery("SELECT * FROM upstream WHERE id = :id AND removed = 0")
                                .bind("id", id.value()))
                        .stream()
                        .findFirst());
    }

    private static List<UpstreamRecord> map(Query query) {
        return query.map((row, context) -> upstream(row)).list();
    }

    private static UpstreamRecord upstream(ResultSet row) throws SQLException {
        return new UpstreamRecord(
                new UpstreamId(row.getInt("id")),
                row.getString("name"),
                URI.create(row.getString("url")),
                UpstreamRecord.Kind.valueOf(row.getString("kind")),
                UpstreamRecord.PlaybackMode.valueOf(row.getString("playback")),
                UpstreamRecord.SyncMode.valueOf(row.getString("sync")),
                row.getInt("priority"),
                Columns.flag(row, "enabled"),
                Columns.flag(row, "configured"));
    }

    /** The new server comes last in the admin's order. Throws {@link IllegalArgumentException} when the name is taken. */
    @Override
    public UpstreamRecord add(
            String name,
            URI url,
            UpstreamRecord.PlaybackMode playback,
            UpstreamRecord.SyncMode sync,
            boolean configured) {
        return database.write(handle -> {
            refuseTakenName(handle, name, 0);
            UpstreamRecord added = new UpstreamRecord(
                    new UpstreamId(numberFor(handle, name)),
                    name,
                    url,
                    UpstreamRecord.Kind.UNKNOWN,
                    playback,
                    sync,
                    lastPriority(handle) + 1,
                    true,
                    configured);
            save(handle, added);
            return added;
        });
    }

    private static int numberFor(Handle handle, String name) {
        return handle.createQuery("SELECT id FROM upstream WHERE name_key = :key")
                .bind("key", NameKey.of(name))
                .mapTo(Integer.class)
                .findOne()
                .orElseGet(() -> Sequences.next(handle, "upstream"));
    }

    private static int lastPriority(Handle handle) {
        return handle.createQuery("SELECT COALESCE(MAX(priority), 0) FROM upstream WHERE removed = 0")
                .mapTo(Integer.class)
                .one();
    }

    private static void refuseTakenName(Handle handle, String name, int except) {
        boolean taken = handle.createQuery(
                        "SELECT 1 FROM upstream WHERE name_key = :key AND removed = 0 AND id <> :except")
                .bind("key", NameKey.of(name))
                .bind("except", except)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (taken) {
            throw new IllegalArgumentException("server name: %s (taken)".formatted(name));
        }
    }

    @Override
    public void update(UpstreamRecord upstream) {
        database.write(handle -> {
            refuseTakenName(handle, upstream.name(), upstream.id().value());
            boolean exists = handle.createQuery("SELECT 1 FROM upstream WHERE id = :id AND removed = 0")
                    .bind("id", upstream.id().value())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (exists) {
                freeName(handle, upstream);
                save(handle, upstream);
            }
            return exists;
        });
    }

    @Override
    public void putKind(UpstreamId id, UpstreamRecord.Kind kind) {
        database.write(handle -> handle.execute("UPDATE upstream SET kind = ? WHERE id = ?", kind.name(), id.value()));
    }

    @Override
    public Passage passage(UpstreamId id) {
        return settings.find(PASSAGE + id).map(SqlUpstreams::passage).orElse(Passage.DIRECT);
    }

    @Override
    public void putPassage(UpstreamId id, Passage passage) {
        ObjectNode json = EmbyJson.object().put("certificates", passage.certificates());
        passage.proxy().ifPresent(proxy -> json.put("proxy", proxy.toString()));
        ArrayNode lines = json.putArray("lines");
        passage.lines().forEach(line -> lines.add(line.toString()));
        settings.put(PASSAGE + id, new String(EmbyJson.write(json), StandardCharsets.UTF_8));
    }

    private static Passage passage(String text) {
        try {
            JsonNode json = EmbyJson.read(text.getBytes(StandardCharsets.UTF_8));
            List<URI> lines = new ArrayList<>();
            json.path("lines").forEach(line -> lines.add(URI.create(line.asText())));
            Optional<URI> proxy = Optional.of(json.path("proxy").asText(""))
                    .filter(address -> !address.isEmpty())
                    .map(URI::create);
            return new Passage(lines, proxy, json.path("certificates").asText(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int streamsAtOnce(UpstreamId id) {
        return settings.find(STREAMS + id).map(Integer::parseInt).orElse(0);
    }

    @Override
    public void putStreamsAtOnce(UpstreamId id, int streams) {
        settings.put(STREAMS + id, Integer.toString(streams));
    }

    /** A removed server loses its claim on a name that another one takes; it keeps its number, under no name. */
    private static void freeName(Handle handle, UpstreamRecord upstream) {
        handle.createUpdate("""
                        UPDATE upstream SET name_key = 'removed ' || id
                        WHERE name_key = :key AND removed = 1 AND id <> :id
                        """)
                .bind("key", NameKey.of(upstream.name()))
                .bind("id", upstream.id().value())
                .execute();
    }

    private void save(Handle handle, UpstreamRecord upstream) {
        handle.createUpdate(upsert)
                .bind("id", upstream.id().value())
                .bind("name", upstream.name())
                .bind("name_key", NameKey.of(upstream.name()))
                .bind("url", upstream.url().toString())
                .bind("kind", upstream.kind().name())
                .bind("playback", upstream.playback().name())
                .bind("sync", upstream.sync().name())
                .bind("priority", upstream.priority())
                .bind("enabled", Columns.bit(upstream.enabled()))
                .bind("configured", Columns.bit(upstream.configured()))
                .bind("removed", 0)
                .execute();
    }

    @Override
    public void remove(UpstreamId id) {
        database.write(handle -> {
            handle.execute("DELETE FROM account WHERE upstream = ?", id.value());
            handle.execute("DELETE FROM outbox WHERE upstream = ?", id.value());
            handle.execute("DELETE FROM sync_state WHERE upstream = ?", id.value());
            handle.execute("DELETE FROM fingerprint WHERE upstream = ?", id.value());
            handle.execute("DELETE FROM setting WHERE name = ?", SqlSyncStates.RULES + id);
            handle.execute("DELETE FROM setting WHERE name = ?", PASSAGE + id);
            handle.execute("DELETE FROM setting WHERE name = ?", STREAMS + id);
            return handle.execute("UPDATE upstream SET removed = 1 WHERE id = ?", id.value());
        });
    }
}
