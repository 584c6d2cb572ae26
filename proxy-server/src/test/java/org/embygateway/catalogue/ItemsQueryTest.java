package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ItemsQueryTest {
    private final Fixture fixture = new Fixture();
    private final Caller both = Fixture.caller(1, 2);
    private ItemsHandlers items;

    @BeforeEach
    void twoServersOfAThousandMoviesWithFiveHundredShared() {
        fixture.view(10, "Movies", "movies", 1, 2);
        for (int i = 0; i < 1500; i++) {
            String name = "%sx Movie %d".formatted((char) ('A' + i % 26), i);
            Fixture.Item movie = fixture.item(100 + i, ItemKind.MOVIE, name).views(10);
            String json = "{'ProductionYear':%d,'RunTimeTicks':%d}".formatted(1950 + i % 70, 1000L + i);
            if (i < 1000) {
                movie.on(1, Fixture.library(10), json);
            }
            if (i >= 500) {
                movie.on(2, Fixture.library(10), json);
            }
            movie.add();
        }
        fixture.load();
        items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
    }

    private JsonNode ask(String query) {
        return Fixture.ask(items::query, both, query);
    }

    @Test
    void walkingAllPagesGivesEveryTitleOnceInOrderWithTheSameTotal() {
        List<String> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int page = 0; page < 15; page++) {
            JsonNode result =
                    ask("ParentId=10&IncludeItemTypes=Movie&Recursive=true&SortBy=SortName&Limit=100&StartIndex="
                            + page * 100);
            assertThat(result.path("TotalRecordCount").asInt()).isEqualTo(1500);
            result.path("Items").forEach(item -> {
                ids.add(item.path("Id").asText());
                keys.add(Text.sortKey(item.path("Name").asText()));
            });
        }
        assertThat(ids).hasSize(1500);
        assertThat(keys).isSorted();
    }

    @Test
    void aLimitOfZeroCountsAndPagesBeyondTheEndAreEmpty() {
        JsonNode count = ask("ParentId=10&IncludeItemTypes=Movie&Limit=0");
        assertThat(count.path("TotalRecordCount").asInt()).isEqualTo(1500);
        assertThat(count.path("Items")).isEmpty();
        JsonNode beyond = ask("ParentId=10&IncludeItemTypes=Movie&StartIndex=5000&Limit=10");
        assertThat(beyond.path("TotalRecordCount").asInt()).isEqualTo(1500);
        assertThat(beyond.path("Items")).isEmpty();
    }

    @Test
    void theLetterBarsArithmeticLeadsToTheFirstTitleOfTheLetter() {
        String query = "ParentId=10&IncludeItemTypes=Movie&SortBy=SortName&Recursive=true";
        int total = ask(query + "&Limit=0").path("TotalRecordCount").asInt();
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            int rest = ask(query + "&Limit=0&NameStartsWithOrGreater=" + letter)
                    .path("TotalRecordCount")
                    .asInt();
            JsonNode page = ask(query + "&Limit=1&Fields=Prefix&StartIndex=" + (total - rest));
            assertThat(page.path("Items").path(0).path("Prefix").asText()).isEqualTo(String.valueOf(letter));
        }
        assertThat(Fixture.names(Fixture.ask(items::prefixes, both, "ParentId=10&IncludeItemTypes=Movie")))
                .hasSize(26)
                .isSorted();
    }

    @Test
    void aRandomOrderStaysTheSameForItsSeed() {
        String query = "IncludeItemTypes=Movie&Recursive=true&SortBy=Random&RandomSeed=%d&Limit=750&StartIndex=%d";
        Set<String> walked =
                new HashSet<>(Fixture.names(ask(query.formatted(7, 0)).path("Items")));
        walked.addAll(Fixture.names(ask(query.formatted(7, 750)).path("Items")));
        assertThat(walked).hasSize(1500);
        assertThat(Fixture.names(ask(query.formatted(7, 0)).path("Items")))
                .isNotEqualTo(Fixture.names(ask(query.formatted(8, 0)).path("Items")));
    }

    @Test
    void severalSortKeysEachHaveTheirDirection() {
        JsonNode page = ask("IncludeItemTypes=Movie&Recursive=true&SortBy=ProductionYear,SortName"
                + "&SortOrder=Descending,Ascending&Limit=60");
        List<String> keys = new ArrayList<>();
        page.path("Items")
                .forEach(item -> keys.add((3000 - item.path("ProductionYear").asInt())
                        + Text.sortKey(item.path("Name").asText())));
        assertThat(keys).hasSize(60).isSorted();
    }

    @Test
    void aUserSeesAndCountsOnlyWhatIsOnVisibleServers() {
        JsonNode result =
                Fixture.ask(items::query, Fixture.caller(1), "IncludeItemTypes=Movie&Recursive=true&Limit=2000");
        assertThat(result.path("TotalRecordCount").asInt()).isEqualTo(1000);
        assertThat(Fixture.ask(items::counts, Fixture.caller(2), "")
                        .path("MovieCount")
                        .asInt())
                .isEqualTo(1000);
        assertThat(Fixture.ask(items::counts, both, "").path("MovieCount").asInt())
                .isEqualTo(1500);
        assertThat(Fixture.ask(items::query, Fixture.caller(), "IncludeItemTypes=Movie&Recursive=true")
                        .path("TotalRecordCount")
                        .asInt())
                .isZero();
        assertThatThrownBy(() -> Fixture.ask(items::detail, Fixture.caller(1), "", "Id", "1500"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(404));
    }

    @Test
    void idsAreAnsweredInTheirOrderAndUnknownOnesAreLeftOut() {
        JsonNode result = ask("Ids=1200,999999,105,nonsense,100");
        assertThat(result.path("TotalRecordCount").asInt()).isEqualTo(3);
        assertThat(result.path("Items").findValuesAsText("Id")).containsExactly("1200", "105", "100");
    }

    @Test
    void scenario34TwoThousandIdsAreAnsweredAndOneMoreIsRefused() {
        String ids = IntStream.range(0, 2000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThat(ask("Limit=1&Ids=" + ids).path("TotalRecordCount").asInt()).isEqualTo(1500);
        assertThatThrownBy(() -> ask("Ids=" + ids + ",2000"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @Test
    void aBareCallGivesTheViews() {
        assertThat(Fixture.names(ask("").path("Items"))).containsExactly("Movies");
    }

    @Test
    void aChangeShowsAtOnceAndKeepsOrderAndCounts() {
        ask("IncludeItemTypes=Movie&Recursive=true&SortBy=SortName&Limit=1");
        ItemId added = fixture.item(5000, ItemKind.MOVIE, "Aaa")
                .views(10)
                .on(1, Fixture.library(10), "{}")
                .add();
        fixture.index.items.remove(new ItemId(100));
        fixture.apply(Set.of(added), Set.of(new ItemId(100)));

        JsonNode page = ask("IncludeItemTypes=Movie&Recursive=true&SortBy=SortName&Limit=1500");
        assertThat(page.path("TotalRecordCount").asInt()).isEqualTo(1500);
        assertThat(page.path("Items").path(0).path("Name").asText()).isEqualTo("Aaa");
        assertThat(Fixture.names(page.path("Items")))
                .isSortedAccordingTo(Comparator.comparing(Text::sortKey))
                .doesNotHaveDuplicates();
    }

    @Test
    void theCountIsThatOfThePageWhenNoTotalIsWanted() {
        assertThat(ask("IncludeItemTypes=Movie&Recursive=true&StartIndex=50&Limit=50&EnableTotalRecordCount=false")
                        .path("TotalRecordCount")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void aWalkEndsWhenTheSessionSeesOtherServers() {
        String query = "ParentId=10&IncludeItemTypes=Movie&Recursive=true&SortBy=SortName&Limit=100&StartIndex=";
        Fixture.ask(items::query, Fixture.caller("walker", 1, 2), query + 0);
        ItemId added = fixture.item(5001, ItemKind.MOVIE, "Aaa")
                .views(10)
                .on(1, Fixture.library(10), "{}")
                .add();
        fixture.apply(Set.of(added), Set.of());

        JsonNode next = Fixture.ask(items::query, Fixture.caller("walker", 2), query + 100);

        assertThat(next).isEqualTo(Fixture.ask(items::query, Fixture.caller("other", 2), query + 100));
    }
}
