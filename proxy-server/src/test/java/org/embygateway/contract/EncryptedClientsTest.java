package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.embygateway.tls.ThrowAwayAuthority.Issued;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTPS with a certificate of the gateway's own, in either version of HTTP. */
@ParameterizedClass
@EnumSource(HttpClient.Version.class)
class EncryptedClientsTest {
    @TempDir
    Path data;

    @Parameter
    HttpClient.Version version;

    private final SimulatedEmby server = Servers.named("left").start();
    private GatewayUnderTest gateway;
    private TestClient client;

    @BeforeEach
    void start() {
        Servers.heat(server, 0, "1080p", 5_000_003);
        gateway = GatewayUnderTest.over(data, server).encrypted(version).start().indexed();
        client = gateway.admin();
    }

    @AfterEach
    void close() {
        try {
            gateway.close();
        } finally {
            server.close();
        }
    }

    private String film() {
        return client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie")
                .getFirst()
                .path("Id")
                .asText();
    }

    @Test
    void everyAddressThatIsToldIsTheOneOfHttps() {
        JsonNode info = client.get("/emby/System/Info").ok();
        assertThat(info.path("LocalAddress").asText()).isEqualTo(gateway.base());
        assertThat(info.path("WanAddress").asText()).isEqualTo(gateway.base());
        assertThat(info.path("SupportsHttps").asBoolean()).isTrue();
        assertThat(info.path("HttpsPortNumber").asInt())
                .isEqualTo(URI.create(gateway.base()).getPort());
        assertThat(info.path("HttpServerPortNumber").asInt()).isEqualTo(gateway.plainPort());

        JsonNode played = client.post("/media/" + film() + "/play", "{}").ok();
        assertThat(played.path("streamUrl").asText()).startsWith(gateway.base() + "/");
    }

    @Test
    void whoComesByPlainHttpIsToldOfIt() {
        String plain = "http://127.0.0.1:" + gateway.plainPort();
        JsonNode info = client.movedTo(plain).get("/emby/System/Info").ok();

        assertThat(info.path("LocalAddress").asText()).isEqualTo(plain);
        assertThat(info.path("SupportsHttps").asBoolean()).isTrue();
        assertThat(info.path("HttpsPortNumber").asInt())
                .isEqualTo(URI.create(gateway.base()).getPort());
    }

    @Test
    void theEndOfTheCertificateIsCounted() {
        assertThat(client.get("/metrics").text()).contains("gateway_tls_certificate_end_seconds 1.");
    }

    @Test
    void aWebSocketHearsWhatHappens() {
        String film = film();
        try (TestSocket socket = gateway.socket(client)) {
            client.post("/emby/Users/{me}/FavoriteItems/" + film, "");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !socket.messages("UserDataChanged").isEmpty());
            assertThat(socket.isOpen()).isTrue();
        }
    }

    @Test
    void aRenewedCertificateIsTakenWithoutARestartAndABrokenOneIsNot() throws IOException {
        Certificate first = certificate();
        try (TestSocket before = gateway.socket(client)) {
            Issued renewed = Encrypted.AUTHORITY.issueRsa();
            renewed.in(data);
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> certificate().equals(renewed.bundle().getCertificate()));
            assertThat(certificate()).isNotEqualTo(first);
            assertThat(before.isOpen()).isTrue();

            Files.writeString(data.resolve("key.pem"), "no key");
            await().during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> certificate().equals(renewed.bundle().getCertificate()));
            assertThat(client.get("/emby/System/Info").status()).isEqualTo(200);
        }
    }

    private Certificate certificate() throws IOException {
        URI base = URI.create(gateway.base());
        try (SSLSocket socket =
                (SSLSocket) Encrypted.TRUST.getSocketFactory().createSocket(base.getHost(), base.getPort())) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }
}
