package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetailTest {
    private static final String FIRST = """
            {'Name':'Heat','DateCreated':'2024-01-05T10:00:00.0000000Z','Overview':'A thief.','ProductionYear':1995,
             'Path':'/mnt/films/Heat.mkv','FileName':'Heat.mkv','Etag':'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',
             'PresentationUniqueKey':'p-tmdb-Movie-949-eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','ParentId':'777777',
             'CanDelete':true,'CanDownload':true,'RunTimeTicks':102000000000,'ProviderIds':{'Tmdb':'949'},
             'Genres':['Crime'],'GenreItems':[{'Name':'Crime','Id':777771}],'Studios':[{'Name':'Warner','Id':777772}],
             'TagItems':[{'Name':'Heist','Id':777773}],
             'People':[{'Name':'Al Pacino','Id':'777774','Role':'Hanna','Type':'Actor','PrimaryImageTag':'dddddddddddddddddddddddddddddddd'}],
             'ImageTags':{'Primary':'cccccccccccccccccccccccccccccccc'},'BackdropImageTags':['bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'],
             'ExternalUrls':[{'Name':'IMDb','Url':'https://www.imdb.com/title/tt0113277'},{'Name':'x','Url':'http://s1.lan:8096/x'}],
             'UserData':{'Key':'949','ItemId':'777777','Played':true,'PlaybackPositionTicks':5},
             'FutureScalar':4,'FuturePath':'/mnt/x','FutureUrl':'http://s1.lan/','DeviceThingId':'777775',
             'MediaSources':[{'Id':'mediasource_777776','ItemId':'777776','Path':'/mnt/films/Heat.mkv','Protocol':'File',
               'Container':'mkv','Bitrate':8000000,'Name':'Heat','MediaStreams':[{'Type':'Video','Index':0,'Width':1920,'Height':800}]}]}
            """;
    private static final String SECOND = """
            {'Name':'Heat','DateCreated':'2024-02-05T10:00:00.0000000Z','ProviderIds':{'Imdb':'tt0113277'},'Genres':['Drama'],
             'Taglines':['A Los Angeles crime saga'],'ImageTags':{'Primary':'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','Logo':'99999999999999999999999999999999'},
             'MediaSources':[{'Id':'0123456789abcdef0123456789abcdef','Path':'/srv/Heat.mkv','Container':'mkv','Bitrate':40000000,
               'Name':'Heat','RunTimeTicks':102000000001,
               'MediaStreams':[{'Type':'Video','Index':0,'Width':3840,'Height':1600},{'Type':'Audio','Index':1,'Codec':'ac3','Language':'eng'}]}]}
            """;

    private final Fixture fixture = new Fixture();
    private ItemsHandlers items;

    @BeforeEach
    void aFilmOnTwoServers() {
        fixture.view(10, "Movies", "movies", 1, 2);
        fixture.item(21, ItemKind.GENRE, "Crime").add();
        fixture.item(22, ItemKind.GENRE, "Drama").add();
        fixture.item(23, ItemKind.STUDIO, "Warner").add();
        fixture.item(24, ItemKind.TAG, "Heist").add();
        fixture.item(25, ItemKind.PERSON, "Al Pacino").add();
        fixture.item(100, ItemKind.MOVIE, "Heat")
                .views(10)
                .on(1, Fixture.library(10), FIRST)
                .on(2, Fixture.library(10), SECOND)
                .names(ItemKind.GENRE, 21, "Crime")
                .names(ItemKind.GENRE, 22, "Drama")
                .names(ItemKind.STUDIO, 23, "Warner")
                .names(ItemKind.TAG, 24, "Heist")
                .names(ItemKind.PERSON, 25, "Al Pacino")
                .add();
        fixture.load();
        items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
    }

    private JsonNode detail(Caller caller, String id) {
        return Fixture.ask(items::detail, caller, "", "Id", id, "UserId", Fixture.ALICE.value());
    }

    @Test
    void everythingOfBothCopiesIsMerged() {
        JsonNode film = detail(Fixture.caller(1, 2), "100");

        assertThat(film.path("Id").asText()).isEqualTo("100");
        assertThat(film.path("ServerId").asText()).isEqualTo(Fixture.SERVER);
        assertThat(film.path("ParentId").asText()).isEqualTo("10");
        assertThat(film.path("MediaType").asText()).isEqualTo("Video");
        assertThat(film.path("DateCreated").asText()).isEqualTo("2024-01-05T10:00:00.0000000Z");
        assertThat(film.path("Overview").asText()).isEqualTo("A thief.");
        assertThat(film.path("Taglines").path(0).asText()).isEqualTo("A Los Angeles crime saga");
        assertThat(film.path("ProviderIds").path("Tmdb").asText()).isEqualTo("949");
        assertThat(film.path("ProviderIds").path("Imdb").asText()).isEqualTo("tt0113277");
        assertThat(Fixture.names(film.path("GenreItems"))).containsExactly("Crime", "Drama");
        assertThat(film.path("GenreItems").path(1).path("Id").isInt()).isTrue();
        assertThat(film.path("Studios").path(0).path("Id").asInt()).isEqualTo(23);
        assertThat(film.path("TagItems").path(0).path("Id").asInt()).isEqualTo(24);
        assertThat(film.path("People").path(0).path("Id").asText()).isEqualTo("25");
        assertThat(film.path("ImageTags").has("Logo")).isTrue();
        assertThat(film.path("BackdropImageTags")).hasSize(1);
        assertThat(film.path("UserData").path("Played").asBoolean()).isFalse();
        assertThat(film.path("FutureScalar").asInt()).isEqualTo(4);
        assertThat(film.path("CanDelete").asBoolean()).isFalse();
    }

    @Test
    void versionsOfBothCopiesAreListedBestFirstUnderNamesOfTheirOwn() {
        JsonNode sources = detail(Fixture.caller(1, 2), "100").path("MediaSources");

        assertThat(Fixture.names(sources)).containsExactly("2160p", "1080p");
        assertThat(sources.findValuesAsText("Id"))
                .allMatch(id -> id.matches("mediasource_\\d+"))
                .doesNotHaveDuplicates();
        JsonNode film = detail(Fixture.caller(1, 2), "100");
        assertThat(film.path("Width").asInt()).isEqualTo(3840);
        assertThat(film.path("RunTimeTicks").asLong()).isEqualTo(102000000001L);
    }

    @Test
    void nothingOfTheUpstreamsIsLeft() {
        String film = detail(Fixture.caller(1, 2), "100").toString();

        assertThat(film)
                .doesNotContain("7777", "/mnt", "/srv", "s1.lan", "badbad", "\"Path\"", "FileName", "FutureUrl")
                .doesNotContainPattern("([0-9a-f])\\1{31}")
                .doesNotContain("0123456789abcdef");
    }

    @Test
    void aUserOfOneServerSeesAnItemAsIfOnlyItsCopyExisted() {
        JsonNode film = detail(Fixture.caller(2), "100");

        assertThat(film.path("MediaSources")).hasSize(1);
        assertThat(Fixture.names(film.path("GenreItems"))).containsExactly("Drama");
        assertThat(film.path("ProviderIds").has("Tmdb")).isFalse();
        assertThat(film.path("DateCreated").asText()).startsWith("2024-02-05");
        assertThat(film.has("Overview")).isFalse();
        assertThat(film.path("People")).isEmpty();
        assertThat(film.path("BackdropImageTags")).isEmpty();
        for (String hidden : List.of("21", "23", "24", "25")) {
            assertNotFound(() -> detail(Fixture.caller(2), hidden));
        }
        assertThat(detail(Fixture.caller(2), "22").path("Name").asText()).isEqualTo("Drama");
    }

    @Test
    void filtersFacetsAndSearchesTellNothingOfHiddenServers() {
        Caller second = Fixture.caller(2);
        FacetHandlers facets = new FacetHandlers(fixture.catalogue, ReadThrough.NONE);
        assertThat(Fixture.names(Fixture.ask(facets::genres, second, "").path("Items")))
                .containsExactly("Drama");
        assertThat(Fixture.ask(facets::persons, second, "").path("Items")).isEmpty();
        assertThat(total(second, "GenreIds=21")).isZero();
        assertThat(total(second, "GenreIds=22")).isOne();
        assertThat(total(second, "PersonIds=25")).isZero();
        assertThat(total(second, "SearchTerm=pacino&Recursive=true")).isZero();
        assertThat(total(second, "Years=1995")).isZero();
        assertThat(total(Fixture.caller(1, 2), "GenreIds=21")).isOne();
        assertThat(total(Fixture.caller(1, 2), "SearchTerm=pacino&Recursive=true"))
                .isOne();
    }

    private int total(Caller caller, String query) {
        return Fixture.ask(items::query, caller, query).path("TotalRecordCount").asInt();
    }

    @Test
    void aVersionIsAnItemOfItsOwnWithItselfFirst() {
        String version = versionOf(1);
        JsonNode film = detail(Fixture.caller(1, 2), version);

        assertThat(film.path("Id").asText()).isEqualTo(version);
        assertThat(film.path("MediaSources").path(0).path("Id").asText()).isEqualTo("mediasource_" + version);
        assertThat(film.path("MediaSources")).hasSize(2);
        assertNotFound(() -> detail(Fixture.caller(2), version));
    }

    private String versionOf(int upstream) {
        return Integer.toString(1_000_000 + 100 * 20 + upstream * 5);
    }

    @Test
    void anIdThatWasJoinedIntoAnotherStillLeadsThere() {
        fixture.index.aliases.put(new ItemId(55), new ItemId(100));
        assertThat(detail(Fixture.caller(1), "55").path("Id").asText()).isEqualTo("100");
        assertNotFound(() -> detail(Fixture.caller(1), "56"));
        assertNotFound(() -> detail(Fixture.caller(1), "../x"));
    }

    @Test
    void aViewHasTheTabsOfItsLibraryPage() {
        JsonNode view = detail(Fixture.caller(1), "10");

        assertThat(view.path("Subviews").path(0).asText()).isEqualTo("movies");
        assertThat(view.path("CollectionType").asText()).isEqualTo("movies");
        assertThat(view.path("Guid").asText()).matches("[0-9a-f]{32}");
        assertThat(view.path("DisplayPreferencesId").asText()).matches("[0-9a-f]{32}");
        assertThat(view.path("Type").asText()).isEqualTo("CollectionFolder");
        assertThat(view.path("ChildCount").asInt()).isOne();
    }

    @Test
    void listsShowTheirFieldsOnlyWhenAsked() {
        JsonNode plain = Fixture.ask(items::query, Fixture.caller(1, 2), "IncludeItemTypes=Movie&Recursive=true");
        JsonNode film = plain.path("Items").path(0);
        assertThat(film.has("MediaSources")).isFalse();
        assertThat(film.has("People")).isFalse();
        assertThat(film.has("Overview")).isFalse();
        assertThat(film.path("ProductionYear").asInt()).isEqualTo(1995);
        assertThat(film.path("UserData").path("IsFavorite").isBoolean()).isTrue();

        JsonNode asked = Fixture.ask(
                        items::query,
                        Fixture.caller(1, 2),
                        "IncludeItemTypes=Movie&Fields=overview,MediaSources,Genres,People,Prefix,SortName"
                                + "&EnableImageTypes=Primary&ImageTypeLimit=0&EnableUserData=false")
                .path("Items")
                .path(0);
        assertThat(asked.path("Overview").asText()).isEqualTo("A thief.");
        assertThat(asked.path("MediaSources")).hasSize(2);
        assertThat(asked.path("GenreItems")).hasSize(2);
        assertThat(asked.path("Prefix").asText()).isEqualTo("H");
        assertThat(fields(asked.path("ImageTags"))).containsExactly("Primary");
        assertThat(asked.path("BackdropImageTags")).isEmpty();
        assertThat(asked.has("UserData")).isFalse();

        JsonNode bare = Fixture.ask(items::query, Fixture.caller(1), "IncludeItemTypes=Movie&EnableImages=false")
                .path("Items")
                .path(0);
        assertThat(bare.has("ImageTags")).isFalse();
        assertThat(bare.has("BackdropImageTags")).isFalse();
    }

    private static List<String> fields(JsonNode node) {
        List<String> fields = new ArrayList<>();
        node.fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    @Test
    void aPictureComesFromTheCopyItsTagWasMadeFor() {
        String all = detail(Fixture.caller(1, 2), "100")
                .path("ImageTags")
                .path("Primary")
                .asText();
        String second = detail(Fixture.caller(2), "100")
                .path("ImageTags")
                .path("Primary")
                .asText();
        assertThat(all).isNotEqualTo(second);

        ImageOwner best =
                fixture.catalogue.images(new ItemId(100), "primary", 0, "").getFirst();
        assertThat(best.upstream().value()).isOne();
        assertThat(best.tag()).isEqualTo(all);
        assertThat(best.upstreamTag()).isEqualTo("cccccccccccccccccccccccccccccccc");
        assertThat(fixture.catalogue
                        .images(new ItemId(100), "Primary", 0, second)
                        .getFirst()
                        .upstream()
                        .value())
                .isEqualTo(2);
        assertThat(fixture.catalogue.images(new ItemId(100), "Backdrop", 1, "")).isEmpty();
        assertThat(fixture.catalogue.images(new ItemId(100), "Banner", 0, "")).isEmpty();
        ImageOwner portrait =
                fixture.catalogue.images(new ItemId(25), "Primary", 0, "").getFirst();
        assertThat(portrait.upstreamItemId()).isEqualTo("777774");
    }

    @Test
    void anotherUsersListsAreRefused() {
        assertThatThrownBy(() ->
                        Fixture.ask(items::query, Fixture.caller(1), "", "UserId", "0000000000000000000000000000b0b0"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(403));
    }

    @ParameterizedTest
    @ValueSource(strings = {"me", "undefined", "00000000000000000000000000000000", ""})
    void theWordsForOneselfAreOneself(String word) {
        assertThat(Fixture.ask(items::query, Fixture.caller(1), "", "UserId", word))
                .isNotNull();
    }

    private static void assertNotFound(Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(404));
    }
}
