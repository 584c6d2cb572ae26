package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnList.ShareLevel;
import org.embygateway.index.OwnLists;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Members are kept as they were called when they were added, and followed to what they are now: nothing is lost when a
 * merge is undone.
 */
final class SqlOwnLists implements OwnLists {
    private static final String ENTRY_SEQUENCE = "list_entry";

    private final Database database;

    SqlOwnLists(Database database) {
        this.database = database;
    }

    /** What nobody can see any more: private lists of removed users that were shared with nobody. */
    void removeLost() {
        database.write(handle -> handle.execute("""
                DELETE FROM own_list
                WHERE owner IS NULL AND is_public = 0 AND id NOT IN (SELECT list_id FROM own_list_share)
                """));
    }

    @Override
    public List<OwnList> all() {
        return database.read(handle -> read(
                handle.createQuery("SELECT * FROM own_list ORDER BY id")
                        .map((row, context) -> head(row))
                        .list(),
                entries(handle, 1, Integer.MAX_VALUE),
                shares(handle, 1, Integer.MAX_VALUE)));
    }

    @Override
    public Optional<OwnList> find(ItemId id) {
        return database.read(handle -> find(handle, id.value()));
    }

    private static Optional<OwnList> find(Handle handle, int id) {
        List<OwnList> heads = handle.createQuery("SELECT * FROM own_list WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> head(row))
                .list();
        return read(heads, entries(handle, id, id), shares(handle, id, id)).stream()
                .findFirst();
    }

    private static List<OwnList> read(
            List<OwnList> heads,
            Map<Integer, List<OwnList.Entry>> entries,
            Map<Integer, Map<UserId, ShareLevel>> shares) {
        return heads.stream()
                .map(head -> new OwnList(
                        head.id(),
                        head.kind(),
                        head.name(),
                        head.owner(),
                        head.mediaType(),
                        head.isPublic(),
                        shares.getOrDefault(head.id().value(), Map.of()),
                        head.created(),
                        head.changed(),
                        entries.getOrDefault(head.id().value(), List.of())))
                .toList();
    }

    private static OwnList head(ResultSet row) throws SQLException {
        return new OwnList(
                new ItemId(row.getInt("id")),
                ItemKind.ofCode(row.getInt("kind")),
                row.getString("name"),
                Optional.ofNullable(row.getString("owner")).map(UserId::new),
                row.getString("media_type"),
                Columns.flag(row, "is_public"),
                Map.of(),
                Columns.instant(row, "created"),
                Columns.instant(row, "changed"),
                List.of());
    }

    private static Map<Integer, List<OwnList.Entry>> entries(Handle handle, int first, int last) {
        Map<Integer, List<OwnList.Entry>> entries = new HashMap<>();
        handle.createQuery("""
                        SELECT e.id, e.list_id, e.item_id, COALESCE(i.alias_of, e.item_id) AS current_id
                        FROM own_list_entry e LEFT JOIN item i ON i.id = e.item_id
                        WHERE e.list_id BETWEEN :first AND :last ORDER BY e.list_id, e.position
                        """)
                .bind("first", first)
                .bind("last", last)
                .map((row, context) -> Map.entry(
                        row.getInt("list_id"),
                        new OwnList.Entry(
                                row.getInt("id"),
                                new ItemId(row.getInt("item_id")),
                                new ItemId(row.getInt("current_id")))))
                .forEach(entry -> entries.computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                        .add(entry.getValue()));
        return entries;
    }

    private static Map<Integer, Map<UserId, ShareLevel>> shares(Handle handle, int first, int last) {
        Map<Integer, Map<UserId, ShareLevel>> shares = new HashMap<>();
        handle.createQuery("SELECT * FROM own_list_share WHERE list_id BETWEEN :first AND :last")
                .bind("first", first)
                .bind("last", last)
                .map((row, context) -> {
                    UserId user = new UserId(row.getString("user_id"));
                    return Map.entry(row.getInt("list_id"), Map.entry(user, level(row.getString("level"))));
                })
                .forEach(share -> shares.computeIfAbsent(share.getKey(), id -> new HashMap<>())
                        .put(share.getValue().getKey(), share.getValue().getValue()));
        return shares;
    }

    private static ShareLevel level(String stored) {
        return ShareLevel.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    @Override
    public int count(UserId owner) {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM own_list WHERE owner = :owner")
                .bind("owner", owner.value())
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public OwnList create(ItemKind kind, String name, UserId owner, String mediaType, boolean isPublic, Instant now) {
        return database.write(handle -> {
            int id = newItem(handle, kind);
            handle.createUpdate("""
                            INSERT INTO own_list (id, kind, name, owner, media_type, is_public, created, changed)
                            VALUES (:id, :kind, :name, :owner, :media_type, :is_public, :now, :now)
                            """)
                    .bind("id", id)
                    .bind("kind", kind.code())
                    .bind("name", Texts.storable(name))
                    .bind("owner", owner.value())
                    .bind("media_type", Texts.storable(mediaType))
                    .bind("is_public", Columns.bit(isPublic))
                    .bind("now", Columns.nanos(now))
                    .execute();
            return find(handle, id).orElseThrow();
        });
    }

    private int newItem(Handle handle, ItemKind kind) {
        Items items = new Items(new Statements(handle), database.dialect());
        int id = items.newIds(1)[0];
        items.save(List.of(new Items.Row(id, kind, 0)));
        return id;
    }

    @Override
    public void rename(ItemId list, String name, Instant now) {
        database.write(handle -> handle.createUpdate("UPDATE own_list SET name = :name, changed = :now WHERE id = :id")
                .bind("name", Texts.storable(name))
                .bind("now", Columns.nanos(now))
                .bind("id", list.value())
                .execute());
    }

    @Override
    public void publish(ItemId list, boolean isPublic, Instant now) {
        database.write(handle -> handle.createUpdate(
                        "UPDATE own_list SET is_public = :is_public, changed = :now WHERE id = :id")
                .bind("is_public", Columns.bit(isPublic))
                .bind("now", Columns.nanos(now))
                .bind("id", list.value())
                .execute());
    }

    @Override
    public void share(ItemId list, Collection<UserId> users, ShareLevel level) {
        database.write(handle -> {
            users.forEach(user -> share(handle, list, user, level));
            return users.size();
        });
    }

    private static void share(Handle handle, ItemId list, UserId user, ShareLevel level) {
        handle.createUpdate("DELETE FROM own_list_share WHERE list_id = :list AND user_id = :user")
                .bind("list", list.value())
                .bind("user", user.value())
                .execute();
        if (level != ShareLevel.NONE) {
            handle.createUpdate("""
                            INSERT INTO own_list_share (list_id, user_id, level)
                            SELECT l.id, u.id, :level FROM own_list l, gateway_user u
                            WHERE l.id = :list AND u.id = :user
                            """)
                    .bind("level", level.name().toLowerCase(Locale.ROOT))
                    .bind("list", list.value())
                    .bind("user", user.value())
                    .execute();
        }
    }

    @Override
    public void add(ItemId list, List<ItemId> items, Instant now) {
        if (items.isEmpty()) {
            return;
        }
        database.write(handle -> {
            if (touch(handle, list, now) == 0) {
                return 0;
            }
            int position = handle.createQuery(
                            "SELECT COALESCE(MAX(position), -1) + 1 FROM own_list_entry WHERE list_id = :list")
                    .bind("list", list.value())
                    .mapTo(Integer.class)
                    .one();
            int entry = Math.toIntExact(Sequences.take(handle, ENTRY_SEQUENCE, items.size()));
            try (PreparedBatch batch = handle.prepareBatch(
                    "INSERT INTO own_list_entry (id, list_id, position, item_id) VALUES (?, ?, ?, ?)")) {
                for (ItemId item : items) {
                    batch.add(entry++, list.value(), position++, item.value());
                }
                batch.execute();
            }
            return items.size();
        });
    }

    /** How many lists that are: one or none. */
    private static int touch(Handle handle, ItemId list, Instant now) {
        return handle.createUpdate("UPDATE own_list SET changed = :now WHERE id = :id")
                .bind("now", Columns.nanos(now))
                .bind("id", list.value())
                .execute();
    }

    @Override
    public void remove(ItemId list, Collection<Integer> entries, Instant now) {
        database.write(handle -> {
            for (List<Integer> chunk : Chunks.of(entries)) {
                handle.createUpdate("DELETE FROM own_list_entry WHERE list_id = :list AND id IN (<ids>)")
                        .bindList("ids", chunk)
                        .bind("list", list.value())
                        .execute();
            }
            return touch(handle, list, now);
        });
    }

    @Override
    public void move(ItemId list, int entry, int index, Instant now) {
        database.write(handle -> {
            List<Integer> order = new ArrayList<>(
                    handle.createQuery("SELECT id FROM own_list_entry WHERE list_id = :list ORDER BY position")
                            .bind("list", list.value())
                            .mapTo(Integer.class)
                            .list());
            if (!order.remove(Integer.valueOf(entry))) {
                return 0;
            }
            order.add(Math.clamp(index, 0, order.size()), entry);
            try (PreparedBatch batch = handle.prepareBatch("UPDATE own_list_entry SET position = ? WHERE id = ?")) {
                for (int position = 0; position < order.size(); position++) {
                    batch.add(position, order.get(position));
                }
                batch.execute();
            }
            return touch(handle, list, now);
        });
    }

    @Override
    public void delete(ItemId list) {
        database.write(handle -> handle.createUpdate("DELETE FROM own_list WHERE id = :id")
                .bind("id", list.value())
                .execute());
    }

    @Override
    public ItemId view(ItemKind kind) {
        String name = "view." + kind.wireName();
        return database.write(handle -> {
            Optional<String> known = handle.createQuery("SELECT value FROM setting WHERE name = :name")
                    .bind("name", name)
                    .mapTo(String.class)
                    .findOne();
            if (known.isPresent()) {
                return new ItemId(Integer.parseInt(known.get()));
            }
            int id = newItem(handle, ItemKind.USER_VIEW);
            handle.execute("INSERT INTO setting (name, value) VALUES (?, ?)", name, Integer.toString(id));
            return new ItemId(id);
        });
    }
}
