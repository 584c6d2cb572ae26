package org.embygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.embygateway.route.EdgeRequest;
import org.embygateway.route.Headers;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.Reply;
import org.embygateway.route.RequestHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/2, with BoringSSL and with the JDK's own TLS. */
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource(
        value = EdgeSetup.class,
        names = {"ENCRYPTED", "ENCRYPTED_BY_THE_JDK"})
class ManyStreamsTest {
    private static final int MIB = 1 << 20;
    private static final int REFUSED_STREAM = 7;
    private static final int ENHANCE_YOUR_CALM = 11;

    @Parameter
    EdgeSetup setup;

    private final HttpClient http = client();

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(EncryptedEdge.TRUST)
                .build();
    }

    @AfterEach
    void close() {
        http.shutdownNow();
    }

    private EdgeUnderTest edge(RequestHandler handler) throws IOException {
        return edge(options -> options, handler);
    }

    private EdgeUnderTest edge(UnaryOperator<EdgeOptions> change, RequestHandler handler) throws IOException {
        return new EdgeUnderTest(options -> change.apply(setup.of(options)), handler);
    }

    private static HttpRequest.Builder request(EdgeUnderTest edge, String target) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + edge.address.getPort() + target))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return response;
    }

    private static Reply echo(EdgeRequest request) {
        return Reply.text(
                200,
                request.method() + " " + request.rawPath() + "?" + request.rawQuery() + " "
                        + new String(request.body(), StandardCharsets.UTF_8));
    }

    private static RawUpstream.Script file(long length) {
        return exchange -> {
            exchange.text("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: " + length + "\r\n\r\n");
            exchange.pattern(0, length);
        };
    }

    @Test
    void requestsReachTheHandlerAsByHttp1() throws Exception {
        AtomicReference<EdgeRequest> seen = new AtomicReference<>();
        try (EdgeUnderTest edge = edge(request -> {
            seen.set(request);
            return echo(request);
        })) {
            HttpRequest.Builder posted = request(edge, "/emby//Users/A%20b?api_key=x&y=%26")
                    .header("X-A", "1")
                    .header("x-a", "2")
                    .POST(HttpRequest.BodyPublishers.ofString("body"));
            HttpResponse<String> response = send(posted);

            assertThat(response.body()).isEqualTo("POST /emby//Users/A%20b?api_key=x&y=%26 body");
            assertThat(seen.get().secure()).isTrue();
            assertThat(seen.get().remote().getAddress().isLoopbackAddress()).isTrue();
            assertThat(seen.get().headers().all().get("X-A")).containsExactly("1", "2");
            assertThat(seen.get().headers().first("Host")).contains("127.0.0.1:" + edge.address.getPort());
            assertThat(seen.get().headers().all().keySet()).noneMatch(name -> name.startsWith("x-http2"));
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(response.headers().firstValue("Date")).isPresent();
            assertThat(response.headers().map()).doesNotContainKeys("connection", "transfer-encoding");
        }
    }

    @Test
    void answersOfEveryKind() throws Exception {
        byte[] large = new byte[3 * MIB];
        try (EdgeUnderTest edge = edge(request -> switch (request.rawPath()) {
            case "/nothing" -> Reply.noContent();
            case "/go" -> new Reply.Redirect("web/index.html");
            case "/fault" -> throw new IllegalStateException("secret");
            case "/large" -> new Reply.Bytes(200, "video/mp4", Headers.NONE, large);
            default -> Reply.text(200, "twelve bytes");
        })) {
            assertThat(send(request(edge, "/nothing")).statusCode()).isEqualTo(204);
            assertThat(send(request(edge, "/go")).headers().firstValue("Location"))
                    .contains("web/index.html");
            assertThat(send(request(edge, "/fault")).body())
                    .startsWith("Internal error")
                    .doesNotContain("secret");
            assertThat(send(request(edge, "/large")).body()).hasSize(3 * MIB);
            HttpResponse<String> head = send(request(edge, "/any").HEAD());
            assertThat(head.headers().firstValue("Content-Length")).contains("12");
            assertThat(head.body()).isEmpty();
            assertThat(send(request(edge, "/large").HEAD()).headers().firstValue("Content-Length"))
                    .contains(Integer.toString(3 * MIB));
            assertThat(send(request(edge, "/any").method("OPTIONS", HttpRequest.BodyPublishers.noBody()))
                            .headers()
                            .firstValue("Access-Control-Max-Age"))
                    .isPresent();
            HttpResponse<String> socket = send(request(edge, "/embywebsocket"));
            assertThat(socket.statusCode()).isEqualTo(200);
            assertThat(edge.server().connections()).isEqualTo(1);
        }
    }

    @Test
    void manyRequestsOfOneConnectionAreAnsweredAtOnce() throws Exception {
        CountDownLatch all = new CountDownLatch(80);
        try (EdgeUnderTest edge = edge(request -> {
            all.countDown();
            try {
                assertThat(all.await(15, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return echo(request);
        })) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            http.sendAsync(request(edge, "/0").build(), HttpResponse.BodyHandlers.ofString());
            await().until(() -> all.getCount() == 79);
            for (int i = 1; i < 80; i++) {
                answers.add(http.sendAsync(request(edge, "/" + i).build(), HttpResponse.BodyHandlers.ofString()));
            }
            for (int i = 1; i < 80; i++) {
                assertThat(answers.get(i - 1).join().body()).isEqualTo("GET /" + i + "? ");
            }
            assertThat(edge.server().connections()).isEqualTo(1);
        }
    }

    @Test
    void bodiesOfUnknownLengthWaitingForAWordAndTooLongOnes() throws Exception {
        try (EdgeUnderTest edge = edge(options -> options.withMaxBodyBytes(MIB), ManyStreamsTest::echo)) {
            HttpRequest.BodyPublisher unknown =
                    HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("x".repeat(700_000)));
            assertThat(send(request(edge, "/").POST(unknown)).body()).hasSize(700_000 + "POST /? ".length());
            assertThat(send(request(edge, "/")
                                    .expectContinue(true)
                                    .POST(HttpRequest.BodyPublishers.ofString("patient")))
                            .body())
                    .isEqualTo("POST /? patient");
            assertThat(send(request(edge, "/").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[MIB + 1])))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(send(request(edge, "/")).statusCode()).isEqualTo(200);
            await().until(() -> edge.server().heldBytes() == 0);
        }
    }

    @Test
    void mediaArriveByteForByteAndTheEndIsReported() throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(9 * MIB + 5))) {
            RawUpstream.Sources sources = new RawUpstream.Sources(List.of(upstream.source("/v", Headers.NONE)));
            try (EdgeUnderTest edge = edge(request -> new Reply.Relay(sources))) {
                HttpResponse<byte[]> response =
                        http.send(request(edge, "/v").build(), HttpResponse.BodyHandlers.ofByteArray());
                assertThat(response.headers().firstValueAsLong("Content-Length"))
                        .hasValue(9 * MIB + 5);
                assertThat(response.body()).isEqualTo(RawUpstream.patternBytes(0, 9 * MIB + 5));
                await().until(() -> !sources.ends.isEmpty());
                RelayEnd end = sources.ends.getFirst();
                assertThat(end.complete()).isTrue();
                assertThat(end.bytes()).isEqualTo(9 * MIB + 5);
            }
        }
    }

    @Test
    void severalStreamsOfMediaAtOnce() throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(4 * MIB));
                EdgeUnderTest edge = edge(request -> upstream.relay("/v"))) {
            send(request(edge, "/v").HEAD());
            List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answers.add(http.sendAsync(request(edge, "/v").build(), HttpResponse.BodyHandlers.ofByteArray()));
            }
            for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
                assertThat(answer.join().body()).isEqualTo(RawUpstream.patternBytes(0, 4 * MIB));
            }
            assertThat(edge.server().connections()).isEqualTo(1);
        }
    }

    @Test
    void aBodyCutShortIsNeverMadeToLookWhole() throws Exception {
        for (String framing : List.of("Content-Length: " + 4 * MIB, "Transfer-Encoding: chunked")) {
            try (RawUpstream upstream = new RawUpstream(exchange -> {
                        exchange.text("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n"
                                + (framing.endsWith("chunked") ? "300000\r\n" : ""));
                        exchange.pattern(0, 3 * MIB);
                        exchange.socket().close();
                    });
                    EdgeUnderTest edge = edge(request ->
                            request.rawPath().equals("/v") ? upstream.relay("/v") : Reply.text(200, "goes on"))) {
                assertThatThrownBy(() -> send(request(edge, "/v"))).isInstanceOf(IOException.class);
                assertThat(send(request(edge, "/other")).body()).isEqualTo("goes on");
                await().untilAtomic(upstream.open, org.hamcrest.Matchers.is(0));
            }
        }
    }

    @Test
    void aStreamThatIsCancelledFreesTheUpstreamWithinASecond() throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(500L * MIB));
                EdgeUnderTest edge = edge(request ->
                        request.rawPath().equals("/v") ? upstream.relay("/v") : Reply.text(200, "goes on"))) {
            HttpResponse<InputStream> response =
                    http.send(request(edge, "/v").build(), HttpResponse.BodyHandlers.ofInputStream());
            response.body().readNBytes(MIB);
            assertThat(upstream.open).hasValue(1);
            response.body().close();
            await().atMost(Duration.ofSeconds(1)).untilAtomic(upstream.open, org.hamcrest.Matchers.is(0));
            assertThat(send(request(edge, "/other")).body()).isEqualTo("goes on");
            assertThat(edge.server().connections()).isEqualTo(1);
        }
    }

    @Test
    void aRequestThatIsCancelledIsInterrupted() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (EdgeUnderTest edge = edge(request -> {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Reply.noContent();
        })) {
            var answer = http.sendAsync(request(edge, "/").build(), HttpResponse.BodyHandlers.discarding());
            assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
            answer.cancel(true);
            assertThat(interrupted.await(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aClientThatReadsNothingHoldsTheUpstreamBack() throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(400L * MIB));
                EdgeUnderTest edge = edge(request -> upstream.relay("/v"));
                RawStreams client = new RawStreams(edge.address, 0)) {
            long before = OutsideTheHeap.bytes();
            for (int stream = 1; stream < 40; stream += 2) {
                client.get(stream);
            }
            for (int stream = 1; stream < 40; stream += 2) {
                client.next(RawStreams.HEADERS);
            }
            await().during(Duration.ofMillis(700))
                    .atMost(Duration.ofSeconds(20))
                    .until(new RelayTest.Steady(upstream)::check);
            assertThat(OutsideTheHeap.bytes() - before).isLessThan(20L * MIB);

            client.send(RawStreams.WINDOW_UPDATE, 0, 21, new byte[] {0, 0, 0, 100});
            RawStreams.Frame data = client.next(RawStreams.DATA);
            assertThat(data.stream()).isEqualTo(21);
            assertThat(data.payload()).isEqualTo(RawUpstream.patternBytes(0, 100));
        }
    }

    @Test
    void aLongReplyIsSentAsItIsTaken() throws Exception {
        ByteBuffer block = ByteBuffer.allocateDirect(MIB);
        try (EdgeUnderTest edge = edge(
                        request -> new Reply.Repeated("application/octet-stream", Headers.NONE, block, 100 * MIB));
                RawStreams client = new RawStreams(edge.address, 0)) {
            long before = OutsideTheHeap.bytes();
            for (int stream = 1; stream < 60; stream += 2) {
                client.get(stream);
            }
            for (int stream = 1; stream < 60; stream += 2) {
                client.next(RawStreams.HEADERS);
            }
            assertThat(OutsideTheHeap.bytes() - before).isLessThan(20L * MIB);
            assertThat(http.send(request(edge, "/").build(), HttpResponse.BodyHandlers.ofByteArray())
                            .body())
                    .hasSize(100 * MIB);
        }
    }

    @Test
    void aThousandAbortedStreamsLeaveNothingBehind() throws Exception {
        Set<Integer> left = ConcurrentHashMap.newKeySet();
        try (RawUpstream upstream = new RawUpstream(file(300L * MIB));
                EdgeUnderTest edge = edge(request -> upstream.relay("/v"))) {
            for (int connection = 0; connection < 10; connection++) {
                try (RawStreams client = new RawStreams(edge.address, 100_000)) {
                    for (int i = 0; i < 100; i++) {
                        int stream = 2 * i + 1;
                        client.get(stream);
                        if (i % 3 != 0) {
                            client.next(RawStreams.HEADERS);
                        }
                        if (i % 4 != 3) {
                            client.reset(stream);
                        } else {
                            left.add(stream);
                        }
                    }
                    if (connection % 2 == 0) {
                        client.abort();
                    }
                }
            }
            assertThat(left).isNotEmpty();
            await().atMost(Duration.ofSeconds(10)).untilAtomic(upstream.open, org.hamcrest.Matchers.is(0));
            await().until(() -> edge.server().connections() == 0);
            await().until(() -> edge.server().streams() == 0);
        }
    }

    @Test
    void streamsBeyondTheLimitAreRefused() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (EdgeUnderTest edge = edge(request -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        // the client is gone
                    }
                    return Reply.noContent();
                });
                RawStreams client = new RawStreams(edge.address, 65535)) {
            for (int i = 0; i < 101; i++) {
                client.get(2 * i + 1);
            }
            RawStreams.Frame refused = client.next(RawStreams.RESET);
            assertThat(refused.stream()).isEqualTo(201);
            assertThat(refused.error()).isEqualTo(REFUSED_STREAM);
            end.countDown();
            for (int i = 0; i < 100; i++) {
                assertThat(client.next(RawStreams.HEADERS).endsStream()).isTrue();
            }
        }
    }

    @Test
    void streamsOfAllConnectionsAreBoundedTogether() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (EdgeUnderTest edge = edge(options -> options.withMaxConnections(10), request -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        // the client is gone
                    }
                    return Reply.noContent();
                });
                RawStreams one = new RawStreams(edge.address, 65535);
                RawStreams two = new RawStreams(edge.address, 65535)) {
            for (int i = 0; i < 6; i++) {
                one.get(2 * i + 1);
            }
            await().until(() -> edge.server().streams() == 6);
            for (int i = 0; i < 5; i++) {
                two.get(2 * i + 1);
            }
            RawStreams.Frame refused = two.next(RawStreams.RESET);
            assertThat(refused.error()).isEqualTo(REFUSED_STREAM);
            end.countDown();
            assertThat(one.next(RawStreams.HEADERS).endsStream()).isTrue();
            await().until(() -> edge.server().streams() == 0);
        }
    }

    @Test
    void whoOpensAndResetsStreamsWithoutEndIsDisconnected() throws Exception {
        try (EdgeUnderTest edge = edge(request -> Reply.noContent());
                RawStreams client = new RawStreams(edge.address, 65535)) {
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 5000; i++) {
                        client.get(2 * i + 1).reset(2 * i + 1);
                    }
                } catch (IOException e) {
                    // disconnected
                }
            });
            assertThat(client.next(RawStreams.GO_AWAY).error()).isEqualTo(ENHANCE_YOUR_CALM);
            await().until(() -> edge.server().connections() == 0);
        }
    }

    @Test
    void aHeaderThatIsTooLongReachesNobody() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        try (EdgeUnderTest edge = edge(request -> {
                    reached.countDown();
                    return Reply.noContent();
                });
                RawStreams client = new RawStreams(edge.address, 65535)) {
            byte[] first = RawStreams.fields();
            client.send(RawStreams.HEADERS, RawStreams.END_STREAM, 1, first);
            try {
                for (int i = 0; i < 200; i++) {
                    byte[] field = new byte[1000];
                    field[1] = 1;
                    field[2] = 'x';
                    field[3] = 0x7F; // a length of 127 and
                    field[4] = (byte) 0xE5; // 101 + 6 * 128 more
                    field[5] = 0x06;
                    java.util.Arrays.fill(field, 6, field.length, (byte) 'v');
                    client.send(RawStreams.CONTINUATION, i == 199 ? RawStreams.END_HEADERS : 0, 1, field);
                }
            } catch (IOException e) {
                // disconnected
            }
            RawStreams.Frame answer = client.next();
            assertThat(answer.type()).isIn(RawStreams.HEADERS, RawStreams.RESET, RawStreams.GO_AWAY);
            assertThat(reached.getCount()).isOne();
        }
    }

    @Test
    void anIdleConnectionIsClosedAndABusyOneIsNot() throws Exception {
        EdgeTimeouts base = EdgeUnderTest.SHORT;
        EdgeTimeouts impatient = new EdgeTimeouts(
                Duration.ofMillis(300),
                base.head(),
                base.body(),
                base.write(),
                base.clientStall(),
                base.upstreamStall(),
                base.connect(),
                base.handshake(),
                base.ping());
        CountDownLatch end = new CountDownLatch(1);
        try (EdgeUnderTest edge = edge(options -> options.withTimeouts(impatient), request -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Reply.noContent();
                });
                RawStreams idle = new RawStreams(edge.address, 65535);
                RawStreams busy = new RawStreams(edge.address, 65535).get(1)) {
            assertThat(idle.next().type()).isEqualTo(RawStreams.GO_AWAY);
            await().until(() -> edge.server().connections() == 1);
            end.countDown();
            assertThat(busy.next().type()).isEqualTo(RawStreams.HEADERS);
            assertThat(busy.next().type()).isEqualTo(RawStreams.GO_AWAY);
            await().until(() -> edge.server().connections() == 0);
        }
    }

    @Test
    void closingLetsStreamsEnd() throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(30L * MIB));
                EdgeUnderTest edge = edge(request -> upstream.relay("/v"))) {
            HttpResponse<InputStream> response =
                    http.send(request(edge, "/v").build(), HttpResponse.BodyHandlers.ofInputStream());
            Thread closing = Thread.ofVirtual().start(() -> {
                try {
                    edge.server().close(Duration.ofSeconds(10));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(response.body().readAllBytes()).hasSize(30 * MIB);
            assertThat(closing.join(Duration.ofSeconds(8))).isTrue();
        }
    }

    @Test
    void closingDoesNotWaitForStalledStreamsBeyondTheDeadline() throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(30L * MIB));
                EdgeUnderTest edge = edge(request -> upstream.relay("/v"));
                RawStreams client = new RawStreams(edge.address, 0).get(1)) {
            client.next(RawStreams.HEADERS);
            Thread closing = Thread.ofVirtual().start(() -> {
                try {
                    edge.server().close(Duration.ofMillis(300));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(client.next().type()).isEqualTo(RawStreams.GO_AWAY);
            assertThat(closing.join(Duration.ofSeconds(8))).isTrue();
            assertThatThrownBy(client::next).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anUpstreamThatLeavesBeforeItsHeadIsAnAnswerNotAReset() throws Exception {
        try (RawUpstream upstream =
                        new RawUpstream(exchange -> exchange.socket().close());
                EdgeUnderTest edge = edge(request -> upstream.relay("/v"))) {
            assertThat(send(request(edge, "/v")).statusCode()).isEqualTo(502);
        } catch (CompletionException e) {
            throw new AssertionError(e);
        }
    }
}
