package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchTest {
    private final Fixture fixture = new Fixture();
    private final Caller both = Fixture.caller(1, 2);
    private ItemsHandlers items;
    private SearchHandlers search;
    private FacetHandlers facets;

    @BeforeEach
    void titlesInSeveralLanguages() {
        fixture.view(10, "Movies", "movies", 1);
        fixture.view(11, "Extras", "movies", 2);
        fixture.item(20, ItemKind.PERSON, "Lana Matrix").add();
        fixture.item(21, ItemKind.GENRE, "Action").add();
        movie(100, 1, "The Matrix", "{'Genres':['Action'],'People':[{'Name':'Lana Matrix','Type':'Director'}]}");
        movie(101, 1, "Matrix", "{'Genres':['Action'],'OfficialRating':'R','ProductionYear':1999}");
        movie(102, 1, "Matrix Reloaded", "{'Container':'mkv','OfficialRating':'PG-13','ProductionYear':2003}");
        movie(
                103,
                1,
                "Matrixlike",
                "{'MediaStreams':[{'Type':'Audio','Codec':'ac3','Language':'ger','ChannelLayout':'5.1'}]}");
        movie(104, 1, "Animatrix", "{}");
        movie(105, 1, "流浪地球", "{'OriginalTitle':'The Wandering Earth'}");
        movie(106, 1, "Amélie", "{'OriginalTitle':'Le Fabuleux Destin d’Amélie Poulain'}");
        movie(107, 2, "Hidden Matrix", "{}");
        fixture.load();
        items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
        search = new SearchHandlers(fixture.catalogue, ReadThrough.NONE);
        facets = new FacetHandlers(fixture.catalogue, ReadThrough.NONE);
    }

    private void movie(int id, int upstream, String name, String json) {
        fixture.item(id, ItemKind.MOVIE, name)
                .views(upstream == 1 ? 10 : 11)
                .on(upstream, Fixture.library(upstream == 1 ? 10 : 11), json)
                .names(ItemKind.GENRE, 21, "Action")
                .names(ItemKind.PERSON, 20, "Lana Matrix")
                .add();
    }

    private List<String> found(String query) {
        return Fixture.names(Fixture.ask(items::query, Fixture.caller(1), query + "&Recursive=true")
                .path("Items"));
    }

    private List<String> values(Handler handler, String query) {
        return Fixture.names(Fixture.ask(handler, Fixture.caller(1), query).path("Items"));
    }

    @Test
    void scenario32TheClosestTitlesComeFirst() {
        assertThat(found("SearchTerm=matrix&IncludeItemTypes=Movie"))
                .containsExactly("Matrix", "Matrix Reloaded", "Matrixlike", "The Matrix", "Animatrix");
        assertThat(found("SearchTerm=matrix")).contains("Lana Matrix").doesNotContain("Hidden Matrix", "Movies");
        assertThat(found("SearchTerm=relo%20matr&IncludeItemTypes=Movie")).containsExactly("Matrix Reloaded");
        assertThat(found("SearchTerm=matrix&IncludeItemTypes=Movie&SortBy=SortName&Limit=2&StartIndex=1"))
                .containsExactly("Matrix Reloaded", "Matrixlike");
        assertThat(found("SearchTerm=%3F%3F")).isEmpty();
    }

    @Test
    void accentsOtherScriptsAndOriginalTitlesAreFound() {
        assertThat(found("SearchTerm=amelie")).containsExactly("Amélie");
        assertThat(found("SearchTerm=AM%C3%89LIE")).containsExactly("Amélie");
        assertThat(found("SearchTerm=%E5%9C%B0%E7%90%83")).containsExactly("流浪地球");
        assertThat(found("SearchTerm=%E5%9C%B0")).containsExactly("流浪地球");
        assertThat(found("SearchTerm=wandering")).containsExactly("流浪地球");
    }

    @Test
    void olderAppsGetHints() {
        JsonNode hints = Fixture.ask(search::hints, Fixture.caller(1), "SearchTerm=matrix&IncludePeople=false&Limit=2");
        assertThat(Fixture.names(hints.path("SearchHints"))).containsExactly("Matrix", "Matrix Reloaded");
        assertThat(hints.path("TotalRecordCount").asInt()).isEqualTo(5);
        assertThat(hints.path("SearchHints").path(0).path("ItemId").asText()).isEqualTo("101");
        assertThat(fixture.catalogue
                        .search(Fixture.caller(1), "matrix", 1)
                        .getFirst()
                        .path("Name")
                        .asText())
                .isEqualTo("Matrix");
    }

    @Test
    void facetsAreTheDistinctValuesOfWhatAQuerySelects() {
        assertThat(values(facets::genres, "IncludeItemTypes=Movie&ParentId=10")).containsExactly("Action");
        assertThat(values(facets::persons, "PersonTypes=Director")).containsExactly("Lana Matrix");
        assertThat(values(facets::persons, "PersonTypes=Actor")).isEmpty();
        assertThat(values(facets::persons, "SearchTerm=nobody")).isEmpty();
        assertThat(values(facets::years, "ParentId=10")).containsExactly("2003", "1999");
        assertThat(values(facets::officialRatings, "IncludeItemTypes=Movie")).containsExactly("PG-13", "R");
        assertThat(values(facets::containers, "")).containsExactly("mkv");
        assertThat(values(facets::audioCodecs, "Limit=1")).containsExactly("ac3");
        assertThat(values(facets::streamLanguages, "StreamType=Audio")).containsExactly("ger");
        assertThat(values(facets::streamLanguages, "StreamType=Subtitle")).isEmpty();
        assertThat(values(facets::itemTypes, "SearchTerm=matrix")).containsExactly("Movie", "Person");
        assertThat(values(facets::itemTypes, "PersonIds=20")).containsExactly("Movie");
        assertThat(values(items::query, "IncludeItemTypes=Genre&ParentId=10&Recursive=true"))
                .containsExactly("Action");
        assertThat(values(items::query, "IncludeItemTypes=Tag&ParentId=10&Recursive=true"))
                .isEmpty();
        assertThat(Fixture.ask(facets::filters, both, "").path("Years")).hasSize(2);
        assertThat(Fixture.ask(facets::genre, both, "", "Name", "ACTION")
                        .path("Id")
                        .asText())
                .isEqualTo("21");
    }

    @Test
    void titlesThatShareMakersAndGenresAreAlike() {
        DiscoveryHandlers discovery = new DiscoveryHandlers(fixture.catalogue, ReadThrough.NONE);
        assertThat(Fixture.names(Fixture.ask(discovery::similar, both, "Limit=12", "Id", "100")
                        .path("Items")))
                .containsExactly("Matrix");
        fixture.mark(100, Fixture.played("2024-05-01T00:00:00Z"));
        JsonNode recommended = Fixture.ask(discovery::recommendations, both, "categoryLimit=6&ItemLimit=12");
        assertThat(recommended.path(0).path("BaselineItemName").asText()).isEqualTo("The Matrix");
        assertThat(recommended.path(0).path("CategoryId").isInt()).isTrue();
        assertThat(Fixture.names(recommended.path(0).path("Items"))).containsExactly("Matrix");
        assertThat(Fixture.ask(discovery::suggestions, both, "Limit=3").path("Items"))
                .hasSize(3);
    }
}
