package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.embygateway.protocol.sim.SimLibrary;
import org.embygateway.protocol.sim.SimPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to search finds the same titles, however they are typed; those of hidden servers stay hidden. */
class SearchedTitlesTest {
    private static final String ITEMS = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=";

    @TempDir
    static Path data;

    private static Overlap servers;
    private static GatewayUnderTest gateway;
    private static TestClient admin;
    private static TestClient kim;

    @BeforeAll
    static void start() {
        servers = Overlap.made();
        Overlap.film(servers.left, "Ronin").tmdb("8195").originalTitle("浪人").people(SimPerson.director("周星馳"));
        SimLibrary films = servers.left.library("More films", "movies");
        films.movie("臥虎藏龍").year(2000);
        films.movie("となりのトトロ").year(1988);
        films.movie("기생충").year(2019);
        films.movie("重庆森林").year(1994);
        films.movie("Amélie").year(2001);
        films.movie("The Wandering Earth").year(2019).tmdb("535167");
        servers.right
                .library("More films", "movies")
                .movie("流浪地球（国际版）")
                .year(2019)
                .tmdb("535167");
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

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> found(TestClient client, String term) {
        return names(client.items(ITEMS + encoded(term)));
    }

    private static List<String> names(List<JsonNode> items) {
        return items.stream().map(item -> item.path("Name").asText()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "lldq, 流浪地球",
        "liulangdiqiu, 流浪地球",
        "liulangdq, 流浪地球",
        "流浪地球, 流浪地球",
        "卧虎藏龙, 臥虎藏龍",
        "whcl, 臥虎藏龍",
        "ﾄﾄﾛ, となりのトトロ",
        "tonari no toto, となりのトトロ",
        "기새, 기생충",
        "ㄱㅅㅊ, 기생충",
        "cq, 重庆森林",
        "chongqing, 重庆森林",
        "amelie, Amélie",
        "浪人, Ronin",
        "ronin 1998, Ronin",
    })
    void titlesAreFoundAsTheyAreTyped(String term, String title) {
        assertThat(found(admin, term)).contains(title);
        assertThat(names(admin.items("/emby/Items?UserId={me}&Recursive=true&SearchTerm=" + encoded(term))))
                .contains(title);
        assertThat(hints(admin, term)).contains(title);
        JsonNode media = admin.get("/media/search?q=" + encoded(term)).ok();
        assertThat(media.toString()).contains(title);
    }

    private static List<String> hints(TestClient client, String term) {
        JsonNode hints = client.get("/emby/Search/Hints?UserId={me}&SearchTerm=" + encoded(term))
                .ok()
                .path("SearchHints");
        return StreamSupport.stream(hints.spliterator(), false)
                .map(hint -> hint.path("Name").asText())
                .toList();
    }

    @Test
    void onlyTheAskedTypesAreFoundAndTheCountIsExact() {
        String films = ITEMS + encoded("流浪");
        assertThat(found(admin, "流浪")).hasSize(3).startsWith("流浪地球", "流浪地球2");
        JsonNode page = admin.get(films + "&StartIndex=1&Limit=1").ok();
        assertThat(page.path("TotalRecordCount").asInt()).isEqualTo(3);
        assertThat(page.path("Items").path(0).path("Name").asText()).isEqualTo("流浪地球2");
        assertThat(admin.items(
                        "/emby/Users/{me}/Items?Recursive=true&IncludeSearchTypes=Series&SearchTerm=" + encoded("流浪")))
                .isEmpty();
        assertThat(names(admin.items("/emby/Persons?UserId={me}&SearchTerm=zxc")))
                .containsExactly("周星馳");
        assertThat(names(admin.items("/emby/ItemTypes?UserId={me}&SearchTerm=zhouxingchi")))
                .containsExactly("Person");
        assertThat(admin.items("/emby/Artists?UserId={me}&SearchTerm=zxc")).isEmpty();
    }

    @Test
    void episodesAreFoundByTheirSeriesAndNumber() {
        String episodes = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Episode&SearchTerm=";
        List<JsonNode> found = admin.items(episodes + encoded("long way s03e07"));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().path("SeriesName").asText()).isEqualTo("Long Way");
        assertThat(found.getFirst().path("IndexNumber").asInt()).isEqualTo(7);
        assertThat(admin.items(episodes + encoded("Long Way 3x07"))).hasSize(1);
        assertThat(kim.items(episodes + encoded("long way s03e07"))).isEmpty();
        assertThat(kim.items(episodes + encoded("long way s03e05"))).hasSize(1);
    }

    @Test
    void aNameThatOnlyAHiddenServerGivesFindsNothing() {
        assertThat(found(admin, "国际版")).containsExactly("The Wandering Earth");
        for (String term : List.of("国际版", "gjb", "lldq2", "casablanca", "夜宴", "国", "guoji")) {
            assertThat(found(kim, term)).isEmpty();
            assertThat(hints(kim, term)).isEmpty();
        }
        assertThat(found(kim, "wandering")).containsExactly("The Wandering Earth");
    }
}
