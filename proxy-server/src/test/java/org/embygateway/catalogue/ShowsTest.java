package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShowsTest {
    private final Fixture fixture = new Fixture();
    private final Caller both = Fixture.caller(1, 2);
    private ShowsHandlers shows;
    private HomeHandlers home;
    private ItemsHandlers items;

    /** Series 100 has seasons 0 to 2 with ids 110, 120, 130; episode n of a season has the season's id plus n. */
    @BeforeEach
    void oneSeriesOnTwoServersAndAFilm() {
        fixture.view(10, "Shows", "tvshows", 1, 2);
        fixture.view(11, "Movies", "movies", 1);
        fixture.item(100, ItemKind.SERIES, "Dark")
                .views(10)
                .on(1, Fixture.library(10), "{'ImageTags':{'Primary':'p','Logo':'l'},'BackdropImageTags':['b']}")
                .on(2, Fixture.library(10), "{}")
                .add();
        season(110, 0, 1);
        season(120, 1, 1, 2);
        season(130, 2, 2);
        fixture.item(500, ItemKind.MOVIE, "Film")
                .views(11)
                .on(1, Fixture.library(11), "{'DateCreated':'2024-01-01T00:00:00Z','RunTimeTicks':1000}")
                .add();
        fixture.load();
        shows = new ShowsHandlers(fixture.catalogue, ReadThrough.NONE);
        home = new HomeHandlers(fixture.catalogue, ReadThrough.NONE, true);
        items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
    }

    private void season(int id, int number, int... upstreams) {
        Fixture.Item season =
                fixture.item(id, ItemKind.SEASON, "Season " + number).views(10).series(100);
        for (int upstream : upstreams) {
            season.on(upstream, Fixture.library(10), "{'IndexNumber':%d}".formatted(number));
        }
        season.add();
        for (int episode = 1; episode <= 3; episode++) {
            Fixture.Item item = fixture.item(id + episode, ItemKind.EPISODE, "S%dE%d".formatted(number, episode))
                    .views(10)
                    .series(100)
                    .season(id);
            for (int upstream : upstreams) {
                item.on(
                        upstream,
                        Fixture.library(10),
                        "{'IndexNumber':%d,'ParentIndexNumber':%d,'RunTimeTicks':1000,'DateCreated':'2024-02-%02dT00:00:00Z'}"
                                .formatted(episode, number, id - 109));
            }
            item.add();
        }
    }

    private List<String> ask(Handler handler, String query) {
        return Fixture.names(Fixture.ask(handler, both, query, "Id", "100").path("Items"));
    }

    @Test
    void seasonsAndEpisodesOfBothServersStandInOneSeries() {
        assertThat(ask(shows::seasons, "")).containsExactly("Season 0", "Season 1", "Season 2");
        assertThat(ask(shows::seasons, "IsSpecialSeason=false")).containsExactly("Season 1", "Season 2");
        assertThat(ask(shows::episodes, "SeasonId=130")).containsExactly("S2E1", "S2E2", "S2E3");
        assertThat(ask(shows::episodes, "Season=1&Limit=2")).containsExactly("S1E1", "S1E2");
        assertThat(ask(shows::episodes, "IsMissing=false&IsVirtualUnaired=false"))
                .hasSize(9);
        assertThat(Fixture.names(Fixture.ask(shows::seasons, Fixture.caller(1), "", "Id", "100")
                        .path("Items")))
                .containsExactly("Season 0", "Season 1");
        assertThat(Fixture.names(
                        Fixture.ask(shows::seasons, both, "", "Id", "9999").path("Items")))
                .isEmpty();
    }

    @Test
    void aStartItemCutsOffWhatComesBeforeAndIsCountedFrom() {
        JsonNode rest = Fixture.ask(shows::episodes, both, "StartItemId=131&Limit=2", "Id", "100");
        assertThat(Fixture.names(rest.path("Items"))).containsExactly("S2E1", "S2E2");
        assertThat(rest.path("TotalRecordCount").asInt()).isEqualTo(3);
    }

    @Test
    void anEpisodeNamesItsParentsAndBorrowsTheirPictures() {
        JsonNode episode = Fixture.ask(shows::episodes, both, "SeasonId=120&Limit=1", "Id", "100")
                .path("Items")
                .path(0);
        assertThat(episode.path("SeriesId").asText()).isEqualTo("100");
        assertThat(episode.path("SeriesName").asText()).isEqualTo("Dark");
        assertThat(episode.path("SeasonId").asText()).isEqualTo("120");
        assertThat(episode.path("MediaType").asText()).isEqualTo("Video");
        assertThat(episode.path("ParentBackdropItemId").asText()).isEqualTo("100");
        assertThat(episode.path("ParentLogoItemId").asText()).isEqualTo("100");
        JsonNode series = Fixture.ask(items::detail, both, "", "Id", "100");
        assertThat(episode.path("SeriesPrimaryImageTag").asText())
                .isEqualTo(series.path("ImageTags").path("Primary").asText());
    }

    @Test
    void theEpisodeAfterTheFurthestPlayedComesNext() {
        assertThat(ask(shows::nextUp, "")).isEmpty();
        fixture.mark(121, Fixture.played("2024-05-01T00:00:00Z"));
        assertThat(ask(shows::nextUp, "")).containsExactly("S1E2");
        fixture.mark(123, Fixture.played("2024-05-02T00:00:00Z"));
        assertThat(ask(shows::nextUp, "LegacyNextUp=true")).containsExactly("S2E1");
        assertThat(ask(shows::nextUp, "SeriesId=100")).containsExactly("S2E1", "S2E2", "S2E3");
        assertThat(ask(shows::nextUp, "SeriesId=100&Limit=1")).containsExactly("S2E1");
        assertThat(Fixture.names(
                        Fixture.ask(shows::nextUp, Fixture.caller(1), "").path("Items")))
                .isEmpty();
    }

    @Test
    void whatWasBegunCanBeResumedOnceTheLatestFirst() {
        fixture.mark(500, Fixture.at(500, "2024-05-01T00:00:00Z"));
        fixture.mark(121, Fixture.at(300, "2024-05-02T00:00:00Z"));
        fixture.mark(122, Fixture.at(400, "2024-05-03T00:00:00Z"));
        assertThat(ask(home::resume, "MediaTypes=Video&Recursive=true&Limit=12"))
                .containsExactly("S1E2", "Film");
        assertThat(ask(home::resume, "IncludeItemTypes=Movie&ParentId=11")).containsExactly("Film");
        assertThat(ask(home::resume, "MediaTypes=Audio")).isEmpty();
        assertThat(ask(shows::nextUp, "")).isEmpty();
        JsonNode film = Fixture.ask(items::detail, both, "", "Id", "500").path("UserData");
        assertThat(film.path("PlayedPercentage").asDouble()).isEqualTo(50);
        assertThat(film.path("PlaybackPositionTicks").asLong()).isEqualTo(500);
    }

    @Test
    void nextEpisodesStandAmongWhatIsToBeResumedUnlessDeclined() {
        fixture.mark(121, Fixture.played("2024-05-02T00:00:00Z"));
        fixture.mark(500, Fixture.at(500, "2024-05-01T00:00:00Z"));
        assertThat(ask(home::resume, "MediaTypes=Video")).containsExactly("S1E2", "Film");
        assertThat(ask(home::resume, "MediaTypes=Video&IncludeNextUp=false")).containsExactly("Film");
        assertThat(ask(new HomeHandlers(fixture.catalogue, ReadThrough.NONE, false)::resume, "MediaTypes=Video"))
                .containsExactly("Film");
    }

    @Test
    void theResumeRowOfASeriesIsItsNextEpisode() {
        String query = "IncludeItemTypes=Episode&ParentId=100&Limit=1&EnableTotalRecordCount=false";
        assertThat(ask(home::resume, query)).isEmpty();
        fixture.mark(122, Fixture.played("2024-05-02T00:00:00Z"));
        assertThat(ask(home::resume, query)).containsExactly("S1E3");
        fixture.mark(131, Fixture.at(10, "2024-05-03T00:00:00Z"));
        assertThat(ask(home::resume, query)).containsExactly("S2E1");
    }

    @Test
    void foldersCountWhatIsLeftOfTheVisibleEpisodes() {
        fixture.mark(121, Fixture.played("2024-05-02T00:00:00Z"));
        JsonNode series = Fixture.ask(items::detail, both, "", "Id", "100");
        assertThat(series.path("UserData").path("UnplayedItemCount").asInt()).isEqualTo(8);
        assertThat(series.path("RecursiveItemCount").asInt()).isEqualTo(9);
        assertThat(series.path("ChildCount").asInt()).isEqualTo(3);
        assertThat(Fixture.ask(items::detail, Fixture.caller(1), "", "Id", "100")
                        .path("UserData")
                        .path("UnplayedItemCount")
                        .asInt())
                .isEqualTo(5);
        for (int id : new int[] {122, 123}) {
            fixture.mark(id, Fixture.played("2024-05-02T00:00:00Z"));
        }
        JsonNode season = Fixture.ask(items::detail, both, "", "Id", "120").path("UserData");
        assertThat(season.path("Played").asBoolean()).isTrue();
        assertThat(season.path("PlayedPercentage").asDouble()).isEqualTo(100);
        assertThat(ask(items::query, "IncludeItemTypes=Season&Recursive=true&Filters=IsPlayed"))
                .containsExactly("Season 1");
        assertThat(ask(items::query, "IncludeItemTypes=Series&Recursive=true&Filters=IsUnplayed"))
                .containsExactly("Dark");
    }

    @Test
    void latestGroupsEpisodesAndLeavesOutHiddenLibraries() {
        JsonNode latest = Fixture.ask(home::latest, both, "Limit=12&Fields=ChildCount");
        assertThat(latest.isArray()).isTrue();
        assertThat(Fixture.names(latest)).containsExactly("Dark", "Film");
        assertThat(latest.path(0).path("ChildCount").asInt()).isEqualTo(9);
        assertThat(Fixture.names(Fixture.ask(home::latest, both, "GroupItems=false&Limit=2")))
                .allMatch(name -> name.startsWith("S2"));
        assertThat(Fixture.names(Fixture.ask(home::latest, both, "ParentId=11")))
                .containsExactly("Film");

        fixture.configuration.putArray("LatestItemsExcludes").add("10");
        assertThat(Fixture.names(Fixture.ask(home::latest, both, ""))).containsExactly("Film");
        fixture.mark(500, Fixture.played("2024-05-02T00:00:00Z"));
        assertThat(Fixture.names(Fixture.ask(home::latest, both, ""))).isEmpty();
        assertThat(Fixture.names(Fixture.ask(home::latest, both, "IsPlayed=true")))
                .containsExactly("Film");
    }

    @Test
    void manyNewEpisodesOfOneSeriesLeaveRoomForOthersAmongTheLatest() {
        for (int i = 0; i < 1200; i++) {
            fixture.item(5000 + i, ItemKind.EPISODE, "Daily " + i)
                    .series(100)
                    .season(120)
                    .views(10)
                    .on(
                            1,
                            Fixture.library(10),
                            "{'DateCreated':'2025-01-01T00:00:00Z','ParentIndexNumber':1,'IndexNumber':%d}"
                                    .formatted(100 + i))
                    .add();
        }
        fixture.load();

        JsonNode latest = Fixture.ask(home::latest, both, "Limit=12&Fields=ChildCount");
        assertThat(Fixture.names(latest)).containsExactly("Dark", "Film");
    }

    @Test
    void childrenOfViewsSeriesAndSeasonsAreFound() {
        assertThat(ask(items::query, "ParentId=10")).containsExactly("Dark");
        assertThat(ask(items::query, "ParentId=100")).containsExactly("Season 0", "Season 1", "Season 2");
        assertThat(ask(items::query, "ParentId=120")).containsExactly("S1E1", "S1E2", "S1E3");
        assertThat(ask(items::query, "ParentId=100&Recursive=true&IsFolder=false&IsStandaloneSpecial=false"))
                .hasSize(6);
        assertThat(ask(items::query, "ParentId=100&Recursive=true&IsSpecialEpisode=true"))
                .hasSize(3);
        assertThat(ask(items::query, "ParentId=424242&Recursive=true")).isEmpty();
        assertThat(Fixture.names(Fixture.ask(items::ancestors, both, "", "Id", "121")))
                .containsExactly("Season 1", "Dark", "Shows", "Media Folders");
    }

    @Test
    void othersAreToldOfLeavesAncestorsKindsAndRunTimes() {
        assertThat(fixture.catalogue.leavesOf(both, new ItemId(120)))
                .containsExactly(new ItemId(121), new ItemId(122), new ItemId(123));
        assertThat(fixture.catalogue.leavesOf(both, new ItemId(100))).hasSize(9);
        assertThat(fixture.catalogue.leavesOf(both, new ItemId(500))).containsExactly(new ItemId(500));
        assertThat(fixture.catalogue.leavesOf(Fixture.caller(), new ItemId(500)))
                .isEmpty();
        assertThat(fixture.catalogue.ancestorsOf(both, List.of(new ItemId(121))))
                .containsExactlyInAnyOrder(new ItemId(120), new ItemId(100), new ItemId(10));
        assertThat(fixture.catalogue.kindOf(both, new ItemId(120))).contains(ItemKind.SEASON);
        assertThat(fixture.catalogue.runTimeOf(new ItemId(500)).value()).isEqualTo(1000);
        assertThat(fixture.catalogue
                        .userDataDto(both, new ItemId(500))
                        .path("ItemId")
                        .asText())
                .isEqualTo("500");
    }

    @Test
    void viewsFollowTheOrderAndTheExcludesOfTheUser() {
        ViewsHandlers views = new ViewsHandlers(fixture.catalogue, ReadThrough.NONE);
        assertThat(ask(views::list, "")).containsExactly("Movies", "Shows");
        JsonNode view = Fixture.ask(views::list, both, "").path("Items").path(1);
        assertThat(view.path("ServerId").asText()).isEqualTo(Fixture.SERVER);
        assertThat(view.path("ImageTags").isObject()).isTrue();
        fixture.configuration.putArray("OrderedViews").add(view.path("Guid").asText());
        assertThat(ask(views::list, "")).containsExactly("Shows", "Movies");
        fixture.configuration.putArray("MyMediaExcludes").add("11");
        assertThat(ask(views::list, "")).containsExactly("Shows");
        assertThat(ask(views::list, "IncludeHidden=true")).containsExactly("Shows", "Movies");
        assertThat(Fixture.names(Fixture.ask(views::list, Fixture.caller(2), "").path("Items")))
                .containsExactly("Shows");
    }
}
