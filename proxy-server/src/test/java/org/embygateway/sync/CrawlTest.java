package org.embygateway.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.embygateway.index.Excerpts;
import org.embygateway.index.IndexChange;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.sync.LibraryProgress.State;
import org.embygateway.sync.SyncProgress.Phase;
import org.embygateway.upstream.UpstreamFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrawlTest {
    private static final CrawlOptions QUICK =
            new CrawlOptions(50, Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMillis(5));
    private static final SyncRules UNBOUND = perSecond(SyncRules.MOST_PER_SECOND);

    private final FakeServer server = new FakeServer();
    private final SyncStore store = new SyncStore();
    private final List<IndexChange> changes = new CopyOnWriteArrayList<>();
    private Optional<Crawler> crawler = Optional.empty();

    private static SyncRules perSecond(int requests) {
        return new SyncRules(requests, 4, List.of(), List.of(), false);
    }

    private Crawler crawl(SyncRules rules, Supplier<Use> use) {
        return crawl(rules, use, QUICK);
    }

    private Crawler crawl(CrawlOptions options) {
        return crawl(UNBOUND, () -> Use.NONE, options);
    }

    private Crawler crawl(SyncRules rules, Supplier<Use> use, CrawlOptions options) {
        crawler.ifPresent(Crawler::close);
        store.syncStates().putRules(FakeServer.ID, rules);
        Budgets budgets = new Budgets(store.syncStates(), id -> use.get());
        Crawler started = new Crawler(
                FakeServer.ID,
                store,
                server,
                options,
                budgets.of(FakeServer.ID),
                new Learning(store, Excerpts.NONE, changes::add));
        started.start();
        crawler = Optional.of(started);
        return started;
    }

    private Crawler crawl() {
        return crawl(UNBOUND, () -> Use.NONE);
    }

    private boolean indexed() {
        return store.syncStates()
                .find(FakeServer.ID)
                .filter(SyncState::fullyIndexed)
                .isPresent();
    }

    private void awaitRest(Crawler running) {
        await().until(() -> store.index.sweeps() > 0 && running.progress().phase() == Phase.IDLE);
        assertThat(indexed()).isTrue();
    }

    @AfterEach
    void stop() {
        crawler.ifPresent(Crawler::close);
    }

    @Test
    void everyItemOfEveryLibraryIsLearnedAndTold() {
        server.library("3", "movies").movies("3", 100, 230);
        server.library("4", "tvshows").add("4", "900", "Series", "Dark");
        server.add("4", "901", "Episode", "Secrets").put("SeriesId", "900").put("IndexNumber", 1);
        server.library("5", "livetv").add("5", "990", "Movie", "Not to be taken");
        Crawler running = crawl();
        awaitRest(running);

        assertThat(store.index.known()).hasSize(230 + 2 + 2).contains("3", "4", "100", "329", "900", "901");
        assertThat(store.index.item("901")).hasValueSatisfying(item -> {
            assertThat(item.libraryId()).isEqualTo("4");
            assertThat(item.seriesId()).isEqualTo("900");
        });
        assertThat(changes.stream().mapToInt(c -> c.changed().size()).sum()).isGreaterThanOrEqualTo(234);
        assertThat(running.progress().fullyIndexed()).isTrue();
        assertThat(store.syncStates().find(FakeServer.ID).orElseThrow().checkpoint())
                .isEmpty();
    }

    @Test
    void progressIsToldOfEachLibrary() throws InterruptedException {
        server.library("3", "movies").movies("3", 100, 60);
        server.library("4", "movies").movies("4", 400, 120);
        server.library("5", "movies").movies("5", 700, 30);
        CountDownLatch goesOn = new CountDownLatch(1);
        server.twist = answer -> {
            if (answer.at("/Items/0/Id").asText().equals("450")) {
                hold(goesOn);
            }
            return answer;
        };
        Crawler running = crawl();

        await().until(() -> running.progress().done() == 110);
        List<LibraryProgress> libraries = running.progress().libraries();
        assertThat(libraries)
                .extracting(LibraryProgress::state, LibraryProgress::done, LibraryProgress::total)
                .containsExactly(
                        tuple(State.DONE, 60L, OptionalLong.of(60)),
                        tuple(State.LISTING, 50L, OptionalLong.of(120)),
                        tuple(State.WAITING, 0L, OptionalLong.of(30)));
        assertThat(libraries.getFirst().perSecond()).isPositive();
        assertThat(libraries.getFirst().left()).isEmpty();
        assertThat(libraries.get(1).left().orElseThrow()).isPositive();
        assertThat(libraries.get(2).left().orElseThrow())
                .isGreaterThan(libraries.get(1).left().orElseThrow());

        goesOn.countDown();
        awaitRest(running);
        assertThat(running.progress().libraries())
                .extracting(LibraryProgress::state, LibraryProgress::done)
                .containsExactly(tuple(State.DONE, 60L), tuple(State.DONE, 120L), tuple(State.DONE, 30L));
    }

    private static void hold(CountDownLatch goesOn) {
        try {
            goesOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void librariesThatWereTakenBeforeACrawlWasKilledAreDone() {
        server.library("3", "movies").movies("3", 100, 60);
        server.library("4", "movies").movies("4", 400, 5000);
        store.index.failAfterBatches = 6;
        Crawler killed = crawl();
        await().until(() -> killed.progress().phase() == Phase.FAILED);
        killed.close();
        long done = killed.progress().done();

        store.index.failAfterBatches = Integer.MAX_VALUE;
        CountDownLatch goesOn = new CountDownLatch(1);
        server.twist = answer -> {
            if (answer.at("/Items/0/Type").asText().equals("Movie")
                    && answer.path("Items").size() > 1) {
                hold(goesOn);
            }
            return answer;
        };
        Crawler again = crawl();
        await().until(() -> again.progress().libraries().size() == 2
                && again.progress().libraries().get(1).state() == State.LISTING);

        assertThat(again.progress().libraries())
                .extracting(LibraryProgress::state, LibraryProgress::done)
                .containsExactly(tuple(State.DONE, 60L), tuple(State.LISTING, done - 60));
        goesOn.countDown();
        awaitRest(again);
    }

    @Test
    void aCrawlThatIsKilledGoesOnBehindWhatWasAcknowledged() {
        server.library("3", "movies").movies("3", 100, 5000);
        store.index.failAfterBatches = 5;
        Crawler killed = crawl();
        await().until(() -> killed.progress().phase() == Phase.FAILED);
        killed.close();
        Set<String> kept = store.index.known();
        assertThat(kept).hasSizeBetween(1 + 4 * 50, 5000);
        int next = kept.size() - 1;

        store.index.failAfterBatches = Integer.MAX_VALUE;
        server.asked.clear();
        awaitRest(crawl());

        assertThat(store.index.known()).hasSize(5001).containsAll(kept);
        assertThat(server.asked.stream()
                        .filter(r -> r.query().containsKey("Fields"))
                        .map(r -> r.query().get("StartIndex"))
                        .findFirst())
                .contains(Integer.toString(next));
    }

    @Test
    void theRateIsNeverExceeded() {
        server.library("3", "movies").movies("3", 100, 500);
        crawl(perSecond(20), () -> Use.NONE);
        await().atMost(Duration.ofSeconds(20)).until(() -> server.times.size() >= 10);

        List<Long> times = List.copyOf(server.times);
        for (int i = 1; i < times.size(); i++) {
            long since = times.get(i) - times.getFirst();
            assertThat(i).isLessThanOrEqualTo((int) (since / 50_000_000.0) + 1);
        }
    }

    @Test
    void aCrawlMakesRoomWhilePeopleWatch() {
        server.library("3", "movies").movies("3", 100, 10);
        AtomicBoolean watching = new AtomicBoolean(true);
        Crawler running = crawl(UNBOUND, () -> watching.get() ? Use.STREAMED : Use.NONE);
        await().until(() -> running.progress().phase() == Phase.PAUSED);
        assertThat(server.asked).isEmpty();

        watching.set(false);
        await().until(this::indexed);
    }

    @Test
    void aServerThatRepeatsOnePageDoesNotHoldTheCrawlForEver() {
        server.library("3", "movies").movies("3", 100, 10);
        ObjectNode page = FakeServer.result(
                List.of(EmbyJson.object().put("Id", "7").put("Name", "Again").put("Type", "Movie")), 1_000_000);
        server.twist = answer -> isView(answer) ? answer : page;
        Crawler running = crawl();

        await().until(() -> running.progress().phase() == Phase.FAILED
                || running.progress().phase() == Phase.IDLE && server.asked.size() > 3);
        assertThat(store.index.known()).contains("7");
        assertThat(indexed()).isFalse();
        assertThat(server.asked.size()).isLessThan(20);
    }

    private static boolean isView(JsonNode answer) {
        return answer.path("Items").path(0).path("Type").asText().equals("CollectionFolder");
    }

    @Test
    void pagesSmallerThanAskedAndTotalsThatAreMissingOrTooSmallLoseNothing() {
        server.library("3", "movies").movies("3", 100, 120);
        server.mostPerPage = 7;
        server.twist = answer -> isView(answer) ? answer : ((ObjectNode) answer).put("TotalRecordCount", "many");
        crawl();
        await().until(() -> store.index.known().size() == 121 && indexed());

        server.movies("3", 300, 80);
        server.mostPerPage = 50;
        server.twist = answer -> isView(answer) ? answer : ((ObjectNode) answer).put("TotalRecordCount", 3);
        crawl().wantFull();
        await().until(() -> store.index.known().size() == 201);
    }

    @Test
    void itemsThatMakeNoSenseAreLeftOutAndCounted() {
        server.library("3", "movies").movies("3", 100, 3);
        server.add("3", "104", "Movie", "Twisted").putObject("RunTimeTicks").put("a", 1);
        server.add("3", "", "Movie", "No id");
        server.add("3", "105", "Unicorn", "No kind");
        server.add("3", "100", "Movie", "Twice");
        Crawler running = crawl();
        await().until(this::indexed);

        assertThat(store.index.known()).containsExactlyInAnyOrder("3", "100", "101", "102", "104");
        assertThat(store.index.item("104").map(UpstreamItem::runTimeTicks)).contains(0L);
        assertThat(running.progress().waitsFor()).isEmpty();
    }

    @Test
    void aBusyServerIsWaitedForAndAsksNoQuestionTwice() {
        server.library("3", "movies").movies("3", 100, 60);
        server.fault = Optional.of(UpstreamFault.BUSY);
        Crawler running = crawl();
        await().until(() -> running.progress().waitsFor().equals("BUSY"));
        server.fault = Optional.empty();
        await().until(this::indexed);

        assertThat(store.index.known()).hasSize(61);
    }

    @Test
    void anItemThatBreaksItsPageIsLeftOutAlone() {
        server.library("3", "movies").movies("3", 100, 60);
        server.twist = answer -> {
            for (JsonNode item : answer.path("Items")) {
                if (item.path("Id").asText().equals("130")) {
                    return EmbyJson.object().put("Message", "Object reference not set");
                }
            }
            return answer;
        };
        crawl();
        await().atMost(Duration.ofSeconds(20)).until(() -> store.index.known().size() == 60);
        assertThat(store.index.known()).doesNotContain("130").contains("129", "131", "159");
    }

    @Test
    void onlyWhatChangedIsAskedForLaterAndNewLibrariesWhole() {
        server.library("3", "movies").movies("3", 100, 60);
        Crawler running = crawl();
        awaitRest(running);
        server.asked.clear();
        server.movies("3", 500, 1);
        server.library("4", "movies").add("4", "700", "Movie", "Old film").put("saved", "2001-01-01T00:00:00Z");
        running.wantChanges();

        await().until(() -> store.index.known().containsAll(Set.of("4", "500", "700")));
        assertThat(server.asked.stream()
                        .filter(r -> r.query().containsKey("MinDateLastSaved"))
                        .filter(r -> r.query().containsKey("ParentId")))
                .allSatisfy(r -> assertThat(r.query()).containsEntry("ParentId", "3"))
                .isNotEmpty();
    }

    @Test
    void aServerWhoseClockIsHoursLateIsAskedByItsOwnTime() {
        server.ahead = Duration.ofHours(-3);
        server.library("3", "movies").movies("3", 100, 60);
        Crawler running = crawl();
        awaitRest(running);
        server.movies("3", 500, 1);
        server.asked.clear();
        running.wantChanges();

        await().until(() -> store.index.known().contains("500"));
        assertThat(server.asked.stream()
                        .filter(r -> r.query().containsKey("MinDateLastSaved"))
                        .filter(r -> r.query().containsKey("ParentId")))
                .isNotEmpty()
                .allSatisfy(r -> assertThat(Instant.parse(r.query().get("MinDateLastSaved")))
                        .isBetween(
                                Instant.now().minus(Duration.ofHours(3).plusMinutes(15)),
                                Instant.now().minus(Duration.ofHours(3))));
    }

    @Test
    void whatAServerSaysToHaveRemovedIsAskedForBeforeItIsForgotten() {
        server.library("3", "movies").movies("3", 100, 60);
        Crawler running = crawl();
        awaitRest(running);
        server.remove("3", "105");
        long sweeps = store.index.sweeps();
        running.heard(new Hint(List.of("105", "106", "unknown")));

        await().until(() -> !store.index.known().contains("105"));
        await().until(() -> running.progress().phase() == Phase.IDLE);
        assertThat(store.index.known()).hasSize(60).contains("106");
        assertThat(store.index.sweeps()).isEqualTo(sweeps);
        assertThat(server.calls("/Items/unknown")).isZero();
    }

    @Test
    void aCancelledCrawlRestsAndGoesOnWhereItWas() {
        server.library("3", "movies").movies("3", 100, 2000);
        Crawler running = crawl(perSecond(40), () -> Use.NONE);
        await().until(() -> running.progress().done() >= 200);
        running.cancel();
        await().until(() -> running.progress().phase() == Phase.IDLE);
        assertThat(running.progress().nextRun().orElseThrow())
                .isAfter(Instant.now().plus(Duration.ofMinutes(9)));
        int known = store.index.known().size();

        server.asked.clear();
        running.wantChanges();
        await().atMost(Duration.ofSeconds(20)).until(() -> store.index.known().size() > known);
        assertThat(server.calls("StartIndex=0, Limit=50")).isZero();
    }

    @Test
    void whatIsGoneIsForgottenOnlyAfterTwoSweepsAndAQuestion() {
        server.library("3", "movies").movies("3", 100, 60);
        Crawler running = crawl();
        awaitRest(running);
        server.remove("3", "105");
        sweep(running);
        assertThat(store.index.known()).contains("105");
        sweep(running);

        await().until(() -> !store.index.known().contains("105"));
        assertThat(server.calls("Ids=105")).isEqualTo(1);
        assertThat(store.index.known()).hasSize(60);
        assertThat(changes.getLast().removed()).hasSize(1);
    }

    @Test
    void whatAServerDoesNotListButHasIsNotLookedForAgainAndAgain() {
        server.library("3", "movies").movies("3", 100, 60);
        Crawler running =
                crawl(new CrawlOptions(50, Duration.ofMillis(20), Duration.ofMinutes(10), Duration.ofMillis(5)));
        awaitRest(running);
        server.twist = answer -> answer.path("Items").size() > 1 ? without(answer, "105") : answer;
        long before = store.index.sweeps();
        running.wantChanges();
        await().until(() ->
                store.index.sweeps() == before + 2 && running.progress().phase() == Phase.IDLE);

        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(5))
                .until(() -> store.index.sweeps() == before + 2);
        assertThat(server.calls("Ids=105")).isEqualTo(1);
        assertThat(store.index.known()).contains("105");
    }

    private static JsonNode without(JsonNode answer, String id) {
        List<JsonNode> items = new ArrayList<>();
        answer.path("Items").forEach(item -> {
            if (!item.path("Id").asText().equals(id)) {
                items.add(item);
            }
        });
        boolean views = answer.path("Items").path(0).path("Type").asText().equals("CollectionFolder");
        return views
                ? answer
                : FakeServer.result(items, answer.path("TotalRecordCount").asInt() - 1);
    }

    private void sweep(Crawler running) {
        long before = store.index.sweeps();
        running.wantChanges();
        await().until(() -> store.index.sweeps() > before && running.progress().phase() == Phase.IDLE);
    }

    @Test
    void anEmptyServerNeverEmptiesTheCatalogue() {
        server.library("3", "movies").movies("3", 100, 60);
        Crawler running = crawl();
        awaitRest(running);
        server.twist = answer -> answer.has("Items") && !isView(answer) ? FakeServer.result(List.of(), 0) : answer;
        for (int i = 0; i < 4; i++) {
            sweep(running);
        }
        assertThat(store.index.known()).hasSize(61);

        server.twist = answer -> answer.has("Items") ? FakeServer.result(List.of(), 0) : answer;
        sweep(running);
        sweep(running);
        assertThat(store.index.known()).hasSize(61);
    }

    @Test
    void aHalvedAnswerIsNoCompleteCrawlAndTheSweepFindsTheRest() {
        server.library("3", "movies").movies("3", 100, 200);
        AtomicInteger pages = new AtomicInteger();
        server.twist = answer -> answer.path("Items").size() == 50 && pages.incrementAndGet() > 2
                ? FakeServer.result(List.of(), 200)
                : answer;
        Crawler running = crawl();
        await().until(() -> pages.get() > 2 && running.progress().phase() != Phase.LISTING);

        assertThat(indexed()).isFalse();
        await().until(() -> store.index.known().size() == 201); // the sweep lists what the pages left out
        assertThat(indexed()).isFalse();
    }

    @Test
    void anItemThatNobodyCanReadDoesNotHoldTheSweepBack() {
        server.library("3", "movies").movies("3", 100, 60);
        Crawler running = crawl();
        awaitRest(running);
        server.remove("3", "105");
        server.add("3", "501", "Movie", "Old").put("saved", "2001-01-01T00:00:00Z");
        server.add("3", "502", "Movie", "Broken").put("saved", "2001-01-01T00:00:00Z");
        server.add("3", "503", "Movie", "Older").put("saved", "2001-01-01T00:00:00Z");
        server.broken = Optional.of("502");
        sweep(running);
        sweep(running);

        await().until(() -> !store.index.known().contains("105"));
        assertThat(store.index.known()).hasSize(62).contains("501", "503");
        assertThat(server.asked.stream()
                        .filter(r -> r.query().getOrDefault("Ids", "").equals("502")))
                .hasSize(1);
    }

    @Test
    void whatAServerFailsOnIsNotTakenForGone() {
        server.library("3", "movies").movies("3", 100, 60);
        Crawler running = crawl();
        awaitRest(running);
        for (int i = 100; i < 160; i++) {
            server.remove("3", Integer.toString(i));
        }
        server.library("3", "movies").movies("3", 200, 1);
        server.broken = Optional.of("105");
        for (int i = 0; i < 3; i++) {
            sweep(running);
        }

        await().until(() -> store.index.known().size() == 3);
        assertThat(store.index.known()).containsExactlyInAnyOrder("3", "105", "200");
    }

    @Test
    void progressSaysHowFarItIs() {
        server.library("3", "movies").movies("3", 100, 400);
        Crawler running = crawl(perSecond(20), () -> Use.NONE);
        await().until(() -> running.progress().done() >= 100);

        SyncProgress progress = running.progress();
        assertThat(progress.phase()).isEqualTo(Phase.LISTING);
        assertThat(progress.total()).hasValue(400);
        assertThat(progress.perSecond()).isPositive();
        assertThat(progress.left()).isPresent();
        assertThat(progress.startedAt().orElseThrow()).isBefore(Instant.now());
    }

    @Test
    void kindsAndVersionsAreRead() throws Exception {
        byte[] dto = """
                {"Id":77,"Name":" Heat ","Type":"Movie","ProductionYear":1995,"RunTimeTicks":102000000000,
                 "PremiereDate":"1995-12-15T00:00:00.0000000Z","ProviderIds":{"Tmdb":"949","IMDB":" tt0113277 ","Tvdb":"0"},
                 "MediaSources":[{"Id":"mediasource_77","Size":5},{"Id":"mediasource_78","ItemId":"78"},{"Id":"mediasource_77"}],
                 "People":[{"Name":"Al Pacino","Id":"12","Type":"Actor","Role":"Hanna"},{"Id":"13"}],
                 "GenreItems":[{"Name":"Crime","Id":5}],"Studios":["Regency"],"UserData":{"Played":true}}
                """.getBytes(StandardCharsets.UTF_8);
        UpstreamItem item = ItemParser.item(Entry.of(dto, FakeServer.ID), "3").orElseThrow();

        assertThat(item.id()).isEqualTo("77");
        assertThat(item.name()).isEqualTo("Heat");
        assertThat(item.providerIds()).containsOnly(Map.entry("tmdb", "949"), Map.entry("imdb", "tt0113277"));
        assertThat(item.sources())
                .extracting(UpstreamItem.Source::versionItemId)
                .containsExactly("77", "78");
        assertThat(item.byName())
                .extracting(n -> n.kind() + " " + n.name() + " " + n.id())
                .containsExactly(
                        ItemKind.PERSON + " Al Pacino 12", ItemKind.GENRE + " Crime 5", ItemKind.STUDIO + " Regency ");
        assertThat(new String(item.document(), StandardCharsets.UTF_8)).doesNotContain("Played");
    }

    @Test
    void collectionsAndPlaylistsAreTakenInWithWhatTheyHold() {
        server.library("3", "movies").movies("3", 100, 5);
        server.library("6", "boxsets").library("7", "playlists");
        server.list("50", "BoxSet", "Noir", "101", "103");
        server.list("51", "Playlist", "Friday", "104", "101", "104");
        awaitRest(crawl());

        assertThat(store.index.known()).contains("50", "51").doesNotContain("6", "7");
        assertThat(store.index.item("50").orElseThrow().libraryId()).isEmpty();
        assertThat(store.lists.known())
                .isEqualTo(Map.of("50", List.of("101", "103"), "51", List.of("104", "101", "104")));
    }

    @Test
    void onlyListsThatWereSavedOrHoldAnotherNumberAreReadAgain() {
        server.library("3", "movies").movies("3", 100, 5);
        server.list("50", "BoxSet", "Noir", "101").put("saved", "2001-01-01T00:00:00Z");
        server.list("51", "BoxSet", "Heist", "101").put("saved", "2001-01-01T00:00:00Z");
        Crawler running = crawl();
        awaitRest(running);
        server.asked.clear();
        server.holds("50", "101", "102");
        running.wantChanges();

        await().until(() -> List.of("101", "102").equals(store.lists.known().get("50")));
        assertThat(server.calls("ParentId=51")).isZero();
        assertThat(store.index.known()).contains("50", "51");
    }

    @Test
    void aPlaylistMayRepeatItselfForPages() {
        server.library("3", "movies").movies("3", 100, 5);
        List<String> members = new ArrayList<>(Collections.nCopies(170, "104"));
        members.add("101");
        server.list("51", "Playlist", "Loop", members.toArray(String[]::new));
        awaitRest(crawl());

        assertThat(store.lists.known()).isEqualTo(Map.of("51", members));
    }

    @Test
    void aListThatEndsBeforeItsTotalDoesNotReplaceALongerOne() {
        server.library("3", "movies").movies("3", 100, 5);
        server.list("50", "BoxSet", "Noir", "101", "102", "103").put("saved", "2001-01-01T00:00:00Z");
        server.list("51", "BoxSet", "Heist", "104").put("saved", "2001-01-01T00:00:00Z");
        Crawler running = crawl();
        awaitRest(running);
        server.holds("50", "101", "102");
        server.holds("51", "104", "103");
        server.twist = answer -> answer.path("TotalRecordCount").asInt() == 2
                ? ((ObjectNode) answer).put("TotalRecordCount", 3)
                : answer;
        running.wantChanges();

        await().until(() -> List.of("104", "103").equals(store.lists.known().get("51")));
        assertThat(store.lists.known().get("50")).containsExactly("101", "102", "103");
    }

    @Test
    void aListThatCannotBeReadDoesNotHoldTheOthersBack() {
        server.library("3", "movies").movies("3", 100, 5);
        server.list("50", "BoxSet", "Broken", "101");
        server.list("51", "BoxSet", "Whole", "102");
        server.members = Optional.of("50");
        Crawler running = crawl();
        awaitRest(running);
        assertThat(store.lists.known()).isEqualTo(Map.of("51", List.of("102")));

        server.members = Optional.empty();
        running.wantChanges();
        await().until(() -> store.lists.known().containsKey("50"));
    }
}
