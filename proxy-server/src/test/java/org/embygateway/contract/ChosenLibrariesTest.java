package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** Owners say which libraries of a server are taken in; what they leave out is nowhere. */
@Timeout(120)
class ChosenLibrariesTest {
    private static final String ALL =
            "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie,Series&SortBy=SortName";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String COLLECTIONS = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=BoxSet";

    @TempDir
    Path data;

    private final SimulatedEmby server = Servers.named("left").start();

    ChosenLibrariesTest() {
        server.library("Films", "movies").movie("Heat").year(1995);
        SimItem secret =
                server.library("Home videos", "movies").movie("Holidays").year(2020);
        server.library("Shows", "tvshows").series("Long Way").season(1).episodes(1, 2);
        server.collection("Mixed", secret);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static List<String> names(TestClient client, String path) {
        return client.items(path).stream()
                .map(item -> item.path("Name").asText())
                .toList();
    }

    @Test
    void whatTheFileLeavesOutIsNeverTakenIn() {
        try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server)
                .set("GATEWAY_EMBY_SERVERS_0_EXCLUDE_LIBRARIES", "home VIDEOS")
                .start()
                .indexed()) {
            TestClient client = gateway.admin();
            assertThat(names(client, ALL)).containsExactly("Heat", "Long Way");
            assertThat(names(client, "/emby/Users/{me}/Views")).doesNotContain("Home videos");
            assertThat(client.items("/emby/Users/{me}/Items?SearchTerm=Holidays&Recursive=true"))
                    .isEmpty();
        }
    }

    @Test
    void onlyWhatTheFileNamesIsTakenInWhenItNamesAny() {
        try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server)
                .set("GATEWAY_EMBY_SERVERS_0_INCLUDE_LIBRARIES", "Shows, Films")
                .set("GATEWAY_EMBY_SERVERS_0_EXCLUDE_LIBRARIES", "Films")
                .start()
                .indexed()) {
            assertThat(names(gateway.admin(), ALL)).containsExactly("Long Way");
        }
    }

    @Test
    void whatIsLeftOutWhileRunningGoesAndComesBackAsItWas() {
        try (GatewayUnderTest gateway =
                GatewayUnderTest.over(data, server).start().indexed()) {
            TestClient client = gateway.admin();
            String holidays = client.items(ALL).get(1).path("Id").asText();
            assertThat(client.post("/emby/Users/{me}/PlayedItems/" + holidays, "")
                            .status())
                    .isEqualTo(200);

            assertThat(client.send(
                                    "PATCH",
                                    "/admin/servers/1",
                                    JSON,
                                    "{\"excludeLibraries\":[\"Home videos\",\"Shows\"]}")
                            .ok()
                            .path("excludeLibraries"))
                    .hasSize(2);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(names(client, ALL)).containsExactly("Heat"));
            assertThat(client.get("/emby/Users/{me}/Items/" + holidays).status())
                    .isEqualTo(404);
            gateway.restart().indexed();
            TestClient again = gateway.again(client);
            assertThat(names(again, ALL)).containsExactly("Heat");

            again.send("PATCH", "/admin/servers/1", JSON, "{\"excludeLibraries\":[]}")
                    .ok();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(names(again, ALL)).containsExactly("Heat", "Holidays", "Long Way"));
            assertThat(again.get("/emby/Users/{me}/Items/" + holidays)
                            .ok()
                            .at("/UserData/Played")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void collectionsAreLeftOutWithTheLibraryThatShowsThem() {
        server.collection(
                "Ours", server.library("Films", "movies").movie("Ronin").year(1998));
        try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server)
                .set("GATEWAY_EMBY_SERVERS_0_EXCLUDE_LIBRARIES", "Collections")
                .start()
                .indexed()) {
            TestClient client = gateway.admin();
            assertThat(names(client, COLLECTIONS)).isEmpty();
            assertThat(names(client, "/emby/Users/{me}/Views")).doesNotContain("Collections");
            assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie"))
                    .contains("Ronin");
        }
    }

    @Test
    void collectionsThatAreLeftOutWhileRunningGoAndComeBackAsTheyWere() {
        try (GatewayUnderTest gateway =
                GatewayUnderTest.over(data, server).start().indexed()) {
            TestClient client = gateway.admin();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(names(client, COLLECTIONS)).containsExactly("Mixed"));
            String id = client.items(COLLECTIONS).getFirst().path("Id").asText();

            client.send("PATCH", "/admin/servers/1", JSON, "{\"excludeLibraries\":[\"Collections\"]}")
                    .ok();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(names(client, COLLECTIONS)).isEmpty());

            client.send("PATCH", "/admin/servers/1", JSON, "{\"excludeLibraries\":[]}")
                    .ok();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(names(client, COLLECTIONS)).containsExactly("Mixed"));
            assertThat(client.items(COLLECTIONS).getFirst().path("Id").asText()).isEqualTo(id);
            assertThat(names(client, "/emby/Users/{me}/Items?ParentId=" + id)).containsExactly("Holidays");
        }
    }
}
