package org.embygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.embygateway.route.ByteSpan;
import org.embygateway.route.Headers;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies whose source leaves in the middle, and what comes from others then. */
@ExtendWith(LeakCheck.class)
class BrokenBodyTest {
    private static final int SIZE = 6 << 20;
    private static final int CUT = (2 << 20) + 777;

    /** A stream from the first upstream, the rest from the others, in order. */
    private static final class Relay implements MediaRelay {
        private final RawUpstream first;
        private final Headers asked;
        private final Deque<RawUpstream> others;
        final List<ByteSpan> missing = new CopyOnWriteArrayList<>();
        final List<RelayEnd> ends = new CopyOnWriteArrayList<>();
        final List<Boolean> silences = new CopyOnWriteArrayList<>();

        Relay(RawUpstream first, Headers asked, RawUpstream... others) {
            this.first = first;
            this.asked = asked;
            this.others = new ArrayDeque<>(List.of(others));
        }

        @Override
        public Optional<RelaySource> next(Optional<RelayFailure> failure) {
            return failure.isEmpty() ? Optional.of(first.source("/v", asked)) : Optional.empty();
        }

        @Override
        public Optional<RelaySource> rest(RelaySource broken, ByteSpan wanted) {
            missing.add(wanted);
            return Optional.ofNullable(others.poll()).map(u -> u.source("/v", Headers.of("Range", wanted.range())));
        }

        @Override
        public void broke(RelaySource source, boolean silent) {
            silences.add(silent);
        }

        @Override
        public void finished(RelayEnd end) {
            ends.add(end);
        }
    }

    /** Serves ranges, and leaves, or falls silent, after so many bytes. */
    private static RawUpstream serving(long size, long most, UnaryOperator<String> head, boolean silent)
            throws IOException {
        return new RawUpstream(exchange -> {
            String range = exchange.field("Range").orElse("");
            long from = range.isEmpty() ? 0 : Long.parseLong(range.replaceAll("bytes=(\\d+)-.*", "$1"));
            long to = range.matches(".*-\\d+") ? Long.parseLong(range.replaceAll(".*-", "")) : size - 1;
            String status = range.isEmpty()
                    ? "HTTP/1.1 200 OK\r\n"
                    : "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + from + "-" + to + "/" + size + "\r\n";
            exchange.text(
                    head.apply(status + "Content-Type: video/mp4\r\nContent-Length: " + (to - from + 1) + "\r\n\r\n"));
            long length = Math.min(most, to - from + 1);
            exchange.pattern(from, length);
            if (length < to - from + 1 && !silent) {
                exchange.socket().close();
            }
        });
    }

    private static RawUpstream leavingAfter(long bytes) throws IOException {
        return serving(SIZE, bytes, UnaryOperator.identity(), false);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RawUpstream whole() throws IOException {
        return serving(SIZE, SIZE, UnaryOperator.identity(), false);
    }

    private static byte[] body(RawClient client, int most) throws IOException {
        return client.in().readNBytes(most);
    }

    private static EdgeUnderTest edge(EdgeSetup setup, MediaRelay relay) throws IOException {
        return new EdgeUnderTest(setup::of, request -> new Reply.Relay(relay));
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void anotherSourceGoesOnWhereOneBrokeOffAndTheConnectionIsUsedAgain(EdgeSetup setup) throws Exception {
        for (int cut : new int[] {0, 1, 40_000, CUT}) {
            try (RawUpstream broken = leavingAfter(cut);
                    RawUpstream other = whole()) {
                Relay relay = new Relay(broken, Headers.NONE, other);
                try (EdgeUnderTest edge = edge(setup, relay);
                        RawClient client = edge.client()) {
                    assertThat(client.ask("GET", "/v").head().status()).isEqualTo(200);
                    assertThat(Arrays.equals(body(client, SIZE), RawUpstream.patternBytes(0, SIZE)))
                            .isTrue();
                    assertThat(relay.missing).containsExactly(new ByteSpan(cut, SIZE - 1, SIZE));
                    assertThat(relay.silences).containsExactly(false);
                    await().untilAsserted(() -> assertThat(relay.ends)
                            .singleElement()
                            .matches(end -> end.complete() && end.bytes() == SIZE));
                    assertThat(client.ask("HEAD", "/v").response(false).status())
                            .isEqualTo(200);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aPartIsCompletedAsAPart(EdgeSetup setup) throws Exception {
        int from = 1_000_000;
        int to = 5_000_000;
        try (RawUpstream broken = leavingAfter(CUT);
                RawUpstream again = leavingAfter(500_000);
                RawUpstream other = whole()) {
            Relay relay = new Relay(broken, Headers.of("Range", "bytes=" + from + "-" + to), again, other);
            try (EdgeUnderTest edge = edge(setup, relay);
                    RawClient client = edge.client()) {
                assertThat(client.ask("GET", "/v").head().status()).isEqualTo(206);
                assertThat(Arrays.equals(body(client, to - from + 1), RawUpstream.patternBytes(from, to - from + 1)))
                        .isTrue();
                assertThat(relay.missing)
                        .containsExactly(
                                new ByteSpan(from + CUT, to, SIZE), new ByteSpan(from + CUT + 500_000, to, SIZE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void whatDoesNotAnswerWithExactlyTheRestIsNotUsed(EdgeSetup setup) throws Exception {
        try (RawUpstream broken = leavingAfter(CUT);
                RawUpstream longer = serving(SIZE + 1, SIZE, UnaryOperator.identity(), false);
                RawUpstream zipped = serving(
                        SIZE, SIZE, head -> head.replace("\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n"), false);
                RawUpstream all = serving(SIZE, SIZE, head -> head.replace("206 Partial Content", "200 OK"), false);
                RawUpstream refusing =
                        serving(SIZE, 0, head -> "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", false)) {
            Relay relay = new Relay(broken, Headers.NONE, longer, zipped, all, refusing);
            try (EdgeUnderTest edge = edge(setup, relay);
                    RawClient client = edge.client()) {
                client.ask("GET", "/v").head();
                byte[] got = body(client, SIZE);
                assertThat(Arrays.equals(got, RawUpstream.patternBytes(0, CUT))).isTrue();
                assertThat(relay.missing).hasSize(5);
                await().untilAsserted(() ->
                        assertThat(relay.ends).singleElement().matches(end -> !end.complete() && end.bytes() == CUT));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aSilentSourceIsLeftForAnother(EdgeSetup setup) throws Exception {
        try (RawUpstream silent = serving(SIZE, CUT, UnaryOperator.identity(), true);
                RawUpstream other = whole()) {
            Relay relay = new Relay(silent, Headers.NONE, other);
            EdgeTimeouts hasty = EdgeUnderTest.SHORT;
            EdgeTimeouts timeouts = new EdgeTimeouts(
                    hasty.idle(),
                    hasty.head(),
                    hasty.body(),
                    hasty.write(),
                    hasty.clientStall(),
                    Duration.ofMillis(200),
                    hasty.connect(),
                    hasty.handshake(),
                    hasty.ping());
            try (EdgeUnderTest edge = new EdgeUnderTest(
                            options -> setup.of(options.withTimeouts(timeouts)), request -> new Reply.Relay(relay));
                    RawClient client = edge.client()) {
                client.ask("GET", "/v").head();
                assertThat(Arrays.equals(body(client, SIZE), RawUpstream.patternBytes(0, SIZE)))
                        .isTrue();
                await().untilAsserted(() -> assertThat(silent.open).hasValue(0));
                assertThat(relay.silences).containsExactly(true);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void aSourceMaySayHowLongItMayBeSilent(EdgeSetup setup) throws Exception {
        try (RawUpstream silent = serving(SIZE, CUT, UnaryOperator.identity(), true)) {
            MediaRelay relay = new RawUpstream.Sources(
                    List.of(silent.source("/v", Headers.NONE).silentFor(Duration.ofMillis(200))));
            try (EdgeUnderTest edge = edge(setup, relay);
                    RawClient client = edge.client()) {
                client.ask("GET", "/v").head();
                assertThat(body(client, SIZE)).hasSize(CUT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void theTimeThatASourceKeepsAClientWaitingIsMeasured(EdgeSetup setup) throws Exception {
        Duration pause = Duration.ofMillis(400);
        CountDownLatch goOn = new CountDownLatch(1);
        try (RawUpstream hesitant = new RawUpstream(exchange -> {
            exchange.text("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: " + SIZE + "\r\n\r\n");
            exchange.pattern(0, CUT);
            awaitQuietly(goOn);
            exchange.pattern(CUT, SIZE - CUT);
        })) {
            Relay relay = new Relay(hesitant, Headers.NONE);
            try (EdgeUnderTest edge = edge(setup, relay);
                    RawClient client = edge.client()) {
                client.ask("GET", "/v").head();
                assertThat(body(client, CUT)).hasSize(CUT);
                await().pollDelay(pause).until(() -> true);
                goOn.countDown();
                assertThat(body(client, SIZE - CUT)).hasSize(SIZE - CUT);
                await().untilAsserted(() -> assertThat(relay.ends)
                        .singleElement()
                        .matches(end -> end.waited().compareTo(pause.dividedBy(2)) > 0));
                assertThat(relay.silences).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void theTimeThatAClientTakesNothingIsNotItsSources(EdgeSetup setup) throws Exception {
        int size = 64 << 20;
        Duration pause = Duration.ofSeconds(2);
        try (RawUpstream quick = serving(size, size, UnaryOperator.identity(), false)) {
            Relay relay = new Relay(quick, Headers.NONE);
            try (EdgeUnderTest edge = edge(setup, relay);
                    RawClient client = edge.client()) {
                client.ask("GET", "/v").head();
                await().pollDelay(pause).until(() -> true);
                assertThat(body(client, size)).hasSize(size);
                await().untilAsserted(() -> assertThat(relay.ends)
                        .singleElement()
                        .matches(end -> end.total().minus(end.waited()).compareTo(pause.dividedBy(2)) > 0));
                assertThat(relay.silences).isEmpty();
            }
        }
    }

    @Test
    void aClientThatLeavesMeanwhileEndsEverything() throws Exception {
        try (RawUpstream broken = leavingAfter(CUT);
                RawUpstream hanging = new RawUpstream(exchange -> {})) {
            Relay relay = new Relay(broken, Headers.NONE, hanging);
            try (EdgeUnderTest edge = edge(EdgeSetup.ONE_LOOP, relay);
                    RawClient client = edge.client()) {
                client.ask("GET", "/v").head();
                InputStream in = client.in();
                in.readNBytes(CUT);
                await().untilAsserted(() -> assertThat(hanging.open).hasValue(1));
                client.close();
                await().untilAsserted(
                                () -> assertThat(relay.ends).singleElement().matches(end -> !end.complete()));
                await().untilAsserted(() -> assertThat(hanging.open).hasValue(0));
            }
        }
    }
}
