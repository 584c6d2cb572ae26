package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.sim.Face;
import org.embygateway.protocol.sim.RecordedRequest;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What servers say on their web sockets is a hint: seen at once, but only believed when they say it again asked. */
@Timeout(120)
class LibraryHintsTest {
    private static final String MOVIES = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName";
    private static final String WEB_SOCKET = "WS /embywebsocket";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path data;

    private final SimulatedEmby emby = Servers.named("left").start();
    private final SimulatedEmby jellyfin =
            Servers.named("right").face(Face.JELLYFIN).start();
    private final SimItem heat = emby.library("Films", "movies").movie("Heat").year(1995);
    private final SimItem ronin =
            jellyfin.library("Films", "movies").movie("Ronin").year(1998);

    @AfterEach
    void close() {
        emby.close();
        jellyfin.close();
    }

    private GatewayUnderTest started(SimulatedEmby... servers) {
        GatewayUnderTest gateway = GatewayUnderTest.over(data, servers).start().indexed();
        for (SimulatedEmby server : servers) {
            await().atMost(SOON).until(() -> server.openSockets() == 1);
        }
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode items = gateway.admin().get("/admin/sync").ok().path("items");
            assertThat(items).allSatisfy(item -> {
                assertThat(item.path("listens").asBoolean()).isTrue();
                assertThat(item.path("phase").asText()).isEqualTo("idle");
            });
        });
        return gateway;
    }

    private static List<String> names(TestClient client) {
        return client.items(MOVIES).stream()
                .map(item -> item.path("Name").asText())
                .toList();
    }

    private static void sees(TestClient client, String... names) {
        await().atMost(SOON).untilAsserted(() -> assertThat(names(client)).containsExactly(names));
    }

    @Test
    void whatIsAddedChangedOrRemovedOnAServerShowsWithinSeconds() {
        try (GatewayUnderTest gateway = started(emby, jellyfin)) {
            TestClient client = gateway.admin();
            SimItem alien = emby.library("Films", "movies").movie("Alien").year(1979);
            jellyfin.library("Films", "movies").movie("Brazil").year(1985);
            sees(client, "Alien", "Brazil", "Heat", "Ronin");

            alien.renamed("Aliens");
            sees(client, "Aliens", "Brazil", "Heat", "Ronin");

            alien.remove();
            ronin.remove();
            sees(client, "Brazil", "Heat");
        }
    }

    @Test
    void aRemovalThatIsNotTrueRemovesNothing() {
        try (GatewayUnderTest gateway = started(emby)) {
            TestClient client = gateway.admin();
            long before = emby.traffic().calls("GET /Users/{UserId}/Items/{Id}");
            emby.push(
                    "LibraryChanged",
                    EmbyJson.object()
                            .set(
                                    "ItemsRemoved",
                                    EmbyJson.MAPPER
                                            .createArrayNode()
                                            .add(heat.id())
                                            .add("424242")));

            await().atMost(SOON).until(() -> emby.traffic().calls("GET /Users/{UserId}/Items/{Id}") > before);
            await().atMost(SOON)
                    .until(() -> client.get("/admin/sync")
                            .ok()
                            .at("/items/0/phase")
                            .asText()
                            .equals("idle"));
            assertThat(names(client)).containsExactly("Heat");
            assertThat(emby.traffic().calls("GET /Users/{UserId}/Items/{Id}")).isEqualTo(before + 1);
        }
    }

    @Test
    void aBrokenSocketIsMadeAgainAndWhatWasMissedIsAskedFor() {
        try (GatewayUnderTest gateway = started(emby)) {
            TestClient client = gateway.admin();
            emby.faults().on(WEB_SOCKET).status(503);
            emby.dropConnections();
            await().atMost(SOON).until(() -> emby.openSockets() == 0);
            await().atMost(SOON)
                    .until(() -> !client.get("/admin/sync")
                            .ok()
                            .at("/items/0/listens")
                            .asBoolean());
            emby.library("Films", "movies").movie("Alien").year(1979);
            emby.faults().clear();

            sees(client, "Alien", "Heat");
            assertThat(emby.openSockets()).isEqualTo(1);
        }
    }

    @Test
    void anExpiredTokenIsRenewedForTheSocketToo() {
        try (GatewayUnderTest gateway = started(emby)) {
            emby.expireTokens();
            emby.dropConnections();

            await().atMost(SOON).until(() -> emby.openSockets() == 1);
            emby.library("Films", "movies").movie("Alien").year(1979);
            sees(gateway.admin(), "Alien", "Heat");
        }
    }

    @Test
    void thereIsOneSocketPerServerWithTheGatewaysOwnDeviceAndJellyfinIsKeptAlive() {
        try (GatewayUnderTest gateway = started(emby, jellyfin)) {
            gateway.client().signedIn(GatewayUnderTest.ADMIN, GatewayUnderTest.PASSWORD);

            await().atMost(SOON).until(() -> jellyfin.socketMessages().stream().anyMatch(m -> m.contains("KeepAlive")));
            assertThat(emby.socketMessages()).isEmpty();
            for (SimulatedEmby server : List.of(emby, jellyfin)) {
                List<RecordedRequest> sockets = server.traffic().requests(WEB_SOCKET);
                assertThat(sockets).hasSize(1);
                assertThat(server.traffic().deviceIds())
                        .isEqualTo(Set.of(sockets.getFirst().deviceId()));
            }
            assertThat(jellyfin.traffic().requests(WEB_SOCKET).getFirst().path())
                    .isEqualTo("/socket");
        }
    }

    @Test
    void aServerThatIsRemovedOrLazyIsNotListenedTo() {
        try (GatewayUnderTest gateway = started(emby)) {
            TestClient client = gateway.admin();
            client.send("PATCH", "/admin/servers/1", Map.of("Content-Type", "application/json"), """
                    {"sync":"lazy"}""")
                    .ok();

            await().atMost(SOON).until(() -> emby.openSockets() == 0);
            assertThat(names(client)).containsExactly("Heat");
        }
    }
}
