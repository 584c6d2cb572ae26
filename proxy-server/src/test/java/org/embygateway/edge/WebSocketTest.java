package org.embygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.embygateway.route.Reply;
import org.embygateway.route.SocketSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakCheck.class)
class WebSocketTest {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    /** Remembers what happens. */
    private static final class Recorder implements SocketSession {
        final List<String> events = new CopyOnWriteArrayList<>();
        volatile @Nullable Socket socket;

        @Override
        public void opened(Socket opened) {
            socket = opened;
            events.add("opened");
        }

        @Override
        public void received(String text) {
            assertThat(Thread.currentThread().isVirtual()).isTrue();
            events.add(text.length() > 100 ? "length " + text.length() : text);
        }

        @Override
        public void closed() {
            events.add("closed");
        }

        Socket socket() {
            if (socket == null) {
                await().until(() -> socket != null);
            }
            return java.util.Objects.requireNonNull(socket);
        }
    }

    private record Frame(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        }
    }

    private static EdgeUnderTest edge(SocketSession session) throws IOException {
        return new EdgeUnderTest(options -> options, request -> new Reply.WebSocket(session));
    }

    private static RawClient connect(EdgeUnderTest edge) throws IOException {
        RawClient client = edge.client();
        RawClient.Response response = client.ask(
                        "GET",
                        "/emby/any/path?api_key=t",
                        "Upgrade: websocket",
                        "Connection: keep-alive, Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Extensions: permessage-deflate")
                .head();
        assertThat(response.status()).isEqualTo(101);
        assertThat(response.field("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(response.field("Sec-WebSocket-Extensions")).isNull();
        return client;
    }

    private static void send(RawClient client, boolean last, int opcode, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            frame.write(0x80 | 126);
            frame.write(payload.length >>> 8);
            frame.write(payload.length);
        } else {
            frame.write(0x80 | 127);
            frame.write(new byte[4]);
            for (int shift = 24; shift >= 0; shift -= 8) {
                frame.write(payload.length >>> shift);
            }
        }
        byte[] mask = {1, 2, 3, 4};
        frame.write(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i % 4]);
        }
        client.send(frame.toByteArray());
    }

    private static void text(RawClient client, String text) throws IOException {
        send(client, true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Frame receive(RawClient client) throws IOException {
        byte[] head = client.exactly(2);
        int length = head[1] & 0x7F;
        if (length == 126) {
            byte[] more = client.exactly(2);
            length = (more[0] & 0xFF) << 8 | more[1] & 0xFF;
        } else if (length == 127) {
            byte[] more = client.exactly(8);
            length = java.nio.ByteBuffer.wrap(more, 4, 4).getInt();
        }
        return new Frame(head[0] & 0x0F, client.exactly(length));
    }

    @ParameterizedTest
    @EnumSource(EdgeSetup.class)
    void messagesGoBothWaysInOrder(EdgeSetup setup) throws Exception {
        Recorder session = new Recorder();
        try (EdgeUnderTest edge = new EdgeUnderTest(setup::of, request -> new Reply.WebSocket(session));
                RawClient client = connect(edge)) {
            for (int i = 0; i < 100; i++) {
                text(client, "m" + i);
            }
            await().until(() -> session.events.size() == 101);
            assertThat(session.events).startsWith("opened", "m0", "m1").endsWith("m99");
            for (int i = 0; i < 100; i++) {
                session.socket().send("s" + i);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(receive(client).text()).isEqualTo("s" + i);
            }
            session.socket().send("ü".repeat(60_000));
            assertThat(receive(client).payload()).hasSize(120_000);
        }
        await().until(() -> session.events.getLast().equals("closed"));
        assertThat(session.events).filteredOn("closed"::equals).hasSize(1);
    }

    @Test
    void fragmentsWithAPingBetweenThemAreOneMessage() throws Exception {
        Recorder session = new Recorder();
        try (EdgeUnderTest edge = edge(session);
                RawClient client = connect(edge)) {
            send(client, false, TEXT, "who ".getBytes(StandardCharsets.UTF_8));
            send(client, true, PING, "p".getBytes(StandardCharsets.UTF_8));
            send(client, false, 0, "is ".getBytes(StandardCharsets.UTF_8));
            send(client, true, 0, "there".getBytes(StandardCharsets.UTF_8));
            Frame pong = receive(client);
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.text()).isEqualTo("p");
            await().until(() -> session.events.contains("who is there"));
        }
    }

    @Test
    void binaryMessagesAreIgnored() throws Exception {
        Recorder session = new Recorder();
        try (EdgeUnderTest edge = edge(session);
                RawClient client = connect(edge)) {
            send(client, true, 2, new byte[] {1, 2, 3});
            text(client, "after");
            await().until(() -> session.events.size() == 2);
            assertThat(session.events).containsExactly("opened", "after");
        }
    }

    @Test
    void messagesUpToOneMebibyteAreTakenAndLongerOnesEndTheSocket() throws Exception {
        Recorder session = new Recorder();
        try (EdgeUnderTest edge = edge(session)) {
            try (RawClient client = connect(edge)) {
                text(client, "x".repeat(1 << 20));
                await().until(() -> session.events.contains("length 1048576"));
                send(client, false, TEXT, new byte[800_000]);
                send(client, true, 0, new byte[800_000]);
                Frame close = receive(client);
                assertThat(close.opcode()).isEqualTo(CLOSE);
                assertThat(close.closeCode()).isEqualTo(1009);
                assertThat(client.isClosed()).isTrue();
            }
            try (RawClient client = connect(edge)) {
                client.send(new byte[] {(byte) 0x81, (byte) 0xFF, 0, 0, 0, 0, 0, 0x20, 0, 0, 1, 2, 3, 4});
                assertThat(receive(client).closeCode()).isEqualTo(1009);
                assertThat(client.isClosed()).isTrue();
            }
        }
    }

    @Test
    void whatIsNoProperFrameEndsTheSocket() throws Exception {
        Recorder session = new Recorder();
        try (EdgeUnderTest edge = edge(session)) {
            try (RawClient client = connect(edge)) {
                client.send(new byte[] {(byte) 0x81, 1, 'x'});
                assertThat(receive(client).closeCode()).isEqualTo(1002);
                assertThat(client.isClosed()).isTrue();
            }
            try (RawClient client = connect(edge)) {
                send(client, true, TEXT, new byte[] {(byte) 0xC3, 0x28});
                assertThat(receive(client).closeCode()).isEqualTo(1007);
                assertThat(client.isClosed()).isTrue();
            }
        }
    }

    @Test
    void pingsGoOutAndAClientThatAnswersNoneIsDropped() throws Exception {
        Recorder session = new Recorder();
        EdgeTimeouts base = EdgeUnderTest.SHORT;
        EdgeTimeouts quick = new EdgeTimeouts(
                Duration.ofMillis(100),
                base.head(),
                base.body(),
                base.write(),
                base.clientStall(),
                base.upstreamStall(),
                base.connect(),
                base.handshake(),
                Duration.ofMillis(150));
        try (EdgeUnderTest edge =
                        new EdgeUnderTest(o -> o.withTimeouts(quick), request -> new Reply.WebSocket(session));
                RawClient client = connect(edge)) {
            for (int i = 0; i < 6; i++) {
                assertThat(receive(client).opcode()).isEqualTo(PING);
                send(client, true, PONG, new byte[0]);
            }
            assertThat(receive(client).opcode()).isEqualTo(PING);
            assertThat(receive(client).opcode()).isEqualTo(PING);
            assertThat(client.isClosed()).isTrue();
            await().until(() -> session.events.contains("closed"));
        }
    }

    @Test
    void aClientThatDoesNotReadIsClosedRatherThanBufferedFor() throws Exception {
        Recorder session = new Recorder();
        try (EdgeUnderTest edge = edge(session);
                RawClient client = connect(edge)) {
            String large = "y".repeat(100_000);
            await().until(() -> {
                for (int i = 0; i < 50; i++) {
                    session.socket().send(large);
                }
                return session.events.contains("closed") || edge.server().connections() == 0;
            });
            await().until(() -> session.events.contains("closed"));
        }
    }

    @Test
    void aFloodOfMessagesBehindASlowSessionEndsTheSocket() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Recorder session = new Recorder();
        SocketSession slow = new SocketSession() {
            @Override
            public void opened(Socket socket) {
                session.opened(socket);
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void received(String text) {
                session.received(text);
            }

            @Override
            public void closed() {
                session.closed();
            }
        };
        try (EdgeUnderTest edge = edge(slow);
                RawClient client = connect(edge)) {
            for (int i = 0; i < 300; i++) {
                text(client, "m");
            }
            assertThat(receive(client).closeCode()).isEqualTo(1013);
            release.countDown();
            await().until(() -> session.events.contains("closed"));
        } finally {
            release.countDown();
        }
    }

    @Test
    void eitherSideMayClose() throws Exception {
        Recorder session = new Recorder();
        try (EdgeUnderTest edge = edge(session)) {
            try (RawClient client = connect(edge)) {
                send(client, true, CLOSE, new byte[] {0x03, (byte) 0xE8});
                assertThat(receive(client).closeCode()).isEqualTo(1000);
                assertThat(client.isClosed()).isTrue();
            }
            await().until(() -> session.events.contains("closed"));
            Recorder second = new Recorder();
            try (EdgeUnderTest other = edge(second);
                    RawClient client = connect(other)) {
                second.socket().close(1000, "logout");
                Frame close = receive(client);
                assertThat(close.closeCode()).isEqualTo(1000);
                send(client, true, CLOSE, new byte[] {0x03, (byte) 0xE8});
                assertThat(client.isClosed()).isTrue();
                await().until(() -> second.events.contains("closed"));
                second.socket().send("too late");
            }
        }
    }

    @Test
    void stoppingTheServerSaysGoodbye() throws Exception {
        Recorder session = new Recorder();
        try (EdgeUnderTest edge = edge(session);
                RawClient client = connect(edge)) {
            session.socket();
            Thread closing = Thread.ofVirtual().start(() -> {
                try {
                    edge.server().close(Duration.ofSeconds(10));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(receive(client).closeCode()).isEqualTo(1001);
            client.close();
            assertThat(closing.join(Duration.ofSeconds(5))).isTrue();
            assertThat(session.events).contains("closed");
        }
    }

    @Test
    void onlyAHandshakeIsUpgraded() throws Exception {
        Recorder session = new Recorder();
        try (EdgeUnderTest edge = edge(session);
                RawClient client = edge.client()) {
            assertThat(client.get("/embywebsocket").status()).isEqualTo(400);
            RawClient.Response old = client.get(
                    "/embywebsocket",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 8",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
            assertThat(old.status()).isEqualTo(426);
            assertThat(old.field("Sec-WebSocket-Version")).isEqualTo("13");
            assertThat(session.events).isEmpty();
        }
    }

    @Test
    void aHandlerMayRefuseTheHandshake() throws Exception {
        try (EdgeUnderTest edge =
                        new EdgeUnderTest(o -> o, request -> Reply.text(401, "Access token is invalid or expired."));
                RawClient client = edge.client()) {
            assertThat(client.get("/embywebsocket", "Upgrade: websocket", "Connection: Upgrade")
                            .status())
                    .isEqualTo(401);
        }
    }
}
