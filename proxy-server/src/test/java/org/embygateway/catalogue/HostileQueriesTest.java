package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;
import org.embygateway.route.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that no honest client sends are answered as if they were not there, or find nothing. */
class HostileQueriesTest {
    private static final Caller ALICE = Fixture.caller(1, 2);

    private final Fixture fixture = SmallLibrary.loaded();
    private final ItemsHandlers items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
    private final FacetHandlers facets = new FacetHandlers(fixture.catalogue, ReadThrough.NONE);
    private final HomeHandlers home = new HomeHandlers(fixture.catalogue, ReadThrough.NONE, true);
    private final ShowsHandlers shows = new ShowsHandlers(fixture.catalogue, ReadThrough.NONE);

    private JsonNode films(String query) {
        return Fixture.ask(items::query, ALICE, "IncludeItemTypes=Movie&Recursive=true&" + query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Limit=-1",
                "Limit=99999999999",
                "Limit=x",
                "StartIndex=-5",
                "StartIndex=x",
                "MinPremiereDate=yesterday",
                "MaxEndDate=2024-13-45T99:99:99Z",
                "MinCommunityRating=NaN",
                "MinCommunityRating=1e400",
                "IsPlayed=perhaps",
                "IsFavorite=null",
                "SortBy=,,Unheard,",
                "SortBy=SortName&SortOrder=Sideways",
                "Filters=Unheard",
                "Recursive=true",
                "MinWidth=-1",
                "MinIndexNumber=99999999999",
                "ImageTypeLimit=-4",
                "EnableTotalRecordCount=maybe",
                "RandomSeed=x"
            })
    void whatMeansNothingChangesNothing(String hostile) {
        assertThat(Fixture.names(films(hostile).path("Items"))).hasSize(4);
        assertThat(films(hostile).path("TotalRecordCount").asInt()).isEqualTo(4);
    }

    @Test
    void aPageBeyondAllListsIsEmptyAndCounted() {
        for (String start : List.of("4", "2147483647", "1099511627776", "9223372036854775807")) {
            JsonNode page = films("StartIndex=" + start + "&Limit=10");
            assertThat(page.path("Items")).isEmpty();
            assertThat(page.path("TotalRecordCount").asInt()).isEqualTo(4);
        }
    }

    @Test
    void thousandsOfValuesAreLookedUpAndThousandsOfIdsRefused() {
        String many = IntStream.range(0, 9000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        assertThat(Fixture.names(films("GenreIds=" + many).path("Items"))).containsExactly("Alpha", "Beta");
        assertThat(Fixture.names(films("Years=" + many).path("Items"))).containsExactly("Alpha", "Beta");
        assertThat(films("SortBy=" + "SortName,".repeat(5000)).path("Items")).hasSize(4);
        assertThatThrownBy(() -> films("Ids=" + many))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @Test
    void everyListAnswersWhateverItIsAsked() {
        List<Handler> lists = List.of(
                items::query,
                items::prefixes,
                items::artistPrefixes,
                items::counts,
                facets::genres,
                facets::persons,
                facets::years,
                facets::itemTypes,
                facets::filters,
                home::latest,
                home::resume,
                shows::nextUp,
                shows::upcoming);
        for (Handler list : lists) {
            for (String query : List.of(
                    "ParentId=x&Limit=-1&StartIndex=1099511627776",
                    "ParentId=999999999&SortBy=Random&SortOrder=,&Ids=%00",
                    "ParentId=100&IncludeItemTypes=Nothing&Genres=%7C%7C&SearchTerm=%25%27%22",
                    "AdjacentTo=0&ParentId=200&OuterIds=x&GroupItemsInto=Everything",
                    "NameStartsWith=%F0%9F%98%80&Person=%7C&ArtistStartsWithOrGreater=%21")) {
                assertThat(Fixture.ask(list, ALICE, query)).isNotNull();
            }
        }
    }
}
