package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 70: a picture is fetched once, and then it is the gateway's. */
@Timeout(60)
class CachedPicturesTest {
    private static final String ROUTE = "GET /Items/{Id}/Images/{Type}";

    @TempDir
    Path data;

    @Test
    void scenario70AHundredWhoMissAPictureCauseOneFetchAndItIsServedWithoutTheServerAfterwards() throws Exception {
        try (SimulatedEmby server = Servers.named("left").start()) {
            Servers.heat(server, 1, "1080p", 100_000);
            server.faults().on(ROUTE).slow(Duration.ofMillis(300));
            try (GatewayUnderTest gateway =
                    GatewayUnderTest.over(data, server).start().indexed()) {
                TestClient client = gateway.admin();
                String url = url(client);
                Callable<Answer> miss = () -> client.get(url);
                try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (Future<Answer> answer : clients.invokeAll(Collections.nCopies(100, miss))) {
                        assertThat(answer.get().status()).isEqualTo(200);
                    }
                }
                assertThat(server.traffic().calls(ROUTE)).isEqualTo(1);

                Answer again = client.get(url);
                String tag = again.header("ETag").orElseThrow();
                assertThat(again.status()).isEqualTo(200);
                Answer known = client.get(url, "If-None-Match", tag);
                assertThat(known.status()).isEqualTo(304);
                assertThat(known.body()).isEmpty();
                assertThat(known.header("ETag")).contains(tag);

                server.down();
                assertThat(client.get(url).body()).isEqualTo(again.body());
                gateway.restart();
                assertThat(gateway.admin().get(url).body()).isEqualTo(again.body());
                assertThat(server.traffic().calls(ROUTE)).isEqualTo(1);
            }
        }
    }

    @Test
    void scenario70APictureThatWasNeverFetchedComesFromTheOtherServerWhenItsOwnIsGone() {
        try (SimulatedEmby left = Servers.named("left").start();
                SimulatedEmby right = Servers.named("right").start()) {
            Servers.heat(left, 1, "1080p", 100_000);
            Servers.heat(right, 2, "2160p", 300_000);
            try (GatewayUnderTest gateway =
                    GatewayUnderTest.over(data, left, right).start().indexed()) {
                TestClient client = gateway.admin();
                String url = url(client);
                String ofTheFirst = url(client).replace("maxWidth=300", "maxWidth=400");
                assertThat(client.get(url).status()).isEqualTo(200);
                SimulatedEmby owner = left.traffic().calls(ROUTE) == 1 ? left : right;
                owner.down();

                Answer answer = client.get(ofTheFirst);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Content-Type")).hasValue("image/png");
                SimulatedEmby other = owner == left ? right : left;
                assertThat(other.traffic().calls(ROUTE)).isEqualTo(1);
            }
        }
    }

    private static String url(TestClient client) {
        List<JsonNode> films =
                client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat");
        JsonNode film = films.getFirst();
        return "/emby/Items/" + film.path("Id").asText() + "/Images/Primary?maxWidth=300&quality=90&tag="
                + film.path("ImageTags").path("Primary").asText();
    }
}
