package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.Delivery;
import org.embygateway.index.Outbox;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.jdbi.v3.core.Handle;

/** A delivery that replaces another gets a number of its own, so that news of the older one cannot touch it. */
final class SqlOutbox implements Outbox {
    private static final int REASON_LENGTH = 500;

    private final Database database;

    SqlOutbox(Database database) {
        this.database = database;
    }

    /** Adds it unless a newer one of its kind waits; replaces an older one. */
    static void add(Handle handle, Delivery delivery, int item) {
        Optional<Waiting> waiting = waiting(handle, delivery, item);
        long made = Columns.nanos(delivery.made());
        if (waiting.isPresent() && waiting.get().made() > made) {
            return;
        }
        waiting.ifPresent(old -> handle.execute("DELETE FROM outbox WHERE id = ?", old.id()));
        handle.createUpdate("""
                        INSERT INTO outbox (id, user_id, item_id, upstream, kind, body, made, due, attempts, reason)
                        VALUES (:id, :user, :item, :upstream, :kind, :body, :made, :made, 0, '')
                        """)
                .bind("id", Sequences.next(handle, "outbox"))
                .bind("user", delivery.user().value())
                .bind("item", item)
                .bind("upstream", delivery.upstream().value())
                .bind("kind", delivery.kind().name())
                .bind("body", delivery.body())
                .bind("made", made)
                .execute();
    }

    private record Waiting(long id, long made) {}

    private static Optional<Waiting> waiting(Handle handle, Delivery delivery, int item) {
        return handle.createQuery("""
                        SELECT id, made FROM outbox
                        WHERE user_id = :user AND item_id = :item AND upstream = :upstream AND kind = :kind
                        """)
                .bind("user", delivery.user().value())
                .bind("item", item)
                .bind("upstream", delivery.upstream().value())
                .bind("kind", delivery.kind().name())
                .map((row, context) -> new Waiting(row.getLong("id"), row.getLong("made")))
                .findOne();
    }

    /** One that is put off holds back the later ones of its user, item and upstream. */
    @Override
    public List<Delivery> due(Instant now, int limit) {
        return database.read(handle -> handle.createQuery("""
                        SELECT o.*, COALESCE(i.alias_of, o.item_id) AS current_id
                        FROM outbox o LEFT JOIN item i ON i.id = o.item_id
                        WHERE o.due <= :now AND o.kind <> 'CATCH_UP' AND NOT EXISTS (
                            SELECT 1 FROM outbox e
                            WHERE e.user_id = o.user_id AND e.item_id = o.item_id AND e.upstream = o.upstream
                                AND e.kind <> 'CATCH_UP' AND (e.made < o.made OR e.made = o.made AND e.id < o.id))
                        ORDER BY o.made, o.id
                        LIMIT :limit
                        """)
                .bind("now", Columns.nanos(now))
                .bind("limit", limit)
                .map((row, context) -> delivery(row))
                .list());
    }

    @Override
    public List<Delivery> catchUps(UpstreamId upstream, Instant now, int limit) {
        return database.read(handle -> handle.createQuery("""
                        SELECT o.*, COALESCE(i.alias_of, o.item_id) AS current_id
                        FROM outbox o LEFT JOIN item i ON i.id = o.item_id
                        WHERE o.upstream = :upstream AND o.kind = 'CATCH_UP' AND o.due <= :now
                        ORDER BY o.id
                        LIMIT :limit
                        """)
                .bind("upstream", upstream.value())
                .bind("now", Columns.nanos(now))
                .bind("limit", limit)
                .map((row, context) -> delivery(row))
                .list());
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                new UserId(row.getString("user_id")),
                new ItemId(row.getInt("current_id")),
                new UpstreamId(row.getInt("upstream")),
                Delivery.Kind.valueOf(row.getString("kind")),
                row.getString("body"),
                Columns.instant(row, "made"),
                row.getInt("attempts"));
    }

    @Override
    public void delivered(Delivery delivery) {
        drop(delivery);
    }

    @Override
    public void failed(Delivery delivery, Instant next, String reason) {
        database.write(handle -> handle.createUpdate(
                        "UPDATE outbox SET due = :next, attempts = attempts + 1, reason = :reason WHERE id = :id")
                .bind("next", Columns.nanos(next))
                .bind("reason", reason.substring(0, Math.min(reason.length(), REASON_LENGTH)))
                .bind("id", delivery.id())
                .execute());
    }

    @Override
    public void drop(Delivery delivery) {
        database.write(handle -> handle.execute("DELETE FROM outbox WHERE id = ?", delivery.id()));
    }

    @Override
    public void retryNow(UpstreamId upstream) {
        database.write(handle ->
                handle.execute("UPDATE outbox SET due = made WHERE upstream = ? AND due > made", upstream.value()));
    }

    @Override
    public Map<UpstreamId, Long> waiting() {
        return database.read(handle -> {
            Map<UpstreamId, Long> counts = new HashMap<>();
            handle.createQuery("SELECT upstream, COUNT(*) AS waiting FROM outbox GROUP BY upstream")
                    .map((row, context) -> Map.entry(new UpstreamId(row.getInt("upstream")), row.getLong("waiting")))
                    .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
            return counts;
        });
    }
}
