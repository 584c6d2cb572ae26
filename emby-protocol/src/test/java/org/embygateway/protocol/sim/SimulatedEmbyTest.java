package org.embygateway.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.embygateway.protocol.EmbyJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge is strict where a real server is. */
final class SimulatedEmbyTest {
    private SimulatedEmby emby;
    private SimClient client;
    private SimItem heat;

    @BeforeEach
    void start() {
        emby = SimulatedEmby.named("Alpha").account("anna", "secret").start();
        heat = emby.library("Movies", "movies")
                .movie("Heat")
                .year(1995)
                .tmdb("949")
                .genres("Crime")
                .people(SimPerson.actor("Al Pacino", "Vincent"))
                .version("1080p", 1_000_000)
                .subtitles(new SimVersion.Subtitle("eng", "English", true, "1\n00:00:01,000 --> 00:00:02,500\nHi\n"));
        client = new SimClient(emby.url(), "device-1");
    }

    @AfterEach
    void stop() {
        client.close();
        emby.close();
    }

    @Test
    void nothingWithoutAToken() {
        HttpResponse<byte[]> answer = client.get("/Users/" + emby.user("anna").id() + "/Views");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(SimClient.text(answer)).isEqualTo("Access token is invalid or expired.");
        assertThat(client.get("/System/Info/Public").statusCode()).isEqualTo(200);
    }

    @Test
    void aSignInNeedsAnAppAndADevice() {
        String body = "{\"Username\":\"anna\",\"Pw\":\"secret\"}";
        HttpResponse<byte[]> anonymous = client.post("/Users/AuthenticateByName", body, "Authorization", "none");
        assertThat(anonymous.statusCode()).isEqualTo(400);
        assertThat(SimClient.text(anonymous)).isEqualTo("Value cannot be null. (Parameter 'appName')");
        HttpResponse<byte[]> noDevice =
                client.post("/Users/AuthenticateByName", body, "Authorization", "Emby Client=\"Test\"");
        assertThat(SimClient.text(noDevice)).contains("deviceId");
    }

    @Test
    void aWrongPasswordIs401AndAFormWorksAsJsonDoes() {
        assertThat(client.post("/Users/AuthenticateByName", "{\"Username\":\"anna\",\"Pw\":\"no\"}")
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<byte[]> form = client.post(
                "/emby/users/authenticatebyname?X-Emby-Client=App&X-Emby-Device-Name=Box&X-Emby-Device-Id=d"
                        + "&X-Emby-Client-Version=1",
                "Username=anna&Pw=secret",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                "none");
        assertThat(form.statusCode()).isEqualTo(200);
    }

    @Test
    void theSameDeviceGetsTheSameTokenUntilTokensExpire() {
        String first = client.signIn("anna", "secret").token();
        assertThat(client.signIn("anna", "secret").token()).isEqualTo(first);
        emby.expireTokens();
        assertThat(client.get("/System/Info").statusCode()).isEqualTo(401);
        assertThat(client.signIn("anna", "secret").token()).isNotEqualTo(first);
    }

    @Test
    void pathsAndQueryNamesHaveNoCase() {
        client.signIn("anna", "secret");
        JsonNode list = client.json("/EMBY/users/{me}/ITEMS?recursive=true&includeitemtypes=movie&FIELDS=ProviderIds");
        assertThat(list.get("TotalRecordCount").asInt()).isEqualTo(1);
        assertThat(list.at("/Items/0/ProviderIds/Tmdb").asText()).isEqualTo("949");
        assertThat(list.at("/Items/0").has("People")).isFalse();
    }

    @Test
    void idsBeginWithTheSameNumberOnEveryServer() {
        try (SimulatedEmby other =
                SimulatedEmby.named("Beta").account("bob", "x").build()) {
            SimItem alien = other.library("Films", "movies").movie("Alien");
            assertThat(alien.id()).isEqualTo(heat.id());
            assertThat(other.serverId()).isNotEqualTo(emby.serverId());
        }
    }

    @Test
    void unknownAndMalformedItemsAreRefused() {
        client.signIn("anna", "secret");
        assertThat(client.get("/Users/{me}/Items/999999").statusCode()).isEqualTo(404);
        assertThat(client.get("/Users/{me}/Items/nonsense").statusCode()).isEqualTo(500);
        heat.forbidden(true);
        assertThat(client.get("/Users/{me}/Items/" + heat.id()).statusCode()).isEqualTo(403);
    }

    @Test
    void playbackInfoChecksSourceAndUser() {
        client.signIn("anna", "secret");
        String path = "/Items/" + heat.id() + "/PlaybackInfo?UserId=";
        JsonNode info = SimClient.json(client.post(path + "{me}", "{}"));
        assertThat(info.at("/MediaSources/0/Id").asText()).isEqualTo(heat.sourceId(0));
        assertThat(client.post(path + "0123456789abcdef0123456789abcdef", "{}").statusCode())
                .isEqualTo(404);
        JsonNode foreign = SimClient.json(client.post(path + "{me}&MediaSourceId=mediasource_1", "{}"));
        assertThat(foreign.get("MediaSources")).isEmpty();
    }

    @Test
    void theProfileDecidesBetweenDirectAndTranscode() {
        client.signIn("anna", "secret");
        String path = "/Items/" + heat.id() + "/PlaybackInfo?UserId={me}";
        String direct = "{\"DeviceProfile\":{\"DirectPlayProfiles\":[{\"Type\":\"Video\",\"Container\":\"mkv\"}]}}";
        String url = SimClient.json(client.post(path, direct))
                .at("/MediaSources/0/DirectStreamUrl")
                .asText();
        assertThat(url).startsWith("/videos/" + heat.id() + "/original.mkv?");
        assertThat(client.get(url, "Authorization", "none").body())
                .isEqualTo(heat.content(0).bytes(0, 1_000_000));
        String hls = "{\"DeviceProfile\":{\"DirectPlayProfiles\":[{\"Type\":\"Video\",\"Container\":\"mp4\"}],"
                + "\"TranscodingProfiles\":[{\"Type\":\"Video\",\"Container\":\"ts\",\"Protocol\":\"hls\"}],"
                + "\"SubtitleProfiles\":[{\"Format\":\"vtt\",\"Method\":\"External\"}]}}";
        JsonNode source = SimClient.json(client.post(path, hls)).at("/MediaSources/0");
        assertThat(source.get("SupportsDirectPlay").asBoolean()).isFalse();
        assertThat(source.get("TranscodingUrl").asText())
                .contains("/master.m3u8?")
                .contains("PlaySessionId=");
        String subtitle = source.at("/MediaStreams/2/DeliveryUrl").asText();
        assertThat(SimClient.text(client.get(subtitle))).startsWith("WEBVTT").contains("00:00:01.000 --> 00:00:02.500");
    }

    @Test
    void reportsMoveTheWatchStateByTheThresholds() {
        client.signIn("anna", "secret");
        heat.runtime(Duration.ofMinutes(100));
        assertThat(report("Stopped", Duration.ofMinutes(40))).isEqualTo(204);
        assertThat(emby.user("anna").state(heat).position())
                .isEqualTo(Duration.ofMinutes(40).toNanos() / 100);
        assertThat(client.json("/Users/{me}/Items/Resume")
                        .get("TotalRecordCount")
                        .asInt())
                .isEqualTo(1);
        assertThat(report("Stopped", Duration.ofMinutes(95))).isEqualTo(204);
        assertThat(emby.user("anna").state(heat).played()).isTrue();
        assertThat(emby.user("anna").state(heat).position()).isZero();
        assertThat(client.post("/Sessions/Playing", "{\"ItemId\":\"424242\"}").statusCode())
                .isEqualTo(404);
        assertThat(client.post("/Sessions/Playing", "not json").statusCode()).isEqualTo(400);
    }

    private int report(String event, Duration position) {
        String body = EmbyJson.object()
                .put("ItemId", heat.id())
                .put("PositionTicks", position.toNanos() / 100)
                .toString();
        return client.post("/Sessions/Playing/" + event, body).statusCode();
    }

    @Test
    void seriesHaveSeasonsEpisodesAndANextOne() {
        SimItem lost = emby.library("Shows", "tvshows").series("Lost");
        lost.season(1).episodes(1, 10);
        client.signIn("anna", "secret");
        assertThat(client.json("/Shows/" + lost.id() + "/Seasons?UserId={me}").get("Items"))
                .hasSize(1);
        JsonNode episodes = client.json("/Shows/" + lost.id() + "/Episodes?UserId={me}&Limit=3")
                .get("Items");
        assertThat(episodes).hasSize(3);
        assertThat(episodes.get(0).get("SeriesId").asText()).isEqualTo(lost.id());
        client.post("/Users/{me}/PlayedItems/" + episodes.get(1).get("Id").asText(), "");
        JsonNode next = client.json("/Shows/NextUp?UserId={me}").get("Items");
        assertThat(next.get(0).get("IndexNumber").asInt()).isEqualTo(3);
    }

    @Test
    void savesAreFoundByTheirDate() {
        client.signIn("anna", "secret");
        Instant before = Instant.now();
        assertThat(saved(before)).isZero();
        heat.overview("Cops and robbers.");
        assertThat(saved(before)).isEqualTo(1);
        heat.remove();
        assertThat(saved(before)).isZero();
    }

    private int saved(Instant since) {
        return client.json("/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&MinDateLastSaved=" + since)
                .get("TotalRecordCount")
                .asInt();
    }

    @Test
    void aServerThatWasDownComesBackOnItsPort() {
        int port = emby.port();
        emby.down();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> client.get("/System/Ping"))
                .isInstanceOf(UncheckedIOException.class);
        emby.up();
        assertThat(emby.port()).isEqualTo(port);
        assertThat(SimClient.text(client.get("/System/Ping"))).isEqualTo("Emby Server");
    }

    @Test
    void everyAnswerLeaksWhatARealServerLeaks() {
        HttpResponse<byte[]> answer = client.get("/System/Ping");
        assertThat(answer.headers().firstValue("Private-Network-Access-Id")).contains(emby.serverId());
        assertThat(answer.headers().firstValue("Set-Cookie")).isPresent();
        client.signIn("anna", "secret");
        assertThat(client.json("/Users/{me}/Items/" + heat.id()).get("Path").asText())
                .startsWith("/mnt/alpha-volume/");
        assertThat(client.json("/System/Info").get("LocalAddress").asText()).contains("alpha.lan.test");
    }

    @Test
    void collectionsHoldTheirMembersByDateAndBelongToTheLibrariesOfThese() {
        SimItem ronin = emby.library("Films", "movies").movie("Ronin").year(1998);
        SimItem crime = emby.collection("Crime", ronin, heat.year(1995));
        client.signIn("anna", "secret");
        assertThat(names("/Users/{me}/Items?ParentId=" + crime.id())).containsExactly("Heat", "Ronin");
        String library = emby.library("Films", "movies").view().id();
        assertThat(names("/Users/{me}/Items?Recursive=true&IncludeItemTypes=BoxSet&ParentId=" + library))
                .containsExactly("Crime");
        crime.displayOrder("SortName").holds(ronin);
        assertThat(names("/Users/{me}/Items?ParentId=" + crime.id())).containsExactly("Ronin");
    }

    @Test
    void playlistsAreTheirOwnersAndKeepTheirOrder() {
        SimItem ronin = emby.library("Films", "movies").movie("Ronin");
        SimItem list = emby.playlist(emby.user("anna"), "Friday", ronin, heat, ronin);
        client.signIn("anna", "secret");
        assertThat(names("/Users/{me}/Items?ParentId=" + list.id())).containsExactly("Ronin", "Heat", "Ronin");
        JsonNode entries = SimClient.json(client.get("/Playlists/" + list.id() + "/Items?UserId={me}&StartIndex=1"));
        assertThat(entries.path("TotalRecordCount").asInt()).isEqualTo(3);
        assertThat(entries.at("/Items/0/PlaylistItemId").asText()).matches("\\d+");
        emby.account("bob", "x");
        client.signIn("bob", "x");
        assertThat(names("/Users/{me}/Items?Recursive=true&IncludeItemTypes=Playlist"))
                .isEmpty();
    }

    private List<String> names(String path) {
        List<String> names = new ArrayList<>();
        SimClient.json(client.get(path))
                .path("Items")
                .forEach(item -> names.add(item.path("Name").asText()));
        return names;
    }
}
