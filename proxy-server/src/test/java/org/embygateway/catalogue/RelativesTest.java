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
        String fields = "&Recursive=true&Fields=Genres,ProductionYear,Studios,Tags,People,Container,MediaSources";
        return Fixture.ask(items::query, ALICE, query(request + fields)).path("Items");
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

    private static Function<JsonNode, Stream<String>> names(String field) {
        return item ->
                item.path(field).valueStream().map(name -> name.path("Name").asText(name.asText()));
    }

    private static Function<JsonNode, Stream<String>> streams(String type, String field) {
        return item -> item.path("MediaSources")
                .valueStream()
                .flatMap(source -> source.path("MediaStreams").valueStream())
                .filter(stream -> stream.path("Type").asText().equals(type))
                .map(stream -> stream.path(field).asText(""));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whoAndWhatIsNamedIsThatOfWhatIsFound(String request) {
        JsonNode found = found(request);
        boolean directors = request.contains("PersonTypes=Director");

        assertThat(facet(facets::studios, request)).isEqualTo(of(found, names("Studios")));
        assertThat(facet(facets::tags, request)).isEqualTo(of(found, names("TagItems")));
        assertThat(facet(facets::persons, request))
                .isEqualTo(of(
                        found,
                        item -> item.path("People")
                                .valueStream()
                                .filter(person -> !directors
                                        || person.path("Type").asText().equals("Director"))
                                .map(person -> person.path("Name").asText())));
        assertThat(facet(facets::albumArtists, request)).isEqualTo(of(found, names("AlbumArtists")));
        assertThat(facet(facets::artists, request))
                .isEqualTo(of(
                        found,
                        item -> Stream.concat(
                                names("Artists").apply(item),
                                names("AlbumArtists").apply(item))));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void filesAreThoseOfWhatIsFound(String request) {
        JsonNode found = found(request);

        assertThat(facet(facets::containers, request))
                .isEqualTo(of(
                        found,
                        item -> item.path("MediaSources")
                                .valueStream()
                                .map(source -> source.path("Container").asText(""))));
        assertThat(facet(facets::videoCodecs, request)).isEqualTo(of(found, streams("Video", "Codec")));
        assertThat(facet(facets::audioCodecs, request)).isEqualTo(of(found, streams("Audio", "Codec")));
        assertThat(facet(facets::subtitleCodecs, request)).isEqualTo(of(found, streams("Subtitle", "Codec")));
        assertThat(facet(facets::audioLayouts, request)).isEqualTo(of(found, streams("Audio", "ChannelLayout")));
        assertThat(facet(facets::extendedVideoTypes, request))
                .isEqualTo(of(found, streams("Video", "ExtendedVideoType")));
        assertThat(facet(facets::streamLanguages, request)).isEqualTo(of(found, streams("Audio", "Language")));
        assertThat(facet(facets::streamLanguages, request + "&StreamType=Subtitle"))
                .isEqualTo(of(found, streams("Subtitle", "Language")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void filtersAreThoseOfWhatIsFound(String request) {
        JsonNode found = found(request);
        JsonNode filters = ask(facets::filters, request);

        assertThat(of(filters.path("Genres"), name -> Stream.of(name.asText()))).isEqualTo(of(found, names("Genres")));
        assertThat(of(filters.path("Tags"), name -> Stream.of(name.asText()))).isEqualTo(of(found, names("TagItems")));
        assertThat(of(filters.path("Years"), year -> Stream.of(year.asText())))
                .isEqualTo(of(found, field("ProductionYear")));
        assertThat(of(ask(facets::filters2, request).path("Genres"), field("Name")))
                .isEqualTo(of(found, names("Genres")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatIsToCome(String request) {
        boolean anyType = request.contains("IncludeItemTypes");

        assertThat(Fixture.names(ask(shows::upcoming, request).path("Items")))
                .containsExactlyInAnyOrderElementsOf(found(request)
                        .valueStream()
                        .filter(item -> anyType || item.path("Type").asText().equals("Episode"))
                        .filter(item -> item.path("PremiereDate").asText("").compareTo("2024-06-01") >= 0)
                        .map(item -> item.path("Name").asText())
                        .toList());
    }

    @Test
    void itemsNamedOneByOneAreThoseThatRelativesLookAt() {
        assertThat(facet(facets::genres, "Ids=100,102")).containsExactly("Action");
        assertThat(facet(facets::years, "Ids=101")).containsExactly("2005");
        assertThat(facet(facets::itemTypes, "Ids=100,220")).containsExactly("Episode", "Movie");
        assertThat(of(ask(items::prefixes, "Ids=100,101"), field("Name"))).containsExactly("A", "B");
        assertThat(Fixture.names(
                        ask(shows::episodes, "Ids=220,100", "Id", "200").path("Items")))
                .containsExactly("E1");
        assertThat(ask(home::resume, "Ids=220").path("Items")).isEmpty();
        assertThat(ask(items::trailers, "Ids=100").path("Items")).isEmpty();
    }

    @Test
    void whatAFacetListsCanItselfBeNamed() {
        assertThat(facet(facets::studios, "Ids=53,54")).containsExactly("North", "South");
        assertThat(facet(facets::studios, "Ids=53,101")).containsExactly("North", "South");
        assertThat(facet(facets::persons, "Ids=55")).containsExactly("Ann");
        assertThat(facet(facets::persons, "Ids=55&PersonTypes=Writer")).isEmpty();
        assertThat(facet(facets::artists, "Ids=301")).containsExactly("Mono");
        assertThat(facet(facets::albumArtists, "Ids=301")).isEmpty();
        assertThat(facet(facets::genres, "Ids=53")).isEmpty();
        assertThat(facet(facets::genres, "Ids=,")).isEqualTo(facet(facets::genres, ""));
    }

    @Test
    void facetsTakeTheirNeighboursAndPages() {
        assertThat(Fixture.names(ask(facets::genres, "SortOrder=Descending&SortBy=SortName")
                        .path("Items")))
                .containsExactly("Drama", "Action");
        assertThat(Fixture.names(ask(facets::studios, "AdjacentTo=53").path("Items")))
                .containsExactly("North", "South");
        assertThat(Fixture.names(ask(facets::persons, "StartIndex=1").path("Items")))
                .isEmpty();
        assertThat(Fixture.names(ask(facets::videoCodecs, "SortOrder=Descending&StartIndex=1&Limit=1")
                        .path("Items")))
                .containsExactly("hevc");
    }

    @Test
    void facetsLookIntoWhatIsToBePlayedWhenThatIsAskedFor() {
        assertThat(facet(facets::itemTypes, "IncludeItemTypes=Series&ProjectToMedia=true"))
                .containsExactly("Episode");
        assertThat(of(ask(items::prefixes, "IncludeItemTypes=Series&ProjectToMedia=true"), field("Name")))
                .containsExactly("E", "S");
    }

    @Test
    void favouritesOrAllOthersAreCounted() {
        assertThat(ask(items::counts, "").path("MovieCount").asInt()).isEqualTo(4);
        assertThat(ask(items::counts, "IsFavorite=true").path("MovieCount").asInt())
                .isEqualTo(1);
        assertThat(ask(items::counts, "IsFavorite=false").path("MovieCount").asInt())
                .isEqualTo(3);
    }

    @Test
    void newFoldersAreShownWhenOnlyTheyAreWanted() {
        assertThat(Fixture.names(ask(home::latest, "IsFolder=true&GroupItems=false")))
                .containsExactlyInAnyOrder("Show", "Old", "Season 1", "Specials", "Disk");
        assertThat(Fixture.names(ask(home::latest, "IsFolder=false&GroupItems=false")))
                .contains("Beta", "E2")
                .doesNotContain("Show");
    }

    @Test
    void whatComesNextInASeriesFitsToo() {
        assertThat(Fixture.names(ask(shows::nextUp, "SeriesId=200").path("Items")))
                .containsExactly("E2");
        assertThat(ask(shows::nextUp, "SeriesId=200&ParentId=10").path("Items")).isEmpty();
        assertThat(Fixture.names(ask(home::resume, "ParentId=200").path("Items")))
                .containsExactly("E2");
        assertThat(ask(home::resume, "ParentId=200&IsFavorite=true").path("Items"))
                .isEmpty();
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
