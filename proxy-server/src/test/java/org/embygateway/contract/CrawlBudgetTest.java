package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.embygateway.protocol.sim.RecordedRequest;
import org.embygateway.protocol.sim.SimLibrary;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 66: a crawl stays below its budget and makes room for people who watch. */
@Timeout(120)
class CrawlBudgetTest {
    private static final int RATE = 2;
    private static final int FILMS = 2_400;
    private static final Duration JITTER = Duration.ofMillis(250);

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @TempDir
    Path data;

    @Test
    void scenario66ACrawlKeepsToItsBudgetPausesForAStreamAndGoesOnAfterIt() throws Exception {
        try (SimulatedEmby server = Servers.named("left").start()) {
            SimLibrary library = server.library("Films", "movies");
            Servers.heat(server, 0, "1080p", 1L << 30);
            for (int i = 0; i < FILMS; i++) {
                library.movie("Film " + i).year(1980);
            }
            try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server)
                    .set("GATEWAY_EMBY_SERVERS_0_REQUESTS_PER_SECOND", Integer.toString(RATE))
                    .start()) {
                TestClient client = gateway.admin();
                await().until(() -> progress(client).path("done").asLong() > 0);
                try (InputStream stream = watch(client)) {
                    assertThat(stream.read()).isNotNegative();
                    await().until(() -> progress(client).path("phase").asText().equalsIgnoreCase("paused"));
                    long before = crawled(server).size();
                    await().during(Duration.ofSeconds(2))
                            .atMost(Duration.ofSeconds(4))
                            .until(() -> crawled(server).size() <= before + 1);
                    assertThat(progress(client).path("fullyIndexed").asBoolean())
                            .isFalse();
                }
                gateway.indexed();
                assertThat(client.get("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&Limit=0")
                                .ok()
                                .path("TotalRecordCount")
                                .asInt())
                        .isEqualTo(FILMS + 1);
                assertThat(crawled(server)).hasSizeGreaterThan(FILMS / 200);
                keepsTheBudget(asked(server), RATE);
            }
        }
    }

    private static InputStream watch(TestClient client) throws Exception {
        Player player = new Player(client);
        String film = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat")
                .getFirst()
                .path("Id")
                .asText();
        JsonNode source = Player.sources(player.negotiate(film, Player.DIRECT)).getFirst();
        return URI.create(player.url(source.path("DirectStreamUrl").asText()))
                .toURL()
                .openStream();
    }

    private static JsonNode progress(TestClient client) {
        return client.get("/admin/sync").ok().path("items").path(0);
    }

    @Test
    void everyQuestionForTheIndexCountsAndAnotherRateIsInForceAtOnce() throws Exception {
        try (SimulatedEmby server = Servers.named("left").start()) {
            for (String name : List.of("Films", "More films", "Old films", "New films")) {
                IntStream.range(0, 400)
                        .forEach(i -> server.library(name, "movies").movie(name + " " + i));
            }
            try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server)
                    .set("GATEWAY_EMBY_SERVERS_0_REQUESTS_PER_SECOND", "4")
                    .start()) {
                TestClient client = gateway.admin();
                List<Thread> people = IntStream.range(0, 8)
                        .mapToObj(i -> Thread.startVirtualThread(() -> client.get(
                                "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=films " + i)))
                        .toList();
                for (Thread person : people) {
                    person.join();
                }
                await().atMost(Duration.ofSeconds(40)).until(() -> asked(server).size() > 40);
                List<RecordedRequest> slow = asked(server);
                keepsTheBudget(slow, 4);

                assertThat(client.send("PATCH", "/admin/servers/1", JSON, "{\"requestsPerSecond\":20}")
                                .ok()
                                .path("requestsPerSecond")
                                .asInt())
                        .isEqualTo(20);
                gateway.indexed();
                List<RecordedRequest> all = asked(server);
                keepsTheBudget(all, 20);
                assertThat(server.traffic().mostAtOnce()).isLessThanOrEqualTo(6);
                client.post("/admin/sync", "{\"mode\":\"full\"}");
                await().atMost(Duration.ofSeconds(20)).until(() -> asked(server).size() > all.size() + 20);
                List<RecordedRequest> quick =
                        asked(server).subList(all.size(), asked(server).size());
                assertThat(Duration.between(
                                        quick.getFirst().at(), quick.getLast().at())
                                .toMillis())
                        .isLessThan(quick.size() * 250L);
                keepsTheBudget(quick, 20);
            }
        }
    }

    @Test
    void anAdministratorPausesResumesAndCancelsACrawlAndAPauseOutlivesARestart() {
        try (SimulatedEmby server = Servers.named("left").start()) {
            IntStream.range(0, FILMS)
                    .forEach(i -> server.library("Films", "movies").movie("Film " + i));
            try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server)
                    .set("GATEWAY_EMBY_SERVERS_0_REQUESTS_PER_SECOND", "4")
                    .start()) {
                TestClient client = gateway.admin();
                await().until(() -> progress(client).path("done").asLong() > 0);
                client.post("/admin/sync", "{\"action\":\"pause\"}");
                assertThat(progress(client).at("/paused/code").asText()).isEqualTo("administrator");
                long before = asked(server).size();
                gateway.restart();
                TestClient again = gateway.again(client);
                await().during(Duration.ofSeconds(1))
                        .atMost(Duration.ofSeconds(4))
                        .until(() -> asked(server).size() <= before + 1
                                && progress(again).path("phase").asText().equals("paused"));

                again.post("/admin/sync", "{\"action\":\"resume\"}");
                await().until(() -> asked(server).size() > before + 2);
                assertThat(progress(again).has("paused")).isFalse();
                again.post("/admin/sync", "{\"action\":\"cancel\"}");
                await().until(() -> progress(again).path("phase").asText().equals("idle"));
                assertThat(Instant.parse(progress(again).path("nextRunAt").asText()))
                        .isAfter(Instant.now().plusSeconds(30));
                again.post("/admin/sync", "{}");
                gateway.indexed();
                assertThat(firstPages(server)).isEqualTo(1);
            }
        }
    }

    /** How often the crawl began at the beginning of the library. */
    private static long firstPages(SimulatedEmby server) {
        return server.traffic().requests("GET /Users/{UserId}/Items").stream()
                .filter(request -> request.query().text("SortBy", "").equals("DateCreated,SortName"))
                .filter(request -> request.query().text("Limit", "").equals("200"))
                .filter(request -> request.query().text("StartIndex", "").equals("0"))
                .filter(request -> request.query().has("ParentId"))
                .count();
    }

    private static List<RecordedRequest> crawled(SimulatedEmby server) {
        return asked(server).stream()
                .filter(request -> !request.query().has("SearchTerm"))
                .toList();
    }

    /** All questions for the index; playing is another device's. */
    private static List<RecordedRequest> asked(SimulatedEmby server) {
        return server.traffic().requests().stream()
                .filter(request -> request.route().matches("GET /Users/\\{UserId}/(Items|Views).*"))
                .toList();
    }

    private static void keepsTheBudget(List<RecordedRequest> requests, int rate) {
        for (int i = rate; i < requests.size(); i++) {
            Instant earlier = requests.get(i - rate).at();
            assertThat(Duration.between(earlier, requests.get(i).at()))
                    .as("%d requests after %s", rate, earlier)
                    .isGreaterThan(Duration.ofSeconds(1).minus(JITTER));
        }
    }
}
