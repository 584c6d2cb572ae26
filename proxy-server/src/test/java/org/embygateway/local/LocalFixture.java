package org.embygateway.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.embygateway.auth.People;
import org.embygateway.auth.Requests;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;
import org.embygateway.route.Reply;
import org.embygateway.route.SocketSession;

/** Sessions and sockets on a real database; items 1 to 9 are on the first upstream, 10 and up on the second. */
final class LocalFixture implements AutoCloseable {
    static final ServerFacts FACTS = new ServerFacts("0".repeat(31) + "1", "Home", "4.8.11.0");
    static final ClientIdentity PHONE = new ClientIdentity("Emby iOS", "Phone", "phone-1", "1");

    final Ticking clock = new Ticking();
    final People people;
    final Sessions sessions;
    final SocketHub sockets;
    final SessionPages pages;
    final List<String> reported = new CopyOnWriteArrayList<>();

    static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-01-02T20:00:00Z");

        synchronized void pass(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }
    }

    private static final class FakeLibrary implements Library {
        private static boolean sees(Visible visible, ItemId id) {
            return visible.includes(new UpstreamId(id.value() < 10 ? 1 : 2));
        }

        @Override
        public List<ObjectNode> items(UserId user, Visible visible, List<ItemId> ids) {
            return ids.stream()
                    .filter(id -> sees(visible, id))
                    .map(id -> EmbyJson.object().put("Id", id.toString()))
                    .toList();
        }

        @Override
        public List<ItemId> playable(Caller caller, ItemId id) {
            List<ItemId> leaves = id.value() == 5 ? List.of(new ItemId(6), new ItemId(7)) : List.of(id);
            return leaves.stream().filter(leaf -> sees(caller.visible(), leaf)).toList();
        }

        @Override
        public Set<ItemId> visible(UserId user, Visible visible, Set<ItemId> ids) {
            Set<ItemId> seen = new HashSet<>(ids);
            seen.removeIf(id -> !sees(visible, id));
            return seen;
        }

        @Override
        public List<ItemId> views(UserId user, Visible visible) {
            return List.of(new ItemId(100));
        }
    }

    /** A client's end of a web socket. */
    final class Client implements SocketSession.Socket {
        final List<JsonNode> got = new CopyOnWriteArrayList<>();
        final List<Integer> closes = new CopyOnWriteArrayList<>();
        private final SocketSession session;

        Client(Caller caller) {
            session = sockets.connect(Requests.get("/embywebsocket").as(caller).call());
            session.opened(this);
        }

        @Override
        public void send(String text) {
            got.add(parse(text.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void close(int code, String reason) {
            closes.add(code);
            session.closed();
        }

        void says(String text) {
            session.received(text);
        }

        void hangsUp() {
            session.closed();
        }

        JsonNode last(String type) {
            return got.stream()
                    .filter(m -> m.path("MessageType").asText().equals(type))
                    .reduce((first, second) -> second)
                    .orElseThrow(() -> new AssertionError("no " + type + " in " + got))
                    .path("Data");
        }
    }

    LocalFixture(Path folder) {
        people = new People(folder, clock);
        Library library = new FakeLibrary();
        sessions = new Sessions(FACTS, library, clock);
        sockets = new SocketHub(
                sessions,
                library,
                people.authenticator,
                (caller, type, data) -> reported.add(type + " " + data),
                clock);
        pages = new SessionPages(sessions, sockets, library, people.signIn, people.authenticator);
    }

    Caller signIn(String name, ClientIdentity device) {
        Caller caller = people.signIn(name, "pw", device);
        sessions.seen(caller, "203.0.113.7");
        return caller;
    }

    static JsonNode parse(byte[] json) {
        try {
            return EmbyJson.read(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Reply reply) {
        return switch (reply) {
            case Reply.Bytes bytes -> new String(bytes.body(), StandardCharsets.UTF_8);
            case Reply.Json json -> new String(json.body(), StandardCharsets.UTF_8);
            default -> throw new AssertionError("a reply without a body");
        };
    }

    @Override
    public void close() {
        sockets.close();
        people.close();
    }
}
