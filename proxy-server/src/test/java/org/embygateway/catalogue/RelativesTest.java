package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The filters of {@code /Items} leave the same in the lists that the official document gives the same parameters. */
class RelativesTest {
    private static final Caller ALICE = Fixture.caller(1, 2);

    /** About the facet itself, or about how what was found is shown. */
    private static final Set<String> OTHERWISE = Set.of(
            "searchterm",
            "includesearchtypes",
            "namestartswith",
            "namestartswithorgreater",
            "namelessthan",
            "filters",
            "isfavorite",
            "imagetypes",
            "groupitemsinto",
            "projecttomedia",
            "outerids");

    private static Fixture fixture;
    private static ItemsHandlers items;
    private static ShowsHandlers shows;
    private static HomeHandlers home;
    private static FacetHandlers facets;
    private static SearchHandlers search;

    @BeforeAll
    static void load() {
        fixture = SmallLibrary.loaded();
        items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
        shows = new ShowsHandlers(fixture.catalogue, ReadThrough.NONE);
        home = new HomeHandlers(fixture.catalogue, ReadThrough.NONE, true);
        facets = new FacetHandlers(fixture.catalogue, ReadThrough.NONE);
        search = new SearchHandlers(fixture.catalogue, ReadThrough.NONE);
    }

    /** The requests of {@code parameters.txt} that choose among items. */
    private static List<String> requests() {
        try (InputStream file = RelativesTest.class.getResourceAsStream("parameters.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(" \\| ?", -1))
                    .filter(cells -> cells[2].equals("finds") && !cells[3].startsWith("/"))
                    .filter(cells -> !OTHERWISE.contains(cells[0].toLowerCase(Locale.ROOT)))
                    .map(cells -> cells[3])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String query(String request) {
        return Arrays.stream(request.split("&"))
                .map(pair -> pair.split("=", 2))
                .map(pair -> pair[0] + "=" + URLEncoder.encode(pair[1], StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String without(String request, String... names) {
        return Arrays.stream(request.split("&"))
                .filter(pair -> Arrays.stream(names).noneMatch(name -> pair.startsWith(name + "=")))
                .collect(Collectors.joining("&"));
    }

    private static JsonNode found(String request) {
        return Fixture.ask(items::query, ALICE, query(request + "&Recursive=true&Fields=Genres,ProductionYear"))
                .path("Items");
    }

    private static JsonNode ask(Handler handler, String request, String... path) {
        return Fixture.ask(handler, ALICE, request.isEmpty() ? "" : query(request), path);
    }

    private static Set<String> of(JsonNode all, Function<JsonNode, Stream<String>> values) {
        Set<String> found = new TreeSet<>();
        all.forEach(item -> values.apply(item).filter(text -> !text.isEmpty()).forEach(found::add));
        return found;
    }

    private static Set<String> facet(Handler handler, String request) {
        return of(
                ask(handler, request).path("Items"),
                item -> Stream.of(item.path("Name").asText()));
    }

    private static Function<JsonNode, Stream<String>> field(String name) {
        return item -> Stream.of(item.path(name).asText(""));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void episodesAndSeasonsOfASeries(String request) {
        String about =
                without(request, "IncludeItemTypes", "ExcludeItemTypes", "ParentId", "SeriesId", "LibrarySeriesId");
        String below = about.isEmpty() ? "SeriesId=200" : about + "&SeriesId=200";

        assertThat(Fixture.names(ask(shows::episodes, about, "Id", "200").path("Items")))
                .containsExactlyInAnyOrderElementsOf(Fixture.names(found(below + "&IncludeItemTypes=Episode")));
        assertThat(Fixture.names(ask(shows::seasons, about, "Id", "200").path("Items")))
                .containsExactlyInAnyOrderElementsOf(Fixture.names(found(below + "&IncludeItemTypes=Season")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatIsToBeResumed(String request) {
        List<String> fitting = Fixture.names(found(request));
        List<String> resumed = Fixture.names(
                ask(home::resume, request + "&IncludeNextUp=false").path("Items"));

        assertThat(resumed).isEqualTo(fitting.contains("E2") ? List.of("E2") : List.of());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void facetsAreThoseOfWhatIsFound(String request) {
        JsonNode found = found(request);

        assertThat(facet(facets::years, request)).isEqualTo(of(found, field("ProductionYear")));
        assertThat(facet(facets::itemTypes, request)).isEqualTo(of(found, field("Type")));
        assertThat(facet(facets::genres, request))
                .isEqualTo(of(found, item -> item.path("Genres").valueStream().map(JsonNode::asText)));
        assertThat(of(ask(items::prefixes, request + "&Recursive=true"), field("Name")))
                .isEqualTo(
                        of(found, item -> Stream.of(item.path("Name").asText().substring(0, 1))));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void ratingsAreThoseOfWhatIsFound(String request) {
        assertThat(facet(facets::officialRatings, request))
                .isEqualTo(of(
                        found(request),
                        item -> Stream.of(item.path("OfficialRating").asText(""))));
    }

    @Test
    void tagsAreChosenByTheirOwnNames() {
        assertThat(facet(facets::tags, "NameStartsWith=n")).containsExactly("Neon");
        assertThat(facet(facets::tags, "NameStartsWith=x")).isEmpty();
        assertThat(facet(facets::tags, "NameLessThan=o&SortBy=SortName&SortOrder=Descending"))
                .containsExactly("Neon");
        assertThat(facet(facets::tags, "IncludeItemTypes=Series")).isEmpty();
    }

    @Test
    void whatIsSearchedCanBeGroupedToo() {
        assertThat(Fixture.names(found("SearchTerm=alph&GroupItemsInto=Genres")))
                .containsExactly("Action");
        assertThat(Fixture.names(found("IncludeItemTypes=Series&SearchTerm=show&ProjectToMedia=true")))
                .containsExactlyInAnyOrder("E1", "E2", "S1", "S2");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatIsNew(String request) {
        String about = without(request, "IncludeItemTypes", "ExcludeItemTypes");
        String playable = (about.isEmpty() ? "" : about + "&") + "IncludeItemTypes=Movie,Episode,Audio";
        String unplayed = request.contains("IsPlayed") ? "" : "&IsPlayed=false";

        assertThat(Fixture.names(ask(home::latest, playable + "&GroupItems=false&Limit=1000")))
                .containsExactlyInAnyOrderElementsOf(Fixture.names(found(playable + unplayed)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatComesNext(String request) {
        List<String> next = Fixture.names(ask(shows::nextUp, without(request, "SeriesId") + "&EnableResumable=true")
                .path("Items"));

        assertThat(next)
                .isEqualTo(
                        Fixture.names(found(without(request, "SeriesId"))).contains("E2") ? List.of("E2") : List.of());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatIsHinted(String request) {
        String searched = request + "&SearchTerm=s";

        assertThat(of(ask(search::hints, searched + "&Limit=100").path("SearchHints"), field("Name")))
                .isEqualTo(of(found(searched), field("Name")));
    }
}
