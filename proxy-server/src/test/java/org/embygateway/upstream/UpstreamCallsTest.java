package org.embygateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.embygateway.index.AccountRecord.WatchState;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamCallsTest {
    private static final String SERVER_ID = "5d41402abc4b2a76b9719d911017c592";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final UserId ALICE = UserId.random();
    private static final OutboundIdentity IDENTITY = new OutboundIdentity("Emby Gateway", "Gateway", "0.1.0");
    private static final HealthTimes SELDOM = new HealthTimes(
            Duration.ofMinutes(10), Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofMinutes(10));

    private final MemoryStore store = new MemoryStore();
    private final Peer peer = new Peer();
    private UpstreamSide side = side(10);
    private UpstreamId id = new UpstreamId(99);

    private UpstreamSide side(int devices) {
        return new UpstreamSide(store, SERVER_ID, IDENTITY, new UpstreamOptions(SELDOM, devices), CallObserver.NONE);
    }

    @BeforeEach
    void register() {
        id = registered("");
        side.start();
    }

    private UpstreamId registered(String path) {
        UpstreamRecord record = store.upstreams()
                .add("Peer" + path, java.net.URI.create(peer.url() + path), PlaybackMode.PROXY, SyncMode.FULL, false);
        store.accounts().put(record.id(), Optional.empty(), "gateway", new Secret("open"), WatchState.SHARED);
        return record.id();
    }

    private void restart(int devices) {
        side.close();
        side = side(devices);
        side.start();
    }

    @AfterEach
    void stop() {
        side.close();
        peer.close();
    }

    private static Actor on(String device) {
        return new Actor(Optional.of(ALICE), new ClientIdentity("App", "TV", device, "1"));
    }

    private static UpstreamRequest items() {
        return UpstreamRequest.get("/Users/{user}/Items", Map.of("UserId", "{user}"), LIMIT);
    }

    private static void assertFault(UpstreamFault fault, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        UpstreamFailed.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }

    @Test
    void signsInOnFirstNeedAndKeepsTheTokenOverARestart() {
        assertThat(side.calls().json(id, Actor.GATEWAY, items()).path("Path").asText())
                .isEqualTo("/Users/u1/Items");
        side.calls().json(id, Actor.GATEWAY, items());
        restart(10);
        side.calls().json(id, Actor.GATEWAY, items());

        assertThat(peer.signIns()).isEqualTo(1);
        assertThat(peer.calls(s -> s.path().endsWith("/Items")))
                .extracting(Peer.Seen::query)
                .containsOnly("UserId=u1");
    }

    @Test
    void anExpiredTokenIsRenewedOnceForTwoHundredParallelCalls() throws Exception {
        side.calls().json(id, on("tv"), items());
        peer.expireTokens();

        List<Callable<UpstreamResponse>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(() -> side.calls().send(id, on("tv"), items()));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<UpstreamResponse> answer : threads.invokeAll(calls)) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        assertThat(peer.signIns()).isEqualTo(2);
    }

    @Test
    void aWrongPasswordIsTriedOnceAndThenRefusedWithoutAskingUntilItChanges() {
        peer.password = "changed";
        for (int i = 0; i < 5; i++) {
            assertFault(UpstreamFault.SIGN_IN_REFUSED, () -> side.calls().json(id, Actor.GATEWAY, items()));
        }
        assertThat(peer.calls(s -> s.path().endsWith("/AuthenticateByName"))).hasSize(1);
        assertThat(side.registry().isOnline(id)).isTrue();

        store.accounts().put(id, Optional.empty(), "gateway", new Secret("changed"), WatchState.SHARED);
        assertThat(side.calls().send(id, Actor.GATEWAY, items()).status()).isEqualTo(200);
    }

    @Test
    void aServerThatRefusesEveryTokenIsNotStormedWithSignIns() {
        peer.answering = exchange -> exchange.getRequestURI().getPath().endsWith("/Items")
                && Peer.answer(exchange, 401, "Access token is invalid or expired.");
        for (int i = 0; i < 20; i++) {
            assertFault(UpstreamFault.SIGN_IN_REFUSED, () -> side.calls().json(id, Actor.GATEWAY, items()));
        }
        assertThat(peer.signIns()).isLessThanOrEqualTo(4);
    }

    @Test
    void a403OfOneItemIsOnlyThatItems() {
        peer.answering =
                exchange -> exchange.getRequestURI().getPath().endsWith("/Items/7") && Peer.answer(exchange, 403, "no");
        UpstreamRequest forbidden = UpstreamRequest.get("/Users/{user}/Items/7", Map.of(), LIMIT);

        for (int i = 0; i < 10; i++) {
            assertFault(UpstreamFault.FORBIDDEN, () -> side.calls().json(id, Actor.GATEWAY, forbidden));
        }
        assertThat(side.calls().send(id, Actor.GATEWAY, items()).status()).isEqualTo(200);
        assertThat(peer.signIns()).isEqualTo(1);
        assertThat(side.registry().isOnline(id)).isTrue();
    }

    @Test
    void theIdentityIsTheSameForSignInApiImagesAndMedia() {
        side.calls().json(id, on("tv"), items());
        side.calls().send(id, on("tv"), UpstreamRequest.get("/Items/7/Images/Primary", Map.of(), LIMIT));
        RelaySource media = side.calls()
                .media(
                        id,
                        on("tv"),
                        "/Videos/7/stream",
                        Map.of("Static", "true"),
                        Headers.of(
                                "Range",
                                "bytes=0-",
                                "User-Agent",
                                "Player/1",
                                "X-Emby-Authorization",
                                "Emby Client=\"App\""));

        List<Peer.Seen> withAccount = peer.calls(s -> !s.path().endsWith("/Public"));
        assertThat(withAccount)
                .extracting(Peer.Seen::identity)
                .containsOnly("Emby Client=\"Emby Gateway\", Device=\"Gateway\", Version=\"0.1.0\"");
        assertThat(withAccount)
                .extracting(Peer.Seen::device)
                .containsOnly(side.calls().deviceOn(id, on("tv")));
        assertThat(peer.seen).extracting(Peer.Seen::agent).containsOnly("Emby-Gateway/0.1.0");
        assertThat(media.headers().first("User-Agent")).contains("Emby-Gateway/0.1.0");
        assertThat(media.headers().first("Range")).contains("bytes=0-");
        assertThat(media.headers().all().get("X-Emby-Authorization"))
                .singleElement()
                .asString()
                .contains("Emby Gateway")
                .contains(side.calls().deviceOn(id, on("tv")));
        assertThat(media.uri()).hasToString(peer.url() + "/Videos/7/stream?Static=true&api_key=token1");
    }

    @Test
    void devicesBeyondTheLimitShareOneAndARestartDoesNotHandOutMore() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            ids.add(side(4).calls().deviceOn(id, on("tv" + i)));
        }
        for (int i = 20; i > 0; i--) {
            ids.add(side(4).calls().deviceOn(id, on("tv" + i)));
        }
        ids.add(side(4).calls().deviceOn(id, Actor.GATEWAY));

        assertThat(ids).hasSize(3);
        assertThat(side(4).calls().deviceOn(id, on("tv0")))
                .isNotEqualTo(side(4).calls().deviceOn(id, on("tv1")));
    }

    @Test
    void aUsersOwnAccountHasItsOwnSignIn() {
        store.accounts().put(id, Optional.of(ALICE), "alice", new Secret("open"), WatchState.OWN);
        side.calls().json(id, on("tv"), items());
        side.calls().json(id, Actor.GATEWAY, items());

        assertThat(peer.signIns()).isEqualTo(2);
    }

    @Test
    void findsTheServerBelowAPrefix() {
        peer.answering = exchange -> !exchange.getRequestURI().getPath().startsWith("/jelly/sub/emby/")
                && Peer.answer(exchange, 404, "<html>not here</html>");
        UpstreamId below = registered("/jelly/sub");
        side.registry().reload();

        assertThat(side.calls().json(below, Actor.GATEWAY, items()).path("Path").asText())
                .isEqualTo("/jelly/sub/emby/Users/u1/Items");
        RelaySource media = side.calls().media(below, Actor.GATEWAY, "/Videos/7/stream", Map.of(), Headers.NONE);
        assertThat(media.uri().getPath()).isEqualTo("/jelly/sub/emby/Videos/7/stream");
    }

    @Test
    void aRedirectOnTheSameHostIsFollowedWithMethodBodyAndToken() {
        peer.answering = exchange -> {
            String path = exchange.getRequestURI().toString();
            exchange.getResponseHeaders().set("Location", "/moved" + path);
            return !path.startsWith("/moved") && Peer.answer(exchange, 302, "");
        };
        UpstreamRequest report =
                UpstreamRequest.post("/Sessions/Playing", Map.of(), "{}".getBytes(StandardCharsets.UTF_8), LIMIT);

        assertThat(side.calls().json(id, Actor.GATEWAY, report).path("Path").asText())
                .isEqualTo("/moved/Sessions/Playing");
        assertThat(peer.seen.getLast().method()).isEqualTo("POST");
    }

    @Test
    void anotherHostNeverSeesCredentials() {
        try (Peer other = new Peer()) {
            other.answering = exchange -> Peer.answer(exchange, 200, "{}");
            peer.answering = exchange -> exchange.getRequestURI().getPath().contains("/Images/")
                    && redirect(exchange, "http://127.0.0.1:" + other.port() + "/picture");
            UpstreamRequest image = UpstreamRequest.get("/Items/7/Images/Primary", Map.of(), LIMIT);

            assertThat(side.calls().send(id, Actor.GATEWAY, image).status()).isEqualTo(200);
            assertThat(other.seen)
                    .singleElement()
                    .satisfies(s -> assertThat(s.identity()).isEmpty());
            UpstreamRequest post = UpstreamRequest.post("/Items/7/Images/Primary", Map.of(), new byte[0], LIMIT);
            assertFault(UpstreamFault.BAD_ANSWER, () -> side.calls().send(id, Actor.GATEWAY, post));
            assertThat(other.seen).hasSize(1);
        }
    }

    private static boolean redirect(HttpExchange exchange, String where) throws IOException {
        exchange.getResponseHeaders().set("Location", where);
        return Peer.answer(exchange, 302, "");
    }

    @Test
    void unzipsAndTakesNoHtmlForJson() {
        peer.answering = exchange -> exchange.getRequestURI().getPath().endsWith("/Items") && zipped(exchange);
        assertThat(side.calls().json(id, Actor.GATEWAY, items()).path("Zipped").asBoolean())
                .isTrue();

        peer.answering = exchange -> exchange.getRequestURI().getPath().endsWith("/Items")
                && Peer.answer(exchange, 200, "<html>Sign in to the hotel network</html>");
        assertFault(UpstreamFault.BAD_ANSWER, () -> side.calls().json(id, Actor.GATEWAY, items()));
    }

    private static boolean zipped(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write("{\"Zipped\":true}".getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, bytes.size());
        exchange.getResponseBody().write(bytes.toByteArray());
        return true;
    }

    @Test
    void aBodyThatBreaksOffIsABadAnswer() {
        peer.answering = exchange -> {
            if (!exchange.getRequestURI().getPath().endsWith("/Items")) {
                return false;
            }
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"Items\":[".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            return true;
        };
        assertFault(UpstreamFault.BAD_ANSWER, () -> side.calls().json(id, Actor.GATEWAY, items()));
    }

    @Test
    void anAnswerWithoutEndIsGivenUpAndTheNextOneTaken() {
        side.calls().json(id, Actor.GATEWAY, items());
        byte[] piece = "{\"Name\":\"x\"},".repeat(5_000).getBytes(StandardCharsets.UTF_8);
        Peer.Answering usual = peer.answering;
        peer.answering = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(piece);
                }
            }
        };
        assertFault(UpstreamFault.BAD_ANSWER, () -> side.calls().json(id, Actor.GATEWAY, items()));

        peer.answering = usual;
        assertThat(side.calls().json(id, Actor.GATEWAY, items())).isNotEmpty();
    }

    @Test
    void theLimitCoversTheBodyToo() {
        side.calls().json(id, Actor.GATEWAY, items());
        peer.answering = exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            peer.stall();
            return true;
        };
        UpstreamRequest soon = UpstreamRequest.get("/Users/{user}/Items", Map.of(), Duration.ofMillis(300));
        long start = System.nanoTime();

        assertFault(UpstreamFault.TIMED_OUT, () -> side.calls().json(id, Actor.GATEWAY, soon));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void failuresNameNeitherAddressesNorTokens() {
        peer.answering = exchange -> Peer.answer(exchange, 500, "secret token1 at " + peer.url());
        assertThatThrownBy(() -> side.calls().json(id, Actor.GATEWAY, items()))
                .message()
                .doesNotContain("localhost")
                .doesNotContain("token1")
                .doesNotContain("open");
    }

    @Test
    void jellyfinGetsItsOwnHeaderAndDeleteInsteadOfPost() {
        peer.version = "10.10.3";
        restart(10);
        UpstreamRequest unplayed =
                UpstreamRequest.post("/Users/{user}/PlayedItems/7/Delete", Map.of(), new byte[0], LIMIT);

        assertThat(side.calls().send(id, on("tv"), unplayed).status()).isEqualTo(200);
        Peer.Seen last = peer.seen.getLast();
        assertThat(last.method() + " " + last.path()).isEqualTo("DELETE /Users/u1/PlayedItems/7");
        assertThat(last.identity()).startsWith("MediaBrowser Client=");
        RelaySource media = side.calls().media(id, on("tv"), "/Videos/7/original.mkv", Map.of(), Headers.NONE);
        assertThat(media.uri()).hasToString(peer.url() + "/Videos/7/stream.mkv?ApiKey=token1&static=true");
        assertThat(store.upstreams().find(id).orElseThrow().kind()).isEqualTo(UpstreamRecord.Kind.JELLYFIN);
    }

    @Test
    void aMediaSourceThatWasRefusedIsMadeWithANewToken() {
        RelaySource old = side.calls().media(id, on("tv"), "/Videos/7/stream", Map.of(), Headers.NONE);
        peer.expireTokens();
        side.calls().refused(old, on("tv"));
        side.calls().refused(old, on("tv"));

        RelaySource fresh = side.calls().media(id, on("tv"), "/Videos/7/stream", Map.of(), Headers.NONE);
        assertThat(fresh.uri().getQuery()).isEqualTo("api_key=token2");
        assertThat(peer.signIns()).isEqualTo(2);
    }

    @Test
    void aFanOutAnswersInTheUpstreamsOrderAndMarksWhatIsMissing() {
        UpstreamId unknown = new UpstreamId(77);
        List<Answer<String>> answers = side.fanOut()
                .ask(
                        List.of(unknown, id),
                        Duration.ofSeconds(5),
                        upstream -> side.calls()
                                .json(upstream, Actor.GATEWAY, items())
                                .path("Path")
                                .asText());

        assertThat(answers)
                .containsExactly(
                        new Answer.Missing<>(unknown, UpstreamFault.UNREACHABLE),
                        new Answer.Got<>(id, "/Users/u1/Items"));
        assertThat(answers.stream().map(Answer::from).collect(Collectors.toList()))
                .containsExactly(unknown, id);
    }
}
