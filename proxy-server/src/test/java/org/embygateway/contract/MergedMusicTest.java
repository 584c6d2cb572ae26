package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.check.OpenApiCheck;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Albums, songs and artists of two servers, as the apps browse them. */
@Timeout(180)
class MergedMusicTest {
    private static final String LIST = "/emby/Users/{me}/Items?Recursive=true&SortBy=SortName&IncludeItemTypes=";
    private static final String GROUP = "0e6b8b9c-0f6b-3e0c-8a2f-1d2f3a4b5c6d";

    @TempDir
    static Path data;

    private static SimulatedEmby left;
    private static SimulatedEmby right;
    private static SimItem leftSoWhat;
    private static SimItem rightSoWhat;
    private static GatewayUnderTest gateway;
    private static TestClient client;

    @BeforeAll
    static void start() {
        left = Servers.named("left").start();
        right = Servers.named("right").idsFrom(Servers.LONG_IDS).start();
        byIds();
        byName();
        boxAndLive();
        compilations();
        artistsWithIds();
        gateway = GatewayUnderTest.over(data, left, right)
                .person("kim", "pw", left)
                .start()
                .indexed();
        client = gateway.admin();
    }

    private static SimItem album(SimulatedEmby server, String name, String artist, int year) {
        SimItem album = server.library("Music", "music")
                .item(ItemKind.MUSIC_ALBUM, name)
                .albumArtists(artist);
        return year == 0 ? album : album.year(year);
    }

    /** Different releases of one group, with other names of artist and album. */
    private static void byIds() {
        SimItem one = album(left, "Kind of Blue", "Miles Davis", 1959)
                .provider("MusicBrainzReleaseGroup", GROUP)
                .provider("MusicBrainzAlbum", "11111111-0f6b-3e0c-8a2f-1d2f3a4b5c6d")
                .genres("Jazz");
        leftSoWhat = one.song(1, "So What").genres("Jazz").version("flac", 70_000);
        one.song(2, "Freddie Freeloader").artists("Miles Davis", "Wynton Kelly").genres("Jazz");
        SimItem other = album(right, "Kind of Blue (Legacy)", "MILES DAVIS", 1997)
                .provider("MusicBrainzReleaseGroup", GROUP)
                .provider("MusicBrainzAlbum", "22222222-0f6b-3e0c-8a2f-1d2f3a4b5c6d")
                .genres("Modal Jazz");
        rightSoWhat = other.song(1, 1, "So what").genres("Modal Jazz").version("mp3", 30_000);
        other.song(1, 2, "Freddie Freeloader").artists("Bill Evans").genres("Modal Jazz");
    }

    private static void byName() {
        for (SimulatedEmby server : List.of(left, right)) {
            SimItem album = album(server, server == left ? "The Wall" : "Wall", "Pink Floyd", 1979);
            album.song(1, "In the Flesh?").composers("Roger Waters");
            album.song(2, "The Thin Ice");
        }
        album(right, "Animals", "Pink Floyd", 1977).song(1, "Pigs on the Wing");
        album(right, "Only Here", "Right Band", 2001).song(1, "Right Song").genres("Jazz");
    }

    private static void boxAndLive() {
        SimItem box = album(left, "Ummagumma", "Pink Floyd", 1969);
        box.song(1, 1, "Astronomy Domine");
        box.song(2, 1, "Sysyphus");
        SimItem other = album(right, "Ummagumma", "Pink Floyd", 1969);
        other.song(1, 1, "Astronomy Domine");
        other.song(2, 1, "Sysyphus");
        SimItem unearthed = album(left, "Unearthed", "Johnny Cash", 2003);
        unearthed.song(2, "Trouble in Mind");
        unearthed.song(4, "Down the Line");
        SimItem alsoUnearthed = album(right, "Unearthed", "Johnny Cash", 2003);
        alsoUnearthed.song(1, 1, "Long Black Veil");
        alsoUnearthed.song(1, 3, "Flesh and Blood");
        album(left, "Hurt", "Johnny Cash", 2002).song(1, "Hurt").runtime(Duration.ofSeconds(218));
        album(right, "Hurt", "Johnny Cash", 2002).song(1, "Hurt").runtime(Duration.ofSeconds(330));
    }

    private static void compilations() {
        album(left, "Love Songs", "Various Artists", 0).song(1, "First Love").artists("Adele");
        album(right, "Love Songs", "Various Artists", 0).song(1, "Last Love").artists("Nico");
        album(left, "Hits", "Various Artists", 2005).song(1, "Smile").artists("Lily Allen");
        album(right, "Hits", "Various Artists", 2005).song(1, "Smile").artists("Lily Allen");
    }

    /** One artist under two names, and two artists of one name; one server lists none of them among its items. */
    private static void artistsWithIds() {
        album(left, "Sign", "Prince", 1987).song(1, "Sign");
        album(right, "Emancipation", "The Artist", 1996).song(1, "Emancipation");
        left.artist("Prince").provider("MusicBrainzArtist", "070d193a-845c-479f-980e-bef15710653e");
        right.artist("The Artist").provider("MusicBrainzArtist", "070d193a-845c-479f-980e-bef15710653e");
        album(left, "Bleach", "Nirvana", 1989).song(1, "Blew");
        album(right, "Local Anaesthetic", "Nirvana", 1971).song(1, "Modus Operandi");
        left.artist("Nirvana").provider("MusicBrainzArtist", "5b11f4ce-a62d-471e-81fc-a69a8278c7da");
        right.artist("Nirvana").provider("MusicBrainzArtist", "9282c8b4-ca0b-4c6b-b7e3-4f7762dfc4d6");
        right.faults()
                .on("GET /Users/{UserId}/Items")
                .when(request -> request.query().text("IncludeItemTypes", "").contains("MusicArtist"))
                .twist(MergedMusicTest::withoutArtists);
    }

    private static JsonNode withoutArtists(JsonNode page) {
        int left = page.path("TotalRecordCount").asInt();
        for (Iterator<JsonNode> items = page.path("Items").iterator(); items.hasNext(); ) {
            if (items.next().path("Type").asText().equals("MusicArtist")) {
                items.remove();
                left--;
            }
        }
        return ((ObjectNode) page).put("TotalRecordCount", left);
    }

    @AfterAll
    static void stop() {
        try (SimulatedEmby one = left;
                SimulatedEmby other = right) {
            gateway.close();
        }
    }

    private static List<String> names(List<JsonNode> items) {
        return items.stream().map(item -> item.path("Name").asText()).toList();
    }

    private static JsonNode item(TestClient who, String type, String name) {
        return who.items(LIST + type + "&Fields=ItemCounts,MediaSources,ChildCount").stream()
                .filter(item -> item.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " " + name));
    }

    private static String id(String type, String name) {
        return item(client, type, name).path("Id").asText();
    }

    private static List<String> below(String query) {
        return names(client.items("/emby/Users/{me}/Items?" + query));
    }

    @Test
    void anAlbumThatBothHaveUnderOtherIdsIsOneWithTheSongsOfBoth() {
        assertThat(names(client.items(LIST + "MusicAlbum")))
                .containsOnlyOnce("Kind of Blue", "The Wall", "Ummagumma", "Hits", "Animals", "Only Here")
                .doesNotContain("Kind of Blue (Legacy)", "Wall");
        String blue = id("MusicAlbum", "Kind of Blue");
        List<JsonNode> songs = client.items("/emby/Users/{me}/Items?Fields=MediaSources&ParentId=" + blue);
        assertThat(names(songs)).containsExactly("So What", "Freddie Freeloader");
        assertThat(songs).allSatisfy(song -> {
            assertThat(song.path("AlbumId").asText()).isEqualTo(blue);
            assertThat(song.path("ParentId").asText()).isEqualTo(blue);
            assertThat(song.path("AlbumPrimaryImageTag").asText()).isNotEmpty();
            assertThat(song.path("MediaSources")).hasSize(2);
            assertThat(song.at("/AlbumArtists/0/Id").asText()).isEqualTo(id("MusicArtist", "Miles Davis"));
        });
        assertThat(names(client.items(LIST + "Audio"))).containsOnlyOnce("So What", "The Thin Ice");
    }

    @Test
    void aSongPlaysFromTheSecondServerWhenTheFirstIsDown() {
        String song = id("Audio", "So What");
        JsonNode both = client.post("/emby/Items/" + song + "/PlaybackInfo?UserId={me}", "{\"DeviceProfile\":{}}")
                .ok();
        assertThat(both.path("MediaSources")).hasSize(2);
        left.faults().refuse();
        try {
            Answer bytes = client.get("/emby/Audio/" + song + "/stream?Static=true");
            assertThat(bytes.status()).isEqualTo(200);
            assertThat(bytes.body()).isEqualTo(rightSoWhat.content(0).bytes(0, 30_000));
        } finally {
            left.faults().clear();
        }
        assertThat(leftSoWhat.content(0).size()).isEqualTo(70_000);
    }

    @Test
    void aBoxOfTwoDiscsIsInTheOrderOfItsDiscs() {
        String box = id("MusicAlbum", "Ummagumma");
        assertThat(below("ParentId=" + box)).containsExactly("Astronomy Domine", "Sysyphus");
        assertThat(below("AlbumIds=" + box + "&Recursive=true&SortBy=ParentIndexNumber,IndexNumber"))
                .containsExactly("Astronomy Domine", "Sysyphus");
    }

    @Test
    void songsWithoutADiscAreOfTheFirst() {
        List<String> songs = List.of("Long Black Veil", "Trouble in Mind", "Flesh and Blood", "Down the Line");
        assertThat(below("ParentId=" + id("MusicAlbum", "Unearthed"))).isEqualTo(songs);
        assertThat(below("Recursive=true&IncludeItemTypes=Audio&ParentId=" + id("MusicArtist", "Johnny Cash")))
                .containsSubsequence(songs);
    }

    @Test
    void aLiveAndAStudioVersionStayTwoSongsAndAreSuspicious() {
        assertThat(below("ParentId=" + id("MusicAlbum", "Hurt"))).containsExactly("Hurt", "Hurt");
        JsonNode listed =
                client.get("/admin/merges?filter=suspicions&type=Audio").ok().path("items");
        assertThat(listed)
                .extracting(group -> group.at("/suspicions/0/text").asText())
                .contains("same disc 1, track 1, but titles or run times differ");
    }

    @Test
    void compilationsOfOneNameAreOneOnlyWhenYearAndTracksAgree() {
        assertThat(names(client.items(LIST + "MusicAlbum")))
                .filteredOn("Love Songs"::equals)
                .hasSize(2);
        assertThat(below("ParentId=" + id("MusicAlbum", "Hits"))).containsExactly("Smile");
    }

    @Test
    void artistsAreListedByWhatTheyAre() {
        assertThat(names(client.items("/emby/Artists?UserId={me}")))
                .containsOnlyOnce("Miles Davis", "Bill Evans", "Wynton Kelly", "Pink Floyd", "Lily Allen")
                .doesNotContain("MILES DAVIS", "Roger Waters");
        assertThat(names(client.items("/emby/Artists/AlbumArtists?UserId={me}")))
                .contains("Miles Davis", "Pink Floyd", "Various Artists")
                .doesNotContain("Bill Evans", "Lily Allen");
        assertThat(names(client.items("/emby/Artists?UserId={me}&ArtistType=Composer")))
                .containsExactly("Roger Waters");
        assertThat(names(client.items("/emby/Artists?UserId={me}&NameStartsWith=Mi")))
                .containsExactly("Miles Davis");
        assertThat(client.get("/emby/Artists/miles%20davis?UserId={me}")
                        .ok()
                        .path("Id")
                        .asText())
                .isEqualTo(id("MusicArtist", "Miles Davis"));
        assertThat(client.get("/emby/Artists/Nobody?UserId={me}").status()).isEqualTo(404);
        assertThat(client.get("/emby/Artists/Prefixes?UserId={me}&ArtistType=AlbumArtist")
                        .ok())
                .extracting(prefix -> prefix.path("Name").asText())
                .containsExactly("J", "M", "N", "P", "R", "V");
        assertThat(client.get("/emby/Items/Prefixes?UserId={me}&IncludeItemTypes=MusicAlbum")
                        .ok())
                .extracting(prefix -> prefix.path("Name").asText())
                .contains("A", "H", "K", "L", "O", "U");
    }

    @Test
    void artistsAreOneOrTwoByTheIdsThatTheirServersKnow() {
        String prince = id("MusicArtist", "Prince");
        assertThat(names(client.items("/emby/Artists?UserId={me}"))).doesNotContain("The Artist");
        assertThat(below("ParentId=" + prince)).containsExactly("Emancipation", "Sign");
        assertThat(client.get("/admin/merges/" + prince)
                        .ok()
                        .at("/reasons/0/text")
                        .asText())
                .isEqualTo("same musicbrainzartist 070d193a-845c-479f-980e-bef15710653e");
        List<String> nirvanas = client.items("/emby/Artists?UserId={me}&SearchTerm=nirvana").stream()
                .map(artist -> artist.path("Id").asText())
                .toList();
        assertThat(nirvanas).hasSize(2);
        assertThat(nirvanas.stream().flatMap(artist -> below("ParentId=" + artist).stream()))
                .containsExactlyInAnyOrder("Bleach", "Local Anaesthetic");
    }

    @Test
    void anArtistIsSeenInThePictureOfItsServer() {
        JsonNode artist = item(client, "MusicArtist", "Right Band");
        String tag = artist.at("/ImageTags/Primary").asText();
        assertThat(tag).isNotEmpty();
        assertThat(client.get("/emby/Items/" + artist.path("Id").asText() + "/Images/Primary?tag=" + tag)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anArtistHasAlbumsAndSongsAndCounts() {
        String floyd = id("MusicArtist", "Pink Floyd");
        JsonNode artist = client.get("/emby/Users/{me}/Items/" + floyd).ok();
        assertThat(artist.path("AlbumCount").asInt()).isEqualTo(3);
        assertThat(artist.path("SongCount").asInt()).isEqualTo(5);
        assertThat(item(client, "MusicArtist", "Pink Floyd").path("AlbumCount").asInt())
                .isEqualTo(3);
        assertThat(below("ParentId=" + floyd)).containsExactly("The Wall", "Animals", "Ummagumma");
        assertThat(below("ParentId=" + floyd + "&Recursive=true&IncludeItemTypes=Audio"))
                .containsExactly("Pigs on the Wing", "In the Flesh?", "The Thin Ice", "Astronomy Domine", "Sysyphus");
        OpenApiCheck.find()
                .ifPresent(document -> assertThat(document.check("GET", "/Users/{UserId}/Items/{Id}", 200, artist)
                                .faults())
                        .isEmpty());
    }

    @Test
    void songsAndAlbumsAreFoundByTheirArtists() {
        String miles = id("MusicArtist", "Miles Davis");
        String evans = id("MusicArtist", "Bill Evans");
        assertThat(below("Recursive=true&IncludeItemTypes=Audio&SortBy=SortName&ArtistIds=" + miles))
                .containsExactly("Freddie Freeloader", "So What");
        assertThat(below("Recursive=true&IncludeItemTypes=Audio&ContributingArtistIds=" + evans))
                .containsExactly("Freddie Freeloader");
        assertThat(below("Recursive=true&IncludeItemTypes=Audio&ContributingArtistIds=" + miles))
                .isEmpty();
        assertThat(below("Recursive=true&IncludeItemTypes=MusicAlbum&AlbumArtistIds=" + miles))
                .containsExactly("Kind of Blue");
        assertThat(below("Recursive=true&IncludeItemTypes=MusicAlbum&AlbumArtistIds=" + evans))
                .isEmpty();
        assertThat(below("Recursive=true&IncludeItemTypes=MusicAlbum&ExcludeArtistIds=" + miles))
                .isNotEmpty()
                .doesNotContain("Kind of Blue");
        assertThat(below("Recursive=true&IncludeItemTypes=Audio&Albums=the%20wall"))
                .hasSize(2);
        assertThat(below("Recursive=true&IncludeItemTypes=Audio&SortBy=SortName&GroupItemsInto=AlbumArtists"))
                .contains("Miles Davis", "Pink Floyd")
                .doesNotContain("Bill Evans");
        assertThat(below("Recursive=true&IncludeItemTypes=Audio&SortBy=SortName&GroupItemsInto=Artists"))
                .contains("Bill Evans", "Lily Allen");
        assertThat(names(client.items("/emby/MusicGenres?UserId={me}"))).containsExactly("Jazz", "Modal Jazz");
    }

    @Test
    void searchFindsArtistsAlbumsAndSongs() {
        String search = "/emby/Users/{me}/Items?Recursive=true&SearchTerm=";
        assertThat(names(client.items(search + "miles"))).containsExactly("Miles Davis");
        assertThat(names(client.items(search + "kind%20of%20blue"))).containsExactly("Kind of Blue");
        assertThat(names(client.items(search + "freddie"))).containsExactly("Freddie Freeloader");
        assertThat(client.get("/emby/Search/Hints?UserId={me}&SearchTerm=pink")
                        .ok()
                        .path("SearchHints"))
                .extracting(hint -> hint.path("Type").asText())
                .containsExactly("MusicArtist");
    }

    @Test
    void whatIsLikeAnAlbumOrAnArtistSharesItsGenres() {
        String right = id("MusicAlbum", "Only Here");
        assertThat(names(client.items("/emby/Albums/" + id("MusicAlbum", "Animals") + "/Similar?UserId={me}")))
                .contains("The Wall", "Ummagumma");
        assertThat(names(client.items("/emby/Artists/" + id("MusicArtist", "Right Band") + "/Similar?UserId={me}")))
                .contains("Miles Davis")
                .doesNotContain("Pink Floyd", "Right Band");
        assertThat(right).isNotEmpty();
        assertThat(names(client.items("/emby/Artists/InstantMix?UserId={me}&Id=" + id("MusicArtist", "Miles Davis"))))
                .contains("So What", "Right Song")
                .doesNotHaveDuplicates();
    }

    private static String music() {
        return client.items("/emby/Users/{me}/Views").stream()
                .filter(view -> view.path("CollectionType").asText().equals("music"))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }

    @Test
    void artistsAndGenresBelongToTheLibraryOfTheirMusic() {
        assertThat(below("SortBy=SortName&Recursive=true&IncludeItemTypes=MusicArtist,MusicAlbum&ParentId=" + music()))
                .contains("Kind of Blue", "Miles Davis", "Bill Evans", "Pink Floyd")
                .doesNotContain("Roger Waters", "So What", "Jazz");
        assertThat(below("IncludeItemTypes=MusicGenre,MusicAlbum&NameStartsWith=j&ParentId=" + music()))
                .containsExactly("Jazz");
        assertThat(below("SearchTerm=miles&IncludeItemTypes=MusicArtist&ParentId=" + music()))
                .containsExactly("Miles Davis");
    }

    @Test
    void theLatestOfAMusicLibraryAreAlbums() {
        List<JsonNode> latest = client.items("/emby/Users/{me}/Items/Latest?Limit=50&ParentId=" + music());
        assertThat(latest).extracting(item -> item.path("Type").asText()).containsOnly("MusicAlbum");
        assertThat(names(latest)).containsOnlyOnce("Kind of Blue", "The Wall");
    }

    @Test
    void anArtistCanBeAFavourite() {
        TestClient someone = gateway.admin();
        String artist = id("MusicArtist", "Lily Allen");
        assertThat(someone.post("/emby/Users/{me}/FavoriteItems/" + artist, "").status())
                .isEqualTo(200);
        assertThat(names(someone.items("/emby/Artists?UserId={me}&Filters=IsFavorite")))
                .containsExactly("Lily Allen");
        assertThat(someone.get("/emby/Users/{me}/Items/" + artist)
                        .ok()
                        .at("/UserData/IsFavorite")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void whoMaySeeOneServerHearsOnlyOfItsMusic() {
        TestClient kim = gateway.client().signedIn("kim", "pw");
        assertThat(names(kim.items(LIST + "MusicAlbum")))
                .contains("Kind of Blue", "The Wall")
                .doesNotContain("Animals", "Only Here");
        assertThat(names(kim.items("/emby/Artists?UserId={me}")))
                .contains("Wynton Kelly")
                .doesNotContain("Bill Evans", "Right Band", "Nico");
        JsonNode song = item(kim, "Audio", "Freddie Freeloader");
        assertThat(song.path("MediaSources")).hasSize(1);
        assertThat(song.path("ArtistItems").findValuesAsText("Name")).containsExactly("Miles Davis", "Wynton Kelly");
        assertThat(kim.get("/emby/Users/{me}/Items/" + id("MusicArtist", "Right Band"))
                        .status())
                .isEqualTo(404);
        assertThat(item(kim, "MusicArtist", "Pink Floyd").path("AlbumCount").asInt())
                .isEqualTo(2);
        assertThat(names(kim.items("/emby/MusicGenres?UserId={me}"))).containsExactly("Jazz");
    }

    @Test
    void mergesOfMusicAreListedWithTheirReasonsAndCanBeDecidedUpon() {
        JsonNode blue =
                client.get("/admin/merges/" + id("MusicAlbum", "Kind of Blue")).ok();
        assertThat(blue.path("reasons"))
                .extracting(reason -> reason.path("text").asText())
                .containsExactly("same musicbrainzreleasegroup " + GROUP);
        JsonNode song = client.get("/admin/merges/" + id("Audio", "So What")).ok();
        assertThat(song.at("/reasons/0/text").asText()).isEqualTo("same disc 1, track 1");
        assertThat(client.get("/admin/merges?type=MusicArtist").ok().path("items"))
                .extracting(item -> item.path("title").asText())
                .contains("Miles Davis", "Pink Floyd");
        String wall = id("MusicAlbum", "The Wall");
        Answer refused = act(
                "join",
                "{\"items\":[\"%s\",\"%s\"]}".formatted(id("Audio", "The Thin Ice"), id("Audio", "Pigs on the Wing")));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("The songs are not of one album.");

        String copy =
                client.get("/admin/merges/" + wall).ok().at("/copies/1/id").asText();
        Answer split = act("split", "{\"item\":\"%s\",\"copies\":[\"%s\"]}".formatted(wall, copy));
        assertThat(split.status()).as(split.text()).isEqualTo(201);
        assertThat(names(client.items(LIST + "Audio")))
                .filteredOn("The Thin Ice"::equals)
                .hasSize(2);
        String override = split.json().at("/override/id").asText();
        assertThat(act("overrides/" + override + "/undo", "").status()).isEqualTo(200);
        assertThat(names(client.items(LIST + "Audio")))
                .filteredOn("The Thin Ice"::equals)
                .hasSize(1);
    }

    private static Answer act(String act, String body) {
        return client.send("POST", "/admin/merges/" + act, Map.of("Content-Type", "application/json"), body);
    }
}
