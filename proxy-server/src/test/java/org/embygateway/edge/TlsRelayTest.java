package org.embygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;
import org.embygateway.route.RequestHandler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
class TlsRelayTest {
    private static final int LENGTH = 6 << 20;
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private static Path directory;

    private static KeyStore keys;

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path file = directory.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "upstream",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
    }

    private static SSLServerSocket listener() throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static TrustManagerFactory trust() throws Exception {
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("upstream", keys.getCertificate("upstream"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        return trust;
    }

    private static RawUpstream upstream(SSLServerSocket listener) {
        return new RawUpstream(listener, exchange -> {
            exchange.text("HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n");
            exchange.pattern(0, LENGTH);
        });
    }

    private static RequestHandler relaying(SSLServerSocket listener) {
        URI uri = URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/v");
        return request -> new Reply.Relay(new RawUpstream.Sources(
                List.of(new RelaySource(new UpstreamId(1), uri, Headers.NONE, Duration.ofSeconds(10)))));
    }

    private static EdgeOptions options() {
        return EdgeOptions.listeningOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Test
    void mediaOfATrustedUpstreamIsRelayedAndTheConnectionKept() throws Exception {
        SSLServerSocket listener = listener();
        EdgeServer server = new EdgeServer(options(), relaying(listener), trust());
        try (RawUpstream upstream = upstream(listener);
                RawClient client = new RawClient(server.start())) {
            for (int round = 0; round < 3; round++) {
                assertThat(client.get("/v").body()).isEqualTo(RawUpstream.patternBytes(0, LENGTH));
            }
            assertThat(upstream.accepted).hasValue(1);
        } finally {
            server.close(Duration.ZERO);
        }
    }

    @Test
    void anUpstreamThatNobodyVouchesForGetsNoRequest() throws Exception {
        SSLServerSocket listener = listener();
        EdgeServer server = new EdgeServer(options(), relaying(listener));
        try (RawUpstream upstream = upstream(listener);
                RawClient client = new RawClient(server.start())) {
            assertThat(client.get("/v").status()).isEqualTo(502);
            assertThat(upstream.exchanges).isEmpty();
            await().untilAtomic(upstream.open, org.hamcrest.Matchers.is(0));
        } finally {
            server.close(Duration.ZERO);
        }
    }
}
