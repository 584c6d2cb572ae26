package org.embygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.embygateway.route.EdgeRequest;
import org.embygateway.route.Headers;
import org.embygateway.route.Reply;
import org.embygateway.route.RequestHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakCheck.class)
class EdgeServerTest {
    private static EdgeUnderTest edge(RequestHandler handler) throws IOException {
        return new EdgeUnderTest(options -> options, handler);
    }

    private static Reply echo(EdgeRequest request) {
        return Reply.text(
                200,
                request.method() + " " + request.rawPath() + "?" + request.rawQuery() + " "
                        + new String(request.body(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aRequestReachesTheHandlerAsItWasSent(EdgeSetup setup) throws Exception {
        AtomicReference<EdgeRequest> seen = new AtomicReference<>();
        try (EdgeUnderTest edge = new EdgeUnderTest(setup::of, request -> {
                    seen.set(request);
                    assertThat(Thread.currentThread().isVirtual()).isTrue();
                    return echo(request);
                });
                RawClient client = edge.client()) {
            client.send("POST /emby//Users/A%20b?api_key=x&y=%26 HTTP/1.1\r\nhost: h\r\nX-A: 1\r\nx-a: 2\r\n"
                    + "Content-Length: 4\r\n\r\nbody");
            assertThat(client.response().text()).isEqualTo("POST /emby//Users/A%20b?api_key=x&y=%26 body");
            assertThat(seen.get().headers().all().get("X-A")).containsExactly("1", "2");
            assertThat(seen.get().remote().getAddress().isLoopbackAddress()).isTrue();
            assertThat(client.get("/again").text()).isEqualTo("GET /again? ");
        }
    }

    @Test
    void anAbsoluteTargetIsCutToItsPath() throws Exception {
        try (EdgeUnderTest edge = edge(EdgeServerTest::echo);
                RawClient client = edge.client()) {
            assertThat(client.get("http://gateway:80/a?b=c").text()).isEqualTo("GET /a?b=c ");
            assertThat(client.get("HTTP://gateway").text()).isEqualTo("GET /? ");
            assertThat(client.get("http://gateway?b=/c/d").text()).isEqualTo("GET /?b=/c/d ");
        }
    }

    @Test
    void everyResponseMayBeReadFromAnotherOriginAndCarriesADate() throws Exception {
        try (EdgeUnderTest edge = edge(request -> Reply.text(401, "no"));
                RawClient client = edge.client()) {
            RawClient.Response response = client.get("/", "Origin: https://app.emby.media");
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.field("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(response.field("Access-Control-Expose-Headers")).contains("Content-Range", "ETag");
            assertThat(response.field("Date")).endsWith("GMT");
            assertThat(response.field("Server")).isNull();
        }
    }

    @Test
    void preflightsAreAnsweredWithoutTheHandler() throws Exception {
        try (EdgeUnderTest edge = edge(request -> {
                    throw new AssertionError();
                });
                RawClient client = edge.client()) {
            RawClient.Response response = client.ask(
                            "OPTIONS", "/any/path", "Access-Control-Request-Private-Network: true")
                    .response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertThat(response.field("Access-Control-Allow-Headers")).contains("X-Emby-Token");
            assertThat(response.field("Access-Control-Allow-Methods")).contains("DELETE");
            assertThat(response.field("Access-Control-Max-Age")).isEqualTo("86400");
            assertThat(response.field("Access-Control-Allow-Private-Network")).isEqualTo("true");
            assertThat(client.ask("OPTIONS", "*").response().status()).isEqualTo(200);
        }
    }

    @Test
    void jsonIsNeverCached() throws Exception {
        try (EdgeUnderTest edge = edge(request -> Reply.json("{}".getBytes(StandardCharsets.UTF_8)));
                RawClient client = edge.client()) {
            RawClient.Response response = client.get("/");
            assertThat(response.field("Content-Type")).isEqualTo("application/json; charset=utf-8");
            assertThat(response.field("Expires")).isEqualTo("-1");
            assertThat(response.field("Content-Length")).isEqualTo("2");
        }
    }

    @Test
    void longTextIsCompressedForClientsThatTakeIt() throws Exception {
        String text = "{\"a\":\"" + "x".repeat(5000) + "\"}";
        try (EdgeUnderTest edge = edge(request -> Reply.json(text.getBytes(StandardCharsets.UTF_8)));
                RawClient client = edge.client()) {
            RawClient.Response squeezed = client.get("/", "Accept-Encoding: deflate, gzip;q=0.5");
            assertThat(squeezed.field("Content-Encoding")).isEqualTo("gzip");
            assertThat(squeezed.field("Vary")).isEqualTo("Accept-Encoding");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(squeezed.body())).readAllBytes())
                    .asString()
                    .isEqualTo(text);
            assertThat(client.get("/", "Accept-Encoding: gzip;q=0").field("Content-Encoding"))
                    .isNull();
            assertThat(client.get("/").text()).isEqualTo(text);
        }
    }

    @Test
    void mediaAndPartsAreNeverCompressed() throws Exception {
        byte[] bytes = new byte[5000];
        try (EdgeUnderTest edge = edge(request -> request.rawPath().equals("/video")
                        ? new Reply.Bytes(200, "video/mp4", Headers.NONE, bytes)
                        : new Reply.Bytes(206, "text/vtt", Headers.of("Content-Range", "bytes 0-4999/9999"), bytes));
                RawClient client = edge.client()) {
            assertThat(client.get("/video", "Accept-Encoding: gzip").body()).hasSize(5000);
            assertThat(client.get("/part", "Accept-Encoding: gzip").body()).hasSize(5000);
        }
    }

    @Test
    void headIsAnsweredAsGetWithoutTheBody() throws Exception {
        try (EdgeUnderTest edge = edge(request -> Reply.text(200, "twelve bytes"));
                RawClient client = edge.client()) {
            RawClient.Response response = client.ask("HEAD", "/").response(false);
            assertThat(response.field("Content-Length")).isEqualTo("12");
            assertThat(client.get("/").text()).isEqualTo("twelve bytes");
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aRepeatedBlockIsCutOffAtItsLength(EdgeSetup setup) throws Exception {
        byte[] block = new byte[100_000];
        new Random(1).nextBytes(block);
        try (EdgeUnderTest edge = new EdgeUnderTest(
                        setup::of,
                        request -> new Reply.Repeated(
                                "application/octet-stream",
                                Headers.NONE,
                                outsideTheHeap(block),
                                Integer.parseInt(request.rawPath().substring(1))));
                RawClient client = edge.client()) {
            for (int length : new int[] {1, 99_999, 100_000, 100_001, 30_000_000}) {
                byte[] body = client.get("/" + length).body();
                assertThat(body).hasSize(length);
                for (int at = 0; at < length; at += block.length) {
                    int piece = Math.min(block.length, length - at);
                    assertThat(Arrays.equals(body, at, at + piece, block, 0, piece))
                            .isTrue();
                }
            }
        }
    }

    private static ByteBuffer outsideTheHeap(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    @Test
    void manyAnswersOfOneBlockTakeNoMoreMemoryThanIt() throws Exception {
        ByteBuffer block = outsideTheHeap(new byte[1 << 20]);
        CountDownLatch begun = new CountDownLatch(40);
        List<RawClient> clients = new ArrayList<>();
        try (EdgeUnderTest edge = edge(request -> {
            begun.countDown();
            return new Reply.Repeated("application/octet-stream", Headers.NONE, block, 100 << 20);
        })) {
            long before = OutsideTheHeap.bytes();
            for (int i = 0; i < 40; i++) {
                clients.add(edge.client(4096).ask("GET", "/"));
            }
            begun.await();
            for (RawClient client : clients) {
                assertThat(client.head().field("Content-Length")).isEqualTo("104857600");
            }
            assertThat(OutsideTheHeap.bytes() - before).isLessThan(20 << 20);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void emptyRepliesAndRedirects() throws Exception {
        try (EdgeUnderTest edge = edge(request ->
                        request.rawPath().equals("/go") ? new Reply.Redirect("web/index.html") : Reply.noContent());
                RawClient client = edge.client()) {
            RawClient.Response response = client.get("/nothing");
            assertThat(response.status()).isEqualTo(204);
            assertThat(response.field("Content-Length")).isNull();
            RawClient.Response redirect = client.get("/go");
            assertThat(redirect.status()).isEqualTo(302);
            assertThat(redirect.field("Location")).isEqualTo("web/index.html");
        }
    }

    @Test
    void aHandlerCannotSetTheFieldsOfTheConnection() throws Exception {
        Headers headers = Headers.of("Server", "Kestrel", "Transfer-Encoding", "chunked", "ETag", "\"a\"");
        try (EdgeUnderTest edge = edge(request -> new Reply.Bytes(200, "image/png", headers, new byte[3]));
                RawClient client = edge.client()) {
            RawClient.Response response = client.get("/");
            assertThat(response.fields()).doesNotContainKeys("Server", "Transfer-Encoding");
            assertThat(response.field("ETag")).isEqualTo("\"a\"");
            assertThat(response.body()).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void pipelinedRequestsAreAnsweredInOrder(EdgeSetup setup) throws Exception {
        try (EdgeUnderTest edge = new EdgeUnderTest(setup::of, EdgeServerTest::echo);
                RawClient client = edge.client()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                all.append(i % 3 == 0 ? "OPTIONS" : "GET")
                        .append(" /")
                        .append(i)
                        .append(" HTTP/1.1\r\nHost: h\r\n\r\n");
            }
            Thread.ofVirtual().start(() -> {
                try {
                    client.send(all.toString());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            for (int i = 0; i < 100; i++) {
                assertThat(client.response().text()).isEqualTo(i % 3 == 0 ? "" : "GET /" + i + "? ");
            }
        }
    }

    @Test
    void oneRequestOfAConnectionIsAnsweredAtATime() throws Exception {
        AtomicBoolean busy = new AtomicBoolean();
        try (EdgeUnderTest edge = edge(request -> {
                    assertThat(busy.getAndSet(true)).isFalse();
                    Thread.yield();
                    busy.set(false);
                    return Reply.noContent();
                });
                RawClient client = edge.client()) {
            for (int i = 0; i < 50; i++) {
                client.ask("GET", "/");
            }
            for (int i = 0; i < 50; i++) {
                assertThat(client.response().status()).isEqualTo(204);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aClientThatHangsUpInterruptsItsRequest(EdgeSetup setup) throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (EdgeUnderTest edge = new EdgeUnderTest(setup::of, request -> {
                    entered.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return Reply.noContent();
                });
                RawClient client = edge.client()) {
            client.ask("GET", "/");
            assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
            client.close();
            assertThat(interrupted.await(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aFaultOfTheHandlerIsAnsweredWithoutItsDetails() throws Exception {
        try (EdgeUnderTest edge = edge(request -> {
                    throw new IllegalStateException("token=secret");
                });
                RawClient client = edge.client()) {
            RawClient.Response response = client.get("/");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).startsWith("Internal error, reference ").doesNotContain("secret");
            assertThat(client.get("/").status()).isEqualTo(500);
        }
    }

    @Test
    void aReplyThatCannotBeWrittenIsAFault() throws Exception {
        try (EdgeUnderTest edge = edge(request -> new Reply.Redirect("a\r\nSet-Cookie: b"));
                RawClient client = edge.client()) {
            assertThat(client.get("/").status()).isEqualTo(500);
        }
    }

    @Test
    void bodiesComeInChunksToo() throws Exception {
        try (EdgeUnderTest edge = edge(EdgeServerTest::echo);
                RawClient client = edge.client()) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
            assertThat(client.response().text()).isEqualTo("POST /? abcde");
        }
    }

    @Test
    void tooLongBodiesAreRefusedWhetherAnnouncedOrNot() throws Exception {
        try (EdgeUnderTest edge = new EdgeUnderTest(options -> options.withMaxBodyBytes(100), EdgeServerTest::echo)) {
            try (RawClient client = edge.client()) {
                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n" + "x".repeat(101));
                assertThat(client.response().status()).isEqualTo(413);
                assertThat(client.isClosed()).isTrue();
            }
            try (RawClient client = edge.client()) {
                client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + "x".repeat(101));
                assertThat(client.response().status()).isEqualTo(413);
                assertThat(client.isClosed()).isTrue();
            }
        }
    }

    @Test
    void longBodiesOfAllClientsTogetherAreBounded() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        RequestHandler slow = request -> {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Reply.text(200, Integer.toString(request.body().length));
        };
        try (EdgeUnderTest edge = new EdgeUnderTest(
                        options -> options.withMaxHeldBytes(1 << 20).withMaxBodyBytes(1 << 20), slow);
                RawClient first = edge.client();
                RawClient unfinished = edge.client();
                RawClient second = edge.client();
                RawClient small = edge.client()) {
            first.send(post(600_000, 600_000));
            begun.await();
            unfinished.send(post(500_000, 100_000));

            second.send(post(600_000, 600_000));
            assertThat(second.response().status()).isEqualTo(503);
            small.send(post(50_000, 50_000));

            go.countDown();
            assertThat(small.response().text()).isEqualTo("50000");
            assertThat(first.response().text()).isEqualTo("600000");
            unfinished.abort();
            await().untilAsserted(() -> assertThat(edge.server().heldBytes()).isZero());
            first.send(post(1_000_000, 1_000_000));
            assertThat(first.response().text()).isEqualTo("1000000");
        }
    }

    private static String post(int announced, int sent) {
        return "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + announced + "\r\n\r\n" + "x".repeat(sent);
    }

    @Test
    void aClientThatAsksMayContinue() throws Exception {
        try (EdgeUnderTest edge = edge(EdgeServerTest::echo);
                RawClient client = edge.client()) {
            client.send("GET /first HTTP/1.1\r\nHost: h\r\n\r\n"
                    + "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.response().text()).isEqualTo("GET /first? ");
            assertThat(client.response().status()).isEqualTo(100);
            client.send("hi");
            assertThat(client.response().text()).isEqualTo("POST /? hi");
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(413);
        }
    }

    @Test
    void whatIsNoRequestIsRefusedAndTheConnectionClosed() throws Exception {
        String[][] cases = {
            {"nonsense\r\n\r\n", "400"},
            {"GET / HTTP/1.1\r\n\r\n", "400"},
            {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
            {"GET nowhere HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
            {"GET / HTTP/1.1\r\nHost: h\r\nBad Name: x\r\n\r\n", "400"},
            {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", "400"},
            {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400"},
            {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"},
            {"GET / HTTP/2.0\r\nHost: h\r\n\r\n", "505"},
            {"POST / HTTP/1.1\r\nHost: h\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n", "417"},
            {"GET /" + "a".repeat(17_000) + " HTTP/1.1\r\nHost: h\r\n\r\n", "414"},
            {"GET / HTTP/1.1\r\nHost: h\r\nX: " + "a".repeat(17_000) + "\r\n\r\n", "431"},
        };
        try (EdgeUnderTest edge = edge(EdgeServerTest::echo)) {
            for (String[] test : cases) {
                try (RawClient client = edge.client()) {
                    client.ask("GET", "/before");
                    client.send(test[0]);
                    assertThat(client.response().status()).isEqualTo(200);
                    RawClient.Response response = client.response();
                    assertThat(response.status()).as(test[0]).isEqualTo(Integer.parseInt(test[1]));
                    assertThat(response.field("Content-Type")).startsWith("text/plain");
                    assertThat(response.field("Connection")).isEqualTo("close");
                    assertThat(client.isClosed()).isTrue();
                }
            }
        }
    }

    @Test
    void slowSendersAreCutOff() throws Exception {
        try (EdgeUnderTest edge = edge(EdgeServerTest::echo);
                RawClient head = edge.client();
                RawClient later = edge.client();
                RawClient body = edge.client()) {
            head.send("GET / HT");
            later.get("/");
            later.send("G");
            body.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf");
            assertThat(head.response().status()).isEqualTo(408);
            assertThat(later.response().status()).isEqualTo(408);
            assertThat(body.response().status()).isEqualTo(408);
            assertThat(head.isClosed() && later.isClosed() && body.isClosed()).isTrue();
        }
    }

    @Test
    void idleConnectionsAreClosed() throws Exception {
        EdgeTimeouts impatient = new EdgeTimeouts(
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
        try (EdgeUnderTest edge = new EdgeUnderTest(options -> options.withTimeouts(impatient), EdgeServerTest::echo);
                RawClient client = edge.client()) {
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void connectionsOfHttp10AreKeptOnlyWhenAsked() throws Exception {
        try (EdgeUnderTest edge = edge(EdgeServerTest::echo);
                RawClient client = edge.client()) {
            client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.response().field("Connection")).isEqualTo("keep-alive");
            client.send("GET /b HTTP/1.0\r\n\r\n");
            assertThat(client.response().text()).isEqualTo("GET /b? ");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void clientsBeyondTheLimitAreTurnedAway() throws Exception {
        try (EdgeUnderTest edge = new EdgeUnderTest(options -> options.withMaxConnections(1), EdgeServerTest::echo);
                RawClient first = edge.client()) {
            first.get("/");
            try (RawClient second = edge.client()) {
                assertThat(second.response().status()).isEqualTo(503);
                assertThat(second.isClosed()).isTrue();
            }
            first.close();
            await().until(() -> edge.server().connections() == 0);
            try (RawClient third = edge.client()) {
                assertThat(third.get("/").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void closingLetsAnswersEndAndIdleClientsGo() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (EdgeUnderTest edge = edge(request -> {
                    entered.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Reply.text(200, "done");
                });
                RawClient idle = edge.client();
                RawClient busy = edge.client()) {
            busy.ask("GET", "/");
            assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
            Thread closing = Thread.ofVirtual().start(() -> {
                try {
                    edge.server().close(Duration.ofSeconds(10));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(idle.isClosed()).isTrue();
            release.countDown();
            RawClient.Response response = busy.response();
            assertThat(response.text()).isEqualTo("done");
            assertThat(response.field("Connection")).isEqualTo("close");
            assertThat(closing.join(Duration.ofSeconds(5))).isTrue();
        }
    }
}
