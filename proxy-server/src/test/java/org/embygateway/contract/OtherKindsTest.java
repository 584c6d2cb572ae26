package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.check.OpenApiCheck;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Home videos, photos, music videos, books, games and trailers of two servers: one library of each, side by side in it. */
@Timeout(120)
class OtherKindsTest {
    private static final String LISTED = "/emby/Users/{me}/Items?Recursive=true";

    @TempDir
    static Path data;

    private static SimulatedEmby left;
    private static SimulatedEmby right;
    private static SimItem rightPhoto;
    private static SimItem rightBook;
    private static GatewayUnderTest gateway;
    private static TestClient client;

    @BeforeAll
    static void start() {
        left = Servers.named("left").start();
        right = Servers.named("right").idsFrom(Servers.LONG_IDS).start();
        fill(left, "Left");
        fill(right, "Right");
        rightPhoto = file(right, "photos", "Right Dawn", ItemKind.PHOTO);
        rightBook = right.items(ItemKind.BOOK).getFirst();
        gateway = GatewayUnderTest.over(data, left, right)
                .person("kim", "pw", left)
                .start()
                .indexed();
        client = gateway.admin();
    }

    /** The same libraries on both servers, with titles that tell the server, but for one that both have. */
    private static void fill(SimulatedEmby server, String whose) {
        SimItem summer = server.library("Home", "homevideos").item(ItemKind.FOLDER, whose + " Summer");
        summer.child(ItemKind.VIDEO, whose + " Beach");
        summer.child(ItemKind.FOLDER, whose + " August").child(ItemKind.VIDEO, whose + " Storm");
        server.library("Home", "homevideos").item(ItemKind.VIDEO, whose + " Loose");
        server.library("Home", "homevideos").item(ItemKind.VIDEO, "Birthday");
        server.library("Photos", "photos")
                .item(ItemKind.PHOTO_ALBUM, whose + " Album")
                .child(ItemKind.PHOTO, whose + " Portrait")
                .version("original", 30_000);
        server.library("Clips", "musicvideos").item(ItemKind.MUSIC_VIDEO, whose + " Clip");
        file(server, "books", whose + " Novel", ItemKind.BOOK);
        file(server, "games", whose + " Quest", ItemKind.GAME);
        server.library("Games", "games")
                .item(ItemKind.GAME_SYSTEM, whose + " Console")
                .child(ItemKind.GAME, whose + " Race")
                .genres("Racing", whose + " Fun")
                .version("original", 30_000);
        server.library("Previews", "trailers").item(ItemKind.TRAILER, whose + " Preview");
        server.library("Spoken", "audiobooks").item(ItemKind.AUDIO_BOOK, whose + " Tale");
    }

    private static SimItem file(SimulatedEmby server, String collectionType, String name, ItemKind kind) {
        String library = collectionType.substring(0, 1).toUpperCase(Locale.ROOT) + collectionType.substring(1);
        return server.library(library, collectionType).item(kind, name).version("original", 30_000);
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

    private static JsonNode item(String type, String name) {
        return client.items(LISTED + "&IncludeItemTypes=" + type).stream()
                .filter(item -> item.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String view(String collectionType) {
        return client.items("/emby/Users/{me}/Views").stream()
                .filter(view -> view.path("CollectionType").asText().equals(collectionType))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }

    private static List<String> below(String parent) {
        return names(client.items("/emby/Users/{me}/Items?SortBy=SortName&ParentId=" + parent));
    }

    @Test
    void eachSortOfLibraryIsThereOnce() {
        assertThat(client.items("/emby/Users/{me}/Views"))
                .extracting(view -> view.path("CollectionType").asText())
                .doesNotHaveDuplicates()
                .contains("homevideos", "photos", "musicvideos", "books", "games", "trailers", "audiobooks");
    }

    @ParameterizedTest
    @CsvSource({
        "Video,VIDEO,Left Beach,Right Beach",
        "MusicVideo,VIDEO,Left Clip,Right Clip",
        "Photo,PHOTO,Left Portrait,Right Portrait",
        "PhotoAlbum,,Left Album,Right Album",
        "Folder,,Left August,Right August",
        "Book,BOOK,Left Novel,Right Novel",
        "Game,GAME,Left Quest,Right Quest",
        "GameSystem,,Left Console,Right Console",
        "Trailer,VIDEO,Left Preview,Right Preview",
        "AudioBook,AUDIO,Left Tale,Right Tale"
    })
    void titlesOfBothServersAreListedFoundAndOpened(String type, String media, String one, String other) {
        assertThat(names(client.items(LISTED + "&IncludeItemTypes=" + type))).contains(one, other);
        if (!type.equals("Folder")) {
            assertThat(names(client.items(LISTED + "&SearchTerm=" + other))).containsExactly(other);
        }
        String id = item(type, other).path("Id").asText();
        JsonNode detail = client.get("/emby/Users/{me}/Items/" + id).ok();
        assertThat(detail.path("Type").asText()).isEqualTo(type);
        assertThat(detail.path("MediaType").asText("")).isEqualToIgnoringCase(media == null ? "" : media);
        OpenApiCheck.find()
                .ifPresent(document -> assertThat(document.check("GET", "/Users/{UserId}/Items/{Id}", 200, detail)
                                .faults())
                        .isEmpty());
        String tag = detail.path("ImageTags").path("Primary").asText();
        assertThat(client.get("/emby/Items/" + id + "/Images/Primary?tag=" + tag)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatBothHaveStaysSideBySide() {
        assertThat(names(client.items(LISTED + "&IncludeItemTypes=Video&SearchTerm=Birthday")))
                .containsExactly("Birthday", "Birthday");
    }

    @Test
    void homeVideosAreBrowsedFolderByFolder() {
        assertThat(below(view("homevideos")))
                .containsExactly("Birthday", "Birthday", "Left Loose", "Left Summer", "Right Loose", "Right Summer");
        JsonNode summer = item("Folder", "Right Summer");
        assertThat(below(summer.path("Id").asText())).containsExactly("Right August", "Right Beach");
        JsonNode august = item("Folder", "Right August");
        assertThat(august.path("ParentId")).isEqualTo(summer.path("Id"));
        assertThat(below(august.path("Id").asText())).containsExactly("Right Storm");
        assertThat(names(client.items(LISTED + "&IncludeItemTypes=Video&ParentId="
                        + summer.path("Id").asText())))
                .containsExactlyInAnyOrder("Right Beach", "Right Storm");
        String storm = item("Video", "Right Storm").path("Id").asText();
        assertThat(names(client.items("/emby/Items/" + storm + "/Ancestors?UserId={me}")))
                .startsWith("Right August", "Right Summer");
        assertThat(client.get("/emby/Users/{me}/Items/" + summer.path("Id").asText())
                        .ok()
                        .path("RecursiveItemCount")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void photosLieInTheirAlbumsAndAreDownloaded() {
        assertThat(below(view("photos"))).containsExactly("Left Album", "Right Album", "Right Dawn");
        assertThat(below(item("PhotoAlbum", "Left Album").path("Id").asText())).containsExactly("Left Portrait");

        String dawn = item("Photo", "Right Dawn").path("Id").asText();
        assertThat(client.get("/emby/Users/{me}/Items/" + dawn)
                        .ok()
                        .path("CanDownload")
                        .asBoolean())
                .isTrue();
        assertThat(client.get("/emby/Items/" + dawn + "/Download").body())
                .isEqualTo(rightPhoto.content(0).bytes(0, 30_000));
        Answer picture = client.get("/emby/Items/" + dawn + "/Images/Primary");
        assertThat(picture.header("Content-Type").orElse("")).startsWith("image/");
    }

    @Test
    void aBookIsReadFromItsFile() {
        String novel = item("Book", "Right Novel").path("Id").asText();
        Answer file = client.get("/emby/Items/" + novel + "/File", "Range", "bytes=10-19");
        assertThat(file.status()).isEqualTo(206);
        assertThat(file.body()).isEqualTo(rightBook.content(0).bytes(10, 10));
    }

    @Test
    void videosPlay() {
        for (String[] one : new String[][] {{"Video", "Right Storm"}, {"MusicVideo", "Right Clip"}}) {
            String id = item(one[0], one[1]).path("Id").asText();
            JsonNode info = client.post("/emby/Items/" + id + "/PlaybackInfo?UserId={me}", "{\"DeviceProfile\":{}}")
                    .ok();
            assertThat(info.path("MediaSources")).hasSize(1);
            assertThat(client.get("/emby/Videos/" + id + "/stream.mkv?Static=true", "Range", "bytes=0-9")
                            .status())
                    .isEqualTo(206);
        }
    }

    @Test
    void theyCountAndAppearAmongTheLatest() {
        JsonNode counts = client.get("/emby/Items/Counts?UserId={me}").ok();
        assertThat(counts.path("MusicVideoCount").asInt()).isEqualTo(2);
        assertThat(counts.path("BookCount").asInt()).isEqualTo(2);
        assertThat(counts.path("GameCount").asInt()).isEqualTo(4);
        assertThat(counts.path("GameSystemCount").asInt()).isEqualTo(2);
        assertThat(counts.path("TrailerCount").asInt()).isEqualTo(2);
        assertThat(names(client.items("/emby/Users/{me}/Items/Latest?Limit=50&ParentId=" + view("homevideos"))))
                .contains("Left Beach", "Right Storm", "Right Loose")
                .doesNotContain("Right Summer");
        assertThat(names(client.items("/emby/Users/{me}/Items/Latest?Limit=50&ParentId=" + view("photos"))))
                .contains("Left Album", "Right Dawn");
        assertThat(names(client.items("/emby/Trailers?UserId={me}"))).containsExactly("Left Preview", "Right Preview");
    }

    @Test
    void gamesLieInTheirSystemsAndHaveGenresOfTheirOwn() {
        assertThat(below(view("games"))).containsExactly("Left Console", "Left Quest", "Right Console", "Right Quest");
        JsonNode console = item("GameSystem", "Right Console");
        String id = console.path("Id").asText();
        assertThat(below(id)).containsExactly("Right Race");
        JsonNode race = client.get("/emby/Users/{me}/Items/"
                        + item("Game", "Right Race").path("Id").asText())
                .ok();
        assertThat(race.path("ParentId").asText()).isEqualTo(id);
        assertThat(race.path("GameSystemId").asText()).isEqualTo(id);
        assertThat(race.path("GameSystem").asText()).isEqualTo("Right Console");
        assertThat(names(client.items(LISTED + "&IncludeItemTypes=Game&SortBy=GameSystem&SortOrder=Descending")))
                .startsWith("Right Race", "Left Race");

        assertThat(names(client.items("/emby/GameGenres?UserId={me}")))
                .containsExactly("Left Fun", "Racing", "Right Fun");
        assertThat(names(client.items("/emby/Genres?UserId={me}"))).isEmpty();
        JsonNode racing = client.get("/emby/GameGenres/racing?UserId={me}").ok();
        assertThat(racing.path("Type").asText()).isEqualTo("GameGenre");
        assertThat(client.get("/emby/GameGenres/nothing?UserId={me}").status()).isEqualTo(404);
        assertThat(names(client.items(LISTED + "&GenreIds=" + racing.path("Id").asText())))
                .containsExactlyInAnyOrder("Left Race", "Right Race");
        assertThat(names(client.items(LISTED + "&Genres=left%20fun"))).containsExactly("Left Race");
        assertThat(names(client.items("/emby/Games/" + race.path("Id").asText() + "/Similar?UserId={me}")))
                .containsExactly("Left Race");
    }

    @Test
    void whoMaySeeOneServerSeesItsFoldersAlone() {
        TestClient kim = gateway.client().signedIn("kim", "pw");
        String summer = item("Folder", "Right Summer").path("Id").asText();

        assertThat(names(kim.items(LISTED + "&IncludeItemTypes=Folder")))
                .containsExactlyInAnyOrder("Left Summer", "Left August");
        assertThat(kim.items("/emby/Users/{me}/Items?ParentId=" + summer)).isEmpty();
        assertThat(kim.get("/emby/Items/"
                                + item("Photo", "Right Dawn").path("Id").asText() + "/Download")
                        .status())
                .isEqualTo(404);
    }
}
