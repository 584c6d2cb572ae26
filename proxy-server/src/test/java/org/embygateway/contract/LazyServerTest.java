package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimLibrary;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is indexed only as far as people ask: nothing is crawled, what it answered is kept. */
@Timeout(120)
class LazyServerTest {
    private static final String LISTS = "GET /Users/{UserId}/Items";
    private static final String MOVIES = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path data;

    private final SimulatedEmby own = Servers.named("left").start();
    private final SimulatedEmby strangers = Servers.named("right").start();
    private final SimLibrary films = strangers.library("Films", "movies");
    private final SimLibrary shows = strangers.library("Shows", "tvshows");

    LazyServerTest() {
        own.library("Films", "movies").movie("Alien").year(1979);
        IntStream.range(0, 300)
                .forEach(i -> films.movie("Other %03d".formatted(i)).year(1980));
    }

    @AfterEach
    void close() {
        own.close();
        strangers.close();
    }

    private GatewayUnderTest gateway() {
        return GatewayUnderTest.over(data, own, strangers)
                .set("GATEWAY_EMBY_SERVERS_1_SYNC", "lazy")
                .set("GATEWAY_CACHE_TTL", "1s");
    }

    private GatewayUnderTest started() {
        GatewayUnderTest gateway = gateway().start();
        await().atMost(SOON)
                .until(() -> gateway.admin()
                        .get("/admin/sync")
                        .ok()
                        .at("/items/0/fullyIndexed")
                        .asBoolean());
        return gateway;
    }

    private static List<String> names(TestClient client, String path) {
        return client.items(path).stream()
                .map(item -> item.path("Name").asText())
                .toList();
    }

    private static String search(String term) {
        return "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=" + term;
    }

    @Test
    void itIsAskedForNothingUntilSomebodyDoesAndNeverCrawled() {
        films.movie("Heat").year(1995);
        try (GatewayUnderTest gateway = started()) {
            TestClient client = gateway.admin();
            assertThat(strangers.traffic().calls(LISTS)).isZero();
            assertThat(strangers.openSockets()).isZero();
            assertThat(client.get("/admin/sync").ok().at("/items/1/mode").asText())
                    .isEqualTo("lazy");

            assertThat(names(client, search("Heat"))).containsExactly("Heat");
            assertThat(strangers.traffic().requests(LISTS))
                    .isNotEmpty()
                    .allSatisfy(request ->
                            assertThat(request.query().text("SortBy", "")).doesNotContain("DateCreated,SortName"));
            assertThat(client.post("/admin/sync", "{\"serverIds\":[\"2\"]}").status())
                    .isEqualTo(409);
        }
    }

    @Test
    void pagesOfBothServersAreMergedAndEveryPageIsRight() {
        try (GatewayUnderTest gateway = started()) {
            TestClient client = gateway.admin();
            assertThat(names(client, MOVIES + "&Limit=3")).containsExactly("Alien", "Other 000", "Other 001");
            assertThat(names(client, MOVIES + "&StartIndex=99&Limit=3"))
                    .containsExactly("Other 098", "Other 099", "Other 100");
        }
    }

    @Test
    void whatItAnsweredStaysWithoutItAndAfterARestart() {
        SimItem heat = films.movie("Heat").year(1995);
        try (GatewayUnderTest gateway = started()) {
            TestClient client = gateway.admin();
            assertThat(names(client, search("Heat"))).containsExactly("Heat");
            client.post("/admin/sync", "{}");
            strangers.down();
            assertThat(names(client, search("Heat"))).containsExactly("Heat");
            gateway.restart();

            assertThat(names(gateway.again(client), search("Heat"))).containsExactly("Heat");
            strangers.up();
            assertThat(heat.id()).isNotEmpty();
        }
    }

    @Test
    void whatItDoesNotKnowAnyMoreIsGoneWhenSomebodyOpensIt() {
        SimItem heat = films.movie("Heat").year(1995);
        try (GatewayUnderTest gateway = started()) {
            TestClient client = gateway.admin();
            String id = client.items(search("Heat")).getFirst().path("Id").asText();
            heat.remove();

            await().atMost(SOON)
                    .until(() -> client.get("/emby/Users/{me}/Items/" + id).status() == 404);
            assertThat(names(client, search("Heat"))).isEmpty();
        }
    }

    @Test
    void aPageOfErrorsInFrontOfItTakesNothingAway() {
        films.movie("Heat").year(1995);
        try (GatewayUnderTest gateway = started()) {
            TestClient client = gateway.admin();
            String id = client.items(search("Heat")).getFirst().path("Id").asText();
            strangers.faults().status(404);

            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/emby/Users/{me}/Items/" + id + "?x=" + i)
                                .status())
                        .isEqualTo(200);
            }
            assertThat(names(client, search("Heat"))).containsExactly("Heat");
        }
    }

    @Test
    void aSlowOneDelaysNobodyForLongAndIsLearnedFromAllTheSame() {
        films.movie("Heat").year(1995);
        try (GatewayUnderTest gateway = started()) {
            TestClient client = gateway.admin();
            strangers.faults().slow(Duration.ofSeconds(4));
            long begun = System.nanoTime();
            assertThat(names(client, MOVIES + "&SearchTerm=Alien")).containsExactly("Alien");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));

            assertThat(names(client, search("Heat"))).isEmpty();
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(names(client, search("Heat"))).containsExactly("Heat"));
        }
    }

    @Test
    void theEpisodesOfASeriesThatSomebodyOpensAreThere() {
        shows.series("Long Way").tvdb("77").season(1).episodes(1, 3);
        try (GatewayUnderTest gateway = started()) {
            TestClient client = gateway.admin();
            String series = client.items(
                            "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Series&SearchTerm=Long")
                    .getFirst()
                    .path("Id")
                    .asText();
            assertThat(client.items("/emby/Shows/" + series + "/Episodes?UserId={me}"))
                    .hasSize(3);
        }
    }

    @Test
    void librariesThatItsOwnerLeavesOutDoNotComeByAskingEither() {
        strangers.library("Secret films", "movies").movie("Heat").year(1995);
        strangers.collection("Crime", films.movie("Ronin").year(1998));
        try (GatewayUnderTest gateway = gateway()
                .set("GATEWAY_EMBY_SERVERS_1_EXCLUDE_LIBRARIES", "secret FILMS")
                .start()) {
            TestClient client = gateway.admin();

            assertThat(names(client, search("Heat"))).isEmpty();
            assertThat(names(client, search("Ronin"))).containsExactly("Ronin");
            assertThat(names(client, "/emby/Users/{me}/Views")).doesNotContain("Secret films");
        }
    }
}
