package org.embygateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.embygateway.config.EmbyServer;
import org.embygateway.index.IndexChange;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.index.sql.Stores;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Call;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.embygateway.upstream.CallObserver;
import org.embygateway.upstream.OutboundIdentity;
import org.embygateway.upstream.Peer;
import org.embygateway.upstream.UpstreamOptions;
import org.embygateway.upstream.UpstreamSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerPagesTest {
    private final Peer peer = new Peer();
    private final List<IndexChange> changes = new ArrayList<>();
    private final List<String> indexing = new ArrayList<>();
    private final Store store;
    private final UpstreamSide side;
    private final ServerPages pages;
    private final SyncPages syncPages;

    ServerPagesTest(@TempDir Path folder) {
        store = Stores.open(StoreOptions.sqlite(folder.resolve("gateway.db").toString(), new Secret("key")));
        side = new UpstreamSide(
                store,
                "5d41402abc4b2a76b9719d911017c592",
                new OutboundIdentity("Emby Gateway", "Gateway", "0.1.0"),
                UpstreamOptions.DEFAULT,
                CallObserver.NONE);
        pages = new ServerPages(
                store, side, new Noted(), id -> changes.add(store.media().forgetUpstream(id)));
        syncPages = new SyncPages(store, side, new Noted());
        side.start();
        peer.answering = exchange -> exchange.getRequestURI().getPath().endsWith("/Views")
                && Peer.answer(exchange, 200, "{\"Items\":[{\"Name\":\"Films\"}]}");
    }

    private final class Noted implements Indexing {
        @Override
        public void serversChanged() {
            indexing.add("changed "
                    + side.registry().all().stream().map(UpstreamRecord::name).toList());
        }

        @Override
        public void forgotten(UpstreamId id) {
            indexing.add("forgotten " + id);
        }

        @Override
        public boolean startAgain(UpstreamId id) {
            return indexing.add("again " + id);
        }

        @Override
        public void allow(UpstreamId id, UnaryOperator<SyncRules> change) {
            SyncRules before = store.syncStates().rules(id);
            SyncRules rules = change.apply(before);
            if (!rules.equals(before)) {
                store.syncStates().putRules(id, rules);
                indexing.add("allows " + id);
            }
        }

        @Override
        public boolean catchUp(UpstreamId id) {
            return indexing.add("catches up " + id);
        }

        @Override
        public boolean cancel(UpstreamId id) {
            return indexing.add("cancelled " + id);
        }

        @Override
        public Progress progress(UpstreamId id) {
            return new Progress(
                    "paused",
                    Optional.of(new Paused("people_stream", "People are streaming from this server.")),
                    5,
                    OptionalLong.of(10),
                    2.25,
                    Optional.of(Duration.ofSeconds(2)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    0,
                    "",
                    Optional.of(new Failure("The server is offline.", Instant.EPOCH)),
                    List.of(
                            new Library("Films", "done", 3, OptionalLong.of(3), 1.5, Optional.empty()),
                            new Library(
                                    "Shows",
                                    "listing",
                                    2,
                                    OptionalLong.empty(),
                                    0.5,
                                    Optional.of(Duration.ofSeconds(9)))),
                    true);
        }
    }

    /** Indexes no server as a whole. */
    private static final class Idle implements Indexing {
        @Override
        public void serversChanged() {}

        @Override
        public void forgotten(UpstreamId id) {}

        @Override
        public void allow(UpstreamId id, UnaryOperator<SyncRules> change) {}

        @Override
        public boolean startAgain(UpstreamId id) {
            return false;
        }

        @Override
        public boolean catchUp(UpstreamId id) {
            return false;
        }

        @Override
        public boolean cancel(UpstreamId id) {
            return false;
        }

        @Override
        public Progress progress(UpstreamId id) {
            throw new UnsupportedOperationException();
        }
    }

    @AfterEach
    void close() {
        side.close();
        store.close();
        peer.close();
    }

    private static Call call(String id, String body) {
        return new Call(
                "POST",
                "/admin/servers",
                "",
                id.isEmpty() ? Map.of() : Map.of("Id", id),
                Params.NONE,
                Headers.NONE,
                body.getBytes(StandardCharsets.UTF_8),
                "",
                "",
                ClientIdentity.UNKNOWN,
                Optional.empty(),
                "r");
    }

    private String draft(String name, String more) {
        return "{\"name\":\"%s\",\"url\":\"%s/\",\"username\":\"gateway\",\"password\":\"open\"%s}"
                .formatted(name, peer.url(), more);
    }

    private static int status(Reply reply) {
        return switch (reply) {
            case Reply.Json json -> json.status();
            case Reply.Bytes bytes -> bytes.status();
            case Reply.Empty empty -> empty.status();
            default -> throw new AssertionError(reply);
        };
    }

    private static JsonNode body(Reply reply) {
        byte[] body = reply instanceof Reply.Bytes bytes ? bytes.body() : ((Reply.Json) reply).body();
        try {
            return EmbyJson.read(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String added(String name) {
        Reply reply = pages.add(call("", draft(name, "")));
        assertThat(status(reply)).isEqualTo(201);
        return body(reply).path("id").asText();
    }

    @Test
    void anAddedServerIsWatchedAndIndexedAtOnceAndShownWithoutItsPassword() {
        String id = added("Attic");
        UpstreamId upstream = new UpstreamId(Integer.parseInt(id));
        await().until(() -> side.registry().version(upstream).isPresent());

        JsonNode server = body(pages.list(call("", ""))).path("items").path(0);
        assertThat(server.path("name").asText()).isEqualTo("Attic");
        assertThat(server.path("url").asText()).isEqualTo(peer.url().toString());
        assertThat(server.path("health").path("state").asText()).isEqualTo("online");
        assertThat(server.path("kind").asText()).isEqualTo("emby");
        assertThat(server.path("version").asText()).isEqualTo("4.8.11.0");
        assertThat(server.path("hasPassword").asBoolean()).isTrue();
        assertThat(server.path("playback").asText()).isEqualTo("proxy");
        assertThat(server.path("sync").path("total").asLong()).isEqualTo(10);
        assertThat(server.path("sync").path("etaMs").asLong()).isEqualTo(2000);
        assertThat(server.path("sync").path("libraries").toString())
                .isEqualTo("[{\"name\":\"Films\",\"state\":\"done\",\"done\":3,\"ratePerSec\":1.5,\"total\":3},"
                        + "{\"name\":\"Shows\",\"state\":\"listing\",\"done\":2,\"ratePerSec\":0.5,\"etaMs\":9000}]");
        assertThat(server.toString()).doesNotContain("open");
        assertThat(indexing).containsExactly("changed [Attic]");
    }

    @Test
    void everyFaultOfADraftIsNamedWithItsField() {
        Reply reply = pages.add(call(
                "", "{\"name\":\"\",\"url\":\"ftp://x\",\"playback\":\"telepathy\",\"priority\":-1,\"password\":7}"));

        assertThat(status(reply)).isEqualTo(400);
        assertThat(body(reply).path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("#/name", "#/url", "#/playback", "#/priority", "#/password", "#/username");
        assertThat(((Reply.Bytes) reply).contentType()).isEqualTo("application/problem+json");
        for (String url : List.of(
                "http://",
                "http://u:p@host",
                "http://h/?a=b",
                "http://169.254.169.254/latest",
                "nonsense",
                "http://h:99999")) {
            Reply refused = pages.add(
                    call("", "{\"name\":\"X\",\"url\":\"%s\",\"username\":\"u\",\"password\":\"p\"}".formatted(url)));
            assertThat(status(refused)).as(url).isEqualTo(400);
        }
        assertThat(store.upstreams().all()).isEmpty();
    }

    @Test
    void aNameIsTakenOnlyOnce() {
        added("Attic");
        String other = added("Cellar");
        Reply again = pages.add(call("", draft("ATTIC", "")));
        Reply renamed = pages.change(call(other, "{\"name\":\"attic\"}"));

        assertThat(status(again)).isEqualTo(400);
        assertThat(body(again).path("errors").path(0).path("code").asText()).isEqualTo("name.taken");
        assertThat(status(renamed)).isEqualTo(400);
        assertThat(status(pages.change(call(other, "{\"name\":\"CELLAR\"}")))).isEqualTo(200);
    }

    @Test
    void aChangeTakesEffectAtOnceAndKeepsWhatIsNotNamed() {
        String id = added("Attic");
        UpstreamId upstream = new UpstreamId(Integer.parseInt(id));
        JsonNode changed = body(pages.change(call(id, "{\"playback\":\"redirect\",\"sync\":\"lazy\",\"priority\":7}")));

        assertThat(changed.path("playback").asText()).isEqualTo("redirect");
        assertThat(changed.path("syncMode").asText()).isEqualTo("lazy");
        assertThat(side.registry().find(upstream).orElseThrow().playback()).isEqualTo(PlaybackMode.REDIRECT);
        assertThat(store.accounts()
                        .use(upstream, Optional.empty())
                        .orElseThrow()
                        .password()
                        .value())
                .isEqualTo("open");

        assertThat(status(pages.replace(call(id, "{\"name\":\"Attic\"}")))).isEqualTo(400);
        pages.change(call(id, "{\"enabled\":false}"));
        assertThat(side.registry().all()).isEmpty();
        assertThat(indexing.getLast()).isEqualTo("changed []");
        assertThat(body(pages.get(call(id, ""))).path("health").path("state").asText())
                .isEqualTo("disabled");
    }

    @Test
    void aRemovedServerIsStoppedForgottenAndGoneFromTheCatalogue() {
        String id = added("Attic");
        UpstreamId upstream = new UpstreamId(Integer.parseInt(id));
        store.media().learn(upstream, List.of(movie()));
        store.syncStates().put(new SyncState(upstream, "", true, Optional.empty(), Optional.empty()));

        assertThat(status(pages.remove(call(id, "")))).isEqualTo(204);
        assertThat(changes)
                .singleElement()
                .satisfies(c -> assertThat(c.removed()).isNotEmpty());
        assertThat(indexing).containsSubsequence("changed []", "forgotten " + id, "changed []");
        assertThatThrownBy(() -> pages.get(call(id, "")))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.status()).isEqualTo(404));

        assertThat(added("Attic")).isEqualTo(id);
        assertThat(store.syncStates().find(upstream).filter(SyncState::fullyIndexed))
                .isEmpty();
    }

    private static UpstreamItem movie() {
        return new UpstreamItem(
                "7",
                ItemKind.MOVIE,
                "3",
                "Heat",
                OptionalInt.of(1995),
                0,
                Map.of("tmdb", "949"),
                "3",
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                "",
                List.of(),
                List.of(),
                "{\"Id\":\"7\",\"Name\":\"Heat\",\"Type\":\"Movie\"}".getBytes(StandardCharsets.UTF_8),
                MissingNode.getInstance());
    }

    @Test
    void aTestNamesItsStepsAndIsNoErrorWhenOneFails() {
        JsonNode good = body(pages.test(call("", draft("Attic", ""))));
        assertThat(good.path("ok").asBoolean()).isTrue();
        assertThat(good.path("steps").findValuesAsText("name")).containsExactly("info", "login", "libraries");
        assertThat(good.path("libraries").path(0).asText()).isEqualTo("Films");

        peer.password = "changed";
        JsonNode bad = body(pages.testAgain(call(added("Attic"), "")));
        assertThat(bad.path("ok").asBoolean()).isFalse();
        assertThat(bad.path("steps").path(1).path("code").asText()).isEqualTo("upstream.auth");

        Reply draftless = pages.test(call("", "{\"url\":\"http://x\"}"));
        assertThat(body(draftless).path("errors").findValuesAsText("pointer")).containsExactly("#/username");
    }

    @Test
    void indexingCanBeStartedAgainAndWatched() {
        String id = added("Attic");

        assertThat(status(pages.sync(call(id, "")))).isEqualTo(202);
        assertThat(indexing).contains("again " + id);
        JsonNode progress = body(syncPages.progress(call("", ""))).path("items").path(0);
        assertThat(progress.path("phase").asText()).isEqualTo("paused");
        assertThat(progress.path("mode").asText()).isEqualTo("full");
        assertThat(progress.path("paused").path("code").asText()).isEqualTo("people_stream");
        assertThat(progress.path("lastError").path("detail").asText()).isEqualTo("The server is offline.");
        assertThat(progress.path("listens").asBoolean()).isTrue();
        assertThatThrownBy(() -> pages.sync(call("../1", ""))).isInstanceOf(Refused.class);
    }

    @Test
    void indexingIsStartedPausedResumedAndCancelledForSomeServersOrAll() {
        String attic = added("Attic");
        String cellar = added("Cellar");
        UpstreamId first = new UpstreamId(Integer.parseInt(attic));
        indexing.clear();

        assertThat(status(syncPages.act(call("", "")))).isEqualTo(202);
        assertThat(indexing).containsExactly("catches up " + attic, "catches up " + cellar);
        Reply paused = syncPages.act(call("", "{\"action\":\"pause\",\"serverIds\":[\"%s\"]}".formatted(attic)));
        assertThat(body(paused).path("items").findValuesAsText("serverId")).containsExactly(attic);
        assertThat(store.syncStates().rules(first).paused()).isTrue();
        syncPages.act(call("", "{\"action\":\"Resume\"}"));
        assertThat(store.syncStates().rules(first).paused()).isFalse();
        syncPages.act(call("", "{\"action\":\"cancel\",\"serverIds\":[%s]}".formatted(cellar)));
        assertThat(indexing.getLast()).isEqualTo("cancelled " + cellar);
        syncPages.act(call("", "{\"mode\":\"full\",\"serverIds\":[\"%s\"]}".formatted(cellar)));
        assertThat(indexing.getLast()).isEqualTo("again " + cellar);
    }

    @Test
    void anActionThatMakesNoSenseIsRefusedWithItsFields() {
        added("Attic");
        for (String body : List.of(
                "{\"action\":\"explode\"}",
                "{\"mode\":{}}",
                "{\"serverIds\":[\"77\"]}",
                "{\"serverIds\":[]}",
                "{\"serverIds\":\"1\"}")) {
            Reply refused = syncPages.act(call("", body));
            assertThat(status(refused)).as(body).isEqualTo(400);
            assertThat(body(refused).path("errors")).as(body).isNotEmpty();
        }
        assertThat(status(new SyncPages(store, side, new Idle()).act(call("", ""))))
                .isEqualTo(409);
    }

    @Test
    void whatTheIndexingMayDoIsSetShownAndInForceAtOnce() {
        String id = body(pages.add(call("", draft("Attic", ",\"excludeLibraries\":[\"Home videos\"]"))))
                .path("id")
                .asText();
        UpstreamId upstream = new UpstreamId(Integer.parseInt(id));
        assertThat(store.syncStates().rules(upstream).exclude()).containsExactly("Home videos");

        JsonNode changed = body(pages.change(
                call(id, "{\"requestsPerSecond\":1,\"requestsAtOnce\":2,\"includeLibraries\":[\"Films\"]}")));
        assertThat(changed.path("requestsPerSecond").asInt()).isEqualTo(1);
        assertThat(changed.path("requestsAtOnce").asInt()).isEqualTo(2);
        assertThat(changed.path("includeLibraries").path(0).asText()).isEqualTo("Films");
        assertThat(changed.path("excludeLibraries").path(0).asText()).isEqualTo("Home videos");
        assertThat(indexing).contains("allows " + id);

        Reply refused = pages.change(
                call(id, "{\"requestsPerSecond\":0,\"requestsAtOnce\":33,\"includeLibraries\":\"Films\"}"));
        assertThat(body(refused).path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("#/requestsPerSecond", "#/requestsAtOnce", "#/includeLibraries");
        assertThat(store.syncStates().rules(upstream).requestsPerSecond()).isEqualTo(1);
    }

    @Test
    void whatTheFileAllowsIsFollowedWhenTheFileChangesOnly() {
        Configured file = new Configured(store);
        EmbyServer films = new EmbyServer(
                "A",
                URI.create("http://a"),
                "gateway",
                new Secret("p"),
                PlaybackMode.PROXY,
                SyncMode.FULL,
                3,
                1,
                0,
                List.of("Films"),
                List.of(),
                List.of(),
                Optional.empty(),
                "");
        file.bring(List.of(films));
        UpstreamId a = store.upstreams().all().getFirst().id();
        assertThat(store.syncStates().rules(a)).isEqualTo(new SyncRules(3, 1, List.of("Films"), List.of(), false));

        store.syncStates().putRules(a, SyncRules.DEFAULT.paused(true));
        file.bring(List.of(films));
        assertThat(store.syncStates().rules(a)).isEqualTo(SyncRules.DEFAULT.paused(true));

        file.bring(List.of(configured("A", "http://a", "p", SyncMode.FULL)));
        assertThat(store.syncStates().rules(a)).isEqualTo(SyncRules.DEFAULT.paused(true));
        file.bring(List.of(films));
        assertThat(store.syncStates().rules(a)).isEqualTo(new SyncRules(3, 1, List.of("Films"), List.of(), true));
    }

    private static EmbyServer configured(String name, String url, String password, SyncMode sync) {
        return new EmbyServer(
                name,
                URI.create(url),
                "gateway",
                new Secret(password),
                PlaybackMode.PROXY,
                sync,
                10,
                4,
                0,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                "");
    }

    @Test
    void configuredServersKeepTheirNumberWhateverChangesInTheFile() {
        Configured file = new Configured(store);
        file.bring(List.of(
                configured("A", "http://a", "p", SyncMode.FULL), configured("B", "http://b", "p", SyncMode.FULL)));
        UpstreamId a = store.upstreams().all().get(0).id();
        UpstreamId b = store.upstreams().all().get(1).id();

        file.bring(List.of(
                configured("B", "http://b", "p", SyncMode.FULL), configured("A", "http://moved", "q", SyncMode.LAZY)));
        assertThat(store.upstreams().all()).extracting(UpstreamRecord::id).containsExactly(b, a);
        UpstreamRecord moved = store.upstreams().find(a).orElseThrow();
        assertThat(moved.url()).hasToString("http://moved");
        assertThat(moved.sync()).isEqualTo(SyncMode.LAZY);
        assertThat(store.accounts()
                        .use(a, Optional.empty())
                        .orElseThrow()
                        .password()
                        .value())
                .isEqualTo("q");

        file.bring(List.of(configured("A", "http://moved", "q", SyncMode.LAZY)));
        assertThat(store.upstreams().find(b).orElseThrow().enabled()).isFalse();
        file.bring(List.of(
                configured("A", "http://moved", "q", SyncMode.LAZY), configured("B", "http://b", "p", SyncMode.FULL)));
        assertThat(store.upstreams().find(b).orElseThrow().enabled()).isTrue();
    }

    @Test
    void whatAnAdministratorSetOutlivesARestartUntilTheFileChanges() {
        Configured file = new Configured(store);
        file.bring(List.of(configured("A", peer.url().toString(), "open", SyncMode.FULL)));
        side.registry().reload();
        String id = store.upstreams().all().getFirst().id().toString();

        assertThat(status(pages.change(call(id, "{\"playback\":\"redirect\"}"))))
                .isEqualTo(200);
        file.bring(List.of(configured("A", peer.url().toString(), "open", SyncMode.FULL)));
        assertThat(store.upstreams().all().getFirst().playback()).isEqualTo(PlaybackMode.REDIRECT);
        assertThat(status(pages.change(call(id, "{\"url\":\"http://elsewhere\"}"))))
                .isEqualTo(409);
        assertThat(status(pages.remove(call(id, "")))).isEqualTo(409);
        assertThat(store.media().find(Set.of(), Visible.NOTHING)).isEmpty();
    }
}
