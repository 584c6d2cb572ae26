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
                keepsTheBudget(crawled(server));
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

    /** Lists that the crawl asks for; the client's own search is put to the server as well, by the same device. */
    private static List<RecordedRequest> crawled(SimulatedEmby server) {
        List<RecordedRequest> lists = server.traffic().requests("GET /Users/{UserId}/Items");
        String crawler = lists.getLast().deviceId();
        return lists.stream()
                .filter(request -> request.deviceId().equals(crawler))
                .filter(request -> !request.query().has("SearchTerm"))
                .toList();
    }

    private static void keepsTheBudget(List<RecordedRequest> requests) {
        assertThat(requests).hasSizeGreaterThan(FILMS / 200);
        for (int i = RATE; i < requests.size(); i++) {
            Instant earlier = requests.get(i - RATE).at();
            assertThat(Duration.between(earlier, requests.get(i).at()))
                    .as("%d requests after %s", RATE, earlier)
                    .isGreaterThan(Duration.ofSeconds(1).minus(JITTER));
        }
    }
}
