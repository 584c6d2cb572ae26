package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 48 on one node: what limits let through, and when places are free again. */
@Timeout(180)
class StreamLimitsTest {
    private static final long LARGE = 1L << 30;
    private static final String STREAM = "GET /Videos/{Id}/stream.{Container}";

    @TempDir
    Path data;

    private final SimulatedEmby alpha = Servers.named("alpha").start();
    private final SimulatedEmby beta = Servers.named("beta").start();
    private final List<OpenStream> open = new ArrayList<>();
    private GatewayUnderTest gateway;
    private String film;

    @AfterEach
    void close() {
        open.forEach(OpenStream::close);
        try {
            gateway.close();
        } finally {
            alpha.close();
            beta.close();
        }
    }

    private GatewayUnderTest over(SimulatedEmby... servers) {
        return GatewayUnderTest.over(data, servers).set("GATEWAY_EMBY_SERVERS_0_STREAMS_AT_ONCE", "1");
    }

    private void start(GatewayUnderTest configured) {
        gateway = configured.start().indexed();
        film = gateway.admin()
                .items("/emby/Users/{me}/Items?Recursive=true&SearchTerm=Heat&IncludeItemTypes=Movie")
                .getFirst()
                .path("Id")
                .asText();
    }

    private void onAlphaAlone() {
        Servers.heat(alpha, 0, "1080p", LARGE);
        start(over(alpha));
    }

    private static String url(TestClient device, String film) {
        return device.base() + "/emby/Videos/" + film + "/stream.mkv?Static=true&api_key=" + device.token();
    }

    private OpenStream play(TestClient device) {
        OpenStream stream = OpenStream.of(url(device, film));
        open.add(stream);
        return stream;
    }

    /** Those that were asked for; a test that asks leaves them open. */
    private static int streamsFrom(SimulatedEmby server) {
        return server.traffic().requests(STREAM).size();
    }

    private Answer piece(TestClient device) {
        return device.bare("GET", url(device, film), Map.of("Range", "bytes=0-9"), "");
    }

    private void canPlay(TestClient device) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(piece(device).status()).isEqualTo(206));
    }

    @Test
    void scenario48TheSecondStreamComesFromTheOtherServersCopy() {
        Servers.heat(alpha, 0, "1080p", LARGE);
        Servers.heat(beta, 3, "720p", LARGE / 2);
        start(over(alpha, beta));
        assertThat(play(gateway.admin()).status()).isEqualTo(200);
        assertThat(streamsFrom(alpha)).isEqualTo(1);

        TestClient second = gateway.admin();
        JsonNode info = new Player(second).negotiate(film, Player.DIRECT);
        assertThat(Player.sources(info)).hasSize(1);
        assertThat(play(second).status()).isEqualTo(200);
        assertThat(streamsFrom(beta)).isEqualTo(1);
        assertThat(streamsFrom(alpha)).isEqualTo(1);
    }

    @Test
    void scenario48WithoutAnotherCopyTheClientIsToldClearly() {
        onAlphaAlone();
        TestClient first = gateway.admin();
        assertThat(play(first).status()).isEqualTo(200);
        assertThat(piece(first).status()).isEqualTo(206);

        TestClient second = gateway.admin();
        JsonNode info = new Player(second).negotiate(film, Player.DIRECT);
        assertThat(info.path("MediaSources")).isEmpty();
        assertThat(info.path("ErrorCode").asText()).isEqualTo("RateLimitExceeded");
        Answer refused = piece(second);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After"))
                .hasValueSatisfying(seconds -> assertThat(seconds).containsOnlyDigits());
        assertThat(refused.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(second.get("/emby/Videos/" + film + "/master.m3u8").status()).isEqualTo(429);
        assertThat(second.post("/media/" + film + "/play", "").status()).isEqualTo(429);
        assertThat(second.get("/media/" + film + "/sources").ok()).hasSize(1);
        assertThat(second.head("/emby/Videos/" + film + "/stream.mkv?Static=true")
                        .status())
                .isEqualTo(200);
        Answer download = second.send("GET", "/emby/Items/" + film + "/Download", Map.of("Range", "bytes=0-9"), "");
        assertThat(download.status()).isEqualTo(206);
    }

    @Test
    void scenario48APlaceIsFreeAtOnceWhenTheClientStops() {
        onAlphaAlone();
        TestClient first = gateway.admin();
        play(first).close();
        TestClient second = gateway.admin();
        assertThat(piece(second).status()).isEqualTo(429);
        assertThat(first.post(
                                "/emby/Sessions/Playing/Stopped",
                                "{\"ItemId\":\"%s\",\"PositionTicks\":1}".formatted(film))
                        .status())
                .isEqualTo(204);
        assertThat(piece(second).status()).isEqualTo(206);
    }

    @Test
    void scenario48APlaceIsFreeSoonAfterTheClientHungUp() {
        Servers.heat(alpha, 0, "1080p", LARGE);
        start(over(alpha).set("GATEWAY_PLAYBACK_IDLE_TIMEOUT", "2s"));
        OpenStream stream = play(gateway.admin());
        TestClient second = gateway.admin();
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(6))
                .until(() -> piece(second).status() == 429);
        stream.close();
        canPlay(second);
    }

    @Test
    void scenario48APlaceIsFreeWhenNothingIsHeardAnyMore() {
        Servers.heat(alpha, 0, "1080p", LARGE);
        start(over(alpha).set("GATEWAY_PLAYBACK_IDLE_TIMEOUT", "2s"));
        TestClient first = gateway.admin();
        assertThat(piece(first).status()).isEqualTo(206);
        TestClient second = gateway.admin();
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(6)).until(() -> {
            first.post("/emby/Sessions/Playing/Progress", "{\"ItemId\":\"%s\"}".formatted(film));
            return piece(second).status() == 429;
        });
        canPlay(second);
    }

    @Test
    void scenario48FiftyClientsAtOnceNeverExceedTheLimits() throws Exception {
        Servers.heat(alpha, 0, "1080p", LARGE);
        Servers.heat(beta, 3, "720p", LARGE / 2);
        start(over(alpha, beta)
                .set("GATEWAY_EMBY_SERVERS_0_STREAMS_AT_ONCE", "3")
                .set("GATEWAY_EMBY_SERVERS_1_STREAMS_AT_ONCE", "2"));
        List<Future<OpenStream>> asked = new ArrayList<>();
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            urls.add(url(gateway.admin(), film));
        }
        try (ExecutorService devices = Executors.newFixedThreadPool(50)) {
            urls.forEach(url -> asked.add(devices.submit(() -> OpenStream.of(url))));
            for (Future<OpenStream> stream : asked) {
                open.add(stream.get());
            }
        }
        assertThat(open.stream().filter(stream -> stream.status() == 200)).hasSize(5);
        assertThat(open.stream().filter(stream -> stream.status() == 429)).hasSize(45);
        assertThat(streamsFrom(alpha)).isEqualTo(3);
        assertThat(streamsFrom(beta)).isEqualTo(2);
    }

    @Test
    void aPersonPlaysNoMoreThanAnAdministratorLetsThem() {
        Servers.heat(alpha, 0, "1080p", LARGE);
        start(GatewayUnderTest.over(data, alpha).person("eve", "pear"));
        TestClient admin = gateway.admin();
        TestClient tv = gateway.client().signedIn("eve", "pear");
        TestClient phone = gateway.client().signedIn("eve", "pear");
        String policy = "/emby/Users/" + tv.userId() + "/Policy";
        assertThat(piece(tv).status()).isEqualTo(206);
        assertThat(piece(phone).status()).isEqualTo(206);

        assertThat(admin.post(policy, "{\"SimultaneousStreamLimit\":1}").status())
                .isEqualTo(204);
        TestClient tablet = gateway.client().signedIn("eve", "pear");
        assertThat(tablet.get("/emby/Users/{me}")
                        .ok()
                        .at("/Policy/SimultaneousStreamLimit")
                        .asInt())
                .isEqualTo(1);
        assertThat(piece(tablet).status()).isEqualTo(429);
        assertThat(piece(admin).status()).isEqualTo(206);
        assertThat(admin.post(policy, "{\"SimultaneousStreamLimit\":-1}").status())
                .isEqualTo(400);

        assertThat(admin.post(policy, "{\"SimultaneousStreamLimit\":0,\"EnableMediaPlayback\":false}")
                        .status())
                .isEqualTo(204);
        assertThat(piece(tablet).status()).isEqualTo(403);
        assertThat(new Player(tablet)
                        .negotiate(film, Player.DIRECT)
                        .path("ErrorCode")
                        .asText())
                .isEqualTo("NotAllowed");
        assertThat(tablet.head("/emby/Items/" + film + "/Download").status()).isEqualTo(200);
        assertThat(admin.post(policy, "{\"EnableContentDownloading\":false}").status())
                .isEqualTo(204);
        assertThat(tablet.head("/emby/Items/" + film + "/Download").status()).isEqualTo(403);
    }

    @Test
    void administratorsSeeWhoPlaysWhatFromWhereAndMetricsCountIt() throws Exception {
        Servers.heat(alpha, 0, "1080p", LARGE);
        start(over(alpha).person("eve", "pear"));
        TestClient admin = gateway.admin();
        TestClient eve = gateway.client().signedIn("eve", "pear");
        play(eve).body().readNBytes(10 << 20);
        assertThat(piece(admin).status()).isEqualTo(429);
        await().untilAsserted(() -> {
            JsonNode stream = admin.get("/admin/streams").ok().at("/items/0");
            assertThat(stream.path("user").asText()).isEqualTo("eve");
            assertThat(stream.path("device").asText()).isEqualTo("Living room TV");
            assertThat(stream.path("title").asText()).isEqualTo("Heat");
            assertThat(stream.path("server").asText()).isEqualTo("alpha");
            assertThat(stream.path("connections").asInt()).isEqualTo(1);
            assertThat(stream.path("bytes").asLong()).isBetween(10L << 20, LARGE);
        });
        JsonNode server = admin.get("/admin/streams").ok().at("/servers/0");
        assertThat(server.path("streams").asInt()).isEqualTo(1);
        assertThat(server.path("streamsAtOnce").asInt()).isEqualTo(1);
        assertThat(eve.get("/admin/streams").status()).isEqualTo(403);
        String metrics = admin.get("/metrics").text();
        assertThat(metrics)
                .contains("gateway_streams_places{upstream=\"1\"} 1")
                .contains("gateway_streams_refused_total{limit=\"upstream\"} 1");
    }

    @Test
    void theLimitOfAServerIsChangedWhileRunning() {
        Servers.heat(alpha, 0, "1080p", LARGE);
        start(GatewayUnderTest.over(data, alpha));
        TestClient admin = gateway.admin();
        assertThat(piece(admin).status()).isEqualTo(206);
        TestClient second = gateway.admin();
        String server = admin.get("/admin/servers").ok().at("/items/0/id").asText();
        Answer changed = admin.send("PATCH", "/admin/servers/" + server, Map.of(), "{\"streamsAtOnce\":1}");
        assertThat(changed.ok().path("streamsAtOnce").asInt()).isEqualTo(1);
        assertThat(piece(second).status()).isEqualTo(429);
        admin.send("PATCH", "/admin/servers/" + server, Map.of(), "{\"streamsAtOnce\":0}");
        assertThat(piece(second).status()).isEqualTo(206);
    }
}
