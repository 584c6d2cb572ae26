package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.sim.GeneratedLibrary;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers come and go while clients keep what they bookmarked. */
class ChangingServersTest {
    private static final String MOVIES = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path data;

    @Test
    void titlesOfANewServerShowLongBeforeItIsIndexed() {
        try (SimulatedEmby large = SimulatedEmby.named("large")
                .account("viewer", "secret-of-large")
                .start()) {
            GeneratedLibrary.seeded(11).movies(large.library("Films", "movies"), 0, 4000);
            large.library("Films", "movies").movie("Zzyzx Road").year(2006).tmdb("9999");
            try (GatewayUnderTest gateway = GatewayUnderTest.over(data, large)
                    .set("GATEWAY_EMBY_SERVERS_0_REQUESTS_PER_SECOND", "1")
                    .start()) {
                TestClient client = gateway.admin();

                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(names(client.items("/emby/Users/{me}/Views")))
                                .isNotEmpty());
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(client.items(MOVIES + "&SortBy=SortName&Limit=20"))
                                .hasSize(20));
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(names(client.items(
                                        "/emby/Users/{me}/Items?Recursive=true&SearchTerm=Zzyzx&Limit=16")))
                                .containsExactly("Zzyzx Road"));
                assertThat(client.get("/admin/sync")
                                .ok()
                                .at("/items/0/fullyIndexed")
                                .asBoolean())
                        .isFalse();
            }
        }
    }

    @Test
    void theGatewaysOwnSearchAsksServersThatAreNotIndexedYetToo() {
        try (SimulatedEmby large = SimulatedEmby.named("large")
                .account("viewer", "secret-of-large")
                .start()) {
            GeneratedLibrary.seeded(11).movies(large.library("Films", "movies"), 0, 4000);
            large.library("Films", "movies").movie("Zzyzx Road").year(2006).tmdb("9999");
            try (GatewayUnderTest gateway = GatewayUnderTest.over(data, large)
                    .set("GATEWAY_EMBY_SERVERS_0_REQUESTS_PER_SECOND", "1")
                    .start()) {
                TestClient client = gateway.admin();

                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(client.get("/media/search?q=Zzyzx")
                                        .ok()
                                        .at("/items/0/name")
                                        .asText())
                                .isEqualTo("Zzyzx Road"));
                assertThat(client.get("/admin/sync")
                                .ok()
                                .at("/items/0/fullyIndexed")
                                .asBoolean())
                        .isFalse();
            }
        }
    }

    @Test
    void aServerAddedWhileRunningShowsUpAndOneRemovedIsGone() {
        try (Overlap servers = Overlap.made();
                GatewayUnderTest gateway =
                        GatewayUnderTest.over(data, servers.left).start().indexed()) {
            TestClient client = gateway.admin();
            String heat = id(client, "Movie", "Heat");
            assertThat(versions(client, heat)).isEqualTo(2);

            String server = add(client, servers.right);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(names(client.items(MOVIES))).contains("Casablanca", "夜宴"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(versions(client, heat)).isEqualTo(3));
            assertThat(client.items("/emby/Users/{me}/Views")).hasSize(2);
            String casablanca = id(client, "Movie", "Casablanca");

            assertThat(client.delete("/admin/servers/" + server).status()).isEqualTo(204);

            assertThat(names(client.items(MOVIES)))
                    .contains("Heat", "Ronin")
                    .doesNotContain("Casablanca", "夜宴", "流浪地球2");
            assertThat(client.get("/emby/Users/{me}/Items/" + casablanca).status())
                    .isEqualTo(404);
            assertThat(versions(client, heat)).isEqualTo(2);
        }
    }

    @Test
    void scenario25IdsThatClientsBookmarkedOutliveTheServerTheyCameFromWhileACopyRemains() {
        try (Overlap servers = Overlap.made();
                Overlap moved = Overlap.made();
                GatewayUnderTest gateway = GatewayUnderTest.over(data, servers.right)
                        .person("kim", "pw", servers.right)
                        .start()
                        .indexed()) {
            TestClient client = gateway.admin();
            TestClient kim = gateway.client().signedIn("kim", "pw");
            String first = add(client, servers.left);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(names(client.items(MOVIES))).contains("Ronin"));
            String heat = id(client, "Movie", "Heat");
            String ronin = id(client, "Movie", "Ronin");
            String show = id(client, "Series", "Long Way");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(seasons(client, show)).containsExactly(1, 2, 3, 4, 5));
            assertKimSeesTheRightServerOnly(kim);

            assertThat(client.delete("/admin/servers/" + first).status()).isEqualTo(204);

            assertThat(name(client, heat)).isEqualTo("Heat");
            assertThat(versions(client, heat)).isEqualTo(1);
            assertThat(seasons(client, show)).containsExactly(3, 4, 5);
            assertThat(client.get("/emby/Users/{me}/Items/" + ronin).status()).isEqualTo(404);

            String second = add(client, moved.left);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(names(client.items(MOVIES))).contains("Ronin"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(seasons(client, show)).containsExactly(1, 2, 3, 4, 5));
            assertKept(client, heat, show);

            assertThat(client.send(
                                    "PATCH",
                                    "/admin/servers/" + second,
                                    Map.of("Content-Type", "application/json"),
                                    "{\"priority\":0}")
                            .status())
                    .isEqualTo(200);
            assertKept(client, heat, show);
            assertKimSeesTheRightServerOnly(kim);

            gateway.restart();

            assertKept(gateway.again(client), heat, show);
            assertThat(name(gateway.again(client), ronin)).isEqualTo("Ronin");
            assertKimSeesTheRightServerOnly(gateway.again(kim));
        }
    }

    private static void assertKept(TestClient client, String heat, String show) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(versions(client, heat)).isEqualTo(3));
        assertThat(name(client, heat)).isEqualTo("Heat");
        assertThat(name(client, show)).isEqualTo("Long Way");
        assertThat(id(client, "Movie", "Heat")).isEqualTo(heat);
        assertThat(id(client, "Series", "Long Way")).isEqualTo(show);
    }

    private static void assertKimSeesTheRightServerOnly(TestClient kim) {
        assertThat(names(kim.items(MOVIES))).containsExactlyInAnyOrder("Casablanca", "夜宴", "Heat", "流浪地球2");
    }

    /** Returns the number of the new server. */
    private static String add(TestClient admin, SimulatedEmby server) {
        Answer added = admin.send("POST", "/admin/servers", Map.of("Content-Type", "application/json"), """
                {"name":"%s","url":"%s","username":"viewer","password":"secret-of-%s"}""".formatted(
                        server.name(), server.url(), server.name()));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added.json().path("id").asText();
    }

    private static int versions(TestClient client, String film) {
        return client.get("/emby/Users/{me}/Items/" + film + "?Fields=MediaSources")
                .ok()
                .path("MediaSources")
                .size();
    }

    private static List<Integer> seasons(TestClient client, String show) {
        return client.items("/emby/Shows/" + show + "/Seasons?UserId={me}").stream()
                .map(season -> season.path("IndexNumber").asInt())
                .toList();
    }

    private static String name(TestClient client, String item) {
        return client.get("/emby/Users/{me}/Items/" + item).ok().path("Name").asText();
    }

    private static String id(TestClient client, String type, String name) {
        return client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=" + type).stream()
                .filter(item -> item.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }

    private static List<String> names(List<JsonNode> items) {
        return items.stream().map(item -> item.path("Name").asText()).toList();
    }
}
