package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Administrators look at merges and decide otherwise; lists and what people watched follow at once. */
@Timeout(120)
class MergeAdministrationTest {
    private static final String MOVIES = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Duration RUN_TIME = Duration.ofMinutes(100);
    private static final long POSITION = 24_000_000_000L;

    @TempDir
    Path data;

    private final SimulatedEmby one = Servers.named("one").start();
    private final SimulatedEmby two = Servers.named("two").start();
    private GatewayUnderTest gateway;
    private TestClient root;

    @BeforeEach
    void start() {
        for (SimulatedEmby server : List.of(one, two)) {
            film(server, "Heat", 1995, "949");
        }
        film(one, "Ran", 1985, "11645");
        film(two, "乱", 1985, "0");
        gateway = GatewayUnderTest.over(data, one, two)
                .person("kim", "pw", one, two)
                .start()
                .indexed();
        root = gateway.admin();
    }

    private static SimItem film(SimulatedEmby server, String name, int year, String tmdb) {
        return server.library("Films", "movies")
                .movie(name)
                .year(year)
                .tmdb(tmdb)
                .runtime(RUN_TIME);
    }

    @AfterEach
    void close() {
        try {
            gateway.close();
        } finally {
            one.close();
            two.close();
        }
    }

    private static List<String> ids(TestClient client, String name) {
        return client.items(MOVIES).stream()
                .filter(item -> item.path("Name").asText().equals(name))
                .map(item -> item.path("Id").asText())
                .toList();
    }

    private Answer act(String act, String body) {
        return root.send("POST", "/admin/merges/" + act, JSON, body);
    }

    private static JsonNode created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode split(String film) {
        JsonNode copies = root.get("/admin/merges/" + film).ok().path("copies");
        assertThat(copies).hasSize(2);
        return created(act(
                "split",
                "{\"item\":\"%s\",\"copies\":[\"%s\"]}"
                        .formatted(film, copies.path(1).path("id").asText())));
    }

    private void crawlAgain() {
        for (JsonNode server : root.get("/admin/servers").ok().path("items")) {
            String before = server.at("/sync/lastFullAt").asText();
            String path = "/admin/servers/" + server.path("id").asText();
            assertThat(root.post(path + "/sync", "").status()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    root.get(path).ok().at("/sync/lastFullAt").asText())
                            .isNotEqualTo(before)
                            .isNotEmpty());
        }
    }

    @Test
    void scenario24AfterASplitListsResumeStateAndIdsOfBothHalvesAreRightAndNoCrawlMergesThemAgain() {
        TestClient kim = gateway.client().signedIn("kim", "pw");
        String heat = ids(kim, "Heat").getFirst();
        assertThat(kim.post(
                                "/emby/Users/{me}/Items/" + heat + "/UserData",
                                "{\"PlaybackPositionTicks\":%d}".formatted(POSITION))
                        .status())
                .isLessThan(300);
        assertThat(resumed(kim)).containsExactly(heat);

        JsonNode done = split(heat);

        List<String> halves = ids(kim, "Heat");
        assertThat(halves).hasSize(2).contains(heat);
        assertThat(done.path("items"))
                .extracting(item -> item.path("id").asText())
                .containsExactlyInAnyOrderElementsOf(halves);
        assertThat(resumed(kim)).containsExactlyInAnyOrderElementsOf(halves);
        for (String half : halves) {
            JsonNode detail = kim.get("/emby/Users/{me}/Items/" + half + "?Fields=MediaSources")
                    .ok();
            assertThat(detail.path("MediaSources")).hasSize(1);
            assertThat(detail.at("/UserData/PlaybackPositionTicks").asLong()).isEqualTo(POSITION);
        }

        crawlAgain();
        assertThat(ids(kim, "Heat")).containsExactlyInAnyOrderElementsOf(halves);
        gateway.restart();
        kim = gateway.again(kim);
        root = gateway.again(root);
        assertThat(ids(kim, "Heat")).containsExactlyInAnyOrderElementsOf(halves);
        assertThat(resumed(kim)).containsExactlyInAnyOrderElementsOf(halves);

        String override = done.at("/override/id").asText();
        assertThat(root.post("/admin/merges/overrides/" + override + "/undo", "")
                        .status())
                .isEqualTo(200);
        assertThat(ids(kim, "Heat")).containsExactly(heat);
        assertThat(resumed(kim)).containsExactly(heat);
        for (String half : halves) {
            assertThat(kim.get("/emby/Users/{me}/Items/" + half)
                            .ok()
                            .path("Name")
                            .asText())
                    .isEqualTo("Heat");
        }
    }

    private static List<String> resumed(TestClient client) {
        return client.items("/emby/Users/{me}/Items/Resume?MediaTypes=Video").stream()
                .map(item -> item.path("Id").asText())
                .toList();
    }

    @Test
    void twoFilmsThatWereJoinedAreOneUntilItIsUndone() {
        String ran = ids(root, "Ran").getFirst();
        String chinese = ids(root, "乱").getFirst();
        JsonNode done = created(act("join", "{\"items\":[\"%s\",%s]}".formatted(chinese, ran)));
        assertThat(done.at("/override/act").asText()).isEqualTo("join");
        assertThat(done.at("/override/madeBy").asText()).isEqualTo(GatewayUnderTest.ADMIN);
        assertThat(done.at("/items/0/reasons/0/override").asText())
                .isEqualTo(done.at("/override/id").asText());
        assertThat(root.items(MOVIES)).hasSize(2);
        for (String id : List.of(ran, chinese)) {
            assertThat(root.get("/emby/Users/{me}/Items/" + id + "?Fields=MediaSources")
                            .ok()
                            .path("MediaSources"))
                    .hasSize(2);
        }
        crawlAgain();
        assertThat(root.items(MOVIES)).hasSize(2);
        assertThat(root.get("/admin/merges?filter=overridden").ok().path("items"))
                .hasSize(1);

        String undo = "/admin/merges/overrides/" + done.at("/override/id").asText() + "/undo";
        assertThat(root.post(undo, "").ok().path("items")).hasSize(2);
        assertThat(ids(root, "Ran")).containsExactly(ran);
        assertThat(ids(root, "乱")).containsExactly(chinese);
        assertThat(root.post(undo, "").status()).isEqualTo(409);
    }

    @Test
    void whatMustNeverBeOneStaysTwoWhenItsServerCorrectsItsIds() {
        String ran = ids(root, "Ran").getFirst();
        String chinese = ids(root, "乱").getFirst();
        created(act("never", "{\"items\":[\"%s\",\"%s\"]}".formatted(ran, chinese)));
        two.items(ItemKind.MOVIE).stream()
                .filter(item -> item.name().equals("乱"))
                .findFirst()
                .orElseThrow()
                .tmdb("11645");
        crawlAgain();
        assertThat(root.items(MOVIES)).hasSize(3);
        JsonNode journal = root.get("/admin/merges/overrides").ok().path("items");
        assertThat(journal).hasSize(1);
        assertThat(journal.at("/0/apartFrom/0/title").asText()).isEqualTo("乱");
    }

    @Test
    void librariesCanBeTakenApartToo() {
        String films =
                root.items("/emby/Users/{me}/Views").getFirst().path("Id").asText();
        assertThat(root.get("/admin/merges?type=CollectionFolder").ok().path("items"))
                .hasSize(1);
        split(films);
        List<JsonNode> views = root.items("/emby/Users/{me}/Views");
        assertThat(views).hasSize(2);
        for (JsonNode view : views) {
            assertThat(root.items(MOVIES + "&ParentId=" + view.path("Id").asText()))
                    .hasSize(2);
        }
        assertThat(root.items(MOVIES)).hasSize(3);
    }

    @Test
    void aGroupTellsItsCopiesByTheirServersNameAndNothingOfTheirAddress() {
        JsonNode listed = root.get("/admin/merges").ok();
        assertThat(listed.path("items")).hasSize(1);
        JsonNode heat = listed.at("/items/0");
        assertThat(heat.path("title").asText()).isEqualTo("Heat");
        assertThat(heat.path("copies"))
                .extracting(copy -> copy.at("/server/name").asText())
                .containsExactly("one", "two");
        assertThat(heat.at("/copies/0/providerIds/tmdb").asText()).isEqualTo("949");
        assertThat(heat.at("/copies/0/runTimeMs").asLong()).isEqualTo(RUN_TIME.toMillis());
        assertThat(heat.at("/reasons/0/text").asText()).isEqualTo("same tmdb 949");
        assertThat(heat.toString()).doesNotContain("127.0.0.1", "secret", "/media");
    }

    @Test
    void titlesAreFoundWhetherTheyAreMergedOrNot() {
        assertThat(root.get("/admin/merges?title=ran").ok().at("/items/0/title").asText())
                .isEqualTo("Ran");
        assertThat(root.get("/admin/merges?title=ran&filter=merged").ok().path("items"))
                .isEmpty();
        assertThat(root.get("/admin/merges?title=heat&type=Series").ok().path("items"))
                .isEmpty();
        assertThat(root.get("/admin/merges?title=heat&filter=merged&type=Movie")
                        .ok()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void onlyAdministratorsMayLookAndDecide() {
        TestClient kim = gateway.client().signedIn("kim", "pw");
        for (String path : List.of("", "/overrides", "/" + ids(root, "Heat").getFirst())) {
            assertThat(kim.get("/admin/merges" + path).status()).isEqualTo(403);
            assertThat(gateway.client().get("/admin/merges" + path).status()).isEqualTo(401);
        }
        for (String act : List.of("join", "split", "never", "overrides/1/undo")) {
            assertThat(kim.send("POST", "/admin/merges/" + act, JSON, "{}").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void whatMakesNoSenseIsAProblemWithAReason() {
        String heat = ids(root, "Heat").getFirst();
        String ran = ids(root, "Ran").getFirst();
        String view = root.items("/emby/Users/{me}/Views").getFirst().path("Id").asText();
        problem(act("join", "{}"), 400, "validation");
        problem(act("join", "{\"items\":\"" + heat + "\"}"), 400, "validation");
        problem(act("join", "{\"items\":[\"" + heat + "\"]}"), 400, "validation");
        problem(act("join", "{\"items\":[\"" + heat + "\",\"x\"]}"), 400, "validation");
        problem(act("join", "{\"items\":[\"" + heat + "\",\"" + heat + "\"]}"), 409, "merge.one-already");
        problem(act("join", "{\"items\":[\"" + heat + "\",\"" + view + "\"]}"), 409, "merge.other-type");
        problem(act("join", "{\"items\":[\"" + heat + "\",\"2147483647\"]}"), 404, "merge.unknown-item");
        problem(act("never", "{\"items\":[1,2,3]}"), 400, "validation");
        problem(act("split", "{\"item\":\"" + heat + "\"}"), 400, "validation");
        problem(act("split", "{\"item\":\"" + heat + "\",\"copies\":[\"99999\"]}"), 400, "validation");
        String only = root.get("/admin/merges/" + ran).ok().at("/copies/0/id").asText();
        problem(act("split", "{\"item\":\"" + ran + "\",\"copies\":[\"" + only + "\"]}"), 409, "merge.nothing-remains");
        problem(root.post("/admin/merges/overrides/77/undo", ""), 404, "merge.unknown-override");
        problem(root.post("/admin/merges/overrides/x/undo", ""), 404, "merge.unknown-override");
        problem(root.get("/admin/merges?filter=all"), 400, "validation");
        problem(root.get("/admin/merges?type=Nothing"), 400, "validation");
        assertThat(root.get("/admin/merges/999999").status()).isEqualTo(404);
        assertThat(act("join", "[1,2]").status()).isEqualTo(400);
        assertThat(root.get("/admin/merges/overrides").ok().path("items")).isEmpty();
    }

    private static void problem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }
}
