package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.embygateway.protocol.sim.SelfSigned;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 64: servers behind paths, redirects, certificates of their own and proxies. */
@Timeout(120)
class ReachedServersTest {
    private static final int SIZE = 2_000_000;

    @TempDir
    Path data;

    @TempDir
    Path keys;

    @Test
    void scenario64BelowAPathBehindARedirectToHttpsWithACertificateOfItsOwn() throws Exception {
        SelfSigned certificate = SelfSigned.in(keys);
        try (SimulatedEmby server =
                Servers.named("left").basePath("/jelly/sub").tls(certificate).start()) {
            HttpServer redirecting = redirectingTo(server.url());
            try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server)
                    .set(
                            "GATEWAY_EMBY_SERVERS_0_URL",
                            "http://127.0.0.1:" + redirecting.getAddress().getPort() + "/jelly/sub")
                    .set(
                            "GATEWAY_EMBY_SERVERS_0_CERTIFICATE_FILE",
                            certificate.certificate().toString())) {
                playsAndIsHeard(server, gateway);
            } finally {
                redirecting.stop(0);
            }
        }
    }

    @Test
    void scenario64AServerThatNobodyVouchesForIsNotTold() throws Exception {
        try (SimulatedEmby server =
                Servers.named("left").tls(SelfSigned.in(keys)).start()) {
            try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server).start()) {
                TestClient client = gateway.admin();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> client.get("/admin/servers/1")
                                .ok()
                                .at("/health/lastError")
                                .asText()
                                .contains("certificate"));
                assertThat(server.traffic().requests()).isEmpty();
            }
        }
    }

    @Test
    void scenario64ThroughAnHttpProxy() {
        try (SimulatedEmby server = Servers.named("left").basePath("/emby").start();
                ForwardProxy proxy = new ForwardProxy()) {
            String hidden = "http://emby.invalid:" + URI.create(server.url()).getPort();
            try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server)
                    .set("GATEWAY_EMBY_SERVERS_0_URL", hidden)
                    .set("GATEWAY_EMBY_SERVERS_0_PROXY", proxy.url())) {
                playsAndIsHeard(server, gateway);
                assertThat(proxy.asked).contains("GET " + hidden, "POST " + hidden);
            }
        }
    }

    @Test
    void scenario64ThroughAnHttpProxyToHttps() throws Exception {
        SelfSigned certificate = SelfSigned.in(keys);
        try (SimulatedEmby server = Servers.named("left").tls(certificate).start();
                ForwardProxy proxy = new ForwardProxy()) {
            int port = URI.create(server.url()).getPort();
            try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server)
                    .set("GATEWAY_EMBY_SERVERS_0_PROXY", proxy.url())
                    .set(
                            "GATEWAY_EMBY_SERVERS_0_CERTIFICATE_FILE",
                            certificate.certificate().toString())) {
                playsAndIsHeard(server, gateway);
                assertThat(List.copyOf(proxy.asked)).contains("CONNECT 127.0.0.1:" + port);
                int opened = proxy.asked.size();
                assertThat(server.traffic().openConnections()).isLessThanOrEqualTo(opened);
            }
        }
    }

    /** Indexed, played byte for byte, and listened to. */
    private static void playsAndIsHeard(SimulatedEmby server, GatewayUnderTest gateway) {
        Servers.heat(server, 0, "1080p", SIZE);
        gateway.start().indexed();
        TestClient client = gateway.admin();
        String film = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat")
                .getFirst()
                .path("Id")
                .asText();
        Player player = new Player(client);
        String url = Player.sources(player.negotiate(film, Player.DIRECT))
                .getFirst()
                .path("DirectStreamUrl")
                .asText();
        assertThat(player.fetch(url).body()).hasSize(SIZE);
        assertThat(player.fetch(url).body()).isEqualTo(player.fetch(url).body());
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        client.get("/admin/sync").ok().at("/items/0/listens").asBoolean());
    }

    private static HttpServer redirectingTo(String url) throws Exception {
        URI target = URI.create(url);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String place = "https://" + target.getAuthority() + exchange.getRequestURI();
            exchange.getResponseHeaders().set("Location", place);
            exchange.sendResponseHeaders(301, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
