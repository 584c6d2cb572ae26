package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is one title and what are two, on servers that number their items alike. */
class TitlesOfTwoServersTest {
    @TempDir
    static Path data;

    private static Overlap servers;
    private static GatewayUnderTest gateway;
    private static TestClient client;

    @BeforeAll
    static void start() {
        servers = Overlap.made();
        sameNumbers(servers.left);
        gateway = servers.gateway(data).start().indexed();
        client = gateway.admin();
    }

    /** TMDB numbers its films, series and episodes each from one. */
    private static void sameNumbers(SimulatedEmby server) {
        server.library("Films", "movies").movie("The Matrix").year(1999).tmdb("603");
        SimItem series =
                server.library("Shows", "tvshows").series("Numbers").year(2005).tmdb("603");
        series.season(1).episode(1, "Pilot").tmdb("603");
    }

    @AfterAll
    static void stop() {
        try (Overlap ending = servers) {
            gateway.close();
        }
    }

    @Test
    void scenario12TwoFilmsOfOneNumberNeverMix() {
        SimItem ronin = Overlap.film(servers.left, "Ronin");
        SimItem casablanca = Overlap.film(servers.right, "Casablanca");
        assertThat(ronin.id()).isEqualTo(casablanca.id());

        assertIsItself(servers.left, ronin);
        assertIsItself(servers.right, casablanca);
    }

    /** Detail, picture and file are those of that title on that server. */
    private static void assertIsItself(SimulatedEmby server, SimItem film) {
        String id = movie(film.name()).path("Id").asText();
        assertThat(client.get("/emby/Users/{me}/Items/" + id).ok().path("Name").asText())
                .isEqualTo(film.name());
        assertThat(client.get("/emby/Items/" + id + "/Images/Primary").body())
                .isEqualTo(TestClient.of(server.url(), answer -> {})
                        .bare("GET", "/emby/Items/" + film.id() + "/Images/Primary", Map.of(), "")
                        .body());
        List<JsonNode> sources = sources(id);
        assertThat(sources).hasSize(1);
        Answer file = client.get("/emby/Videos/" + id + "/stream.mkv?Static=true&MediaSourceId="
                + sources.getFirst().path("Id").asText());
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body())
                .isEqualTo(film.content(0).bytes(0, (int) film.content(0).size()));
    }

    @Test
    void scenario13FilmSeriesAndEpisodeOfOneTmdbNumberStayThree() {
        List<JsonNode> found = client.items("/emby/Users/{me}/Items?Recursive=true&AnyProviderIdEquals=tmdb.603");

        assertThat(found)
                .extracting(item -> item.path("Type").asText())
                .containsExactlyInAnyOrder("Movie", "Series", "Episode");
        assertThat(ids(found)).hasSize(3);
    }

    @Test
    void scenario16FilmsWithoutProviderIdsWhoseNamesHaveNoLettersInAsciiStayApart() {
        assertThat(client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie"))
                .extracting(item -> item.path("Name").asText())
                .contains("流浪地球", "流浪地球2", "英雄", "夜宴")
                .doesNotHaveDuplicates();
        assertThat(sources(movie("流浪地球").path("Id").asText())).hasSize(1);
    }

    @Test
    void scenario18TheSeasonsOfOneSeriesOnTwoServersAreFive() {
        String series = one("Series", "Long Way").path("Id").asText();
        List<JsonNode> seasons = client.items("/emby/Shows/" + series + "/Seasons?UserId={me}");

        assertThat(seasons)
                .extracting(season -> season.path("IndexNumber").asInt())
                .containsExactly(1, 2, 3, 4, 5);
        List<JsonNode> third = client.items("/emby/Shows/" + series + "/Episodes?UserId={me}&SeasonId="
                + seasons.get(2).path("Id").asText());
        assertThat(third)
                .extracting(episode -> episode.path("IndexNumber").asInt())
                .containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(sources(third.get(4).path("Id").asText())).hasSize(2);
        assertThat(sources(third.get(0).path("Id").asText())).hasSize(1);
        assertThat(sources(third.get(6).path("Id").asText())).hasSize(1);
    }

    @Test
    void scenario21TheSameFilmTwiceHereAndOnceThereIsOneEntryOfThreeVersions() {
        String heat = movie("Heat").path("Id").asText();

        List<JsonNode> first = sources(heat);
        List<JsonNode> again = sources(heat);

        assertThat(first)
                .extracting(source -> source.path("Name").asText())
                .satisfiesExactlyInAnyOrder(
                        name -> assertThat(name).contains("2160p"),
                        name -> assertThat(name).contains("1080p"),
                        name -> assertThat(name).contains("720p"));
        assertThat(ids(first)).hasSize(3);
        assertThat(again)
                .extracting(source -> source.path("Id").asText())
                .containsExactlyElementsOf(
                        first.stream().map(s -> s.path("Id").asText()).toList());
        assertThat(client.get("/emby/Users/{me}/Items/" + heat).ok().path("MediaSources"))
                .hasSize(3);
    }

    @Test
    void scenario23AGenreWithTwoNumbersIsOneGenreThatFiltersBothServers() {
        String there = genreOf(servers.left);
        assertThat(there).isNotEqualTo(genreOf(servers.right));

        List<JsonNode> genres = client.items("/emby/Genres?UserId={me}&IncludeItemTypes=Movie").stream()
                .filter(genre -> genre.path("Name").asText().equals("Action"))
                .toList();
        assertThat(genres).hasSize(1);

        JsonNode action = client.get("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&GenreIds="
                        + genres.getFirst().path("Id").asText())
                .ok();
        assertThat(action.path("Items").findValuesAsText("Name"))
                .containsExactlyInAnyOrder("Ronin", "Heat", "流浪地球", "英雄", "Casablanca", "流浪地球2", "夜宴");
    }

    private static String genreOf(SimulatedEmby server) {
        return server.items(ItemKind.GENRE).stream()
                .filter(genre -> genre.name().equals("Action"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static JsonNode movie(String name) {
        return one("Movie", name);
    }

    private static JsonNode one(String type, String name) {
        List<JsonNode> found = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=" + type).stream()
                .filter(item -> item.path("Name").asText().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private static List<JsonNode> sources(String item) {
        JsonNode answer = client.post("/emby/Items/" + item + "/PlaybackInfo?UserId={me}", "{\"DeviceProfile\":{}}")
                .ok();
        return Stream.of(answer.path("MediaSources"))
                .flatMap(list -> list.valueStream())
                .toList();
    }

    private static Set<String> ids(List<JsonNode> items) {
        return items.stream().map(item -> item.path("Id").asText()).collect(Collectors.toSet());
    }
}
