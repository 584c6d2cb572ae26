package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.embygateway.protocol.sim.GeneratedLibrary;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers with a thousand films each, of which five hundred are the same. */
class PagesTest {
    private static final String FILMS =
            "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SortBy=DateCreated&SortOrder=Descending";

    @TempDir
    static Path data;

    private static SimulatedEmby left;
    private static SimulatedEmby right;
    private static GatewayUnderTest gateway;
    private static TestClient client;

    @BeforeAll
    static void start() {
        left = SimulatedEmby.named("left").account("viewer", "secret-of-left").start();
        right = SimulatedEmby.named("right")
                .account("viewer", "secret-of-right")
                .start();
        GeneratedLibrary titles = GeneratedLibrary.seeded(7);
        titles.movies(left.library("Films", "movies"), 0, 1000);
        titles.movies(right.library("Movies", "movies"), 500, 1000);
        gateway = GatewayUnderTest.over(data, left, right).start().indexed();
        client = gateway.admin();
    }

    @AfterAll
    static void stop() {
        try (SimulatedEmby one = left;
                SimulatedEmby other = right) {
            gateway.close();
        }
    }

    @Test
    void scenario26FifteenPagesOfAHundredAreAllFilmsInOneOrderOverBothServers() {
        List<JsonNode> walked = new ArrayList<>();
        for (int start = 0; start < 1500; start += 100) {
            JsonNode page = client.get(FILMS + "&Fields=DateCreated,ProviderIds&Limit=100&StartIndex=" + start)
                    .ok();
            assertThat(page.path("TotalRecordCount").asInt()).isEqualTo(1500);
            assertThat(page.path("Items")).hasSize(100);
            page.path("Items").forEach(walked::add);
        }

        assertThat(walked).extracting(film -> film.path("Id").asText()).doesNotHaveDuplicates();
        assertThat(walked)
                .extracting(film -> film.at("/ProviderIds/Tmdb").asText())
                .doesNotHaveDuplicates();
        List<String> dates =
                walked.stream().map(film -> film.path("DateCreated").asText()).toList();
        assertThat(dates).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(client.get(FILMS + "&Limit=100&StartIndex=1500").ok().path("Items"))
                .isEmpty();
    }

    @Test
    void scenario29EveryOrderHoldsFromPageToPageOverBothServers() {
        assertThat(walk("SortBy=DateCreated&SortOrder=Descending"))
                .extracting(film -> film.path("DateCreated").asText())
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(walk("SortBy=CommunityRating,SortName&SortOrder=Descending"))
                .extracting(film -> film.path("CommunityRating").asDouble())
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(walk("SortBy=ProductionYear,DateCreated&SortOrder=Descending,Ascending"))
                .isSortedAccordingTo(Comparator.comparing(
                                (JsonNode film) -> film.path("ProductionYear").asInt())
                        .reversed()
                        .thenComparing(film -> film.path("DateCreated").asText()));
        List<JsonNode> names = walk("SortBy=SortName&SortOrder=Ascending");
        assertThat(walk("SortBy=SortName&SortOrder=Descending").reversed())
                .extracting(film -> film.path("Name").asText())
                .isEqualTo(
                        names.stream().map(film -> film.path("Name").asText()).toList());
        assertThat(walk("SortBy=Random&RandomSeed=11"))
                .isEqualTo(walk("SortBy=Random&RandomSeed=11"))
                .isNotEqualTo(walk("SortBy=Random&RandomSeed=12"));
    }

    private static List<JsonNode> walk(String order) {
        List<JsonNode> walked = new ArrayList<>();
        for (int start = 0; start < 1500; start += 300) {
            walked.addAll(
                    client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&Limit=300&StartIndex="
                            + start + "&Fields=DateCreated&" + order));
        }
        assertThat(walked)
                .as(order)
                .hasSize(1500)
                .extracting(film -> film.path("Id").asText())
                .doesNotHaveDuplicates();
        return walked;
    }

    @Test
    void scenario27TheLastPageFirstCostsNoServerAnythingAndComesAtOnce() {
        client.get(FILMS + "&StartIndex=1300&Limit=100").ok();
        left.traffic().reset();
        right.traffic().reset();

        long begun = System.nanoTime();
        JsonNode page = client.get(FILMS + "&StartIndex=1400&Limit=100").ok();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(page.path("Items")).hasSize(100);
        assertThat(lists(left)).isZero();
        assertThat(lists(right)).isZero();
        // 50 ms is the aim on an idle machine; tests share theirs.
        assertThat(took).isLessThan(Duration.ofMillis(500));
    }

    private static long lists(SimulatedEmby server) {
        return server.traffic().calls("GET /Users/{UserId}/Items")
                + server.traffic().calls("GET /Items");
    }

    @Test
    void scenario31NoLimitAtAllIsTheCountAlone() {
        JsonNode counted = client.get(FILMS + "&Limit=0").ok();

        assertThat(counted.path("Items")).isEmpty();
        assertThat(counted.path("TotalRecordCount").asInt()).isEqualTo(1500);
    }

    @Test
    void scenario31CountFieldsAndImagesComeOnlyWhenWanted() {
        JsonNode plain = client.get(FILMS + "&Limit=3&EnableTotalRecordCount=false&EnableImages=false")
                .ok();
        assertThat(plain.path("Items")).hasSize(3);
        assertThat(plain.path("TotalRecordCount").asInt()).isEqualTo(3);
        assertThat(plain.path("Items")).allSatisfy(film -> {
            assertThat(film.path("ImageTags")).isEmpty();
            assertThat(film.has("Overview")).isFalse();
            assertThat(film.has("Genres")).isFalse();
            assertThat(film.has("ProviderIds")).isFalse();
        });

        JsonNode full = client.get(FILMS + "&Limit=3&Fields=Overview,Genres,ProviderIds")
                .ok();
        assertThat(full.path("Items")).allSatisfy(film -> {
            assertThat(film.path("ImageTags").has("Primary")).isTrue();
            assertThat(film.path("Overview").asText()).startsWith("Film number");
            assertThat(film.path("Genres")).isNotEmpty();
            assertThat(film.path("ProviderIds").has("Tmdb")).isTrue();
        });
    }

    @Test
    void scenario34TwoThousandIdsKeepTheirOrderAndUnknownOnesAreLeftOut() {
        List<String> known = new ArrayList<>();
        client.items(FILMS + "&Limit=1500")
                .forEach(film -> known.add(film.path("Id").asText()));
        List<String> asked = new ArrayList<>(known.reversed());
        IntStream.range(0, 500).forEach(i -> asked.add(i * 4, Integer.toString(900_000 + i)));

        JsonNode found = client.get("/emby/Users/{me}/Items?Ids=" + String.join(",", asked))
                .ok();

        assertThat(found.path("Items").findValuesAsText("Id")).containsExactlyElementsOf(known.reversed());
        assertThat(new HashSet<>(found.path("Items").findValuesAsText("Id"))).hasSize(1500);

        asked.add("1");
        Answer refused = client.get("/emby/Users/{me}/Items?Ids=" + String.join(",", asked));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("2000");
    }

    @Test
    void scenario36TheCountsAreThoseOfTheMergedLibraryAlsoWithoutAServer() {
        assertThat(client.get("/emby/Items/Counts?UserId={me}")
                        .ok()
                        .path("MovieCount")
                        .asInt())
                .isEqualTo(1500);
        left.down();
        try {
            assertThat(client.get("/emby/Items/Counts?UserId={me}")
                            .ok()
                            .path("MovieCount")
                            .asInt())
                    .isEqualTo(1500);
            assertThat(client.get(FILMS + "&Limit=5").ok().path("Items")).hasSize(5);
        } finally {
            left.up();
        }
    }
}
