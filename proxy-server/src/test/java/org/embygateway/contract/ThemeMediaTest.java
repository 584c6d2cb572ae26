package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.embygateway.protocol.check.OpenApiCheck;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Theme songs and videos: those of one server, of the title or of what it is in. */
@Timeout(120)
class ThemeMediaTest {
    @TempDir
    static Path data;

    private static SimulatedEmby left;
    private static SimulatedEmby right;
    private static SimItem rightSong;
    private static GatewayUnderTest gateway;
    private static TestClient client;
    private static String series;
    private static String episode;
    private static String heat;

    @BeforeAll
    static void start() {
        left = Servers.named("left").start();
        right = Servers.named("right").idsFrom(Servers.LONG_IDS).start();
        for (SimulatedEmby server : new SimulatedEmby[] {left, right}) {
            server.library("Shows", "tvshows")
                    .series("Long Way")
                    .tvdb("77")
                    .season(1)
                    .episode(1, "Pilot");
        }
        SimItem rightSeries =
                right.library("Shows", "tvshows").view().children().getFirst();
        rightSong = rightSeries.extra("ThemeSong", "Long Way Theme");
        SimItem leftHeat = Servers.heat(left, 1, "1080p", 400_000);
        SimItem rightHeat = Servers.heat(right, 2, "2160p", 500_000);
        leftHeat.extra("ThemeVideo", "Loop");
        leftHeat.extra("ThemeVideo", "Second loop");
        rightHeat.extra("ThemeVideo", "Loop on the right");
        gateway = GatewayUnderTest.over(data, left, right).start().indexed();
        client = gateway.admin();
        series = id("Series");
        episode = id("Episode");
        heat = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat")
                .getFirst()
                .path("Id")
                .asText();
    }

    private static String id(String type) {
        return client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=" + type)
                .getFirst()
                .path("Id")
                .asText();
    }

    @AfterAll
    static void stop() {
        try (SimulatedEmby one = left;
                SimulatedEmby other = right) {
            gateway.close();
        }
    }

    private static JsonNode themes(String item, String more) {
        return client.get("/emby/Items/" + item + "/ThemeMedia?UserId={me}&Fields=MediaSources" + more)
                .ok();
    }

    @Test
    void themesAreShownWithWhatIsAskedFor() {
        assertThat(themes(series, "").at("/ThemeSongsResult/Items/0/UserData").isObject())
                .isTrue();
        JsonNode bare =
                themes(series, "&EnableUserData=false&EnableImages=false").at("/ThemeSongsResult/Items/0");
        assertThat(bare.path("Name").asText()).isEqualTo("Long Way Theme");
        assertThat(bare.has("UserData")).isFalse();
        assertThat(bare.has("ImageTags")).isFalse();
    }

    @Test
    void theSongOfASeriesIsFoundOnTheServerThatHasItAndStreams() {
        JsonNode themes = themes(series, "");
        OpenApiCheck.find()
                .ifPresent(document -> assertThat(document.check("GET", "/Items/{Id}/ThemeMedia", 200, themes)
                                .faults())
                        .isEmpty());
        JsonNode songs = themes.path("ThemeSongsResult");
        assertThat(songs.path("OwnerId").isIntegralNumber()).isTrue();
        assertThat(songs.path("OwnerId").asText()).isEqualTo(series);
        assertThat(songs.path("TotalRecordCount").asInt()).isEqualTo(1);
        JsonNode song = songs.path("Items").path(0);
        assertThat(song.path("Name").asText()).isEqualTo("Long Way Theme");
        assertThat(song.path("Type").asText()).isEqualTo("Audio");
        assertThat(themes.path("SoundtrackSongsResult").path("TotalRecordCount").asInt())
                .isZero();

        String id = song.path("Id").asText();
        assertThat(client.get("/emby/Users/{me}/Items/" + id)
                        .ok()
                        .path("ExtraType")
                        .asText())
                .isEqualTo("ThemeSong");
        Answer bytes = client.get("/emby/Audio/" + id + "/stream?Static=true", "Range", "bytes=0-9");
        assertThat(bytes.status()).isEqualTo(206);
        assertThat(bytes.body()).isEqualTo(rightSong.content(0).bytes(0, 10));
    }

    @Test
    void anEpisodeInheritsTheSongWhenItIsAskedTo() {
        assertThat(themes(episode, "").path("ThemeSongsResult").path("Items")).isEmpty();
        JsonNode inherited = themes(episode, "&InheritFromParent=true").path("ThemeSongsResult");
        assertThat(inherited.path("OwnerId").asText()).isEqualTo(series);
        assertThat(inherited.path("Items")).hasSize(1);
        JsonNode songs = client.get("/emby/Items/" + episode + "/ThemeSongs?UserId={me}&InheritFromParent=true")
                .ok();
        assertThat(songs)
                .isEqualTo(client.get("/emby/Items/" + series + "/ThemeSongs?UserId={me}")
                        .ok());
    }

    @Test
    void videosAreThoseOfOneServer() {
        assertThat(themes(heat, "").path("ThemeVideosResult").path("Items"))
                .extracting(video -> video.path("Name").asText())
                .containsExactly("Loop", "Second loop");
        assertThat(client.get("/emby/Items/" + heat + "/ThemeVideos?UserId={me}")
                        .ok()
                        .path("TotalRecordCount")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void whatHasThemesIsFoundByItOnceTheyAreKnown() {
        themes(series, "");
        themes(heat, "");

        assertThat(client.items("/emby/Users/{me}/Items?Recursive=true&HasThemeSong=true"))
                .extracting(item -> item.path("Id").asText())
                .containsExactly(series);
        assertThat(client.items("/emby/Users/{me}/Items?Recursive=true&HasThemeVideo=true"))
                .extracting(item -> item.path("Id").asText())
                .containsExactly(heat);
        assertThat(client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Series&HasThemeSong=false"))
                .isEmpty();
    }

    @Test
    void whatDoesNotExistHasNone() {
        assertThat(client.get("/emby/Items/2147480000/ThemeMedia").status()).isEqualTo(404);
    }
}
