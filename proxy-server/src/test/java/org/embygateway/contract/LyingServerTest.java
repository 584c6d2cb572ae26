package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.sim.Faults;
import org.embygateway.protocol.sim.RecordedRequest;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that lies never damages the catalogue. */
@Timeout(120)
class LyingServerTest {
    private static final String LISTS = "GET /Users/{UserId}/Items";
    private static final String MOVIES = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName";
    private static final int FILMS = 450;
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    Path data;

    private SimulatedEmby server;
    private GatewayUnderTest gateway;
    private TestClient client;

    @BeforeEach
    void fill() {
        server = Servers.named("left").start();
        IntStream.range(0, FILMS).forEach(this::film);
        gateway = GatewayUnderTest.over(data, server);
    }

    private SimItem film(int number) {
        return server.library("Films", "movies")
                .movie("Film %03d".formatted(number))
                .year(1980)
                .tmdb(Integer.toString(9_000 + number));
    }

    private void start() {
        client = gateway.start().admin();
    }

    private void startIndexed() {
        start();
        gateway.indexed();
    }

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    /** Lists of many items, as crawls and sweeps ask for; {@code lie} may change them in place. */
    private void lies(UnaryOperator<ObjectNode> lie) {
        manyItems().twist(answer -> answer instanceof ObjectNode list && list.has("Items") ? lie.apply(list) : answer);
    }

    private Faults.Fault manyItems() {
        return server.faults()
                .on(LISTS)
                .when(request -> request.query().number("Limit").orElse(0) >= 200);
    }

    private static void keep(ObjectNode list, int items, long total) {
        ArrayNode entries = (ArrayNode) list.path("Items");
        while (entries.size() > items) {
            entries.remove(entries.size() - 1);
        }
        list.put("TotalRecordCount", total);
    }

    /** Asks for changes and deletions, and waits until the server was swept. */
    private void sweep() {
        long before = sweeps();
        assertThat(client.post("/admin/sync", "{}").status()).isEqualTo(202);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(sweeps()).as("sweeps, %s", progress()).isGreaterThan(before);
            assertThat(isAtRest()).as("at rest, %s", progress()).isTrue();
        });
    }

    private long sweeps() {
        return server.traffic().requests(LISTS).stream()
                .filter(request -> request.query().number("Limit").orElse(0) == 1000)
                .filter(request -> request.query().has("ParentId"))
                .count();
    }

    private boolean isAtRest() {
        return progress().path("phase").asText().equals("idle") && progress().has("nextRunAt");
    }

    private JsonNode progress() {
        return client.get("/admin/sync").ok().path("items").path(0);
    }

    private List<String> names() {
        return client.items(MOVIES).stream()
                .map(item -> item.path("Name").asText())
                .toList();
    }

    private void everyFilmIsThereOnce() {
        assertThat(names())
                .isEqualTo(IntStream.range(0, FILMS)
                        .mapToObj("Film %03d"::formatted)
                        .toList());
        assertThat(client.get(MOVIES + "&Limit=0").ok().path("TotalRecordCount").asInt())
                .isEqualTo(FILMS);
    }

    @Test
    void anEmptyAnswerEmptiesNothing() {
        startIndexed();
        server.faults().on(LISTS).twist(answer -> {
            keep((ObjectNode) answer, 0, 0);
            return answer;
        });
        sweep();
        sweep();
        sweep();
        everyFilmIsThereOnce();

        server.faults().on("GET /Users/{UserId}/Views").twist(answer -> {
            keep((ObjectNode) answer, 0, 0);
            return answer;
        });
        long views = server.traffic().calls("GET /Users/{UserId}/Views");
        client.post("/admin/sync", "{}");
        await().atMost(SOON).until(() -> server.traffic().calls("GET /Users/{UserId}/Views") > views + 1 && isAtRest());
        everyFilmIsThereOnce();
    }

    @Test
    void aHalvedLibraryLosesNothingThatTheServerStillHas() {
        startIndexed();
        lies(list -> {
            keep(list, list.path("Items").size() / 2, list.path("Items").size() / 2);
            return list;
        });
        sweep();
        sweep();
        sweep();

        everyFilmIsThereOnce();
    }

    @Test
    void onePageForEverEndsTheCrawlAndIsNoCompleteOne() {
        AtomicLong total = new AtomicLong(1_000);
        ObjectNode[] first = new ObjectNode[1];
        lies(list -> {
            first[0] = first[0] == null ? list.deepCopy() : first[0];
            return first[0].deepCopy().put("TotalRecordCount", total.addAndGet(1_000));
        });
        start();
        await().atMost(SOON)
                .until(() ->
                        progress().has("nextRunAt") && progress().path("done").asLong() > 0);

        assertThat(progress().path("fullyIndexed").asBoolean()).isFalse();
        assertThat(server.traffic().calls(LISTS)).isLessThan(60);
        assertThat(names()).hasSizeGreaterThanOrEqualTo(200).doesNotHaveDuplicates();
        server.faults().clear();
        client.post("/admin/sync", "{}");
        gateway.indexed();
        everyFilmIsThereOnce();
    }

    @Test
    void idsThatComeTwiceMakeNoSecondEntry() {
        JsonNode[] last = new JsonNode[1];
        lies(list -> {
            ArrayNode items = (ArrayNode) list.path("Items");
            if (items.size() > 1) {
                items.add(items.get(0).deepCopy());
                JsonNode before = last[0];
                last[0] = items.get(1).deepCopy();
                if (before != null) {
                    items.insert(0, before);
                }
            }
            return list;
        });
        start();
        await().atMost(SOON).until(() -> names().size() >= FILMS);

        everyFilmIsThereOnce();
    }

    @Test
    void aRebuiltDatabaseMergesWithWhatPeopleDidAndLeavesNoOldCopies() {
        List<SimItem> old = server.items(ItemKind.MOVIE);
        startIndexed();
        String id = client.items(MOVIES).getFirst().path("Id").asText();
        assertThat(client.post("/emby/Users/{me}/PlayedItems/" + id, "").status())
                .isEqualTo(200);

        old.forEach(SimItem::remove);
        IntStream.range(0, FILMS).forEach(this::film);
        sweep();
        everyFilmIsThereOnce();
        await().atMost(SOON).untilAsserted(() -> {
            sweep();
            assertThat(versions(id)).isEqualTo(1);
        });

        everyFilmIsThereOnce();
        JsonNode first = client.get("/emby/Users/{me}/Items/" + id).ok();
        assertThat(first.path("Name").asText()).isEqualTo("Film 000");
        assertThat(first.path("UserData").path("Played").asBoolean()).isTrue();
    }

    private int versions(String id) {
        return client.get("/emby/Users/{me}/Items/" + id + "?Fields=MediaSources")
                .ok()
                .path("MediaSources")
                .size();
    }

    @Test
    void aWebPageInPlaceOfJsonIsAnErrorInWordsAndNothingElse() {
        startIndexed();
        server.faults().on(LISTS).html();
        client.post("/admin/sync", "{\"mode\":\"full\"}");
        await().atMost(SOON)
                .until(() -> progress()
                        .at("/lastError/detail")
                        .asText()
                        .equals("The server answers with something that is no JSON."));
        everyFilmIsThereOnce();
        server.faults().clear();
        await().atMost(SOON).until(this::isAtRest);
        everyFilmIsThereOnce();
    }

    @Test
    void aTotalThatIsTooSmallHidesNothing() {
        lies(list -> list.put("TotalRecordCount", 7));
        startIndexed();

        everyFilmIsThereOnce();
    }

    @Test
    void itemsWithoutIdOrNameAreLeftOutAndTheOthersTaken() {
        lies(list -> {
            ((ArrayNode) list.path("Items"))
                    .add(EmbyJson.object().put("Type", "Movie").put("Name", "Nobody"))
                    .add(EmbyJson.object().put("Type", "Movie").put("Id", "990001"))
                    .add(EmbyJson.object().put("Type", "Movie").put("Id", "").put("Name", " "))
                    .add("no item at all")
                    .addNull();
            return list;
        });
        start();
        await().atMost(SOON).until(() -> names().size() >= FILMS);

        everyFilmIsThereOnce();
    }

    @Test
    void aPageThatIsCutIsAskedForAgain() {
        manyItems().cutAfter(5_000).times(3);
        startIndexed();

        everyFilmIsThereOnce();
    }

    @Test
    void aPageThatLeavesItemsOutIsNotTheEnd() {
        lies(list -> {
            long total = list.path("TotalRecordCount").asLong();
            keep(list, Math.min(list.path("Items").size(), 30), total);
            return list;
        });
        startIndexed();

        everyFilmIsThereOnce();
    }

    @Test
    void aServerThatWantsRestHasIt() {
        server.faults().on(LISTS).status(429).header("Retry-After", "2").times(1);
        startIndexed();

        List<RecordedRequest> lists = server.traffic().requests(LISTS);
        assertThat(Duration.between(lists.get(0).at(), lists.get(1).at())).isGreaterThan(Duration.ofMillis(1_900));
        everyFilmIsThereOnce();
    }

    @Test
    void anAnswerThatIsNoListIsNoEmptyOne() {
        startIndexed();
        server.faults().on(LISTS).twist(answer -> EmbyJson.object().put("Message", "Object reference not set"));
        client.post("/admin/sync", "{}");
        await().atMost(SOON)
                .until(() -> progress()
                        .at("/lastError/detail")
                        .asText()
                        .equals("The server answers without a list of items."));
        everyFilmIsThereOnce();
    }
}
