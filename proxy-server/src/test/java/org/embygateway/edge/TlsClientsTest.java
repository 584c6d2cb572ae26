package org.embygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.embygateway.route.EdgeRequest;
import org.embygateway.route.Headers;
import org.embygateway.route.Reply;
import org.embygateway.route.RequestHandler;
import org.embygateway.tls.OwnCertificate;
import org.embygateway.tls.ThrowAwayAuthority;
import org.embygateway.tls.ThrowAwayAuthority.Issued;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class TlsClientsTest {
    private static EdgeUnderTest edge(boolean bySystem, UnaryOperator<EdgeOptions> tls, RequestHandler handler)
            throws IOException {
        return new EdgeUnderTest(options -> tls.apply(options.withNativeTransport(bySystem)), handler);
    }

    private static Reply hello(EdgeRequest request) {
        return Reply.text(200, request.secure() ? "encrypted" : "plain");
    }

    private static RawClient encrypted(EdgeUnderTest edge) throws IOException {
        return RawClient.encrypted(edge.server().secureAddress().orElseThrow(), 0, EncryptedEdge.TRUST);
    }

    private static X509Certificate certificateOf(RawClient client) throws IOException {
        return (X509Certificate) ((SSLSocket) client.socket()).getSession().getPeerCertificates()[0];
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothPortsAreServedAndTheHandlerIsToldWhichOne(boolean bySystem) throws Exception {
        try (EdgeUnderTest edge = edge(bySystem, EncryptedEdge::besidePlain, TlsClientsTest::hello);
                RawClient plain = new RawClient(edge.address);
                RawClient secure = encrypted(edge)) {
            assertThat(plain.get("/").text()).isEqualTo("plain");
            assertThat(secure.get("/").text()).isEqualTo("encrypted");
            assertThat(secure.get("https://localhost/").text()).isEqualTo("encrypted");
            assertThat(edge.server().plainAddress()).contains(edge.address);
            assertThat(edge.server().connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void versionsBefore12AreRefused(boolean bySystem) throws Exception {
        try (EdgeUnderTest edge = edge(bySystem, EncryptedEdge::only, TlsClientsTest::hello)) {
            for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                try (SSLSocket socket = (SSLSocket) EncryptedEdge.TRUST
                        .getSocketFactory()
                        .createSocket(edge.address.getAddress(), edge.address.getPort())) {
                    socket.setEnabledProtocols(new String[] {version});
                    socket.startHandshake();
                    assertThat(socket.getSession().getProtocol()).isEqualTo(version);
                    assertThat(socket.getSession().getCipherSuite()).containsAnyOf("GCM", "POLY1305");
                }
            }
            try (RawClient old = new RawClient(edge.address)) {
                old.send(helloOfVersion1());
                byte[] alert = old.exactly(7);
                assertThat(alert[0]).isEqualTo((byte) 21);
                assertThat(alert[6]).as("protocol_version").isEqualTo((byte) 70);
            }
        }
    }

    /** A client hello of TLS 1.0 with one cipher of its time. */
    private static byte[] helloOfVersion1() {
        ByteBuffer hello = ByteBuffer.allocate(50);
        hello.put(new byte[] {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 1}).put(new byte[32]);
        hello.put(new byte[] {0, 0, 2, 0, 0x2F, 1, 0});
        return hello.array();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRenewedCertificateIsForNewClientsAndTheOthersGoOn(boolean bySystem) throws Exception {
        Issued renewed = EncryptedEdge.AUTHORITY.issueRsa();
        try (EdgeUnderTest edge = edge(bySystem, EncryptedEdge::only, TlsClientsTest::hello);
                RawClient before = edge.client()) {
            X509Certificate first = certificateOf(before);
            edge.server().renew(renewed.certificate());
            assertThat(before.get("/").status()).isEqualTo(200);
            try (RawClient after = edge.client()) {
                assertThat(certificateOf(after)).isEqualTo(renewed.bundle().getCertificate());
                assertThat(after.get("/").status()).isEqualTo(200);
            }
            assertThat(certificateOf(before)).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCertificateThatCannotBeUsedLeavesTheOldOne(boolean bySystem) throws Exception {
        try (EdgeUnderTest edge = edge(bySystem, EncryptedEdge::only, TlsClientsTest::hello)) {
            var without = new OwnCertificate(
                    EncryptedEdge.AUTHORITY.issue().certificate().key(), List.of());
            assertThatThrownBy(() -> edge.server().renew(without)).isInstanceOf(IllegalArgumentException.class);
            try (RawClient client = edge.client()) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverDoesNotSpeakTlsThereIsHungUpOn(boolean bySystem) throws Exception {
        EdgeTimeouts impatient = EdgeUnderTest.SHORT.withHandshake(Duration.ofMillis(400));
        try (EdgeUnderTest edge =
                edge(bySystem, options -> EncryptedEdge.only(options.withTimeouts(impatient)), TlsClientsTest::hello)) {
            try (RawClient plain = new RawClient(edge.address)) {
                plain.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(plain.in().readAllBytes().length).isLessThan(20);
            }
            try (RawClient silent = new RawClient(edge.address)) {
                assertThat(silent.isClosed())
                        .as("after the time for a handshake")
                        .isTrue();
            }
            await().until(() -> edge.server().connections() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clientsInTheirHandshakeCountToo(boolean bySystem) throws Exception {
        try (EdgeUnderTest edge = edge(
                        bySystem, options -> EncryptedEdge.only(options.withMaxConnections(1)), TlsClientsTest::hello);
                RawClient silent = new RawClient(edge.address)) {
            await().until(() -> edge.server().connections() == 1);
            assertThatThrownBy(edge::client).isInstanceOf(IOException.class);
            silent.close();
            await().until(() -> edge.server().connections() == 0);
            try (RawClient next = edge.client()) {
                assertThat(next.get("/").status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatBreaksOffAndEndsWithTheConnectionHasNoRegularEnd(boolean bySystem) throws Exception {
        try (RawUpstream upstream = new RawUpstream(exchange -> {
                    exchange.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n300000\r\n");
                    exchange.pattern(0, 1 << 20);
                    exchange.socket().close();
                });
                EdgeUnderTest edge = edge(bySystem, EncryptedEdge::only, request -> upstream.relay("/v"));
                RawClient client = edge.client()) {
            client.send("GET /v HTTP/1.0\r\n\r\n");
            assertThatThrownBy(client::response).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void longRepliesToStalledClientsAreNotEncryptedAhead(boolean bySystem) throws Exception {
        ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
        CountDownLatch begun = new CountDownLatch(20);
        List<RawClient> clients = new ArrayList<>();
        try (EdgeUnderTest edge = edge(bySystem, EncryptedEdge::only, request -> {
            begun.countDown();
            return new Reply.Repeated("application/octet-stream", Headers.NONE, block, 100 << 20);
        })) {
            long before = OutsideTheHeap.bytes();
            for (int i = 0; i < 20; i++) {
                clients.add(edge.client(4096).ask("GET", "/"));
            }
            begun.await();
            for (RawClient client : clients) {
                assertThat(client.head().field("Content-Length")).isEqualTo("104857600");
            }
            assertThat(OutsideTheHeap.bytes() - before).isLessThan(60L << 20);
            assertThat(clients.getFirst().exactly(100 << 20)).hasSize(100 << 20);
            assertThat(clients.getFirst().get("/").status()).isEqualTo(200);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stalledClientsDoNotHoldUpTheStop(boolean bySystem) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try (RawUpstream upstream = new RawUpstream(exchange -> {
                    exchange.text("HTTP/1.1 200 OK\r\nContent-Length: " + (100 << 20) + "\r\n\r\n");
                    exchange.pattern(0, 100 << 20);
                });
                EdgeUnderTest edge = edge(bySystem, EncryptedEdge::only, request -> upstream.relay("/v"))) {
            for (int i = 0; i < 10; i++) {
                RawClient client = edge.client(4096).ask("GET", "/v");
                client.head();
                clients.add(client);
            }
            AtomicReference<Duration> took = new AtomicReference<>();
            Thread stopping = Thread.ofVirtual().start(() -> {
                long begin = System.nanoTime();
                edge.close();
                took.set(Duration.ofNanos(System.nanoTime() - begin));
            });
            assertThat(stopping.join(Duration.ofSeconds(20))).isTrue();
            assertThat(took.get()).as("ten times the wait for one").isLessThan(Duration.ofSeconds(8));
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatDoesNotTrustTheCertificateIsForgotten(boolean bySystem) throws Exception {
        try (EdgeUnderTest edge = edge(bySystem, EncryptedEdge::only, TlsClientsTest::hello)) {
            assertThatThrownBy(() -> RawClient.encrypted(edge.address, 0, new ThrowAwayAuthority().client()))
                    .isInstanceOf(SSLException.class);
            await().until(() -> edge.server().connections() == 0);
        }
    }
}
