package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.sim.Face;
import org.embygateway.protocol.sim.HlsStyle;
import org.embygateway.protocol.sim.SimPerson;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario 39: nothing of an upstream shows in anything that a client gets. */
@Timeout(120)
class IsolatedPlaybackTest {
    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource(Face.class)
    void scenario39NoAnswerOfAWholeVisitGivesAnUpstreamAway(Face face) {
        try (SimulatedEmby left = server("left", face);
                SimulatedEmby right = server("right", face)) {
            right.hls(HlsStyle.BAROQUE);
            try (GatewayUnderTest gateway =
                    GatewayUnderTest.over(data, left, right).start().indexed()) {
                TestClient client = gateway.admin();
                browse(client);
                Player player = new Player(client);
                for (JsonNode film : client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie")) {
                    play(player, film.path("Id").asText());
                }
                failures(client, left);

                assertThat(gateway.transcript()).hasSizeGreaterThan(60);
            }
        }
    }

    private static SimulatedEmby server(String name, Face face) {
        SimulatedEmby server =
                Servers.named(name).face(face).idsFrom(Servers.LONG_IDS).start();
        Servers.heat(server, name.equals("left") ? 0 : 2, "1080p", 200_000)
                .people(new SimPerson("Al Pacino", "Actor", "Vincent"))
                .genres("Crime")
                .studio("Regency")
                .tags("heist")
                .images("Primary", "Backdrop", "Logo", "Thumb");
        server.library("Series", "tvshows")
                .series("The Wire")
                .tvdb("79126")
                .season(1)
                .episodes(1, 3);
        return server;
    }

    private static void browse(TestClient client) {
        String everything = "&Fields=Path,MediaSources,MediaStreams,People,Genres,Studios,Tags,ProviderIds,Chapters,"
                + "ParentId,Etag,DisplayPreferencesId,PresentationUniqueKey,ExternalUrls,Overview,SortName,DateCreated";
        for (JsonNode view : client.items("/emby/Users/{me}/Views")) {
            client.items("/emby/Users/{me}/Items?ParentId=" + view.path("Id").asText() + everything);
        }
        for (JsonNode item : client.items("/emby/Users/{me}/Items?Recursive=true" + everything)) {
            String id = item.path("Id").asText();
            client.get("/emby/Users/{me}/Items/" + id).ok();
            client.get("/emby/Items/" + id + "/Similar?UserId={me}");
            client.get("/emby/Items/" + id + "/Ancestors?UserId={me}");
            item.path("ImageTags").properties().forEach(tag -> picture(client, id, tag.getKey(), tag.getValue()));
        }
        for (String path : List.of(
                "/emby/System/Info",
                "/emby/System/Info/Public",
                "/emby/Users/{me}",
                "/emby/Users/{me}/Items/Latest?Limit=20" + everything,
                "/emby/Users/{me}/Items/Resume?Limit=20" + everything,
                "/emby/Shows/NextUp?UserId={me}" + everything,
                "/emby/Genres?UserId={me}" + everything,
                "/emby/Persons?UserId={me}" + everything,
                "/emby/Studios?UserId={me}" + everything,
                "/emby/Search/Hints?UserId={me}&SearchTerm=heat",
                "/emby/Sessions",
                "/emby/Library/MediaFolders",
                "/emby/Library/VirtualFolders",
                "/media/search?query=heat")) {
            client.get(path);
        }
    }

    private static void picture(TestClient client, String id, String type, JsonNode tag) {
        assertThat(client.get("/emby/Items/" + id + "/Images/" + type + "?tag=" + tag.asText())
                        .status())
                .isEqualTo(200);
    }

    private static void play(Player player, String film) {
        TestClient client = player.client();
        for (JsonNode source : Player.sources(player.negotiate(film, Player.DIRECT))) {
            String id = source.path("Id").asText();
            player.fetch(source.path("DirectStreamUrl").asText());
            client.get("/emby/Items/" + film + "/Download?MediaSourceId=" + id);
            JsonNode info = player.negotiate(film, id, Player.CONVERTED);
            JsonNode converted = Player.sources(info).getFirst();
            assertThat(player.walk(converted.path("TranscodingUrl").asText()))
                    .allMatch(answer -> answer.status() == 200);
            Player.streams(converted, "Subtitle")
                    .forEach(stream -> player.fetch(stream.path("DeliveryUrl").asText()));
            reports(client, film, id, info.path("PlaySessionId").asText());
            client.delete("/emby/Videos/ActiveEncodings?DeviceId=" + client.device() + "&PlaySessionId="
                    + info.path("PlaySessionId").asText());
        }
    }

    private static void reports(TestClient client, String film, String source, String session) {
        String report = """
                {"ItemId":"%s","MediaSourceId":"%s","PlaySessionId":"%s","PositionTicks":%d}""";
        for (String event : List.of("", "/Progress", "/Stopped")) {
            String body = report.formatted(
                    film, source, session, Duration.ofSeconds(5).toNanos() / 100);
            assertThat(client.post("/emby/Sessions/Playing" + event, body).status())
                    .isEqualTo(204);
            client.get("/emby/Sessions");
        }
        client.get("/emby/Users/{me}/Items/" + film).ok();
    }

    private static void failures(TestClient client, SimulatedEmby left) {
        left.faults().status(500);
        String film = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie")
                .getFirst()
                .path("Id")
                .asText();
        client.post("/emby/Items/" + film + "/PlaybackInfo?UserId={me}", Player.DIRECT);
        client.get("/emby/Videos/" + film + "/stream.mkv?static=true");
        client.get("/emby/Videos/" + film + "/master.m3u8");
        client.get("/emby/Items/" + film + "/Images/Banner");
        client.bare("GET", "/emby/Users/{me}/Items", Map.of(), "");
        client.get("/emby/Items/" + Servers.LONG_IDS + "/Images/Primary");
        client.get("/emby/Users/{me}/Items/" + Servers.LONG_IDS);
    }
}
