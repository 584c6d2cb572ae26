package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.embygateway.index.Copy;
import org.embygateway.index.Delivery;
import org.embygateway.index.IndexChange;
import org.embygateway.index.Memberships;
import org.embygateway.index.MergedItem;
import org.embygateway.index.UserData;
import org.embygateway.index.UserDataStore;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;
import org.embygateway.route.Headers;
import org.embygateway.route.Reply;

/** A catalogue over items merged by hand, and a client that asks it. */
final class Fixture {
    static final String SERVER = "00000000000000000000000000000abc";
    static final UserId ALICE = new UserId("000000000000000000000000000a11ce");
    static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");

    private static final AtomicInteger SESSIONS = new AtomicInteger();

    final FakeIndex index = new FakeIndex();
    final Map<ItemId, UserData> states = new HashMap<>();
    final List<Memberships.Membership> memberships = new ArrayList<>();
    ObjectNode configuration = EmbyJson.object();
    Catalogue catalogue = build();

    private final UserDataStore store = new UserDataStore() {
        @Override
        public Map<ItemId, UserData> find(UserId user, Collection<ItemId> items) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<ItemId, UserData> all(UserId user) {
            return user.equals(ALICE) ? Map.copyOf(states) : Map.of();
        }

        @Override
        public void save(UserId user, Map<ItemId, UserData> saved, List<Delivery> deliveries) {
            throw new UnsupportedOperationException();
        }
    };

    /** Another catalogue over the same index, not loaded. */
    Catalogue build() {
        UserDataStore late = new UserDataStore() {
            @Override
            public Map<ItemId, UserData> find(UserId user, Collection<ItemId> items) {
                return store.find(user, items);
            }

            @Override
            public Map<ItemId, UserData> all(UserId user) {
                return store.all(user);
            }

            @Override
            public void save(UserId user, Map<ItemId, UserData> saved, List<Delivery> deliveries) {
                store.save(user, saved, deliveries);
            }
        };
        return new Catalogue(
                index,
                late,
                GivenLists.stored(60_000, memberships),
                user -> configuration,
                SERVER,
                Clock.fixed(NOW, ZoneOffset.UTC),
                16 << 20);
    }

    Fixture load() {
        catalogue.load();
        return this;
    }

    /** An item under construction; the upstreams' ids are small numbers that mean other things at the gateway. */
    final class Item {
        private final int id;
        private final ItemKind kind;
        private final String name;
        private final List<Copy> copies = new ArrayList<>();
        private Optional<ItemId> series = Optional.empty();
        private Optional<ItemId> season = Optional.empty();
        private List<ItemId> views = List.of();
        private final List<MergedItem.ByNameRef> byName = new ArrayList<>();

        Item(int id, ItemKind kind, String name) {
            this.id = id;
            this.kind = kind;
            this.name = name;
        }

        Item on(int upstream, String library, String json) {
            ObjectNode document = parse(json);
            if (!document.has("Name")) {
                document.put("Name", name);
            }
            String upstreamId = Integer.toString(id % 1000 + 1);
            document.put("Id", upstreamId);
            document.put("ServerId", "badbadbadbadbadbadbadbadbadbad0" + upstream);
            document.put("Type", kind.wireName());
            List<Copy.Source> sources = new ArrayList<>();
            if (kind.isPlayable()) {
                int count = Math.max(1, document.path("MediaSources").size());
                for (int i = 0; i < count; i++) {
                    String source =
                            document.path("MediaSources").path(i).path("Id").asText("src" + upstream + i);
                    int version = 1_000_000 + id * 20 + upstream * 5 + i;
                    sources.add(new Copy.Source(new MediaSourceId(new ItemId(version)), source, "9" + i, 0, 0));
                }
            }
            copies.add(new Copy(new UpstreamId(upstream), upstreamId, library, sources, EmbyJson.write(document)));
            return this;
        }

        Item views(int... ids) {
            views = IntStream.of(ids).mapToObj(ItemId::new).toList();
            return this;
        }

        Item series(int of) {
            series = Optional.of(new ItemId(of));
            return this;
        }

        Item season(int of) {
            season = Optional.of(new ItemId(of));
            return this;
        }

        Item names(ItemKind named, int ref, String refName) {
            byName.add(new MergedItem.ByNameRef(named, new ItemId(ref), refName, ""));
            return this;
        }

        Item by(String role, int ref, String artist) {
            byName.add(new MergedItem.ByNameRef(ItemKind.MUSIC_ARTIST, new ItemId(ref), artist, role));
            return this;
        }

        Item does(String role, int ref, String person) {
            byName.add(new MergedItem.ByNameRef(ItemKind.PERSON, new ItemId(ref), person, role));
            return this;
        }

        ItemId add() {
            ItemId itemId = new ItemId(id);
            index.items.put(itemId, new MergedItem(itemId, kind, name, copies, series, season, views, byName));
            return itemId;
        }
    }

    Item item(int id, ItemKind kind, String name) {
        return new Item(id, kind, name);
    }

    void view(int id, String name, String type, int... upstreams) {
        Item view = item(id, ItemKind.COLLECTION_FOLDER, name);
        for (int upstream : upstreams) {
            view.on(upstream, "", "{'CollectionType':'" + type + "'}");
        }
        view.add();
    }

    /** The library of {@link #view} as its upstream calls it. */
    static String library(int view) {
        return Integer.toString(view % 1000 + 1);
    }

    void apply(Set<ItemId> changed, Set<ItemId> removed) {
        catalogue.apply(new IndexChange(changed, removed));
    }

    void mark(int id, UserData data) {
        states.put(new ItemId(id), data);
        catalogue.userDataChanged(ALICE, Map.of(new ItemId(id), data));
    }

    static UserData played(String at) {
        return new UserData(
                true, 0, 1, false, Optional.of(Instant.parse(at)), OptionalDouble.empty(), false, Instant.parse(at));
    }

    static UserData at(long position, String when) {
        return new UserData(
                false,
                position,
                1,
                false,
                Optional.of(Instant.parse(when)),
                OptionalDouble.empty(),
                false,
                Instant.parse(when));
    }

    static UserData favorite() {
        return new UserData(false, 0, 0, true, Optional.empty(), OptionalDouble.empty(), false, NOW);
    }

    /** Alice in another session each time, so that her lists have nothing to do with those of before. */
    static Caller caller(int... upstreams) {
        return caller("%032x".formatted(SESSIONS.incrementAndGet()), upstreams);
    }

    static Caller caller(String session, int... upstreams) {
        Set<UpstreamId> seen = IntStream.of(upstreams).mapToObj(UpstreamId::new).collect(Collectors.toSet());
        return new Caller(
                ALICE, "alice", false, session, ClientIdentity.UNKNOWN, new Secret("token"), new Visible(seen));
    }

    static Call call(Caller caller, String query, String... path) {
        Map<String, String> params = new HashMap<>();
        for (int i = 0; i + 1 < path.length; i += 2) {
            params.put(path[i], path[i + 1]);
        }
        return new Call(
                "GET",
                "/",
                "",
                params,
                Params.parse(query),
                Headers.NONE,
                new byte[0],
                "127.0.0.1",
                "http://gateway",
                ClientIdentity.UNKNOWN,
                Optional.of(caller),
                "test");
    }

    static JsonNode ask(Handler handler, Caller caller, String query, String... path) {
        return body(handler.handle(call(caller, query, path)));
    }

    static JsonNode body(Reply reply) {
        if (!(reply instanceof Reply.Json json)) {
            throw new AssertionError("not JSON: " + reply);
        }
        try {
            return EmbyJson.read(json.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> names(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path("Name").asText())
                .toList();
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode)
                    EmbyJson.read(json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
