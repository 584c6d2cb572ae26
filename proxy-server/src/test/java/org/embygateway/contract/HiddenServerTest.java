package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.embygateway.protocol.sim.SimItem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kim may use the left server only: nothing of the right one reaches her, whatever she asks for. */
class HiddenServerTest {
    private static final String MOVIES = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie";
    private static final String PROFILE = "{\"DeviceProfile\":{}}";

    @TempDir
    static Path data;

    private static Overlap servers;
    private static GatewayUnderTest gateway;
    private static TestClient admin;
    private static TestClient kim;

    @BeforeAll
    static void start() {
        servers = Overlap.withLongIdsOnTheRight();
        Overlap.film(servers.right, "Heat")
                .overview("Told on the right only.")
                .studio("Right Studio")
                .images("Primary", "Logo");
        Overlap.film(servers.right, "Casablanca").images("Primary");
        gateway =
                servers.gateway(data).person("kim", "pw", servers.left).start().indexed();
        admin = gateway.admin();
        kim = gateway.client().signedIn("kim", "pw");
    }

    @AfterAll
    static void stop() {
        try (Overlap ending = servers) {
            gateway.close();
        }
    }

    @Test
    void scenario67ListsCountsAndSearchesHoldNothingOfIt() {
        assertThat(names(kim.items(MOVIES))).containsExactlyInAnyOrder("Heat", "Ronin", "流浪地球", "英雄");
        JsonNode counts = kim.get("/emby/Items/Counts?UserId={me}").ok();
        assertThat(counts.path("MovieCount").asInt()).isEqualTo(4);
        assertThat(counts.path("EpisodeCount").asInt()).isEqualTo(11);
        assertThat(kim.items("/emby/Users/{me}/Items?Recursive=true&SearchTerm=Casablanca"))
                .isEmpty();
        assertThat(kim.get("/emby/Search/Hints?UserId={me}&SearchTerm=Casablanca")
                        .ok()
                        .path("SearchHints"))
                .isEmpty();
        assertThat(kim.get("/media/search?q=Casablanca").ok().path("items")).isEmpty();
        assertThat(names(kim.items("/emby/Genres?UserId={me}")))
                .contains("Action")
                .doesNotContain("Romance");
        assertThat(names(kim.items("/emby/Studios?UserId={me}"))).doesNotContain("Right Studio");
        assertThat(names(kim.items("/emby/Persons?UserId={me}"))).doesNotContain("Feng Xiaogang");
        assertThat(names(kim.items("/emby/Items/" + id(kim, "Movie", "Ronin") + "/Similar?UserId={me}&Limit=50")))
                .doesNotContain("Casablanca", "夜宴", "流浪地球2");
        assertThat(names(kim.items("/emby/Users/{me}/Items/Latest?Limit=50")))
                .isNotEmpty()
                .doesNotContain("Casablanca", "夜宴", "流浪地球2");
        assertThat(names(kim.items("/emby/Users/{me}/Suggestions?Limit=50")))
                .doesNotContain("Casablanca", "夜宴", "流浪地球2");
    }

    @Test
    void scenario67ATitleOfBothServersShowsItsVersionsOnTheVisibleOneOnly() {
        String heat = id(kim, "Movie", "Heat");
        assertThat(heat).isEqualTo(id(admin, "Movie", "Heat"));

        JsonNode detail = kim.get("/emby/Users/{me}/Items/" + heat + "?Fields=Overview,Studios,MediaSources")
                .ok();
        assertThat(detail.path("MediaSources")).hasSize(2);
        assertThat(detail.toString()).doesNotContain("720p", "Told on the right only", "Right Studio");
        JsonNode info = kim.post("/emby/Items/" + heat + "/PlaybackInfo?UserId={me}", PROFILE)
                .ok();
        assertThat(info.path("MediaSources")).hasSize(2);
        assertThat(info.toString()).doesNotContain("720p");
        String series = id(kim, "Series", "Long Way");
        assertThat(kim.items("/emby/Shows/" + series + "/Seasons?UserId={me}"))
                .extracting(season -> season.path("IndexNumber").asInt())
                .containsExactly(1, 2, 3);
        assertThat(kim.items("/emby/Shows/" + series + "/Episodes?UserId={me}")).hasSize(11);
    }

    @Test
    void scenario67PicturesOfTheHiddenServerAreNotShown() {
        String logo = "/emby/Items/" + id(admin, "Movie", "Heat") + "/Images/Logo";
        String poster = "/emby/Items/" + id(admin, "Movie", "Casablanca") + "/Images/Primary";
        for (String url : List.of(logo, poster)) {
            assertThat(admin.get(url).status()).isEqualTo(200);
            servers.right.traffic().reset();
            assertThat(kim.get(url).status()).isEqualTo(404);
            assertThat(servers.right.traffic().calls("GET /Items/{Id}/Images/{Type}"))
                    .isZero();
        }
    }

    @Test
    void scenario67AVersionOnTheHiddenServerCannotBePlayedByItsGuessedId() {
        String heat = id(admin, "Movie", "Heat");
        JsonNode all = admin.post("/emby/Items/" + heat + "/PlaybackInfo?UserId={me}", PROFILE)
                .ok();
        List<JsonNode> hidden = all.path("MediaSources")
                .valueStream()
                .filter(source -> source.path("Name").asText().contains("720p"))
                .toList();
        assertThat(hidden).hasSize(1);
        String source = hidden.getFirst().path("Id").asText();
        servers.right.traffic().reset();

        assertThat(kim.get("/emby/Videos/" + heat + "/stream.mkv?Static=true&MediaSourceId=" + source)
                        .status())
                .isEqualTo(404);
        assertThat(kim.get("/emby/Videos/" + heat + "/master.m3u8?MediaSourceId=" + source)
                        .status())
                .isEqualTo(404);
        assertThat(kim.get("/emby/Videos/" + heat + "/" + source + "/Subtitles/2/Stream.vtt")
                        .status())
                .isEqualTo(404);
        assertThat(kim.post("/emby/Items/" + heat + "/PlaybackInfo?UserId={me}&MediaSourceId=" + source, PROFILE)
                        .status())
                .isEqualTo(404);
        assertThat(kim.get("/emby/Items/" + heat + "/Download?MediaSourceId=" + source)
                        .status())
                .isEqualTo(404);
        assertThat(servers.right.traffic().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/emby/Users/{me}/Items/%s",
                "/emby/Items/%s",
                "/emby/Items/%s/PlaybackInfo?UserId={me}",
                "/emby/Items/%s/Similar?UserId={me}",
                "/emby/Items/%s/Ancestors?UserId={me}",
                "/emby/Items/%s/Images",
                "/emby/Items/%s/Images/Primary",
                "/emby/Items/%s/ThemeMedia?UserId={me}",
                "/emby/Items/%s/InstantMix?UserId={me}",
                "/emby/Videos/%s/stream?Static=true",
                "/emby/Videos/%s/master.m3u8",
                "/emby/Items/%s/Download",
                "/emby/Items/%s/ThumbnailSet?Width=320",
                "/media/%s",
                "/media/%s/sources"
            })
    void scenario67ATitleOnTheHiddenServerIsNotFoundByItsId(String path) {
        String casablanca = id(admin, "Movie", "Casablanca");

        assertThat(kim.get(path.formatted(casablanca)).status()).isEqualTo(404);
    }

    @Test
    void scenario67ATitleOnTheHiddenServerCanBeNeitherMarkedNorListed() {
        String casablanca = id(admin, "Movie", "Casablanca");
        String fifth = admin.items("/emby/Shows/" + id(admin, "Series", "Long Way") + "/Seasons?UserId={me}")
                .getLast()
                .path("Id")
                .asText();

        assertThat(kim.post("/emby/Users/{me}/PlayedItems/" + casablanca, "").status())
                .isEqualTo(404);
        assertThat(kim.post("/emby/Users/{me}/FavoriteItems/" + casablanca, "").status())
                .isEqualTo(404);
        assertThat(kim.post("/emby/Items/" + casablanca + "/PlaybackInfo?UserId={me}", PROFILE)
                        .status())
                .isEqualTo(404);
        assertThat(kim.items("/emby/Users/{me}/Items?Ids=" + casablanca + "," + fifth))
                .isEmpty();
        Answer below = kim.get("/emby/Users/{me}/Items?ParentId=" + fifth);
        assertThat(below.status() == 404 || below.ok().path("TotalRecordCount").asInt() == 0)
                .isTrue();
        Answer episodes =
                kim.get("/emby/Shows/" + id(kim, "Series", "Long Way") + "/Episodes?UserId={me}&SeasonId=" + fifth);
        assertThat(episodes.status() == 404 || episodes.ok().path("Items").isEmpty())
                .isTrue();
    }

    @Test
    void scenario67NothingThatHappensThereIsHeardOrSeen() {
        String casablanca = id(admin, "Movie", "Casablanca");
        try (TestSocket hers = gateway.socket(kim);
                TestSocket ours = gateway.socket(admin)) {
            hers.say("SessionsStart", "0,500");
            ours.say("SessionsStart", "0,500");
            admin.post(
                    "/emby/Sessions/Playing",
                    "{\"ItemId\":\"%s\",\"PlaySessionId\":\"p1\",\"PositionTicks\":0}".formatted(casablanca));
            SimItem added = servers.right
                    .library("Movies", "movies")
                    .movie("Added Later")
                    .year(2025);
            try {
                admin.post("/admin/servers/2/sync", "");
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> names(admin.items(MOVIES)).contains("Added Later"));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !ours.messages("LibraryChanged").isEmpty());
                String later = id(admin, "Movie", "Added Later");

                assertThat(names(kim.items(MOVIES))).doesNotContain("Added Later");
                assertThat(hers.messages("LibraryChanged").toString()).doesNotContain("\"" + later + "\"");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> ours.messages("Sessions").toString().contains("Casablanca"));
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> !hers.messages("Sessions").isEmpty());
                assertThat(hers.messages("Sessions").toString()).doesNotContain("Casablanca");
                assertThat(kim.get("/emby/Sessions").ok().toString()).doesNotContain("Casablanca");
            } finally {
                added.remove();
            }
        }
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
