package org.embygateway.protocol.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.sim.Face;
import org.embygateway.protocol.sim.SimClient;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimPerson;
import org.embygateway.protocol.sim.SimVersion;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check finds what is wrong, and the simulated server passes it. */
final class OpenApiCheckTest {
    private OpenApiCheck check;

    @BeforeEach
    void load() {
        check = OpenApiCheck.orSkip();
    }

    @Test
    void wrongTypesUnknownEnumValuesAndNullsAreFound() {
        ObjectNode item =
                EmbyJson.object().put("Name", 5).put("IndexNumber", "one").putNull("Overview");
        item.putObject("UserData").put("PlaybackPositionTicks", 1.5);
        item.put("DateCreated", "2024-01-01T00:00:00Z").put("VideoSomething", 1);
        item.putArray("MediaSources").addObject().put("Protocol", "Pigeon");
        ApiReport report = check.check("GET", "/Users/{u}/Items/{i}", 200, item);
        assertThat(String.join("\n", report.faults()))
                .contains("$.Name: expected a text")
                .contains("$.IndexNumber: expected a 32-bit integer")
                .contains("$.Overview: null")
                .contains("$.UserData.PlaybackPositionTicks")
                .contains("$.DateCreated: no date with seven digits")
                .contains("$.MediaSources[].Protocol: unknown value \"Pigeon\"");
        assertThat(report.unknownProperties()).containsExactly("$.VideoSomething");
    }

    @Test
    void operationsThatDoNotExistAreFound() {
        assertThat(check.check("GET", "/Nonsense", 200, EmbyJson.object()).faults())
                .containsExactly("the document has no such operation");
        assertThat(check.check("POST", "/Sessions/Playing", 204, MissingNode.getInstance())
                        .faults())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Face.class,
            names = {"EMBY_4_8", "EMBY_4_9"})
    void theSimulatedServerAnswersAsDocumented(Face face) {
        try (SimulatedEmby emby = SimulatedEmby.named("Alpha")
                        .face(face)
                        .account("anna", "secret")
                        .start();
                SimClient client = new SimClient(emby.url(), "device-1")) {
            SimItem heat = furnish(emby);
            client.signIn("anna", "secret");
            String id = heat.id();
            String series = emby.items(ItemKind.SERIES).getFirst().id();
            all(client, "/System/Info/Public", "/System/Info/Public");
            all(client, "/System/Info", "/System/Info");
            all(client, "/System/Endpoint", "/System/Endpoint");
            all(client, "/Users/{UserId}", "/Users/{me}");
            all(client, "/Users/{UserId}/Views", "/Users/{me}/Views");
            all(client, "/Users/{UserId}/Items", "/Users/{me}/Items?Recursive=true&Fields=" + FIELDS);
            all(client, "/Users/{UserId}/Items/{Id}", "/Users/{me}/Items/" + id);
            all(client, "/Users/{UserId}/Items/{Id}", "/Users/{me}/Items/" + series);
            all(client, "/Users/{UserId}/Items/Latest", "/Users/{me}/Items/Latest");
            all(client, "/Users/{UserId}/Items/Resume", "/Users/{me}/Items/Resume");
            all(client, "/Shows/NextUp", "/Shows/NextUp?UserId={me}");
            all(client, "/Shows/{Id}/Seasons", "/Shows/" + series + "/Seasons?UserId={me}");
            all(client, "/Shows/{Id}/Episodes", "/Shows/" + series + "/Episodes?UserId={me}");
            all(client, "/Items/Counts", "/Items/Counts");
            all(client, "/Items/{Id}/Similar", "/Items/" + id + "/Similar");
            all(client, "/Items/{Id}/Ancestors", "/Items/" + id + "/Ancestors");
            all(client, "/Items/{Id}/ThemeMedia", "/Items/" + id + "/ThemeMedia");
            all(client, "/Items/{Id}/PlaybackInfo", "/Items/" + id + "/PlaybackInfo?UserId={me}");
            all(client, "/Genres", "/Genres?UserId={me}");
            all(client, "/Persons", "/Persons?UserId={me}");
            all(client, "/Studios", "/Studios?UserId={me}");
            all(client, "/Sessions", "/Sessions");
            all(client, "/DisplayPreferences/{Id}", "/DisplayPreferences/usersettings?UserId={me}&Client=emby");
            JsonNode played = SimClient.json(client.post("/Users/{me}/PlayedItems/" + id, ""));
            assertThat(check.check("POST", "/Users/{UserId}/PlayedItems/{Id}", 200, played)
                            .faults())
                    .isEmpty();
        }
    }

    private static final String FIELDS = "Overview,Genres,Tags,Studios,People,ProviderIds,MediaSources,MediaStreams,"
            + "Chapters,DateCreated,PremiereDate,ProductionYear,CommunityRating,SortName,Etag,Path,Size,Width";

    private static SimItem furnish(SimulatedEmby emby) {
        SimItem heat = emby.library("Movies", "movies")
                .movie("Heat")
                .year(1995)
                .tmdb("949")
                .genres("Crime")
                .tags("loud")
                .studio("Regency")
                .rating(8.2, "R")
                .premiere(LocalDate.of(1995, 12, 15))
                .images("Primary", "Backdrop")
                .people(SimPerson.actor("Al Pacino", "Vincent"), SimPerson.director("Michael Mann"))
                .version("1080p", 1_000_000)
                .subtitles(new SimVersion.Subtitle("eng", "English", true, ""))
                .fonts("a.ttf")
                .version("2160p", 2_000_000);
        emby.library("Movies", "movies").movie("Ronin").genres("Crime");
        emby.library("Shows", "tvshows").series("Lost").season(1).episodes(1, 3);
        emby.collection("Crime night", heat);
        return heat;
    }

    private void all(SimClient client, String template, String path) {
        ApiReport report = check.check("GET", template, 200, client.json(path));
        assertThat(report.faults()).as(report.toString()).isEmpty();
    }
}
