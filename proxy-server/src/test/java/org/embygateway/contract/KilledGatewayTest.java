package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 at any point of a crawl or a report loses nothing that was acknowledged. */
@Timeout(600)
class KilledGatewayTest {
    private static final int FILMS = 3_000;
    private static final int PAGE = 200;
    private static final int KILLS = 4;
    private static final long SECOND = 10_000_000L;
    private static final Duration RUN_TIME = Duration.ofMinutes(100);
    private static final String MOVIES = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName";

    @TempDir
    Path data;

    private final SimulatedEmby left = filled("left", 0);
    private final SimulatedEmby right = filled("right", 1_000);
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private String watched = "";
    private volatile long position;
    private volatile long acknowledgedPosition;
    private volatile boolean reporting;
    private volatile int reports;

    /** Films that the other server has as well, under other ids, and some that only this one has. */
    private static SimulatedEmby filled(String name, int offset) {
        SimulatedEmby server = Servers.named(name).start();
        IntStream.range(offset, offset + FILMS)
                .forEach(i -> server.library("Films", "movies")
                        .movie("Film %04d".formatted(i))
                        .year(1980)
                        .tmdb(Integer.toString(50_000 + i))
                        .runtime(RUN_TIME));
        return server;
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    @Test
    void killedAtAnyPointOfACrawlOrAReportNothingThatWasAcknowledgedIsLost() throws Exception {
        Map<String, String> environment = environment();
        TestClient client;
        long crawled;
        try (GatewayProcess first = GatewayProcess.start(environment)) {
            environment.put("GATEWAY_SERVER_PORT", first.base().replaceAll(".*:", ""));
            client = TestClient.of(first.base(), answer -> {})
                    .signedIn(GatewayUnderTest.ADMIN, GatewayUnderTest.PASSWORD);
            crawled = killDuringReports(first, client, PAGE, 1);
        }
        for (int kill = 1; kill < KILLS; kill++) {
            left.traffic().reset();
            try (GatewayProcess next = GatewayProcess.start(environment)) {
                nothingIsLost(client);
                crawled = killDuringReports(next, client, crawled + PAGE, 5 * kill);
                assertThat(firstPageAskedFor(left)).isPositive();
            }
        }
        try (GatewayProcess last = GatewayProcess.start(environment)) {
            assertThat(last.base()).isEqualTo(client.base());
            nothingIsLost(client);
            completes(client);
            nothingIsLost(client);
            theServersAreTold(client);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment =
                new HashMap<>(GatewayUnderTest.over(data, left, right).environment());
        environment.put("GATEWAY_EMBY_SERVERS_0_REQUESTS_PER_SECOND", "1");
        environment.put("GATEWAY_EMBY_SERVERS_1_REQUESTS_PER_SECOND", "1");
        return environment;
    }

    /** Kills it in the middle of so many reports, once the crawl of the first server is past that number of items. */
    private long killDuringReports(GatewayProcess gateway, TestClient client, long items, int more)
            throws InterruptedException {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.items(MOVIES + "&Limit=400").size() >= 100);
        List<String> films = client.items(MOVIES + "&Limit=400").stream()
                .map(item -> item.path("Id").asText())
                .toList();
        watched = watched.isEmpty() ? films.getFirst() : watched;
        reporting = true;
        Thread reporter = Thread.ofVirtual().start(() -> report(client, films));
        long[] done = new long[1];
        int before = reports;
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    done[0] = done(client);
                    return done[0] >= items && reports > before + more && acknowledgedPosition > 0;
                });
        gateway.kill();
        reporting = false;
        reporter.join();
        return done[0];
    }

    /** Marks one film after the other, and reports ever later positions of the first; notes what was acknowledged. */
    private void report(TestClient client, List<String> films) {
        try {
            while (reporting) {
                reports = reports + 1;
                String film = films.get(1 + reports % (films.size() - 1));
                boolean played = !acknowledged.getOrDefault(film, "unplayed").equals("played");
                String path = "/emby/Users/{me}/PlayedItems/" + film + (played ? "" : "/Delete");
                acknowledged.remove(film);
                if (client.post(path, "").status() == 200) {
                    acknowledged.put(film, played ? "played" : "unplayed");
                }
                position = Math.min(5_000, 200 + reports) * SECOND;
                if (client.post("/emby/Sessions/Playing/Progress", progress()).status() == 204) {
                    acknowledgedPosition = position;
                }
            }
        } catch (UncheckedIOException killed) {
            reporting = false; // What was on its way was not acknowledged: there or not, both are right.
        }
    }

    private String progress() {
        return """
                {"ItemId":"%s","PlaySessionId":"00000000000000000000000000000001","PositionTicks":%d}""".formatted(watched, position);
    }

    private void nothingIsLost(TestClient client) {
        assertThat(acknowledged).isNotEmpty();
        acknowledged.forEach((film, state) -> assertThat(
                        userData(client, film).path("Played").asBoolean())
                .as("%s: %s", film, state)
                .isEqualTo(state.equals("played")));
        assertThat(userData(client, watched).path("PlaybackPositionTicks").asLong())
                .isBetween(acknowledgedPosition, position);
    }

    private static JsonNode userData(TestClient client, String film) {
        return client.get("/emby/Users/{me}/Items/" + film).ok().path("UserData");
    }

    private static long done(TestClient client) {
        for (JsonNode server : client.get("/admin/sync").ok().path("items")) {
            if (server.path("serverId").asText().equals("1")) {
                return server.path("done").asLong();
            }
        }
        return 0;
    }

    /** Where in the library the crawl began after the restart. */
    private static int firstPageAskedFor(SimulatedEmby server) {
        return server.traffic().requests("GET /Users/{UserId}/Items").stream()
                .filter(request -> request.query().text("Limit", "").equals(Integer.toString(PAGE))
                        && request.query().text("SortBy", "").equals("DateCreated,SortName"))
                .findFirst()
                .map(request -> request.query().number("StartIndex").orElse(0))
                .orElse(Integer.MAX_VALUE);
    }

    private void completes(TestClient client) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(client.get("/admin/sync").ok().path("items"))
                        .hasSize(2)
                        .allMatch(server -> server.path("fullyIndexed").asBoolean()));
        JsonNode all = client.get(MOVIES + "&Limit=0").ok();
        assertThat(all.path("TotalRecordCount").asInt()).isEqualTo(FILMS + 1_000);
    }

    /** Both servers end up with exactly the newest state of each film. */
    private void theServersAreTold(TestClient client) {
        position = 5_100 * SECOND;
        assertThat(client.post("/emby/Sessions/Playing/Progress", progress()).status())
                .isEqualTo(204);
        assertThat(client.post("/emby/Sessions/Playing/Stopped", progress()).status())
                .isEqualTo(204);
        Map<String, JsonNode> films = new HashMap<>();
        Set<String> touched = new HashSet<>(acknowledged.keySet());
        touched.add(watched);
        touched.forEach(
                id -> films.put(id, client.get("/emby/Users/{me}/Items/" + id).ok()));
        for (SimulatedEmby server : List.of(left, right)) {
            Map<String, SimItem> there = new HashMap<>();
            server.items(ItemKind.MOVIE).forEach(film -> there.put(film.name(), film));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> films.values().stream()
                            .filter(film -> there.containsKey(film.path("Name").asText()))
                            .forEach(film ->
                                    isTold(server, there.get(film.path("Name").asText()), film)));
        }
    }

    private static void isTold(SimulatedEmby server, SimItem there, JsonNode film) {
        JsonNode here = film.path("UserData");
        assertThat(server.user("viewer").state(there).played())
                .as("%s on %s", there.name(), server.name())
                .isEqualTo(here.path("Played").asBoolean());
        assertThat(server.user("viewer").state(there).position())
                .isEqualTo(here.path("PlaybackPositionTicks").asLong());
    }
}
