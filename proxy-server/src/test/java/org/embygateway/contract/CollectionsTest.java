package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.sim.Face;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections of several servers are one, with what all of them hold (scenario 22). */
class CollectionsTest {
    @TempDir
    Path data;

    private final SimulatedEmby left =
            Servers.named("Left").idsFrom(Servers.LONG_IDS).start();
    private final SimulatedEmby right = Servers.named("Right")
            .face(Face.JELLYFIN)
            .idsFrom(Servers.LONG_IDS + 500)
            .start();
    private GatewayUnderTest gateway;
    private TestClient client;

    @BeforeEach
    void start() {
        SimItem alien = film(left, "Alien", 1979, "348");
        SimItem aliens = film(left, "Aliens", 1986, "679");
        SimItem third = film(left, "Alien³", 1992, "8077");
        SimItem fourth = film(left, "Alien Resurrection", 1997, "8078");
        film(left, "Heat", 1995, "949");
        left.collection("Alien", fourth, alien, third, aliens).tmdb("8091");
        left.collection("Empty");
        SimItem shows =
                left.library("Shows", "tvshows").series("Dark").year(2017).tvdb("334824");
        shows.season(1).episodes(1, 3);
        left.collection("Time", shows, film(left, "Primer", 2004, "14337"));

        right.collection(
                        "Alien Anthology",
                        film(right, "Alien", 1979, "348"),
                        film(right, "Aliens", 1986, "679"),
                        film(right, "Prometheus", 2012, "70981"))
                .tmdb("8091");
        gateway = GatewayUnderTest.over(data, left, right)
                .person("lefty", "left hand", left)
                .start()
                .indexed();
        client = gateway.admin();
    }

    private static SimItem film(SimulatedEmby server, String name, int year, String tmdb) {
        return server.library("Films", "movies")
                .movie(name)
                .year(year)
                .premiere(LocalDate.of(year, 5, 1))
                .tmdb(tmdb);
    }

    @AfterEach
    void stop() {
        try (left;
                right) {
            gateway.close();
        }
    }

    private JsonNode collection(TestClient of, String name) {
        return of
                .items(
                        "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=BoxSet&Fields=ChildCount,RecursiveItemCount")
                .stream()
                .filter(item -> item.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no collection " + name));
    }

    private static List<String> names(TestClient of, String path) {
        return of.items(path).stream().map(item -> item.path("Name").asText()).toList();
    }

    private String id(String name) {
        return client.items("/emby/Users/{me}/Items?Recursive=true&SearchTerm=" + name).stream()
                .filter(item -> item.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }

    @Test
    void scenario22CollectionsOfOneNumberAreOneWithTheUnionByDate() {
        JsonNode alien = collection(client, "Alien");
        assertThat(alien.path("ChildCount").asInt()).isEqualTo(5);
        assertThat(alien.path("RecursiveItemCount").asInt()).isEqualTo(5);
        assertThat(alien.at("/UserData/UnplayedItemCount").asInt()).isEqualTo(5);
        String id = alien.path("Id").asText();
        assertThat(names(client, "/emby/Users/{me}/Items?ParentId=" + id))
                .containsExactly("Alien", "Aliens", "Alien³", "Alien Resurrection", "Prometheus");
        assertThat(names(
                        client,
                        "/emby/Users/{me}/Items?ParentId=" + id + "&Recursive=true&IncludeItemTypes=Movie"
                                + "&SortBy=SortName&SortOrder=Descending&Limit=2"))
                .containsExactly("Prometheus", "Aliens");
        assertThat(client.get("/emby/Users/{me}/Items/" + id)
                        .ok()
                        .path("ChildCount")
                        .asInt())
                .isEqualTo(5);
        assertThat(client.get("/emby/Items/" + id + "/Images/Primary").status()).isEqualTo(200);
        assertThat(names(client, "/emby/Users/{me}/Items?Ids=" + id)).containsExactly("Alien");
    }

    @Test
    void whoSeesOneServerSeesWhatItsCollectionHolds() {
        TestClient lefty = gateway.client().signedIn("lefty", "left hand");
        JsonNode alien = collection(lefty, "Alien");
        assertThat(alien.path("ChildCount").asInt()).isEqualTo(4);
        assertThat(names(
                        lefty,
                        "/emby/Users/{me}/Items?ParentId=" + alien.path("Id").asText()))
                .containsExactly("Alien", "Aliens", "Alien³", "Alien Resurrection");
    }

    @Test
    void aCollectionWithNothingToSeeIsNotShown() {
        assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=BoxSet"))
                .containsExactlyInAnyOrder("Alien", "Time");
        assertThat(client.get("/emby/Items/Counts?UserId={me}")
                        .ok()
                        .path("BoxSetCount")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void theLibraryOfCollectionsIsThereAndListsThem() {
        JsonNode view = client.items("/emby/Users/{me}/Views").stream()
                .filter(item -> item.path("CollectionType").asText().equals("boxsets"))
                .findFirst()
                .orElseThrow();
        assertThat(view.path("Name").asText()).isEqualTo("Collections");
        String id = view.path("Id").asText();
        assertThat(names(client, "/emby/Users/{me}/Items?ParentId=" + id)).containsExactly("Alien", "Time");
        assertThat(collection(client, "Time").path("ParentId").asText()).isEqualTo(id);
        assertThat(client.get("/emby/Users/{me}/Items/" + id)
                        .ok()
                        .path("ChildCount")
                        .asInt())
                .isEqualTo(2);
        assertThat(client.items("/emby/Users/{me}/Views").stream()
                        .map(item -> item.path("CollectionType").asText()))
                .doesNotContain("playlists");
    }

    @Test
    void aLibraryListsTheCollectionsThatHoldSomethingOfIt() {
        String shows = client.items("/emby/Users/{me}/Views").stream()
                .filter(item -> item.path("CollectionType").asText().equals("tvshows"))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
        assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=BoxSet&ParentId=" + shows))
                .containsExactly("Time");
    }

    @Test
    void aTitleTellsWhichListsItIsOnAndAListWhatItHolds() {
        assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&ListItemIds=" + id("Aliens")))
                .containsExactly("Alien");
        assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&ListItemIds=" + id("Heat")))
                .isEmpty();
        String time = collection(client, "Time").path("Id").asText();
        assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&CollectionIds=" + time))
                .containsExactly("Dark", "Primer");
    }

    @Test
    void titlesCanBeShownAsTheirCollections() {
        String query = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName";
        JsonNode grouped = client.get(query + "&GroupItemsIntoCollections=true").ok();
        assertThat(grouped.path("TotalRecordCount").asInt()).isEqualTo(3);
        assertThat(names(client, query + "&CollapseBoxSetItems=true")).containsExactly("Alien", "Heat", "Time");
        assertThat(names(client, query)).hasSize(7).doesNotContain("Time");
        assertThat(names(client, query + "&CollapseBoxSetItems=true&Years=1995"))
                .containsExactly("Heat");
    }

    @Test
    void aCollectionCanBeAskedForWhatPlaysInIt() {
        String time = collection(client, "Time").path("Id").asText();
        assertThat(names(client, "/emby/Users/{me}/Items?ProjectToMedia=true&ParentId=" + time))
                .containsExactlyInAnyOrder("Primer", "Episode 1", "Episode 2", "Episode 3");
        assertThat(names(client, "/emby/Users/{me}/Items?ProjectToMedia=true&Ids=" + time))
                .hasSize(4);
        assertThat(collection(client, "Time").path("RecursiveItemCount").asInt())
                .isEqualTo(4);
    }

    @Test
    void markingACollectionMarksAllOfIt() {
        String time = collection(client, "Time").path("Id").asText();
        JsonNode marked =
                client.post("/emby/Users/{me}/PlayedItems/" + time, "").ok();
        assertThat(marked.path("Played").asBoolean()).isTrue();
        assertThat(marked.path("UnplayedItemCount").asInt()).isZero();
        assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie,Episode&IsPlayed=true"))
                .containsExactlyInAnyOrder("Primer", "Episode 1", "Episode 2", "Episode 3");
        assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=BoxSet&IsPlayed=true"))
                .containsExactly("Time");
        assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=BoxSet&IsPlayed=false"))
                .containsExactly("Alien");
        client.post("/emby/Users/{me}/FavoriteItems/" + time, "").ok();
        assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&IsFavorite=true"))
                .containsExactly("Time");
    }

    @Test
    void aDeviceHearsOfTheCollectionsWhoseCountsChange() {
        String alien = collection(client, "Alien").path("Id").asText();
        try (TestSocket socket = gateway.socket(client)) {
            client.post("/emby/Users/{me}/PlayedItems/" + id("Aliens"), "").ok();
            await().untilAsserted(() -> assertThat(socket.messages("UserDataChanged").stream()
                            .flatMap(message -> StreamSupport.stream(
                                    message.at("/Data/UserDataList").spliterator(), false)))
                    .anySatisfy(state -> {
                        assertThat(state.path("ItemId").asText()).isEqualTo(alien);
                        assertThat(state.path("UnplayedItemCount").asInt()).isEqualTo(4);
                    }));
        }
    }

    @Test
    void whatIsAddedOnAServerIsInTheCollectionAfterItsNextLook() {
        SimItem prey = film(left, "Prey", 2022, "766507");
        SimItem alien = left.items(ItemKind.BOX_SET).getFirst();
        alien.members(prey);
        String server = client.get("/admin/servers").ok().at("/items/0/id").asText();
        assertThat(client.post("/admin/servers/" + server + "/sync", "").status())
                .isBetween(200, 204);
        String id = collection(client, "Alien").path("Id").asText();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(names(client, "/emby/Users/{me}/Items?ParentId=" + id))
                    .containsExactly("Alien", "Aliens", "Prometheus", "Prey");
        });
    }

    @Test
    void collectionsOpenAfterARestartWithEveryServerDown() {
        left.down();
        right.down();
        gateway.restart();
        TestClient again = gateway.again(client);
        String id = collection(again, "Alien").path("Id").asText();
        assertThat(names(again, "/emby/Users/{me}/Items?ParentId=" + id)).hasSize(5);
        left.up();
        right.up();
    }
}
