package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 65: a server with several addresses is reached over the next one before anybody notices that one is dead. */
@Timeout(120)
class LinesTest {
    private static final int SIZE = 200_000;
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path data;

    private final SimulatedEmby home = Servers.named("home").start();
    private final SimulatedEmby stranger = Servers.named("stranger").start();
    private final SimItem film = Servers.heat(home, 0, "1080p", SIZE);
    private final Forwarder lan = new Forwarder(home.url());
    private final Forwarder wan = new Forwarder(home.url());

    @AfterEach
    void close() {
        lan.close();
        wan.close();
        home.close();
        stranger.close();
    }

    private GatewayUnderTest gateway() {
        return GatewayUnderTest.over(data, home)
                .set("GATEWAY_EMBY_SERVERS_0_URL", lan.url())
                .set("GATEWAY_EMBY_SERVERS_0_LINES", wan.url())
                .start()
                .indexed();
    }

    @Test
    void scenario65WhenTheLanLineDiesTheWanLineIsUsedBeforeTheFirstByte() {
        try (GatewayUnderTest gateway = gateway()) {
            TestClient client = gateway.admin();
            Player player = new Player(client);
            String id = id(client);
            String url = player.url(direct(player.negotiate(id, Player.DIRECT)));
            assertThat(player.fetch(url).body()).hasSize(SIZE);
            assertThat(wan.connections).hasValue(0);

            lan.cut();
            int atCut = lan.connections.get();

            Answer stream = player.fetch(url);
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.body()).hasSize(SIZE);
            assertThat(Player.sources(player.negotiate(id, Player.DIRECT))).hasSize(1);
            assertThat(client.post("/emby/Users/{me}/PlayedItems/" + id, "").status())
                    .isEqualTo(200);
            await().atMost(SOON).until(() -> home.user("viewer").state(film).played());
            assertThat(client.get("/admin/servers/1").ok().at("/health/state").asText())
                    .isEqualTo("online");

            lan.mend();
            assertThat(client.post("/admin/servers/1/test", "").ok().path("ok").asBoolean())
                    .isTrue();
            await().atMost(SOON).untilAsserted(() -> {
                int used = wan.connections.get();
                int before = lan.connections.get();
                JsonNode info = player.negotiate(id, Player.DIRECT);
                assertThat(player.fetch(direct(info)).body()).hasSize(SIZE);
                assertThat(wan.connections.get()).isEqualTo(used);
                assertThat(lan.connections.get()).isGreaterThanOrEqualTo(before);
                assertThat(lan.connections.get()).isGreaterThan(atCut);
            });
        }
    }

    @Test
    void scenario65AServerWhoseLanLineIsDeadFromTheStartIsReachedOverTheWan() {
        lan.cut();
        try (GatewayUnderTest gateway = gateway()) {
            TestClient client = gateway.admin();
            Player player = new Player(client);
            assertThat(player.fetch(direct(player.negotiate(id(client), Player.DIRECT)))
                            .body())
                    .hasSize(SIZE);
        }
    }

    @Test
    void scenario65AnItemThatIsNotFoundIsNoFailureOfTheLine() {
        try (GatewayUnderTest gateway = gateway()) {
            TestClient client = gateway.admin();
            home.faults().on("POST /Items/{Id}/PlaybackInfo").status(404);
            home.faults().on("GET /Videos/{Id}/stream.mkv").status(404);
            home.faults().on("GET /Videos/{Id}/stream").status(404);
            assertThat(client.post("/emby/Items/" + id(client) + "/PlaybackInfo?UserId={me}", "{}")
                            .status())
                    .isLessThan(500);
            assertThat(client.get("/emby/Videos/" + id(client) + "/stream?Static=true")
                            .status())
                    .isEqualTo(404);

            assertThat(home.traffic().calls("POST /Items/{Id}/PlaybackInfo")).isPositive();
            assertThat(wan.connections).hasValue(0);
        }
    }

    @Test
    void anotherServerAtTheAddressOfTheLanIsNotTakenForThisOne() {
        stranger.library("Films", "movies").movie("Alien").year(1979);
        try (GatewayUnderTest gateway = gateway()) {
            lan.cut();
            lan.leadTo(stranger.url());
            lan.mend();
            gateway.restart();
            TestClient client = gateway.admin();
            Player player = new Player(client);

            await().atMost(SOON).until(() -> wan.connections.get() > 0);
            assertThat(player.fetch(direct(player.negotiate(id(client), Player.DIRECT)))
                            .body())
                    .hasSize(SIZE);
            assertThat(names(client)).containsExactly("Heat");
            assertThat(stranger.traffic().calls().keySet()).containsOnly("GET /System/Info/Public");
        }
    }

    @Test
    void theOtherAddressesOfAServerAreSetShownAndInForceAtOnce() {
        try (GatewayUnderTest gateway = GatewayUnderTest.over(data).start()) {
            TestClient client = gateway.admin();
            lan.cut();
            Answer added = client.send("POST", "/admin/servers", json(), """
                    {"name":"home","url":"%s","lines":["%s"],"username":"viewer","password":"secret-of-home"}""".formatted(lan.url(), wan.url()));
            assertThat(added.status()).as(added.text()).isEqualTo(201);
            assertThat(added.json().at("/lines/0").asText()).isEqualTo(wan.url());
            await().atMost(SOON).until(() -> names(client).equals(List.of("Heat")));

            Answer wrong = client.send(
                    "PATCH", "/admin/servers/1", json(), "{\"lines\":[\"ftp://x\"],\"proxy\":\"socks5://x:1\"}");
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.json().path("errors").findValuesAsText("pointer"))
                    .containsExactlyInAnyOrder("#/lines", "#/proxy");
            assertThat(client.send("PATCH", "/admin/servers/1", json(), "{\"lines\":[]}")
                            .ok()
                            .path("lines"))
                    .isEmpty();
        }
    }

    private static Map<String, String> json() {
        return Map.of("Content-Type", "application/json");
    }

    private static String direct(JsonNode info) {
        return Player.sources(info).getFirst().path("DirectStreamUrl").asText();
    }

    private static List<String> names(TestClient client) {
        return client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie").stream()
                .map(item -> item.path("Name").asText())
                .toList();
    }

    private static String id(TestClient client) {
        return client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat")
                .getFirst()
                .path("Id")
                .asText();
    }
}
