package org.embygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.WouldWait;
import org.embygateway.route.EdgeRequest;
import org.embygateway.route.Headers;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;
import org.embygateway.route.RequestHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakCheck.class)
class AtOnceTest {
    private static final RawUpstream.Script FILE =
            exchange -> exchange.text("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 5\r\n\r\nbytes");

    /** Answers with {@code later} what {@code atOnce} leaves. */
    private record Handler(Function<EdgeRequest, Optional<Reply>> first, Function<EdgeRequest, Reply> later)
            implements RequestHandler {
        @Override
        public Reply answer(EdgeRequest request) {
            return later.apply(request);
        }

        @Override
        public Optional<Reply> atOnce(EdgeRequest request) {
            return first.apply(request);
        }
    }

    private static EdgeUnderTest edge(Function<EdgeRequest, Optional<Reply>> first, Function<EdgeRequest, Reply> later)
            throws IOException {
        return new EdgeUnderTest(UnaryOperator.identity(), new Handler(first, later));
    }

    private static Reply threadKind() {
        Thread thread = Thread.currentThread();
        return Reply.text(200, thread.isVirtual() ? "virtual" : thread instanceof WouldWait.Unwaiting ? "loop" : "?");
    }

    @Test
    void theEventLoopIsAskedFirstAndMustNotWait() throws Exception {
        try (EdgeUnderTest edge = edge(
                        request -> request.rawPath().equals("/known") ? Optional.of(threadKind()) : Optional.empty(),
                        request -> threadKind());
                RawClient client = edge.client()) {
            assertThat(client.get("/known").text()).isEqualTo("loop");
            assertThat(client.get("/unknown").text()).isEqualTo("virtual");
            assertThat(client.get("/known").text()).isEqualTo("loop");
        }
    }

    @Test
    void aFaultThereIsAnsweredWithoutItsDetails() throws Exception {
        try (EdgeUnderTest edge = edge(
                        request -> {
                            throw new IllegalStateException("token=secret");
                        },
                        request -> Reply.noContent());
                RawClient client = edge.client()) {
            RawClient.Response response = client.get("/");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).startsWith("Internal error, reference ").doesNotContain("secret");
            assertThat(client.get("/").status()).isEqualTo(500);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderWhereverTheyAreAnswered() throws Exception {
        try (EdgeUnderTest edge = edge(
                        request -> request.rawPath().endsWith("0")
                                ? Optional.empty()
                                : Optional.of(Reply.text(200, request.rawPath())),
                        request -> Reply.text(200, request.rawPath()));
                RawClient client = edge.client()) {
            for (int i = 0; i < 100; i++) {
                client.ask("GET", "/" + i);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(client.response().text()).isEqualTo("/" + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void bytesOfASourceThatIsKnownAreRelayed(EdgeSetup setup) throws Exception {
        try (RawUpstream upstream = new RawUpstream(FILE);
                EdgeUnderTest edge = new EdgeUnderTest(
                        setup::of, new Handler(request -> Optional.of(relay(upstream)), request -> Reply.noContent()));
                RawClient client = edge.client()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/v").text()).isEqualTo("bytes");
            }
        }
    }

    private static Reply relay(RawUpstream upstream) {
        return new Reply.Relay(new RawUpstream.Sources(List.of(upstream.source("/v", Headers.NONE))));
    }

    @Test
    void aSourceThatHasToBeWaitedForIsWaitedForElsewhere() throws Exception {
        try (RawUpstream upstream = new RawUpstream(FILE);
                EdgeUnderTest edge = edge(
                        request -> Optional.of(new Reply.Relay(new Waiting(upstream.source("/v", Headers.NONE)))),
                        request -> Reply.noContent());
                RawClient client = edge.client()) {
            assertThat(client.get("/v").text()).isEqualTo("bytes");
            assertThat(client.get("/v").text()).isEqualTo("bytes");
        }
    }

    @Test
    void aStreamEndsWhenItsClientLeavesBeforeItsSourceIsLookedFor() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<RawClient> leaving = new AtomicReference<>();
        AtomicBoolean busy = new AtomicBoolean(true);
        MediaRelay media = new MediaRelay() {
            @Override
            public Optional<RelaySource> next(Optional<RelayFailure> failure) {
                keepVirtualThreadsFromStarting(busy);
                close(leaving.get());
                WouldWait.check();
                return Optional.empty();
            }

            @Override
            public void finished(RelayEnd end) {
                ended.countDown();
            }
        };
        try (EdgeUnderTest edge = edge(request -> Optional.of(new Reply.Relay(media)), request -> Reply.noContent());
                RawClient client = edge.client()) {
            leaving.set(client);
            client.ask("GET", "/v");
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            busy.set(false);
        }
    }

    private static void close(RawClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keepVirtualThreadsFromStarting(AtomicBoolean busy) {
        int carriers = Runtime.getRuntime().availableProcessors();
        CountDownLatch running = new CountDownLatch(carriers);
        for (int i = 0; i < carriers; i++) {
            Thread.ofVirtual().start(() -> {
                running.countDown();
                while (busy.get()) {
                    Thread.onSpinWait();
                }
            });
        }
        try {
            running.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One source, found out only where waiting is allowed. */
    private record Waiting(RelaySource source) implements MediaRelay {
        @Override
        public Optional<RelaySource> next(Optional<RelayFailure> failure) {
            WouldWait.check();
            return Optional.of(source);
        }

        @Override
        public void finished(RelayEnd end) {}
    }

    @Test
    void aSourceWithoutAddressIsNoMedia() throws Exception {
        for (String address : List.of("http://no-such-host.invalid/v", "ftp://127.0.0.1/v")) {
            RelaySource nowhere =
                    new RelaySource(new UpstreamId(1), URI.create(address), Headers.NONE, Duration.ofSeconds(5));
            try (EdgeUnderTest edge = edge(
                            request -> Optional.of(new Reply.Relay(new RawUpstream.Sources(List.of(nowhere)))),
                            request -> Reply.noContent());
                    RawClient client = edge.client()) {
                assertThat(client.get("/v").status()).isEqualTo(502);
            }
        }
    }
}
