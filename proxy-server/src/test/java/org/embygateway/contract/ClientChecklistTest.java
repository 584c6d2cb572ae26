package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.embygateway.protocol.sim.GeneratedLibrary;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a TV takes for granted of its one server, however the servers behind it fare. */
class ClientChecklistTest {
    /** Generous, and far below the deadlines of calls to servers. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static final int FILMS = 120;
    private static final List<String> LOCAL =
            List.of("/emby/System/Info", "/emby/System/Endpoint", "/emby/users/public", "/emby/Users/{me}");
    private static final List<String> PUBLIC = List.of(
            "/emby/system/info/public",
            "/emby/web/manifest.json",
            "/emby/web/index.html",
            "/emby/web/strings/en-US.json");

    @TempDir
    Path data;

    private final SimulatedEmby left = Servers.named("left").start();
    private final SimulatedEmby right = Servers.named("right").start();
    private GatewayUnderTest gateway;
    private TestClient tv;
    private String film;

    @BeforeEach
    void indexed() {
        Servers.heat(left, 0, "1080p", 70_000);
        Servers.heat(right, 2, "720p", 50_000);
        GeneratedLibrary made = GeneratedLibrary.seeded(7);
        made.movies(left.library("Films", "movies"), 0, FILMS * 2 / 3);
        made.movies(right.library("Films", "movies"), FILMS / 3, FILMS);
        left.library("Shows", "tvshows").series("Long Way").season(1).episodes(1, 400);
        gateway = GatewayUnderTest.over(data, left, right)
                .person("demo", "demo")
                .start()
                .indexed();
        tv = gateway.client().signedIn("demo", "demo");
        film = tv.items("/emby/Users/{me}/Items?Recursive=true&SearchTerm=Heat&IncludeItemTypes=Movie")
                .getFirst()
                .path("Id")
                .asText();
    }

    @AfterEach
    void closed() {
        gateway.close();
        left.close();
        right.close();
    }

    @Test
    void everythingThatLetsTheAppInIsAnsweredWithEveryServerDown() {
        left.down();
        right.down();

        PUBLIC.forEach(path -> atOnce(path, () -> tv.bare("GET", path, Map.of(), "")));
        LOCAL.forEach(path -> atOnce(path, () -> tv.get(path)));
        atOnce("a saved login", () -> tv.bare("GET", "/emby/System/Info?api_key=" + tv.token(), Map.of(), ""));
        assertThatCode(() -> gateway.client().signedIn("demo", "demo")).doesNotThrowAnyException();
        homeAndItemPage();
    }

    @Test
    void aStartWithEveryServerDownShowsTheLibraryAndKeepsIdentityAndSignIn() {
        String id = tv.get("/emby/System/Info").ok().path("Id").asText();
        left.down();
        right.down();
        gateway.restart();
        tv = gateway.again(tv);

        JsonNode info = tv.get("/emby/System/Info").ok();
        assertThat(info.path("Id").asText()).isEqualTo(id);
        assertThat(info.path("LocalAddress").asText()).isEqualTo(gateway.base());
        assertThat(info.path("WanAddress").asText()).isEqualTo(gateway.base());
        homeAndItemPage();
    }

    @Test
    void aServerThatHangsDelaysNoPageAndItsFilmsPlayFromTheOther() {
        left.faults().hang();

        homeAndItemPage();
        JsonNode playback = tv.post("/emby/Items/" + film + "/PlaybackInfo?UserId={me}", "{}")
                .ok();
        assertThat(playback.path("MediaSources")).hasSize(1);
        assertThat(playback.path("MediaSources").path(0).path("Name").asText()).contains("720p");
        left.faults().clear();
    }

    @Test
    void pathsHaveNoCaseAndAPrefixOrNone() {
        JsonNode expected = tv.get("/emby/Users/{me}/Items/" + film).ok();

        Stream.of(
                        "/emby/users/{me}/items/",
                        "/Users/{me}/Items/",
                        "/EMBY/USERS/{me}/ITEMS/",
                        "/mediabrowser/users/{me}/Items/")
                .forEach(path -> assertThat(tv.get(path + film).ok()).as(path).isEqualTo(expected));
        assertThat(tv.items(list("SortName").replace("IncludeItemTypes", "includeitemtypes") + "&limit=3"))
                .hasSize(3);
    }

    @Test
    void theWebSocketIsAtBothPlaces() {
        for (String path : List.of("/embywebsocket", "/emby/embywebsocket")) {
            try (TestSocket socket = TestSocket.open(gateway.base() + path, tv.token(), tv.device(), gateway::heard)) {
                tv.post("/emby/Users/{me}/FavoriteItems/" + film, "").ok();
                await("news at " + path)
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> !socket.messages("UserDataChanged").isEmpty());
            }
        }
    }

    @Test
    void theBurstsOfTheAppAreAnsweredWhole() {
        String films = view("movies");
        List<String> favourites = Stream.of(
                        "TvChannel",
                        "Series",
                        "Episode",
                        "Movie",
                        "MusicVideo",
                        "Video",
                        "BoxSet",
                        "Playlist",
                        "MusicAlbum",
                        "Audio",
                        "Photo",
                        "Game",
                        "Book")
                .map(kind ->
                        "/emby/Users/{me}/Items?Filters=IsFavorite&Recursive=true&Limit=12&IncludeItemTypes=" + kind)
                .toList();
        List<String> more = List.of(
                "/emby/Artists?Filters=IsFavorite&Limit=12&userId={me}",
                "/emby/Artists?Filters=IsFavorite&CollectionTypes=audiobooks&Limit=12&userId={me}",
                "/emby/Persons?Filters=IsFavorite&Limit=12&userId={me}");
        List<String> filters = Stream.of(
                        "Genres",
                        "Studios",
                        "Tags",
                        "OfficialRatings",
                        "Containers",
                        "Years",
                        "AudioCodecs",
                        "AudioLayouts",
                        "VideoCodecs",
                        "ExtendedVideoTypes",
                        "SubtitleCodecs",
                        "StreamLanguages?StreamType=Audio",
                        "StreamLanguages?StreamType=Subtitle")
                .map(list -> "/emby/" + list + (list.contains("?") ? "&" : "?") + "ParentId=" + films
                        + "&Limit=1&userId={me}")
                .toList();

        together(Stream.concat(favourites.stream(), more.stream()).toList());
        together(filters);
        String series = tv.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Series")
                .getFirst()
                .path("Id")
                .asText();
        assertThat(tv.items("/emby/Shows/" + series + "/Episodes?UserId={me}&IsMissing=false"))
                .hasSize(400);
    }

    @Test
    void pagesInAnyOrderMakeOneListWithoutDoublesAndHoles() {
        String query = list("SortName") + "&Limit=";
        int total = tv.get(query + "0").ok().path("TotalRecordCount").asInt();
        List<String> whole = ids(query + total);
        List<String> fromTheEnd = new ArrayList<>();
        for (int start = total / 50 * 50; start >= 0; start -= 50) {
            fromTheEnd.addAll(0, ids(query + "50&EnableTotalRecordCount=false&StartIndex=" + start));
        }

        assertThat(total).isGreaterThanOrEqualTo(FILMS);
        assertThat(whole).hasSize(total).doesNotHaveDuplicates();
        assertThat(fromTheEnd).isEqualTo(whole);
    }

    @Test
    void theLetterBarJumpsToTheFirstNameFromThatLetterOn() {
        String query = list("SortName") + "&Fields=SortName,Prefix&Limit=";
        int total = tv.get(query + "0").ok().path("TotalRecordCount").asInt();
        List<JsonNode> whole = tv.items(query + total);

        for (String letter : List.of("C", "H", "T", "Z")) {
            int rest = tv.get(query + "0&NameStartsWithOrGreater=" + letter)
                    .ok()
                    .path("TotalRecordCount")
                    .asInt();
            int expected = (int) IntStream.range(0, total)
                    .filter(i -> whole.get(i).path("SortName").asText().compareToIgnoreCase(letter) >= 0)
                    .count();
            assertThat(rest).as(letter).isEqualTo(expected);
        }
    }

    private void homeAndItemPage() {
        String films = view("movies");
        Stream.of(
                        "/emby/Users/{me}/Views",
                        "/emby/DisplayPreferences/usersettings?userId={me}&client=emby",
                        "/emby/Users/{me}/Items/Resume?Limit=12&MediaTypes=Video&Recursive=true",
                        "/emby/Users/{me}/Items/Latest?Limit=12&ParentId=" + films,
                        "/emby/Shows/NextUp?UserId={me}&Limit=12",
                        list("SortName") + "&Limit=50",
                        "/emby/Users/{me}/Items/" + film,
                        "/emby/Users/{me}/Items/" + film + "/Intros",
                        "/emby/Users/{me}/Items/" + film + "/SpecialFeatures",
                        "/emby/Items/" + film + "/Similar?UserId={me}&Limit=12",
                        "/emby/Items/" + film + "/ThemeMedia?UserId={me}",
                        "/emby/Items/" + film + "/ThemeMedia?UserId={me}&InheritFromParent=true")
                .forEach(path -> atOnce(path, () -> tv.get(path)));
    }

    private String view(String collectionType) {
        return tv.items("/emby/Users/{me}/Views").stream()
                .filter(view -> view.path("CollectionType").asText().equals(collectionType))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }

    private String list(String sortBy) {
        return "/emby/Users/{me}/Items?IncludeItemTypes=Movie&Recursive=true&SortOrder=Ascending&SortBy=" + sortBy;
    }

    private List<String> ids(String query) {
        return tv.items(query).stream().map(item -> item.path("Id").asText()).toList();
    }

    private interface Asked {
        Answer answer();
    }

    private static void atOnce(String what, Asked asked) {
        long from = System.nanoTime();
        Answer answer = asked.answer();
        Duration time = Duration.ofNanos(System.nanoTime() - from);
        assertThat(answer.status()).as(what + " " + answer.text()).isEqualTo(200);
        assertThat(time).as(what).isLessThan(AT_ONCE);
    }

    /** Asks all at the same moment. */
    private void together(List<String> paths) {
        List<Answer> answers = paths.stream()
                .map(path -> CompletableFuture.supplyAsync(
                        () -> tv.get(path), task -> Thread.ofVirtual().start(task)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.status())
                        .as(answer.url() + " " + answer.text())
                        .isEqualTo(200));
    }
}
