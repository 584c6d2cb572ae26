package org.embygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class RelayTest {
    private static final int MIB = 1 << 20;

    /** Serves {@code total} bytes of the pattern with ranges, as a good server does. */
    private static RawUpstream.Script file(long total) {
        return exchange -> {
            String range = exchange.field("Range").orElse("");
            long from = range.isEmpty() ? 0 : Long.parseLong(range.replaceAll("bytes=(\\d+)-.*", "$1"));
            long to = range.matches(".*-\\d+") ? Long.parseLong(range.replaceAll(".*-", "")) : total - 1;
            if (!range.isEmpty() && from >= total) {
                exchange.text(
                        "HTTP/1.1 416 No\r\nContent-Range: bytes */" + total + "\r\nContent-Length: 3\r\n\r\nbad");
                return;
            }
            String status = range.isEmpty()
                    ? "200 OK"
                    : "206 Partial Content\r\nContent-Range: bytes " + from + "-" + to + "/" + total;
            exchange.text("HTTP/1.1 " + status + "\r\nContent-Type: video/mp4\r\nContent-Length: " + (to - from + 1)
                    + "\r\nAccept-Ranges: bytes\r\nETag: \"e\"\r\nServer: Kestrel\r\nSet-Cookie: a=b\r\nX-Secret: 1\r\n"
                    + "Access-Control-Allow-Origin: https://upstream.example\r\n\r\n");
            if (!exchange.requestLine().startsWith("HEAD")) {
                exchange.pattern(from, to - from + 1);
            }
        };
    }

    private static EdgeUnderTest relaying(EdgeSetup setup, RawUpstream upstream) throws IOException {
        return new EdgeUnderTest(
                setup::of,
                request -> new Reply.Relay(new RawUpstream.Sources(List.of(upstream.source(
                        request.rawPath() + "?" + request.rawQuery(),
                        request.headers()
                                .first("Range")
                                .map(r -> Headers.of("Range", r))
                                .orElse(Headers.NONE))))));
    }

    private static void assertPattern(InputStream in, long offset, long length) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long at = offset;
        while (at < offset + length) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, offset + length - at));
            if (read < 0) {
                throw new EOFException("after " + (at - offset) + " of " + length);
            }
            for (int i = 0; i < read; i++) {
                if (buffer[i] != RawUpstream.patternByte(at + i)) {
                    throw new AssertionError("wrong byte at " + (at + i));
                }
            }
            at += read;
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void bodiesOfAnyLengthArriveByteForByteAndTheConnectionGoesOn(EdgeSetup setup) throws Exception {
        for (long length : new long[] {0, 1, 1000, 65_535, 65_536, 70_000, 5 * MIB + 3}) {
            try (RawUpstream upstream = new RawUpstream(file(length));
                    EdgeUnderTest edge = relaying(setup, upstream);
                    RawClient client = edge.client()) {
                for (int round = 0; round < 5; round++) {
                    RawClient.Response head = client.ask("GET", "/v?api_key=k").head();
                    assertThat(head.field("Content-Length")).isEqualTo(Long.toString(length));
                    assertPattern(client.in(), 0, length);
                }
                assertThat(upstream.exchanges).hasSize(5);
                assertThat(upstream.accepted).hasValue(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void rangesPassAndOnlyKnownFieldsComeBack(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(3 * MIB));
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client()) {
            RawClient.Response head =
                    client.ask("GET", "/v", "Range: bytes=1000000-2999999").head();
            assertThat(head.status()).isEqualTo(206);
            assertThat(head.field("Content-Range")).isEqualTo("bytes 1000000-2999999/" + 3 * MIB);
            assertThat(head.field("Content-Length")).isEqualTo("2000000");
            assertThat(head.field("Content-Type")).isEqualTo("video/mp4");
            assertThat(head.field("Accept-Ranges")).isEqualTo("bytes");
            assertThat(head.field("ETag")).isEqualTo("\"e\"");
            assertThat(head.field("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(head.fields()).doesNotContainKeys("Server", "Set-Cookie", "X-Secret", "Transfer-Encoding");
            assertPattern(client.in(), 1_000_000, 2_000_000);
            assertThat(upstream.exchanges.getFirst().field("Accept-Encoding")).contains("identity");
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void headAsksTheUpstreamWithHead(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(3 * MIB));
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client()) {
            for (int round = 0; round < 3; round++) {
                RawClient.Response response = client.ask("HEAD", "/v").response(false);
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.field("Content-Length")).isEqualTo(Long.toString(3 * MIB));
            }
            assertThat(upstream.exchanges).allMatch(x -> x.requestLine().startsWith("HEAD "));
            assertThat(upstream.accepted).hasValue(1);
        }
    }

    @Test
    void anUnsatisfiableRangePassesWithOurText() throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(100));
                EdgeUnderTest edge = relaying(EdgeSetup.ONE_LOOP, upstream);
                RawClient client = edge.client()) {
            RawClient.Response response = client.get("/v", "Range: bytes=100-");
            assertThat(response.status()).isEqualTo(416);
            assertThat(response.field("Content-Range")).isEqualTo("bytes */100");
            assertThat(response.text()).isEqualTo("The requested range cannot be satisfied.");
            assertThat(client.get("/v").body()).hasSize(100);
        }
    }

    @Test
    void notModifiedPasses() throws Exception {
        try (RawUpstream upstream =
                        new RawUpstream(exchange -> exchange.text("HTTP/1.1 304 Not Modified\r\nETag: \"e\"\r\n\r\n"));
                EdgeUnderTest edge = relaying(EdgeSetup.ONE_LOOP, upstream);
                RawClient client = edge.client()) {
            RawClient.Response response = client.get("/v");
            assertThat(response.status()).isEqualTo(304);
            assertThat(response.field("ETag")).isEqualTo("\"e\"");
            assertThat(client.get("/v").status()).isEqualTo(304);
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void chunksStayChunksAndHttp10GetsTheBodyUntilTheEnd(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(exchange -> {
                    exchange.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    for (int i = 0; i < 100; i++) {
                        exchange.text("2710\r\n");
                        exchange.pattern(i * 10_000L, 10_000);
                        exchange.text("\r\n");
                    }
                    exchange.text("0\r\n\r\n");
                });
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client();
                RawClient old = edge.client()) {
            for (int round = 0; round < 2; round++) {
                RawClient.Response response = client.get("/v");
                assertThat(response.field("Transfer-Encoding")).isEqualTo("chunked");
                assertThat(response.body()).isEqualTo(RawUpstream.patternBytes(0, 1_000_000));
            }
            old.send("GET /v HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(old.response().body()).isEqualTo(RawUpstream.patternBytes(0, 1_000_000));
            assertThat(upstream.accepted.get()).isLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void anUpstreamThatEndsBodiesByClosingIsUnderstood(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(exchange -> {
                    exchange.text("HTTP/1.0 200 OK\r\nContent-Type: video/mp2t\r\n\r\n");
                    exchange.pattern(0, 2 * MIB);
                    exchange.socket().close();
                });
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client()) {
            for (int round = 0; round < 2; round++) {
                assertThat(client.get("/v").body()).isEqualTo(RawUpstream.patternBytes(0, 2 * MIB));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void anUpstreamThatClosesRightAfterTheLastByteLosesNone(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(exchange -> {
                    exchange.text("HTTP/1.1 200 OK\r\nContent-Length: " + 9 * MIB + "\r\n\r\n");
                    exchange.pattern(0, 9 * MIB);
                    exchange.socket().close();
                });
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client()) {
            for (int round = 0; round < 10; round++) {
                client.ask("GET", "/v").head();
                assertPattern(client.in(), 0, 9 * MIB);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aHalfClosedUpstreamLosesNothing(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(exchange -> {
                    exchange.text("HTTP/1.1 200 OK\r\nContent-Length: " + 3 * MIB + "\r\n\r\n");
                    exchange.pattern(0, 3 * MIB);
                    exchange.socket().shutdownOutput();
                });
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client()) {
            for (int round = 0; round < 5; round++) {
                client.ask("GET", "/v").head();
                assertPattern(client.in(), 0, 3 * MIB);
            }
            await().atMost(Duration.ofSeconds(5)).untilAtomic(upstream.open, org.hamcrest.Matchers.is(0));
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aBodyCutShortIsNeverMadeToLookWhole(EdgeSetup setup) throws Exception {
        for (String framing : List.of("Content-Length: " + 4 * MIB, "Transfer-Encoding: chunked")) {
            try (RawUpstream upstream = new RawUpstream(exchange -> {
                        exchange.text("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n"
                                + (framing.endsWith("chunked") ? "300000\r\n" : ""));
                        exchange.pattern(0, 3 * MIB);
                        exchange.socket().close();
                    });
                    EdgeUnderTest edge = relaying(setup, upstream);
                    RawClient client = edge.client()) {
                assertThatThrownBy(() -> client.get("/v")).isInstanceOf(IOException.class);
                assertThat(client.isClosed()).isTrue();
                await().untilAtomic(upstream.open, org.hamcrest.Matchers.is(0));
            }
        }
    }

    @Test
    void aChunkedBodyCutShortIsAResetForHttp10() throws Exception {
        try (RawUpstream upstream = new RawUpstream(exchange -> {
                    exchange.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n300000\r\n");
                    exchange.pattern(0, MIB);
                    exchange.socket().close();
                });
                EdgeUnderTest edge = relaying(EdgeSetup.SEVERAL_LOOPS, upstream);
                RawClient client = edge.client()) {
            client.send("GET /v HTTP/1.0\r\n\r\n");
            assertThatThrownBy(client::response).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void bytesBeyondTheAnnouncedLengthAreDroppedWithTheirConnection(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(exchange -> {
                    exchange.text("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n");
                    exchange.pattern(0, 200_000);
                    exchange.text("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong");
                });
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client()) {
            for (int round = 0; round < 5; round++) {
                assertThat(client.get("/v").body()).isEqualTo(RawUpstream.patternBytes(0, 200_000));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aClientThatLeavesFreesTheUpstreamWithinASecond(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(500L * MIB));
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client()) {
            client.ask("GET", "/v").head();
            client.exactly(MIB);
            assertThat(upstream.open).hasValue(1);
            client.close();
            await().atMost(Duration.ofSeconds(1)).untilAtomic(upstream.open, org.hamcrest.Matchers.is(0));
            assertThat(edge.server().connections()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aClientThatLeavesBeforeTheHeadFreesTheUpstream(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(
                        exchange -> exchange.socket().getInputStream().read());
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client()) {
            client.ask("GET", "/v");
            await().untilAtomic(upstream.open, org.hamcrest.Matchers.is(1));
            client.close();
            await().atMost(Duration.ofSeconds(1)).untilAtomic(upstream.open, org.hamcrest.Matchers.is(0));
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aThousandAbortedStreamsLeaveNothingBehind(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(300L * MIB));
                EdgeUnderTest edge = relaying(setup, upstream)) {
            Random random = new Random(7);
            for (int i = 0; i < 1000; i++) {
                try (RawClient client = edge.client()) {
                    client.ask("GET", "/v");
                    if (i % 3 != 0) {
                        client.head();
                        client.exactly(random.nextInt(100_000));
                    }
                    if (i % 2 == 0) {
                        client.abort();
                    }
                }
            }
            await().atMost(Duration.ofSeconds(10)).untilAtomic(upstream.open, org.hamcrest.Matchers.is(0));
            await().until(() -> edge.server().connections() == 0);
            try (RawClient client = edge.client()) {
                client.ask("GET", "/v").head();
                assertPattern(client.in(), 0, 5 * MIB);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aStalledClientHoldsTheUpstreamBack(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(400L * MIB));
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client(64 << 10)) {
            client.ask("GET", "/v").head();
            await().during(Duration.ofMillis(700))
                    .atMost(Duration.ofSeconds(20))
                    .until(new Steady(upstream)::check);
            // 1 MiB of the edge; the rest is the kernel's, whose receive buffers grow to 32 MiB
            assertThat(upstream.written.get()).isLessThan(48L * MIB);
            assertPattern(client.in(), 0, 40L * MIB);
        }
    }

    static final class Steady {
        private final RawUpstream upstream;
        private long last = -1;

        Steady(RawUpstream upstream) {
            this.upstream = upstream;
        }

        boolean check() {
            long now = upstream.written.get();
            boolean same = now == last;
            last = now;
            return same;
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void stallsOfEitherSideChangeNoByte(EdgeSetup setup) throws Exception {
        Random random = new Random(11);
        long length = 24L * MIB;
        try (RawUpstream upstream = new RawUpstream(exchange -> {
                    exchange.text("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
                    for (long at = 0; at < length; ) {
                        long piece = Math.min(length - at, 1 + random.nextInt(2 * MIB));
                        exchange.pattern(at, piece);
                        at += piece;
                        pauseUpTo(random, 8);
                    }
                });
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client(128 << 10)) {
            Random reader = new Random(13);
            for (int round = 0; round < 2; round++) {
                client.ask("GET", "/v").head();
                for (long at = 0; at < length; ) {
                    long piece = Math.min(length - at, 1 + reader.nextInt(3 * MIB));
                    assertPattern(client.in(), at, piece);
                    at += piece;
                    pauseUpTo(reader, 15);
                }
            }
            assertThat(upstream.accepted).hasValue(1);
        }
    }

    private static void pauseUpTo(Random random, int milliseconds) {
        java.util.concurrent.locks.LockSupport.parkNanos(random.nextInt(milliseconds) * 1_000_000L);
    }

    @Test
    void manyStreamsAtOnceDoNotMixTheirBytes() throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(64L * MIB));
                EdgeUnderTest edge = relaying(EdgeSetup.SEVERAL_LOOPS, upstream)) {
            AtomicInteger good = new AtomicInteger();
            List<Thread> threads = java.util.stream.IntStream.range(0, 24)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> {
                        try (RawClient client = edge.client()) {
                            for (int round = 0; round < 4; round++) {
                                long from = (i * 7919L + round * 104_729L) % (32 * MIB);
                                client.ask("GET", "/v", "Range: bytes=" + from + "-" + (from + 3 * MIB - 1))
                                        .head();
                                assertPattern(client.in(), from, 3 * MIB);
                            }
                            good.incrementAndGet();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    }))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(good).hasValue(24);
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void pipelinedStreamsFollowEachOther(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(2 * MIB));
                EdgeUnderTest edge = relaying(setup, upstream);
                RawClient client = edge.client()) {
            client.ask("GET", "/a").ask("HEAD", "/b").ask("GET", "/c").ask("OPTIONS", "/d");
            client.head();
            assertPattern(client.in(), 0, 2 * MIB);
            assertThat(client.response(false).status()).isEqualTo(200);
            client.head();
            assertPattern(client.in(), 0, 2 * MIB);
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    @Test
    void sourcesThatFailBeforeTheFirstByteAreFollowedByTheNext() throws Exception {
        try (RawUpstream denied = new RawUpstream(x -> x.text("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"));
                RawUpstream broken = new RawUpstream(x -> x.text("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"));
                RawUpstream rubbish = new RawUpstream(x -> x.text("SSH-2.0-OpenSSH\r\n\r\n"));
                RawUpstream closing = new RawUpstream(x -> x.socket().close());
                RawUpstream silent =
                        new RawUpstream(x -> x.socket().getInputStream().read());
                RawUpstream good = new RawUpstream(file(MIB))) {
            RawUpstream gone = new RawUpstream(file(1));
            gone.close();
            RelaySource slow =
                    new RelaySource(new UpstreamId(5), silent.uri("/v"), Headers.NONE, Duration.ofMillis(200));
            RawUpstream.Sources sources = new RawUpstream.Sources(List.of(
                    denied.source("/v", Headers.NONE),
                    broken.source("/v", Headers.NONE),
                    rubbish.source("/v", Headers.NONE),
                    closing.source("/v", Headers.NONE),
                    gone.source("/v", Headers.NONE),
                    slow,
                    good.source("/v", Headers.NONE)));
            try (EdgeUnderTest edge = new EdgeUnderTest(o -> o, request -> new Reply.Relay(sources));
                    RawClient client = edge.client()) {
                client.ask("GET", "/v").head();
                assertPattern(client.in(), 0, MIB);
                assertThat(sources.failures)
                        .extracting(failure -> failure.status() + " " + failure.reason())
                        .containsExactly(
                                "401 answered 401",
                                "503 answered 503",
                                "0 not an HTTP answer",
                                "0 closed before its answer",
                                "0 cannot connect",
                                "0 no answer in time");
                await().until(() -> sources.ends.size() == 1);
                assertThat(sources.ends.getFirst().bytes()).isEqualTo(MIB);
                assertThat(sources.ends.getFirst().complete()).isTrue();
                await().untilAtomic(silent.open, org.hamcrest.Matchers.is(0));
            }
        }
    }

    @Test
    void whenNoSourceIsLeftTheStatusSpeaksOfTheRequestOrOfTheGateway() throws Exception {
        Object[][] cases = {{"403 No", 403}, {"404 No", 404}, {"401 No", 502}, {"500 No", 502}, {"302 Moved", 502}};
        for (Object[] test : cases) {
            RawUpstream.Sources[] sources = new RawUpstream.Sources[1];
            try (RawUpstream upstream = new RawUpstream(
                            x -> x.text("HTTP/1.1 " + test[0] + "\r\nContent-Length: 6\r\n\r\nsecret"));
                    EdgeUnderTest edge = new EdgeUnderTest(o -> o, request -> {
                        sources[0] = new RawUpstream.Sources(List.of(upstream.source("/v", Headers.NONE)));
                        return new Reply.Relay(sources[0]);
                    });
                    RawClient client = edge.client()) {
                RawClient.Response response = client.get("/v");
                assertThat(response.status()).isEqualTo(test[1]);
                assertThat(response.text()).doesNotContain("secret").isNotEmpty();
                await().until(() -> sources[0].ends.size() == 1);
                assertThat(sources[0].ends.getFirst().complete()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "204 No Content\r\n",
                "202 Accepted\r\nContent-Length: 0\r\n",
                "206 Partial Content\r\nContent-Range: bytes 0-2/9\r\nContent-Length: 3\r\n",
                "416 Range Not Satisfiable\r\nContent-Range: bytes */9\r\nContent-Length: 0\r\n"
            })
    void anAnswerToAnotherQuestionIsFollowedByTheNextSource(String answer) throws Exception {
        try (RawUpstream odd = new RawUpstream(x -> x.text("HTTP/1.1 " + answer + "\r\n"));
                RawUpstream good = new RawUpstream(file(1000))) {
            RawUpstream.Sources sources =
                    new RawUpstream.Sources(List.of(odd.source("/v", Headers.NONE), good.source("/v", Headers.NONE)));
            try (EdgeUnderTest edge = new EdgeUnderTest(o -> o, request -> new Reply.Relay(sources));
                    RawClient client = edge.client()) {
                RawClient.Response response = client.get("/v");
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.body()).hasSize(1000);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "attachment; filename=\"Heat.mkv\"|attachment; filename=\"Heat.mkv\"",
                "attachment; filename=\"/mnt/films/Heat.mkv\"|attachment; filename=\"Heat.mkv\"",
                "attachment; filename=D:\\films\\Heat.mkv; size=3|attachment; filename=Heat.mkv; size=3",
                "attachment; filename*=UTF-8''%2Fmnt%2Ffilms%2FHeat.mkv|attachment; filename*=UTF-8''Heat.mkv"
            })
    void whereAFileLiesOnTheUpstreamIsNotPassedOn(String said, String passed) throws Exception {
        try (RawUpstream upstream = new RawUpstream(x -> x.text(
                        "HTTP/1.1 200 OK\r\nContent-Disposition: " + said + "\r\nContent-Length: 3\r\n\r\nabc"));
                EdgeUnderTest edge = new EdgeUnderTest(o -> o, request -> upstream.relay("/v"));
                RawClient client = edge.client()) {
            assertThat(client.get("/v").field("Content-Disposition")).isEqualTo(passed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html; charset=utf-8",
                "Text/HTML",
                "application/xhtml+xml",
                "application/vnd.apple.mpegurl",
                "audio/x-mpegurl; charset=UTF-8",
                "application/dash+xml"
            })
    void aDocumentInPlaceOfMediaIsNeverPassedOn(String type) throws Exception {
        String page = "<a href=\"http://upstream.example:8096/web/\">";
        try (RawUpstream upstream = new RawUpstream(exchange -> exchange.text("HTTP/1.1 200 OK\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + page.length() + "\r\n\r\n" + page));
                EdgeUnderTest edge = new EdgeUnderTest(EdgeSetup.SEVERAL_LOOPS::of, request -> upstream.relay("/v"));
                RawClient client = edge.client()) {
            RawClient.Response answer = client.get("/v");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.text()).doesNotContain("upstream.example");
        }
    }

    @Test
    void anUpstreamThatIsTooSlowIsATimeOut() throws Exception {
        try (RawUpstream silent =
                        new RawUpstream(x -> x.socket().getInputStream().read());
                EdgeUnderTest edge = new EdgeUnderTest(
                        o -> o,
                        request -> new Reply.Relay(new RawUpstream.Sources(List.of(new RelaySource(
                                new UpstreamId(1), silent.uri("/v"), Headers.NONE, Duration.ofMillis(100))))));
                RawClient client = edge.client()) {
            assertThat(client.get("/v").status()).isEqualTo(504);
        }
    }

    @Test
    void redirectsAreFollowedAndCredentialsStayBehind() throws Exception {
        Headers headers =
                Headers.of("X-Emby-Token", "t", "Authorization", "a", "Range", "bytes=10-19", "User-Agent", "player");
        try (RawUpstream cloud = new RawUpstream(file(MIB));
                RawUpstream upstream =
                        new RawUpstream(x -> x.text("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
                                + (x.requestLine().contains("/first") ? "/second?b=%20c d" : cloud.uri("/file?sig=x"))
                                + "\r\n\r\n"));
                EdgeUnderTest edge = new EdgeUnderTest(
                        o -> o,
                        request ->
                                new Reply.Relay(new RawUpstream.Sources(List.of(upstream.source("/first", headers)))));
                RawClient client = edge.client()) {
            RawClient.Response response = client.get("/v");
            assertThat(response.status()).isEqualTo(206);
            assertThat(response.body()).isEqualTo(RawUpstream.patternBytes(10, 10));
            assertThat(response.field("Location")).isNull();
            assertThat(upstream.exchanges.get(1).requestLine()).isEqualTo("GET /second?b=%20c%20d HTTP/1.1");
            assertThat(upstream.exchanges.get(1).field("X-Emby-Token")).contains("t");
            RawUpstream.Exchange last = cloud.exchanges.getFirst();
            assertThat(last.field("X-Emby-Token")).isEmpty();
            assertThat(last.field("Authorization")).isEmpty();
            assertThat(last.field("User-Agent")).contains("player");
        }
    }

    @Test
    void aRedirectToWhereCloudsKeepTheirSecretsIsNotFollowed() throws Exception {
        try (RawUpstream upstream = new RawUpstream(x -> x.text("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n"
                + "Location: http://169.254.169.254/latest/meta-data/\r\n\r\n"))) {
            RawUpstream.Sources sources = new RawUpstream.Sources(List.of(upstream.source("/v", Headers.NONE)));
            try (EdgeUnderTest edge = new EdgeUnderTest(o -> o, request -> new Reply.Relay(sources));
                    RawClient client = edge.client()) {
                assertThat(client.get("/v").status()).isEqualTo(502);
                assertThat(sources.failures).extracting(RelayFailure::status).containsExactly(302);
            }
        }
    }

    @Test
    void redirectsDoNotGoRoundForEver() throws Exception {
        try (RawUpstream upstream = new RawUpstream(
                        x -> x.text("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /again\r\n\r\n"));
                EdgeUnderTest edge = relaying(EdgeSetup.ONE_LOOP, upstream);
                RawClient client = edge.client()) {
            assertThat(client.get("/v").status()).isEqualTo(502);
            assertThat(upstream.exchanges).hasSize(6);
        }
    }

    @Test
    void aRedirectToAnotherSchemeIsNotFollowed() throws Exception {
        try (RawUpstream upstream = new RawUpstream(x ->
                        x.text("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: file:///etc/passwd\r\n\r\n"));
                EdgeUnderTest edge = relaying(EdgeSetup.ONE_LOOP, upstream);
                RawClient client = edge.client()) {
            assertThat(client.get("/v").status()).isEqualTo(502);
        }
    }

    @Test
    void aKeptConnectionThatTheUpstreamHasClosedIsNoFailure() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        RawUpstream.Script file = file(MIB);
        try (RawUpstream upstream = new RawUpstream(exchange -> {
                    if (requests.incrementAndGet() == 2) {
                        exchange.socket().close();
                    } else {
                        file.answer(exchange);
                    }
                });
                EdgeUnderTest edge = relaying(EdgeSetup.ONE_LOOP, upstream);
                RawClient client = edge.client()) {
            client.get("/v");
            assertThat(client.get("/v").body()).hasSize(MIB);
            assertThat(requests).hasValue(3);
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void anUpstreamThatFallsSilentIsGivenUp(EdgeSetup setup) throws Exception {
        EdgeTimeouts base = EdgeUnderTest.SHORT;
        EdgeTimeouts impatient = new EdgeTimeouts(
                base.idle(),
                base.head(),
                base.body(),
                base.write(),
                base.clientStall(),
                Duration.ofMillis(300),
                base.connect(),
                base.handshake(),
                base.ping());
        try (RawUpstream upstream = new RawUpstream(exchange -> {
                    exchange.text("HTTP/1.1 200 OK\r\nContent-Length: " + 4 * MIB + "\r\n\r\n");
                    exchange.pattern(0, MIB);
                    exchange.socket().getInputStream().read();
                });
                EdgeUnderTest edge = new EdgeUnderTest(
                        options -> setup.of(options).withTimeouts(impatient), request -> upstream.relay("/v"));
                RawClient client = edge.client()) {
            assertThatThrownBy(() -> client.get("/v")).isInstanceOf(IOException.class);
            await().untilAtomic(upstream.open, org.hamcrest.Matchers.is(0));
        }
    }

    @Test
    void closingLetsAStreamEndButNotBeyondTheDeadline() throws Exception {
        try (RawUpstream upstream = new RawUpstream(file(30L * MIB));
                EdgeUnderTest edge = relaying(EdgeSetup.SEVERAL_LOOPS, upstream);
                RawClient reading = edge.client();
                RawClient stalled = edge.client(64 << 10)) {
            reading.ask("GET", "/v").head();
            stalled.ask("GET", "/v").head();
            Thread closing = Thread.ofVirtual().start(() -> {
                try {
                    edge.server().close(Duration.ofSeconds(3));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertPattern(reading.in(), 0, 30L * MIB);
            assertThat(reading.isClosed()).isTrue();
            assertThat(closing.join(Duration.ofSeconds(8))).isTrue();
            assertThatThrownBy(() -> stalled.exactly(30 * MIB)).isInstanceOf(IOException.class);
        }
    }
}
