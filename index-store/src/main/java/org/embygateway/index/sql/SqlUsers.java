package org.embygateway.index.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UserRecord;
import org.embygateway.index.UserRights;
import org.embygateway.index.Users;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

final class SqlUsers implements Users {
    private static final String RIGHTS = "user-rights.";

    private final Database database;
    private final SqlSettings settings;
    private final LastNoted<UserId, Boolean> noted = new LastNoted<>();

    SqlUsers(Database database) {
        this.database = database;
        this.settings = new SqlSettings(database);
    }

    @Override
    public List<UserRecord> all() {
        return database.read(handle -> {
            Map<String, Set<UpstreamId>> grants = new HashMap<>();
            handle.createQuery("SELECT user_id, upstream FROM user_upstream")
                    .map((row, context) -> grants.computeIfAbsent(row.getString("user_id"), user -> new HashSet<>())
                            .add(new UpstreamId(row.getInt("upstream"))))
                    .list();
            return handle.createQuery("SELECT * FROM gateway_user ORDER BY name_key")
                    .map((row, context) -> user(row, grants.getOrDefault(row.getString("id"), Set.of())))
                    .list();
        });
    }

    @Override
    public Optional<UserRecord> find(UserId id) {
        return one("SELECT * FROM gateway_user WHERE id = :value", id.value());
    }

    @Override
    public Optional<UserRecord> named(String name) {
        return one("SELECT * FROM gateway_user WHERE name_key = :value", NameKey.of(name));
    }

    private Optional<UserRecord> one(String query, String value) {
        return database.read(handle -> handle.createQuery(query)
                .bind("value", value)
                .map((row, context) -> user(row, grants(handle, row.getString("id"))))
                .findOne());
    }

    private static Set<UpstreamId> grants(Handle handle, String user) {
        return handle.createQuery("SELECT upstream FROM user_upstream WHERE user_id = :user")
                .bind("user", user)
                .map((row, context) -> new UpstreamId(row.getInt("upstream")))
                .set();
    }

    private static UserRecord user(ResultSet row, Set<UpstreamId> grants) throws SQLException {
        return new UserRecord(
                new UserId(row.getString("id")),
                row.getString("name"),
                row.getString("password_hash"),
                Columns.flag(row, "admin"),
                Columns.flag(row, "disabled"),
                Columns.flag(row, "all_upstreams") ? new UpstreamAccess.All() : new UpstreamAccess.Selected(grants),
                row.getString("configuration"),
                Columns.instant(row, "created"),
                Columns.optionalInstant(row, "last_login"),
                Columns.optionalInstant(row, "last_activity"));
    }

    @Override
    public void add(UserRecord user) {
        save(user, """
                INSERT INTO gateway_user (id, name, name_key, password_hash, admin, disabled, all_upstreams, configuration,
                    created, last_login, last_activity)
                VALUES (:id, :name, :name_key, :password_hash, :admin, :disabled, :all_upstreams, :configuration,
                    :created, :last_login, :last_activity)
                """);
    }

    @Override
    public void update(UserRecord user) {
        save(user, """
                UPDATE gateway_user SET name = :name, name_key = :name_key, password_hash = :password_hash,
                    admin = :admin, disabled = :disabled, all_upstreams = :all_upstreams,
                    configuration = :configuration, created = :created, last_login = :last_login,
                    last_activity = :last_activity
                WHERE id = :id
                """);
    }

    private void save(UserRecord user, String statement) {
        database.write(handle -> {
            refuseTakenName(handle, user);
            int rows = bind(handle.createUpdate(statement), user).execute();
            if (rows > 0) {
                saveGrants(handle, user);
            }
            return rows;
        });
    }

    private static void refuseTakenName(Handle handle, UserRecord user) {
        boolean taken = handle.createQuery("SELECT 1 FROM gateway_user WHERE name_key = :key AND id <> :id")
                .bind("key", NameKey.of(user.name()))
                .bind("id", user.id().value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (taken) {
            throw new IllegalArgumentException("user name: %s (taken)".formatted(user.name()));
        }
    }

    private static <S extends SqlStatement<S>> S bind(S statement, UserRecord user) {
        return statement
                .bind("id", user.id().value())
                .bind("name", user.name())
                .bind("name_key", NameKey.of(user.name()))
                .bind("password_hash", user.passwordHash())
                .bind("admin", Columns.bit(user.admin()))
                .bind("disabled", Columns.bit(user.disabled()))
                .bind("all_upstreams", Columns.bit(user.access() instanceof UpstreamAccess.All))
                .bind("configuration", user.configuration())
                .bind("created", Columns.nanos(user.created()))
                .bind("last_login", Columns.nanos(user.lastLogin()))
                .bind("last_activity", Columns.nanos(user.lastActivity()));
    }

    private static void saveGrants(Handle handle, UserRecord user) {
        handle.execute("DELETE FROM user_upstream WHERE user_id = ?", user.id().value());
        if (user.access() instanceof UpstreamAccess.Selected(Set<UpstreamId> upstreams)) {
            for (UpstreamId upstream : upstreams) {
                handle.execute(
                        "INSERT INTO user_upstream (user_id, upstream) VALUES (?, ?)",
                        user.id().value(),
                        upstream.value());
            }
        }
    }

    @Override
    public void remove(UserId id) {
        database.write(handle -> {
            handle.execute("DELETE FROM setting WHERE name = ?", RIGHTS + id);
            return handle.execute("DELETE FROM gateway_user WHERE id = ?", id.value());
        });
    }

    @Override
    public UserRights rights(UserId id) {
        return settings.find(RIGHTS + id).map(SqlUsers::rights).orElse(UserRights.DEFAULT);
    }

    private static UserRights rights(String text) {
        try {
            JsonNode json = EmbyJson.read(text.getBytes(StandardCharsets.UTF_8));
            return new UserRights(
                    json.path("streams").asInt(),
                    json.path("plays").asBoolean(true),
                    json.path("downloads").asBoolean(true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void putRights(UserId id, UserRights rights) {
        ObjectNode json = EmbyJson.object()
                .put("streams", rights.streamsAtOnce())
                .put("plays", rights.plays())
                .put("downloads", rights.downloads());
        settings.put(RIGHTS + id, new String(EmbyJson.write(json), StandardCharsets.UTF_8));
    }

    /** Exact to half a minute; logins always. */
    @Override
    public void seen(UserId id, Instant at, boolean login) {
        if (!noted.isNews(id, false, at) && !login) {
            return;
        }
        String statement = login
                ? "UPDATE gateway_user SET last_activity = :at, last_login = :at WHERE id = :id"
                : "UPDATE gateway_user SET last_activity = :at WHERE id = :id";
        database.write(handle -> handle.createUpdate(statement)
                .bind("at", Columns.nanos(at))
                .bind("id", id.value())
                .execute());
    }
}
