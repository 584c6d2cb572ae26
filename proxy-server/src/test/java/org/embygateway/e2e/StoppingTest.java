package org.embygateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while somebody watches a film that is on two servers. */
class StoppingTest {
    private static final int FILM = 1_500_000;
    private static final long WATCHED = 25 * 600_000_000L;

    private final HttpClient http = HttpClient.newHttpClient();
    private SimulatedEmby left;
    private SimulatedEmby right;
    private SimItem onTheLeft;
    private SimItem onTheRight;
    private String address;
    private String token;
    private String user;

    @TempDir
    Path folder;

    @BeforeEach
    void servers() {
        left = SimulatedEmby.named("left").account("viewer", "secret").start();
        right = SimulatedEmby.named("right").account("viewer", "secret").start();
        onTheLeft = heat(left).version("1080p", FILM);
        onTheRight = heat(right);
    }

    @AfterEach
    void stop() {
        http.close();
        left.close();
        right.close();
    }

    private static SimItem heat(SimulatedEmby server) {
        return server.library("Films", "movies")
                .movie("Heat")
                .year(1995)
                .tmdb("949")
                .runtime(Duration.ofMinutes(170));
    }

    @Test
    void aRunningStreamEndsAndWhatWasReportedReachesServersThatWereAway() throws Exception {
        left.faults().on("GET /Videos/{Id}/stream.{Container}").trickle(FILM / 3);
        try (GatewayProcess gateway = start("60s")) {
            signIn(gateway);
            JsonNode film = film();
            HttpResponse<InputStream> stream = stream(film);
            assertThat(stream.statusCode()).isEqualTo(200);
            byte[] beginning = stream.body().readNBytes(1_000);
            right.down();
            assertThat(report(film)).isEqualTo(204);

            gateway.terminate();

            await().ignoreExceptions().until(() -> isRefused(address));
            byte[] rest = stream.body().readAllBytes();
            assertThat(beginning).isEqualTo(onTheLeft.content(0).bytes(0, 1_000));
            assertThat(rest).isEqualTo(onTheLeft.content(0).bytes(1_000, FILM - 1_000));
            assertThat(gateway.exitCode()).isZero();
            assertThat(gateway.said()).contains("Gateway: Stopped").doesNotContain("ERROR");
        }
        assertThat(left.user("viewer").state(onTheLeft).position()).isEqualTo(WATCHED);
        assertThat(right.user("viewer").state(onTheRight).position()).isZero();

        right.up();
        try (GatewayProcess again = start("1s")) {
            again.address();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> right.user("viewer").state(onTheRight).position() == WATCHED);
        }
    }

    @Test
    void aStreamThatTakesTooLongIsCutAtTheDeadline() throws Exception {
        left.faults().on("GET /Videos/{Id}/stream.{Container}").trickle(1_000);
        try (GatewayProcess gateway = start("1s")) {
            signIn(gateway);
            HttpResponse<InputStream> stream = stream(film());
            stream.body().readNBytes(10);

            gateway.terminate();

            assertThatThrownBy(() -> stream.body().readAllBytes()).isInstanceOf(IOException.class);
            assertThat(gateway.exitCode()).isZero();
        }
    }

    private GatewayProcess start(String drainTimeout) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "GATEWAY_SERVER_PORT", "0",
                "GATEWAY_SERVER_HOST", "127.0.0.1",
                "GATEWAY_SERVER_DRAIN_TIMEOUT", drainTimeout,
                "GATEWAY_ADMIN_USERNAME", "root",
                "GATEWAY_ADMIN_PASSWORD", "correct horse"));
        SimulatedEmby[] servers = {left, right};
        for (int i = 0; i < servers.length; i++) {
            String key = "GATEWAY_EMBY_SERVERS_" + i + "_";
            environment.put(key + "NAME", servers[i].name());
            environment.put(key + "URL", servers[i].url());
            environment.put(key + "USERNAME", "viewer");
            environment.put(key + "PASSWORD", "secret");
        }
        return GatewayProcess.start(folder, environment);
    }

    private void signIn(GatewayProcess gateway) throws Exception {
        address = gateway.address();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/emby/Users/AuthenticateByName"))
                .header("Content-Type", "application/json")
                .header("X-Emby-Client", "test")
                .header("X-Emby-Client-Version", "1")
                .header("X-Emby-Device-Name", "test")
                .header("X-Emby-Device-Id", "test")
                .POST(BodyPublishers.ofString("{\"Username\":\"root\",\"Pw\":\"correct horse\"}"))
                .build();
        JsonNode signedIn = json(request);
        token = signedIn.path("AccessToken").asText();
        user = signedIn.path("User").path("Id").asText();
    }

    /** The film as a client sees it once both servers are in the index. */
    private JsonNode film() {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> json(to("/emby/Users/" + user
                                        + "/Items?Recursive=true&IncludeItemTypes=Movie&Fields=MediaSources"))
                                .path("Items")
                                .path(0),
                        film -> film.path("MediaSources").size() == 2);
    }

    /** The file of the left server. */
    private HttpResponse<InputStream> stream(JsonNode film) throws IOException, InterruptedException {
        String source = film.path("MediaSources")
                .valueStream()
                .filter(version -> version.path("Size").asLong() == FILM)
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
        String path = "/emby/Videos/%s/stream.mkv?Static=true&MediaSourceId=%s"
                .formatted(film.path("Id").asText(), source);
        return http.send(to(path), BodyHandlers.ofInputStream());
    }

    private int report(JsonNode film) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        to("/emby/Sessions/Playing/Progress").uri())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"ItemId\":\"%s\",\"PositionTicks\":%d,\"IsPaused\":false}"
                        .formatted(film.path("Id").asText(), WATCHED)))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest to(String path) {
        String separator = path.contains("?") ? "&" : "?";
        return HttpRequest.newBuilder(URI.create(address + path + separator + "X-Emby-Token=" + token))
                .build();
    }

    private JsonNode json(HttpRequest request) throws IOException, InterruptedException {
        return EmbyJson.read(http.send(request, BodyHandlers.ofByteArray()).body());
    }

    private static boolean isRefused(String address) throws InterruptedException {
        try (HttpClient another = HttpClient.newHttpClient()) {
            another.send(HttpRequest.newBuilder(URI.create(address + "/health")).build(), BodyHandlers.discarding());
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
