package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.embygateway.index.Delivery;
import org.embygateway.index.UserData;
import org.embygateway.index.UserDataStore;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * States stay under the id they were saved with. Of the states of an item and its aliases the newest counts, so nothing
 * is lost when a merge is undone.
 */
final class SqlUserData implements UserDataStore {
    private static final String STATES = """
            SELECT COALESCE(i.alias_of, d.item_id) AS current_id, d.*
            FROM user_data d LEFT JOIN item i ON i.id = d.item_id
            WHERE d.user_id = :user
            """;

    private static final List<String> KEY = List.of("user_id", "item_id");
    private static final List<String> COLUMNS = List.of(
            "played", "position", "play_count", "favorite", "last_played", "rating", "hidden_from_resume", "changed");

    private final Database database;

    SqlUserData(Database database) {
        this.database = database;
    }

    /** @param item as the state is stored: not an alias */
    record Entry(String user, int item, UserData state) {}

    /** Keyed by the ids asked for, also when they are aliases. */
    @Override
    public Map<ItemId, UserData> find(UserId user, Collection<ItemId> items) {
        return database.read(handle -> {
            List<Integer> asked = items.stream().map(ItemId::value).toList();
            Map<Integer, Integer> aliases = Aliases.among(handle, asked);
            List<Integer> current =
                    asked.stream().map(id -> aliases.getOrDefault(id, id)).toList();
            Map<ItemId, UserData> states = find(handle, user, current);
            Map<ItemId, UserData> found = new HashMap<>();
            for (ItemId item : items) {
                UserData state = states.get(new ItemId(aliases.getOrDefault(item.value(), item.value())));
                if (state != null) {
                    found.put(item, state);
                }
            }
            return found;
        });
    }

    private static Map<ItemId, UserData> find(Handle handle, UserId user, List<Integer> current) {
        Map<ItemId, UserData> states = new HashMap<>();
        for (List<Integer> ids : Chunks.of(current)) {
            collect(handle.createQuery(STATES + """
                                AND d.item_id IN (SELECT id FROM item WHERE alias_of IN (<ids>)
                                    UNION SELECT item_id FROM user_data WHERE user_id = :user AND item_id IN (<ids>))
                                """).bindList("ids", ids).bind("user", user.value()), states);
        }
        return states;
    }

    @Override
    public Map<ItemId, UserData> all(UserId user) {
        return database.read(handle -> {
            Map<ItemId, UserData> states = new HashMap<>();
            collect(handle.createQuery(STATES).bind("user", user.value()), states);
            return states;
        });
    }

    private static void collect(Query query, Map<ItemId, UserData> states) {
        query.map((row, context) -> Map.entry(new ItemId(row.getInt("current_id")), state(row)))
                .forEach(entry -> states.merge(entry.getKey(), entry.getValue(), SqlUserData::newer));
    }

    static UserData newer(UserData one, UserData other) {
        return other.changed().isAfter(one.changed()) ? other : one;
    }

    static UserData state(ResultSet row) throws SQLException {
        return new UserData(
                Columns.flag(row, "played"),
                row.getLong("position"),
                row.getInt("play_count"),
                Columns.flag(row, "favorite"),
                Columns.optionalInstant(row, "last_played"),
                Columns.optionalDouble(row, "rating"),
                Columns.flag(row, "hidden_from_resume"),
                Columns.instant(row, "changed"));
    }

    @Override
    public void save(UserId user, Map<ItemId, UserData> states, List<Delivery> deliveries) {
        database.write(handle -> {
            Stream<ItemId> named =
                    Stream.concat(states.keySet().stream(), deliveries.stream().map(Delivery::item));
            Map<Integer, Integer> aliases =
                    Aliases.among(handle, named.map(ItemId::value).distinct().toList());
            saveStates(handle, user, states, aliases);
            for (Delivery delivery : deliveries) {
                SqlOutbox.add(
                        handle,
                        delivery,
                        aliases.getOrDefault(
                                delivery.item().value(), delivery.item().value()));
            }
            return states.size();
        });
    }

    private void saveStates(Handle handle, UserId user, Map<ItemId, UserData> states, Map<Integer, Integer> aliases) {
        List<Entry> entries = new ArrayList<>();
        states.forEach((item, state) ->
                entries.add(new Entry(user.value(), aliases.getOrDefault(item.value(), item.value()), state)));
        save(handle, database.dialect(), entries);
    }

    static void save(Handle handle, Dialect dialect, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(dialect.upsert("user_data", KEY, COLUMNS))) {
            for (Entry entry : entries) {
                UserData state = entry.state();
                batch.bind("user_id", entry.user())
                        .bind("item_id", entry.item())
                        .bind("played", Columns.bit(state.played()))
                        .bind("position", state.positionTicks())
                        .bind("play_count", state.playCount())
                        .bind("favorite", Columns.bit(state.favorite()))
                        .bind("last_played", Columns.nanos(state.lastPlayed()))
                        .bind("rating", Columns.orNull(state.rating()))
                        .bind("hidden_from_resume", Columns.bit(state.hiddenFromResume()))
                        .bind("changed", Columns.nanos(state.changed()))
                        .add();
            }
            batch.execute();
        }
    }
}
