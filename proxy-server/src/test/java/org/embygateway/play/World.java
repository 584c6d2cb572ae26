package org.embygateway.play;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embygateway.index.StoreUnavailable;
import org.embygateway.index.UserRights;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.rewrite.Sealed;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.embygateway.route.Reply;
import org.embygateway.upstream.MemoryFingerprints;

/** The package's parts around a fake index and fake upstreams, and one signed-in user. */
final class World {
    static final String SERVER = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e";
    static final UserId ALICE = new UserId("a11cea11cea11cea11cea11cea11cea1");

    final FakeIndex index = new FakeIndex();
    final FakeUpstreams upstreams = new FakeUpstreams();
    final MemoryStore store = new MemoryStore();
    final MemoryFingerprints fingerprints = new MemoryFingerprints();
    final PassingTime time = new PassingTime();
    final Caller alice;
    final Playing playing;

    World(int... visible) {
        Set<UpstreamId> seen = new HashSet<>();
        for (int number : visible) {
            seen.add(new UpstreamId(number));
        }
        alice = caller(new Visible(seen));
        playing = playing();
    }

    /** A process that shares nothing but the store with the ones before. */
    Playing playing() {
        PlaySessions sessions = new PlaySessions(store, (user, session, client) -> Optional.of(alice), time);
        return new Playing(
                index,
                upstreams,
                upstreams,
                sessions,
                fingerprints,
                new Sealed("key"),
                SERVER,
                time,
                new PlayRules(
                        Duration.ofMillis(300),
                        0,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        user -> UserRights.DEFAULT,
                        PlayObserver.NONE));
    }

    private static Caller caller(Visible visible) {
        return new Caller(
                ALICE,
                "alice",
                false,
                "5e5510005e5510005e5510005e551000",
                new ClientIdentity("Test", "TV", "alices-tv", "1"),
                new Secret("alices-token"),
                visible);
    }

    Call get(String url, String... headers) {
        return call("GET", url, "", headers);
    }

    Call call(String method, String url, String body, String... headers) {
        int mark = url.indexOf('?');
        String path = mark < 0 ? url : url.substring(0, mark);
        Params query = mark < 0 ? Params.NONE : Params.parse(url.substring(mark + 1));
        Map<String, String> params = new HashMap<>();
        params.put("Id", Segments.of(path).size() > 1 ? Segments.of(path).get(1) : "");
        return new Call(
                method,
                URLDecoder.decode(path, StandardCharsets.UTF_8),
                "/emby",
                params,
                query,
                Headers.of(headers),
                body.getBytes(StandardCharsets.UTF_8),
                "192.0.2.9",
                "http://gateway.example",
                alice.client(),
                Optional.of(alice),
                "request-1");
    }

    static JsonNode json(Reply reply) throws IOException {
        return EmbyJson.read(((Reply.Json) reply).body());
    }

    /** A store that forgets nothing but what is removed. */
    static final class MemoryStore implements PlaySessionStore {
        final Map<String, String> texts = new HashMap<>();
        boolean full;

        @Override
        public void put(String id, String text, Instant until) {
            if (full) {
                throw new StoreUnavailable("the disk is full", new IllegalStateException());
            }
            texts.put(id, text);
        }

        @Override
        public Optional<String> find(String id) {
            return Optional.ofNullable(texts.get(id));
        }
    }
}
