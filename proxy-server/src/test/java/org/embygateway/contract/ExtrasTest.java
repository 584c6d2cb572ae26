package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.embygateway.protocol.check.OpenApiCheck;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trailers and special features of a film that two servers have: each once, opened, played and kept like any item. */
@Timeout(120)
class ExtrasTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LISTED = "/emby/Users/{me}/Items?Recursive=true";

    @TempDir
    Path data;

    private final SimulatedEmby left = Servers.named("left").start();
    private final SimulatedEmby right =
            Servers.named("right").idsFrom(Servers.LONG_IDS).start();
    private final SimItem leftHeat = Servers.heat(left, 1, "1080p", 400_000);
    private final SimItem rightHeat = Servers.heat(right, 3, "2160p", 500_000);
    private final SimItem leftMaking = leftHeat.extra("BehindTheScenes", "Making of");
    private final SimItem rightScene =
            rightHeat.extra("DeletedScene", "The Diner").images("Primary", "Thumb");

    ExtrasTest() {
        leftHeat.extra("Trailer", "Trailer").runtime(Duration.ofSeconds(90));
        leftHeat.extra("Trailer", "Teaser").runtime(Duration.ofSeconds(30));
        rightHeat.extra("Trailer", "Trailer").runtime(Duration.ofMillis(90_400));
        rightHeat.extra("Trailer", "Teaser").runtime(Duration.ofSeconds(45));
        rightHeat.extra("BehindTheScenes", "making of");
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    private GatewayUnderTest gateway() {
        return GatewayUnderTest.over(data, left, right).set("GATEWAY_CACHE_TTL", "1s");
    }

    private static String heat(TestClient client) {
        return client.items(LISTED + "&IncludeItemTypes=Movie&SearchTerm=Heat")
                .getFirst()
                .path("Id")
                .asText();
    }

    private static List<JsonNode> extras(TestClient client, String which) {
        return client.items("/emby/Users/{me}/Items/" + heat(client) + "/" + which + "?Fields=MediaSources");
    }

    private static List<String> names(List<JsonNode> items) {
        return items.stream().map(item -> item.path("Name").asText()).toList();
    }

    @Test
    void thoseOfBothServersAreShownOnce() {
        try (GatewayUnderTest gateway = gateway().start().indexed()) {
            TestClient client = gateway.admin();

            assertThat(names(extras(client, "LocalTrailers"))).containsExactly("Trailer", "Teaser", "Teaser");
            assertThat(names(extras(client, "SpecialFeatures"))).containsExactly("Making of", "The Diner");
            assertThat(extras(client, "SpecialFeatures"))
                    .extracting(extra -> extra.path("ExtraType").asText())
                    .containsExactly("BehindTheScenes", "DeletedScene");
            assertThat(extras(client, "LocalTrailers")).allSatisfy(trailer -> {
                assertThat(trailer.path("Type").asText()).isEqualTo("Trailer");
                assertThat(trailer.path("MediaSources")).hasSize(1);
            });
        }
    }

    @Test
    void theirNumberIsThatOfTheUnionOnceItIsKnown() {
        try (GatewayUnderTest gateway = gateway().start().indexed()) {
            TestClient client = gateway.admin();
            String heat = "/emby/Users/{me}/Items/" + heat(client);

            assertThat(client.get(heat).ok().path("LocalTrailerCount").asInt()).isEqualTo(2);
            extras(client, "LocalTrailers");
            extras(client, "SpecialFeatures");

            JsonNode detail = client.get(heat).ok();
            assertThat(detail.path("LocalTrailerCount").asInt()).isEqualTo(3);
            assertThat(detail.path("SpecialFeatureCount").asInt()).isEqualTo(2);
            JsonNode listed = client.items(LISTED + "&IncludeItemTypes=Movie&HasTrailer=true&HasSpecialFeature=true"
                            + "&Fields=LocalTrailerCount")
                    .getFirst();
            assertThat(listed.path("Name").asText()).isEqualTo("Heat");
            assertThat(listed.path("LocalTrailerCount").asInt()).isEqualTo(3);
        }
    }

    @Test
    void eachIsOpenedPicturedPlayedAndReportedOnItsOwnServer() {
        try (GatewayUnderTest gateway = gateway().start().indexed()) {
            TestClient client = gateway.admin();
            JsonNode scene = extras(client, "SpecialFeatures").getLast();
            String id = scene.path("Id").asText();

            JsonNode detail = client.get("/emby/Users/{me}/Items/" + id).ok();
            assertThat(detail.path("Name").asText()).isEqualTo("The Diner");
            assertThat(detail.path("ParentId").asText()).isEqualTo(heat(client));
            OpenApiCheck.find()
                    .ifPresent(document -> assertThat(document.check("GET", "/Users/{UserId}/Items/{Id}", 200, detail)
                                    .faults())
                            .isEmpty());
            assertThat(client.items("/emby/Users/{me}/Items?Ids=" + id)).hasSize(1);
            String thumb = detail.path("ImageTags").path("Thumb").asText();
            assertThat(client.get("/emby/Items/" + id + "/Images/Thumb?tag=" + thumb)
                            .status())
                    .isEqualTo(200);

            JsonNode info = client.post("/emby/Items/" + id + "/PlaybackInfo?UserId={me}", "{\"DeviceProfile\":{}}")
                    .ok();
            String source = info.path("MediaSources").path(0).path("Id").asText();
            Answer bytes = client.get(
                    "/emby/Videos/" + id + "/stream.mkv?Static=true&MediaSourceId=" + source, "Range", "bytes=0-99");
            assertThat(bytes.status()).isEqualTo(206);
            assertThat(bytes.body()).isEqualTo(rightScene.content(0).bytes(0, 100));

            String report = "{\"ItemId\":\"%s\",\"MediaSourceId\":\"%s\",\"PlaySessionId\":\"%s\",\"PositionTicks\":%d}"
                    .formatted(id, source, info.path("PlaySessionId").asText(), 700_000_000L);
            client.post("/emby/Sessions/Playing", report);
            client.post("/emby/Sessions/Playing/Stopped", report);
            assertThat(client.get("/emby/Users/{me}/Items/" + id)
                            .ok()
                            .path("UserData")
                            .path("PlaybackPositionTicks")
                            .asLong())
                    .isEqualTo(700_000_000L);
            await().atMost(SOON)
                    .until(() -> right.user("viewer").state(rightScene).position() == 700_000_000L);
            assertThat(names(client.items("/emby/Users/{me}/Items/Resume?MediaTypes=Video")))
                    .isEmpty();
        }
    }

    @Test
    void noListCountOrSearchHoldsThem() {
        try (GatewayUnderTest gateway = gateway().start().indexed()) {
            TestClient client = gateway.admin();
            JsonNode before = client.get("/emby/Items/Counts").ok();
            int all = client.items(LISTED).size();
            extras(client, "LocalTrailers");
            extras(client, "SpecialFeatures");

            assertThat(client.items(LISTED)).hasSize(all);
            assertThat(client.get("/emby/Items/Counts").ok()).isEqualTo(before);
            assertThat(client.items(LISTED + "&SearchTerm=Diner")).isEmpty();
            assertThat(client.items(LISTED + "&IncludeItemTypes=Trailer,Video")).isEmpty();
            assertThat(client.items(LISTED + "&MediaTypes=Video")).hasSize(all);
            assertThat(names(client.items("/emby/Users/{me}/Items/Latest?Limit=50")))
                    .doesNotContain("Trailer", "The Diner");
            assertThat(client.items("/emby/Trailers?Recursive=true")).isEmpty();
        }
    }

    @Test
    void whatIsKnownStaysWithoutTheServersAndAfterARestart() {
        try (GatewayUnderTest gateway = gateway().start().indexed()) {
            TestClient client = gateway.admin();
            extras(client, "SpecialFeatures");
            left.down();
            right.down();

            assertThat(names(extras(client, "SpecialFeatures"))).containsExactly("Making of", "The Diner");
            gateway.restart();
            assertThat(names(extras(gateway.again(client), "SpecialFeatures")))
                    .containsExactly("Making of", "The Diner");
            left.up();
            right.up();
        }
    }

    @Test
    void whatAServerNoLongerHasGoesAndWhatIsNewComes() {
        try (GatewayUnderTest gateway = gateway().start().indexed()) {
            TestClient client = gateway.admin();
            extras(client, "SpecialFeatures");
            rightScene.remove();
            leftHeat.extra("Interview", "Michael Mann");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(names(extras(client, "SpecialFeatures")))
                            .containsExactly("Making of", "Michael Mann"));
        }
    }

    @Test
    void whoMaySeeOneServerSeesWhatThatHas() {
        try (GatewayUnderTest gateway =
                gateway().person("kim", "pw", left).start().indexed()) {
            String scene = extras(gateway.admin(), "SpecialFeatures")
                    .getLast()
                    .path("Id")
                    .asText();
            TestClient kim = gateway.client().signedIn("kim", "pw");

            assertThat(names(extras(kim, "SpecialFeatures"))).containsExactly("Making of");
            assertThat(kim.get("/emby/Users/{me}/Items/" + scene).status()).isEqualTo(404);
            assertThat(kim.get("/emby/Videos/" + scene + "/stream?Static=true").status())
                    .isEqualTo(404);
            assertThat(kim.get("/emby/Users/{me}/Items/" + heat(kim))
                            .ok()
                            .path("SpecialFeatureCount")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void aServerThatNobodyCrawlsIsAskedToo() {
        try (GatewayUnderTest gateway =
                gateway().set("GATEWAY_EMBY_SERVERS_1_SYNC", "lazy").start()) {
            TestClient client = gateway.admin();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(names(extras(client, "SpecialFeatures")))
                            .containsExactly("Making of", "The Diner"));
        }
    }

    @Test
    void aServerThatHangsDelaysNobodyForLong() {
        try (GatewayUnderTest gateway = gateway().start().indexed()) {
            TestClient client = gateway.admin();
            right.faults().on("GET /Users/{UserId}/Items/{Id}/SpecialFeatures").slow(Duration.ofSeconds(10));

            long begun = System.nanoTime();
            assertThat(names(extras(client, "SpecialFeatures"))).containsExactly("Making of");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            assertThat(leftMaking.name()).isEqualTo("Making of");
        }
    }
}
