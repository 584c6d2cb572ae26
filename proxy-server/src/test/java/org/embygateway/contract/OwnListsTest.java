package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections and playlists that people make at the gateway, over the titles of all servers. */
class OwnListsTest {
    @TempDir
    static Path data;

    private static SimulatedEmby left;
    private static SimulatedEmby right;
    private static GatewayUnderTest gateway;
    private static TestClient root;
    private static TestClient ann;
    private static TestClient lefty;

    @BeforeAll
    static void start() {
        left = Servers.named("Left").idsFrom(Servers.LONG_IDS).start();
        right = Servers.named("Right").idsFrom(Servers.LONG_IDS + 500).start();
        SimItem heat = left.library("Films", "movies").movie("Heat").year(1995).tmdb("949");
        SimItem ronin =
                left.library("Films", "movies").movie("Ronin").year(1998).tmdb("8195");
        SimItem dark =
                left.library("Shows", "tvshows").series("Dark").year(2017).tvdb("334824");
        dark.season(2).episode(1, "Beginnings");
        dark.season(1).episode(2, "Lies");
        dark.season(1).episode(1, "Secrets");
        SimItem album = left.library("Music", "music").item(ItemKind.MUSIC_ALBUM, "Blue");
        album.child(ItemKind.AUDIO, "All I Want");
        left.playlist(left.user("viewer"), "Server's Friday", ronin, heat, ronin);
        right.library("Films", "movies").movie("Heat").year(1995).tmdb("949");
        right.library("Films", "movies").movie("Alien").year(1979).tmdb("348");
        gateway = GatewayUnderTest.over(data, left, right)
                .person("ann", "anns")
                .person("lefty", "left hand", left)
                .start()
                .indexed();
        root = gateway.admin();
        ann = gateway.client().signedIn("ann", "anns");
        lefty = gateway.client().signedIn("lefty", "left hand");
    }

    @AfterAll
    static void stop() {
        try {
            gateway.close();
        } finally {
            left.close();
            right.close();
        }
    }

    private static String id(String name) {
        return root
                .items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie,Series,Episode,MusicAlbum")
                .stream()
                .filter(item -> item.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name))
                .path("Id")
                .asText();
    }

    private static String ids(String... names) {
        return String.join(",", Stream.of(names).map(OwnListsTest::id).toList());
    }

    private static List<String> names(TestClient client, String path) {
        return client.items(path).stream()
                .map(item -> item.path("Name").asText())
                .toList();
    }

    private static String playlist(TestClient client, String name, String... items) {
        JsonNode made = client.post("/emby/Playlists?Name=" + name + "&Ids=" + ids(items), "")
                .ok();
        assertThat(made.path("Name").asText()).isEqualTo(name);
        return made.path("Id").asText();
    }

    private static String view(String collectionType) {
        return root.items("/emby/Users/{me}/Views").stream()
                .filter(view -> view.path("CollectionType").asText().equals(collectionType))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }

    @Test
    void aCollectionIsMadeInALibraryOnly() {
        String films = view("movies");
        String of = "&Ids=" + ids("Heat", "Alien") + "&ParentId=";
        JsonNode made = ann.post("/emby/Collections?Name=Placed&IsLocked=true" + of + films, "")
                .ok();

        assertThat(names(ann, "/emby/Users/{me}/Items?IncludeItemTypes=BoxSet&ParentId=" + films))
                .contains("Placed");
        assertThat(names(ann, "/emby/Users/{me}/Items?IncludeItemTypes=BoxSet&ParentId=" + view("music")))
                .doesNotContain("Placed");
        assertThat(ann.post("/emby/Collections?Name=Nowhere" + of + id("Heat"), "")
                        .status())
                .isEqualTo(400);
        assertThat(ann.post("/emby/Collections?Name=Nowhere" + of + "123456789", "")
                        .status())
                .isEqualTo(404);
        assertThat(lefty.post("/emby/Collections?Name=Nowhere" + of + id("Alien"), "")
                        .status())
                .isEqualTo(404);
        assertThat(names(ann, "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=BoxSet"))
                .doesNotContain("Nowhere");
        assertThat(deleted(ann, made.path("Id").asText())).isEqualTo(204);
    }

    private static List<String> playlists(TestClient client) {
        return names(client, "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Playlist");
    }

    private static int deleted(TestClient client, String id) {
        return client.post("/emby/Items/" + id + "/Delete", "").status();
    }

    @Test
    void whatIsOnAListComesInTheOrderOfTheListWhenThatIsAskedFor() {
        String list = playlist(ann, "Mixed", "Ronin", "Alien", "Heat");
        for (String path :
                List.of("/emby/Playlists/" + list + "/Items?UserId={me}", "/emby/Users/{me}/Items?ParentId=" + list)) {
            assertThat(names(ann, path + "&SortBy=ListItemOrder&SortOrder=Ascending"))
                    .containsExactly("Ronin", "Alien", "Heat");
            assertThat(names(ann, path + "&SortBy=ListItemOrder&SortOrder=Descending"))
                    .containsExactly("Heat", "Alien", "Ronin");
            assertThat(names(ann, path + "&SortBy=SortName")).containsExactly("Alien", "Heat", "Ronin");
        }
        String collection = ann.post("/emby/Collections?Name=Shelf&Ids=" + ids("Ronin", "Alien", "Heat"), "")
                .ok()
                .path("Id")
                .asText();
        String members = "/emby/Users/{me}/Items?ParentId=" + collection;
        assertThat(names(ann, members + "&SortBy=ListItemOrder")).containsExactly("Ronin", "Alien", "Heat");
        assertThat(names(ann, members + "&SortBy=DisplayOrder")).containsExactly("Alien", "Heat", "Ronin");
        assertThat(names(ann, members + "&SortBy=DisplayOrder&SortOrder=Descending"))
                .containsExactly("Ronin", "Heat", "Alien");
        assertThat(deleted(ann, list)).isEqualTo(204);
        assertThat(deleted(ann, collection)).isEqualTo(204);
    }

    @Test
    void aPlaylistTakesInWhatPlaysInFolders() {
        JsonNode made = ann.post(
                        "/emby/Playlists", "{\"Name\":\"Evening\",\"Ids\":\"%s\"}".formatted(ids("Heat", "Dark")))
                .ok();
        assertThat(made.path("ItemAddedCount").asInt()).isEqualTo(4);
        String list = made.path("Id").asText();
        assertThat(names(ann, "/emby/Playlists/" + list + "/Items?UserId={me}"))
                .containsExactly("Heat", "Secrets", "Lies", "Beginnings");
        JsonNode shown = ann.get("/emby/Users/{me}/Items/" + list).ok();
        assertThat(shown.path("Type").asText()).isEqualTo("Playlist");
        assertThat(shown.path("MediaType").asText()).isEqualTo("Video");
        assertThat(shown.path("ChildCount").asInt()).isEqualTo(4);
        assertThat(shown.path("CanEditItems").asBoolean()).isTrue();
        assertThat(shown.path("CanDelete").asBoolean()).isTrue();
        assertThat(shown.path("PrimaryImageItemId").asText()).isEqualTo(id("Heat"));
        assertThat(ann.get("/emby/Items/" + id("Heat") + "/Images/Primary?tag="
                                + shown.path("PrimaryImageTag").asText())
                        .status())
                .isEqualTo(200);
        assertThat(deleted(ann, list)).isEqualTo(204);
        assertThat(ann.get("/emby/Users/{me}/Items/" + list).status()).isEqualTo(404);
    }

    @Test
    void entriesAreAddedMovedAndRemovedByTheirOwnIds() {
        String list = playlist(ann, "Order", "Heat", "Ronin");
        JsonNode added = ann.post("/emby/Playlists/" + list + "/Items?UserId={me}&Ids=" + ids("Heat", "Alien"), "")
                .ok();
        assertThat(added.path("ItemAddedCount").asInt()).isEqualTo(2);
        assertThat(added.path("Id").asText()).isEqualTo(list);
        String items = "/emby/Users/{me}/Items?ParentId=" + list;
        assertThat(names(ann, items)).containsExactly("Heat", "Ronin", "Heat", "Alien");
        List<String> entries = ann.items(items).stream()
                .map(item -> item.path("PlaylistItemId").asText())
                .toList();
        assertThat(entries).doesNotHaveDuplicates().allMatch(entry -> entry.matches("\\d+"));
        assertThat(ann.post("/emby/Playlists/" + list + "/Items/" + entries.get(3) + "/Move/1", "")
                        .status())
                .isEqualTo(204);
        assertThat(names(ann, items)).containsExactly("Heat", "Alien", "Ronin", "Heat");
        assertThat(ann.post("/emby/Playlists/" + list + "/Items/Delete?EntryIds=" + entries.get(0), "")
                        .status())
                .isEqualTo(204);
        assertThat(names(ann, items)).containsExactly("Alien", "Ronin", "Heat");
        assertThat(ann.delete("/emby/Playlists/" + list + "/Items?EntryIds=" + entries.get(1) + ",nonsense")
                        .status())
                .isEqualTo(204);
        assertThat(names(ann, items + "&StartIndex=1&Limit=5")).containsExactly("Heat");
        assertThat(names(ann, items + "&SortBy=SortName&SortOrder=Descending")).containsExactly("Heat", "Alien");
        JsonNode info = ann.get("/emby/Playlists/" + list + "/AddToPlaylistInfo?Ids=" + ids("Heat", "Dark"))
                .ok();
        assertThat(info.path("ContainsDuplicates").asBoolean()).isTrue();
        assertThat(info.path("ItemCount").asInt()).isEqualTo(4);
        ann.post("/emby/Playlists/" + list + "/Items?SkipDuplicates=true&Ids=" + ids("Heat", "Ronin"), "")
                .ok();
        assertThat(names(ann, items)).containsExactly("Alien", "Heat", "Ronin");
        assertThat(deleted(ann, list)).isEqualTo(204);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        String list = playlist(ann, "Sense", "Heat");
        assertThat(ann.post("/emby/Playlists?Ids=" + id("Heat"), "").status()).isEqualTo(400);
        assertThat(ann.post("/emby/Collections?Name=" + "x".repeat(400), "").status())
                .isEqualTo(400);
        assertThat(ann.post("/emby/Playlists/" + list + "/Items/999999999/Move/0", "")
                        .status())
                .isEqualTo(404);
        assertThat(ann.post("/emby/Playlists/" + list + "/Items/x/Move/-1", "").status())
                .isEqualTo(400);
        assertThat(ann.post("/emby/Collections/" + list + "/Items?Ids=" + id("Heat"), "")
                        .status())
                .isEqualTo(404);
        assertThat(ann.post("/emby/Playlists/424242/Items?Ids=" + id("Heat"), "")
                        .status())
                .isEqualTo(404);
        assertThat(ann.post("/emby/Playlists?Name=Other&UserId=" + root.userId(), "")
                        .status())
                .isEqualTo(403);
        assertThat(deleted(ann, id("Heat"))).isEqualTo(403);
        assertThat(deleted(root, id("Heat"))).isEqualTo(403);
        assertThat(ann.post("/emby/Items/" + id("Heat"), "{\"Name\":\"Cold\"}").status())
                .isEqualTo(403);
        assertThat(ann.post("/emby/Items/Access", "{\"ItemIds\":[\"%s\"],\"ItemAccess\":\"Own\"}".formatted(list))
                        .status())
                .isEqualTo(400);
        assertThat(ann.post(
                                "/emby/Items/Access",
                                "{\"ItemIds\":[\"%s\"],\"UserIds\":\"%s\",\"ItemAccess\":\"Read\"}"
                                        .formatted(list, strangers(201)))
                        .status())
                .isEqualTo(400);
        assertThat(names(ann, "/emby/Playlists/" + list + "/Items")).containsExactly("Heat");
        assertThat(deleted(ann, list)).isEqualTo(204);
    }

    private static String strangers(int count) {
        return Stream.generate(() -> UserId.random().value()).limit(count).collect(Collectors.joining(","));
    }

    @Test
    void whatIsTooMuchForAListIsRefusedAndLeavesNone() {
        String list = playlist(ann, "Full", "Heat");
        String ids = String.join(",", Collections.nCopies(700, id("Dark")));
        ann.post("/emby/Playlists/" + list + "/Items", "{\"Ids\":\"%s\"}".formatted(ids))
                .ok();
        String often = String.join(",", Collections.nCopies(10, list));
        assertThat(ann.post("/emby/Playlists", "{\"Name\":\"Huge\",\"Ids\":\"%s\"}".formatted(often))
                        .status())
                .isEqualTo(400);
        assertThat(playlists(ann)).doesNotContain("Huge");
        assertThat(ann.get("/emby/Playlists/" + list + "/AddToPlaylistInfo?Ids=" + often)
                        .status())
                .isEqualTo(400);
        assertThat(deleted(ann, list)).isEqualTo(204);
    }

    @Test
    void aPlaylistIsItsOwnersAloneUntilItIsShared() {
        String list = playlist(ann, "Secret", "Heat", "Alien");
        for (TestClient other : List.of(root, lefty)) {
            assertThat(playlists(other)).doesNotContain("Secret");
            assertThat(other.get("/emby/Users/{me}/Items/" + list).status()).isEqualTo(404);
            assertThat(other.get("/emby/Playlists/" + list + "/Items").status()).isEqualTo(404);
            assertThat(names(other, "/emby/Users/{me}/Items?ParentId=" + list)).isEmpty();
            assertThat(names(other, "/emby/Users/{me}/Items?Ids=" + list)).isEmpty();
            assertThat(names(other, "/emby/Users/{me}/Items?Recursive=true&SearchTerm=Secret"))
                    .doesNotContain("Secret");
            assertThat(names(other, "/emby/Users/{me}/Items?Recursive=true&ListItemIds=" + id("Heat")))
                    .doesNotContain("Secret");
            assertThat(other.post("/emby/Users/{me}/FavoriteItems/" + list, "").status())
                    .isEqualTo(404);
            assertThat(deleted(other, list)).isEqualTo(404);
        }
        assertThat(access(ann, list, lefty, "Read")).isEqualTo(204);
        assertThat(names(lefty, "/emby/Playlists/" + list + "/Items")).containsExactly("Heat");
        JsonNode shown = lefty.get("/emby/Users/{me}/Items/" + list).ok();
        assertThat(shown.path("CanEditItems").asBoolean()).isFalse();
        assertThat(shown.path("CanLeaveContent").asBoolean()).isTrue();
        assertThat(lefty.post("/emby/Playlists/" + list + "/Items?Ids=" + id("Ronin"), "")
                        .status())
                .isEqualTo(403);
        assertThat(access(lefty, list, lefty, "ManageDelete")).isEqualTo(403);

        access(ann, list, lefty, "Write");
        lefty.post("/emby/Playlists/" + list + "/Items?Ids=" + id("Ronin"), "").ok();
        assertThat(names(ann, "/emby/Playlists/" + list + "/Items")).containsExactly("Heat", "Alien", "Ronin");
        String mine = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Playlist&CanEditItems=true";
        assertThat(names(lefty, mine)).containsExactly("Secret");
        assertThat(deleted(lefty, list)).isEqualTo(403);
        String last = lefty.items("/emby/Playlists/" + list + "/Items")
                .getLast()
                .path("PlaylistItemId")
                .asText();
        lefty.post("/emby/Playlists/" + list + "/Items/" + last + "/Move/0", "");
        assertThat(names(ann, "/emby/Playlists/" + list + "/Items")).containsExactly("Ronin", "Heat", "Alien");

        String leaving = "{\"ItemIds\":[\"%s\"],\"UserId\":\"%s\"}".formatted(list, lefty.userId());
        assertThat(lefty.post("/emby/Items/Shared/Leave", leaving).status()).isEqualTo(204);
        assertThat(playlists(lefty)).doesNotContain("Secret");

        assertThat(ann.post("/emby/Items/" + list + "/MakePublic", "").status()).isEqualTo(204);
        assertThat(playlists(lefty)).contains("Secret");
        assertThat(ann.post("/emby/Items/" + list + "/MakePrivate", "").status())
                .isEqualTo(204);
        assertThat(playlists(lefty)).doesNotContain("Secret");
        assertThat(deleted(ann, list)).isEqualTo(204);
    }

    private static int access(TestClient by, String list, TestClient with, String level) {
        return by.post(
                        "/emby/Items/Access",
                        "{\"ItemIds\":[\"%s\"],\"UserIds\":[\"%s\"],\"ItemAccess\":\"%s\"}"
                                .formatted(list, with.userId(), level))
                .status();
    }

    @Test
    void whomAListCanBeSharedWithIsTold() {
        assertThat(names(ann, "/emby/Users/ItemAccess")).containsExactlyInAnyOrder("root", "lefty");
        assertThat(ann.get("/emby/Users/{me}")
                        .ok()
                        .at("/Policy/AllowSharingPersonalItems")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aCollectionShowsEverybodyWhatTheyMaySee() {
        JsonNode made = ann.post("/emby/Collections?Name=Crime&Ids=" + ids("Alien", "Heat", "Dark"), "")
                .ok();
        String collection = made.path("Id").asText();
        assertThat(made.path("Name").asText()).isEqualTo("Crime");
        assertThat(names(ann, "/emby/Users/{me}/Items?ParentId=" + collection))
                .containsExactly("Alien", "Heat", "Dark");
        assertThat(names(lefty, "/emby/Users/{me}/Items?ParentId=" + collection))
                .containsExactly("Heat", "Dark");
        assertThat(lefty.get("/emby/Users/{me}/Items/" + collection)
                        .ok()
                        .path("RecursiveItemCount")
                        .asInt())
                .isEqualTo(4);
        assertThat(lefty.post("/emby/Collections/" + collection + "/Items?Ids=" + id("Ronin"), "")
                        .status())
                .isEqualTo(403);
        assertThat(ann.post("/emby/Collections/" + collection + "/Items?Ids=" + ids("Ronin", "Heat"), "")
                        .status())
                .isEqualTo(204);
        assertThat(ann.post("/emby/Collections/" + collection + "/Items/Delete?Ids=" + ids("Heat", "Dark"), "")
                        .status())
                .isEqualTo(204);
        assertThat(names(ann, "/emby/Users/{me}/Items?ParentId=" + collection)).containsExactly("Alien", "Ronin");
        assertThat(ann.post("/emby/Items/" + collection, "{\"Name\":\"Chase\"}").status())
                .isEqualTo(204);
        ann.delete("/emby/Collections/" + collection + "/Items?Ids=" + id("Ronin"));
        String collections = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=BoxSet";
        assertThat(names(lefty, collections)).doesNotContain("Chase");
        assertThat(names(ann, collections)).contains("Chase");
        assertThat(ann.delete("/emby/Items?Ids=" + collection).status()).isEqualTo(204);
        assertThat(names(ann, collections)).doesNotContain("Chase");
    }

    @Test
    void aServersPlaylistIsReadOnlyForThoseWhoSeeTheServer() {
        JsonNode list =
                lefty
                        .items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Playlist&Fields=CanEditItems")
                        .stream()
                        .filter(item -> item.path("Name").asText().equals("Server's Friday"))
                        .findFirst()
                        .orElseThrow();
        String id = list.path("Id").asText();
        assertThat(list.path("CanEditItems").asBoolean()).isFalse();
        List<JsonNode> entries = lefty.items("/emby/Playlists/" + id + "/Items?UserId={me}");
        assertThat(entries).extracting(item -> item.path("Name").asText()).containsExactly("Ronin", "Heat", "Ronin");
        assertThat(entries)
                .extracting(item -> item.path("PlaylistItemId").asText())
                .containsExactly("1", "2", "3");
        assertThat(lefty.post("/emby/Playlists/" + id + "/Items?Ids=" + id("Heat"), "")
                        .status())
                .isEqualTo(403);
        assertThat(deleted(root, id)).isEqualTo(403);
        assertThat(lefty.items("/emby/Users/{me}/Views").stream()
                        .map(view -> view.path("CollectionType").asText()))
                .contains("playlists");
    }

    @Test
    void devicesHearOfListsThatTheirUserMaySee() {
        try (TestSocket mine = gateway.socket(ann);
                TestSocket others = gateway.socket(lefty)) {
            String list = playlist(ann, "Heard", "Heat");
            await().untilAsserted(() -> assertThat(mine.messages("LibraryChanged"))
                    .anySatisfy(message -> assertThat(message.at("/Data/ItemsUpdated"))
                            .anySatisfy(id -> assertThat(id.asText()).isEqualTo(list))));
            assertThat(others.messages("LibraryChanged"))
                    .noneMatch(message -> message.toString().contains("\"" + list + "\""));
            assertThat(deleted(ann, list)).isEqualTo(204);
        }
    }
}
