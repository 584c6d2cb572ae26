package org.embygateway.index.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.embygateway.index.SignIn;
import org.embygateway.index.SignIns;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UserId;
import org.jdbi.v3.core.statement.Query;

/** Tokens are 128 random bits, so a plain SHA-256 of them cannot be guessed back. */
final class SqlSignIns implements SignIns {
    private final Database database;
    private final LastNoted<Long, ClientIdentity> noted = new LastNoted<>();

    SqlSignIns(Database database) {
        this.database = database;
    }

    @Override
    public SignIn add(UserId user, String sessionId, ClientIdentity client, Secret token, Instant now) {
        return database.write(handle -> {
            int id = Sequences.next(handle, "sign_in");
            handle.createUpdate("""
                            INSERT INTO sign_in (id, user_id, session_id, token_hash, client, device, device_id, version,
                                created, last_seen)
                            VALUES (:id, :user, :session, :hash, :client, :device, :device_id, :version, :now, :now)
                            """)
                    .bind("id", id)
                    .bind("user", user.value())
                    .bind("session", sessionId)
                    .bind("hash", hash(token))
                    .bind("client", client.client())
                    .bind("device", client.device())
                    .bind("device_id", client.deviceId())
                    .bind("version", client.version())
                    .bind("now", Columns.nanos(now))
                    .execute();
            return new SignIn(id, user, sessionId, client, now, now);
        });
    }

    private static String hash(Secret token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(token.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public Optional<SignIn> byToken(Secret token) {
        String hash = hash(token);
        return database.read(handle ->
                map(handle.createQuery("SELECT * FROM sign_in WHERE token_hash = :hash")
                                .bind("hash", hash))
                        .stream()
                        .findFirst());
    }

    @Override
    public Optional<SignIn> byId(long id) {
        return database.read(handle ->
                map(handle.createQuery("SELECT * FROM sign_in WHERE id = :id").bind("id", id)).stream()
                        .findFirst());
    }

    @Override
    public List<SignIn> of(UserId user) {
        return database.read(handle -> map(handle.createQuery("SELECT * FROM sign_in WHERE user_id = :user ORDER BY id")
                .bind("user", user.value())));
    }

    @Override
    public List<SignIn> all() {
        return database.read(handle -> map(handle.createQuery("SELECT * FROM sign_in ORDER BY id")));
    }

    private static List<SignIn> map(Query query) {
        return query.map((row, context) -> signIn(row)).list();
    }

    private static SignIn signIn(ResultSet row) throws SQLException {
        return new SignIn(
                row.getLong("id"),
                new UserId(row.getString("user_id")),
                row.getString("session_id"),
                new ClientIdentity(
                        row.getString("client"),
                        row.getString("device"),
                        row.getString("device_id"),
                        row.getString("version")),
                Columns.instant(row, "created"),
                Columns.instant(row, "last_seen"));
    }

    /** Exact to half a minute as long as the client says the same of itself. */
    @Override
    public void seen(long id, ClientIdentity client, Instant at) {
        if (!noted.isNews(id, client, at)) {
            return;
        }
        database.write(handle -> handle.createUpdate("""
                        UPDATE sign_in SET client = :client, device = :device, device_id = :device_id,
                            version = :version, last_seen = :at
                        WHERE id = :id
                        """)
                .bind("client", client.client())
                .bind("device", client.device())
                .bind("device_id", client.deviceId())
                .bind("version", client.version())
                .bind("at", Columns.nanos(at))
                .bind("id", id)
                .execute());
    }

    @Override
    public void remove(long id) {
        database.write(handle -> handle.execute("DELETE FROM sign_in WHERE id = ?", id));
    }

    @Override
    public void removeOthers(UserId user, long keep) {
        database.write(
                handle -> handle.execute("DELETE FROM sign_in WHERE user_id = ? AND id <> ?", user.value(), keep));
    }

    @Override
    public void removeAll(UserId user) {
        database.write(handle -> handle.execute("DELETE FROM sign_in WHERE user_id = ?", user.value()));
    }
}
