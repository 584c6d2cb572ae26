package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.embygateway.protocol.check.ApiReport;
import org.embygateway.protocol.check.OpenApiCheck;
import org.embygateway.protocol.sim.SimPerson;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.embygateway.route.Route;
import org.embygateway.route.Treatment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each row of the route table is called once over HTTP; the rows that are not are named here. */
class EveryRowTest {
    /** What other tests call, since it ends the sign-in, changes the password or is no request. */
    private static final Set<String> ELSEWHERE = Set.of(
            "GET /embywebsocket",
            "GET /socket",
            "POST /Sessions/Logout",
            "POST /auth/logout",
            "POST /Users/{Id}/Password");

    /** There when the web UI was built, which tests do without. */
    private static final Set<String> BUILT = Set.of("GET /web/**", "GET /favicon.ico");

    /** No music, no live television and no thumbnails on the server; no picture of genres and users; nothing to stop. */
    private static final String OTHERWISE = """
            202 POST /admin/servers/{Id}/sync
            202 POST /admin/sync
            302 GET /
            302 GET /web
            400 POST /LiveStreams/Open
            400 POST /LiveStreams/MediaInfo
            400 POST /admin/servers
            400 POST /admin/merges/join
            400 POST /admin/merges/never
            400 POST /admin/merges/split
            401 GET /Connect/Exchange
            403 GET /System/Configuration/{Key}
            404 DELETE /Devices
            404 POST /Devices/Delete
            404 GET /Artists/InstantMix
            404 GET /MusicGenres/InstantMix
            404 GET /MusicGenres/{Name}
            404 GET /GameGenres/{Name}
            404 GET /MusicGenres/{Name}/InstantMix
            404 GET /Artists/{Name}
            404 GET /Videos/{Id}/live.m3u8
            404 GET /Videos/{Id}/subtitles.m3u8
            404 GET /Videos/{Id}/live_subtitles.m3u8
            404 GET /Videos/{Id}/hls/{PlaylistId}/{SegmentId}.{SegmentContainer}
            404 GET /Videos/{Id}/Trickplay/{Width}/{File}
            404 GET /Videos/{Id}/index.bif
            404 GET /Audio/{Id}/universal
            404 GET /Audio/{Id}/universal.{Container}
            404 GET /Audio/{Id}/master.m3u8
            404 GET /Audio/{Id}/main.m3u8
            404 GET /Audio/{Id}/live.m3u8
            404 GET /Audio/{Id}/hls/{PlaylistId}/{SegmentId}.{SegmentContainer}
            404 GET /Audio/{Id}/hls1/{PlaylistId}/{SegmentId}.{SegmentContainer}
            404 GET /Videos/{Id}/{MediaSourceId}/Subtitles/{Index}/subtitles.m3u8
            404 GET /Videos/{Id}/{MediaSourceId}/Attachments/{Index}
            404 GET /Videos/{Id}/{MediaSourceId}/Attachments/{Index}/{File}
            404 GET /Items/{Id}/ThumbnailSet
            404 GET /gw/x/{Opaque}/{Name}
            404 POST /LiveStreams/Close
            404 POST /admin/merges/overrides/{Id}/undo
            404 GET /Artists/{Name}/Images/{Type}
            404 GET /Artists/{Name}/Images/{Type}/{Index}
            404 GET /Genres/{Name}/Images/{Type}
            404 GET /Genres/{Name}/Images/{Type}/{Index}
            404 GET /MusicGenres/{Name}/Images/{Type}
            404 GET /MusicGenres/{Name}/Images/{Type}/{Index}
            404 GET /GameGenres/{Name}/Images/{Type}
            404 GET /GameGenres/{Name}/Images/{Type}/{Index}
            404 GET /Studios/{Name}/Images/{Type}
            404 GET /Studios/{Name}/Images/{Type}/{Index}
            404 GET /Users/{Id}/Images/{Type}
            404 GET /Users/{Id}/Images/{Type}/{Index}
            409 DELETE /Users/{Id}
            409 POST /Users/{Id}/Delete
            409 POST /auth/setup
            409 PUT /admin/servers/{Id}
            409 DELETE /admin/servers/{Id}
            """;

    @TempDir
    static Path data;

    private static SimulatedEmby server;
    private static GatewayUnderTest gateway;
    private static final Map<Route, Answer> ANSWERS = new LinkedHashMap<>();

    @BeforeAll
    static void walk() {
        server = Servers.named("only").idsFrom(Servers.LONG_IDS).start();
        Servers.heat(server, 2, "1080p", 400_000)
                .genres("Action")
                .studio("Walk Studio")
                .people(SimPerson.director("Michael Mann"));
        server.library("Shows", "tvshows")
                .series("Long Way")
                .year(2004)
                .season(1)
                .episodes(1, 3);
        gateway = GatewayUnderTest.over(data, server).start().indexed();
        TestClient client = gateway.admin();
        ContractWalk walk = new ContractWalk(client, id(client, "Movie"), id(client, "Series"));
        gateway.table().routes().stream()
                .filter(route -> !ELSEWHERE.contains(route.template()))
                .forEach(route -> ANSWERS.put(route, walk.call(route)));
    }

    private static String id(TestClient client, String type) {
        return client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=" + type)
                .getFirst()
                .path("Id")
                .asText();
    }

    @AfterAll
    static void stop() {
        try (SimulatedEmby ending = server) {
            gateway.close();
        }
    }

    @Test
    void rowsThatAreServedAnswerWellExceptForWhatThereIsNothingOf() {
        Set<String> others = new TreeSet<>();
        ANSWERS.forEach((route, answer) -> {
            boolean served = !(route.treatment() instanceof Treatment.Refuse) && !BUILT.contains(route.template());
            if (served && answer.status() != 200 && answer.status() != 204) {
                others.add(answer.status() + " " + route.template());
            }
        });
        assertThat(others).containsExactlyInAnyOrderElementsOf(OTHERWISE.lines().toList());
    }

    @Test
    void rowsThatAreRefusedSayNoInASentence() {
        List<String> wrong = new ArrayList<>();
        ANSWERS.forEach((route, answer) -> {
            if (route.treatment() instanceof Treatment.Refuse(int status, String text)) {
                boolean plain = answer.header("Content-Type").orElse("").startsWith("text/plain");
                if (answer.status() != status || !plain || !answer.text().equals(text)) {
                    wrong.add(route.template() + ": " + answer.status() + " " + answer.text());
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void answersAreAsTheOfficialDocumentDescribesThem() {
        OpenApiCheck document = OpenApiCheck.orSkip();
        List<String> wrong = new ArrayList<>();
        Set<String> checked = new TreeSet<>();
        ANSWERS.forEach((route, answer) -> {
            String template = route.pattern().text();
            boolean json = answer.header("Content-Type").orElse("").startsWith("application/json");
            if (answer.status() == 200 && json && document.knows(route.method(), template)) {
                ApiReport report = document.check(route.method(), template, 200, answer.json());
                checked.add(route.template());
                report.faults().forEach(fault -> wrong.add(route.template() + ": " + fault));
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(checked).hasSizeGreaterThan(100);
    }

    @Test
    void theRowsWithoutACallAreThoseNamedHere() {
        Set<String> rows =
                gateway.table().routes().stream().map(Route::template).collect(Collectors.toSet());

        assertThat(rows).containsAll(ELSEWHERE);
        assertThat(ANSWERS.keySet().stream().map(Route::template).collect(Collectors.toSet()))
                .doesNotContainAnyElementsOf(ELSEWHERE)
                .hasSize(rows.size() - ELSEWHERE.size());
    }
}
