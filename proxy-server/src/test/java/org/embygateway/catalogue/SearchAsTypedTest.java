package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Titles are found the way people type them, from the first letter on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchAsTypedTest {
    private final Fixture fixture = new Fixture();
    private static final String NAMING =
            "{'People':[{'Name':'周星馳'},{'Name':'Matrix Stories'}],'Genres':['Matrix Stories']}";

    private ItemsHandlers items;

    @BeforeAll
    void titlesInManyLanguages() {
        fixture.view(10, "Movies", "movies", 1, 2);
        fixture.item(20, ItemKind.PERSON, "周星馳").add();
        fixture.item(21, ItemKind.GENRE, "Matrix Stories").add();
        fixture.item(22, ItemKind.PERSON, "Matrix Stories").add();
        movie(100, "流浪地球", NAMING);
        movie(101, "臥虎藏龍", "{'OriginalTitle':'Crouching Tiger, Hidden Dragon'}");
        movie(102, "重庆森林", "{'ProductionYear':1994}");
        movie(103, "となりのトトロ", "{'OriginalTitle':'My Neighbor Totoro'}");
        movie(104, "기생충", "{'OriginalTitle':'Parasite'}");
        movie(105, "The Matrix", "{'ProductionYear':1999}");
        movie(106, "The Matrix Reloaded", "{'ProductionYear':2003}");
        movie(107, "Das Boot", "{'ForcedSortName':'Boot Director 02'}");
        movie(108, "Smørrebrød & Straße", "{}");
        movie(109, "Léon", "{}");
        movie(110, "Matrix Stories", "{}");
        fixture.item(111, ItemKind.MOVIE, "The Wandering Earth II")
                .views(10)
                .on(1, Fixture.library(10), "{}")
                .on(2, Fixture.library(10), "{'Name':'流浪地球2'}")
                .add();
        movie(112, "Café １２３", "{}");
        series(200, "Foxtrot", 1);
        series(300, "Foxtrot Tango", 2);
        fixture.item(900, ItemKind.SERIES, "Golf")
                .views(10)
                .on(1, Fixture.library(10), "{}")
                .on(2, Fixture.library(10), "{}")
                .add();
        fixture.item(901, ItemKind.EPISODE, "Hole one")
                .series(900)
                .views(10)
                .on(2, Fixture.library(10), "{'ParentIndexNumber':1,'IndexNumber':77}")
                .on(1, Fixture.library(10), "{'ParentIndexNumber':1,'IndexNumber':55}")
                .add();
        fixture.load();
        items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
    }

    private void movie(int id, String name, String json) {
        fixture.item(id, ItemKind.MOVIE, name)
                .views(10)
                .on(1, Fixture.library(10), json)
                .names(ItemKind.PERSON, 20, "周星馳")
                .names(ItemKind.PERSON, 22, "Matrix Stories")
                .names(ItemKind.GENRE, 21, "Matrix Stories")
                .add();
    }

    private void series(int id, String name, int upstream) {
        fixture.item(id, ItemKind.SERIES, name)
                .views(10)
                .on(upstream, Fixture.library(10), "{}")
                .add();
        for (int season = 1; season <= 11; season++) {
            fixture.item(id + season, ItemKind.SEASON, name + " Season " + season)
                    .series(id)
                    .views(10)
                    .on(upstream, Fixture.library(10), "{'IndexNumber':" + season + "}")
                    .add();
            for (int number = 1; number <= 3; number++) {
                String numbers = "{'ParentIndexNumber':" + season + ",'IndexNumber':" + number + "}";
                fixture.item(id * 10 + season * 10 + number, ItemKind.EPISODE, "Chapter " + number)
                        .series(id)
                        .season(id + season)
                        .views(10)
                        .on(upstream, Fixture.library(10), numbers)
                        .add();
            }
        }
    }

    private List<String> found(String term, String more, int... upstreams) {
        int[] seen = upstreams.length == 0 ? new int[] {1, 2} : upstreams;
        String query = "Recursive=true&SearchTerm=" + URLEncoder.encode(term, StandardCharsets.UTF_8) + more;
        return Fixture.names(
                Fixture.ask(items::query, Fixture.caller(seen), query).path("Items"));
    }

    private List<String> found(String term) {
        return found(term, "");
    }

    @ParameterizedTest
    @CsvSource({
        "lldq, 流浪地球",
        "liulangdiqiu, 流浪地球",
        "liu lang di qiu, 流浪地球",
        "liulangdq, 流浪地球",
        "diqiu liulang, 流浪地球",
        "流浪diqiu, 流浪地球",
        "ＬＬＤＱ, 流浪地球",
        "流浪地球, 流浪地球",
        "地球 流浪, 流浪地球",
        "卧虎藏龙, 臥虎藏龍",
        "臥虎藏龍, 臥虎藏龍",
        "藏龙, 臥虎藏龍",
        "wohucanglong, 臥虎藏龍",
        "hidden dragon, 臥虎藏龍",
        "chongqing, 重庆森林",
        "重慶森林, 重庆森林",
        "cqsl 1994, 重庆森林",
        "となりのととろ, となりのトトロ",
        "トトロ, となりのトトロ",
        "ﾄﾄﾛ, となりのトトロ",
        "tonari no totoro, となりのトトロ",
        "neighbor, となりのトトロ",
        "기생충, 기생충",
        "ㄱㅅㅊ, 기생충",
        "parasite, 기생충",
        "matrix 1999, The Matrix",
        "reloaded matrix, The Matrix Reloaded",
        "boot director 2, Das Boot",
        "smorrebrod strasse, Smørrebrød & Straße",
        "LÉON, Léon",
        "leon, Léon",
        "cafe 123, Café １２３",
        "wandering earth ii, The Wandering Earth II",
        "流浪地球2, The Wandering Earth II",
        "lldq2, The Wandering Earth II",
        "周星驰, 周星馳",
        "zhouxingchi, 周星馳",
        "zxc, 周星馳",
    })
    void aTitleIsFoundFromTheFirstLetterOn(String term, String title) {
        assertThat(IntStream.rangeClosed(1, term.length()).mapToObj(length -> term.substring(0, length)))
                .allSatisfy(typed -> assertThat(found(typed)).contains(title));
    }

    /** What an input method shows while a syllable is being made. */
    @ParameterizedTest
    @ValueSource(strings = {"ㄱ", "기", "깃", "기새", "기생", "기생ㅊ", "기생추", "기생충"})
    void koreanIsFoundWhileSyllablesAreMade(String typed) {
        assertThat(found(typed)).contains("기생충");
    }

    @Test
    void theClosestComeFirstAndTitlesBeforePeopleBeforeGenres() {
        assertThat(found("matrix stories", "&Fields=Type"))
                .startsWith("Matrix Stories", "Matrix Stories", "Matrix Stories");
        assertThat(Fixture.ask(items::query, Fixture.caller(1, 2), "Recursive=true&SearchTerm=matrix%20stories")
                        .path("Items"))
                .extracting(item -> item.path("Type").asText())
                .containsExactly("Movie", "Person", "Genre");
        assertThat(found("lldq")).startsWith("流浪地球", "The Wandering Earth II");
        assertThat(found("matrix", "&IncludeItemTypes=Movie"))
                .containsExactly("Matrix Stories", "The Matrix", "The Matrix Reloaded");
        assertThat(found("1999 matrix")).containsExactly("The Matrix");
        assertThat(found("matrix", "&IncludeSearchTypes=Person,Genre"))
                .containsExactly("Matrix Stories", "Matrix Stories");
        assertThat(found("matrix", "&IncludeItemTypes=Movie&StartIndex=1&Limit=1"))
                .containsExactly("The Matrix");
    }

    @Test
    void seasonsAndEpisodesAreFoundByTheNameOfTheSeriesAndTheirNumbers() {
        assertThat(found("foxtrot s01e03", "", 1)).containsExactly("Chapter 3");
        assertThat(found("Foxtrot 1x03", "", 1)).containsExactly("Chapter 3");
        assertThat(found("fox S1 E3", "", 1)).containsExactly("Chapter 3");
        assertThat(found("foxtrot s1", "", 1))
                .startsWith("Foxtrot Season 1", "Chapter 1")
                .contains("Foxtrot Season 11");
        assertThat(found("foxtrot tango s02e01")).containsExactly("Chapter 1");
        assertThat(found("foxtrot s01e03")).containsExactly("Chapter 3", "Chapter 3");
        assertThat(found("foxtrot s01e09")).isEmpty();
        assertThat(found("foxtrot tango s02e01", "", 1)).isEmpty();
        for (String typed : List.of("foxtrot s", "foxtrot s0", "foxtrot s01", "foxtrot s01e", "foxtrot s01e0")) {
            assertThat(found(typed)).contains("Chapter 3");
        }
    }

    @Test
    void titlesOnHiddenServersFindNothing() {
        assertThat(found("流浪地球2", "", 1)).isEmpty();
        assertThat(found("lldq", "", 1)).containsExactly("流浪地球");
        assertThat(found("wandering earth", "", 2)).isEmpty();
        assertThat(found("lldq", "", 2)).containsExactly("流浪地球2");
        assertThat(found("2", "", 1)).doesNotContain("The Wandering Earth II");
        assertThat(found("w", "", 2)).isEmpty();
    }

    @Test
    void anythingMayBeTyped() {
        for (String typed :
                List.of("", " ", "?", "%", "'", "s01e01", "x", "1x", "\uD83D", "\uD83D\uDE00", "a".repeat(9000))) {
            assertThat(found(typed)).isNotNull();
        }
        assertThat(found("?!")).isEmpty();
    }

    @Test
    void aTitleThatChangesIsFoundByItsNewNameOnly() {
        movie(113, "Alpha", "{}");
        fixture.apply(Set.of(new ItemId(113)), Set.of());
        assertThat(found("alpha")).containsExactly("Alpha");
        movie(113, "英雄", "{}");
        fixture.apply(Set.of(new ItemId(113)), Set.of());
        assertThat(found("alpha")).isEmpty();
        assertThat(found("yx")).contains("英雄");
    }

    @Test
    void whereServersNumberDifferentlyTheVisibleOnesCount() {
        assertThat(found("golf s01e55", "", 1)).containsExactly("Hole one");
        assertThat(found("golf s01e5", "", 1)).containsExactly("Hole one");
        assertThat(found("golf s01e77", "", 1)).isEmpty();
        assertThat(found("golf 1x7", "", 1)).isEmpty();
        assertThat(found("golf s01e77")).containsExactly("Hole one");
    }
}
