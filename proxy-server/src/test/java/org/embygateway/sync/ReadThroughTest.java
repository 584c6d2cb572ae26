package org.embygateway.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.embygateway.index.Excerpts;
import org.embygateway.index.IndexChange;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.embygateway.upstream.UpstreamFault;
import org.junit.jupiter.api.Test;

class ReadThroughTest {
    private final FakeServer server = new FakeServer();
    private final SyncStore store = new SyncStore();
    private final List<IndexChange> changes = new CopyOnWriteArrayList<>();
    private final Budgets budgets = new Budgets(store.syncStates(), id -> Use.NONE);
    private final ReadThrough readThrough = new ReadThrough(
            store,
            server.registry(),
            server,
            budgets,
            new Learning(store, Excerpts.NONE, changes::add),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));

    ReadThroughTest() {
        allow(new SyncRules(SyncRules.MOST_PER_SECOND, 4, List.of(), List.of(), false));
        server.library("3", "movies").movies("3", 100, 300);
        server.library("4", "tvshows").add("4", "900", "Series", "Dark");
        server.add("4", "901", "Season", "Season 1").put("SeriesId", "900");
        server.add("4", "902", "Episode", "Secrets").put("SeriesId", "900").put("SeasonId", "901");
    }

    private static Call call(String path, String query, Visible visible) {
        Caller caller =
                new Caller(UserId.random(), "alice", false, "s", ClientIdentity.UNKNOWN, new Secret("t"), visible);
        return new Call(
                "GET",
                path,
                "",
                Map.of(),
                Params.parse(query),
                Headers.NONE,
                new byte[0],
                "",
                "",
                ClientIdentity.UNKNOWN,
                Optional.of(caller),
                "r");
    }

    private void allow(SyncRules rules) {
        budgets.change(FakeServer.ID, rules);
    }

    private void ask(String path, String query) {
        readThrough.before(call(path, query, new Visible(Set.of(FakeServer.ID))));
    }

    private String merged(String upstreamId) {
        return store.index
                .idsOf(FakeServer.ID, List.of(upstreamId))
                .get(upstreamId)
                .toString();
    }

    @Test
    void aSearchIsPutToTheLibrariesThatMayHoldIt() {
        ask("/users/abc/items", "SearchTerm=movie 1&Recursive=true&IncludeItemTypes=Movie&Limit=20");

        assertThat(store.index.known()).contains("3", "4", "100", "110").hasSize(2 + 20);
        assertThat(store.index.item("100").orElseThrow().libraryId()).isEqualTo("3");
        assertThat(server.calls("ParentId=4")).isZero();
        assertThat(changes).isNotEmpty();
    }

    @Test
    void aLibraryIsAskedForByTheUpstreamsIdAndUpToThePagesEnd() {
        ask("/Users/abc/Views", "");
        ask("/Users/abc/Items", "ParentId=" + merged("3") + "&Recursive=true&StartIndex=50&Limit=50&UserId=abc");

        assertThat(store.index.known()).hasSize(2 + 100);
        assertThat(server.asked.getLast().query())
                .containsEntry("ParentId", "3")
                .containsEntry("StartIndex", "0")
                .containsEntry("Limit", "100")
                .doesNotContainKey("UserId");
    }

    @Test
    void seasonsEpisodesAndDetailsAreAskedForToo() {
        ask("/Search/Hints", "SearchTerm=dark");
        ask("/Shows/" + merged("900") + "/Seasons", "");
        assertThat(store.index.known()).contains("900", "901");
        ask("/Shows/" + merged("900") + "/Episodes", "SeasonId=" + merged("901"));
        assertThat(store.index.known()).contains("902");
        ask("/Users/abc/Items/" + merged("902"), "");
        await().until(() -> server.calls("/Items/902") == 1);
    }

    @Test
    void episodesBringTheirSeriesAlong() {
        ask("/Users/abc/Items/Latest", "IncludeItemTypes=Episode&Limit=10");

        assertThat(store.index.known()).contains("900", "901", "902");
    }

    @Test
    void aBurstOfTheSameQuestionIsOneCall() throws Exception {
        List<Callable<String>> burst = IntStream.range(0, 100)
                .<Callable<String>>mapToObj(i -> () -> {
                    ask("/Users/abc/Items", "SearchTerm=dark&Recursive=true&IncludeItemTypes=Series");
                    return "";
                })
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(burst);
        }
        assertThat(server.calls("/Views")).isEqualTo(1);
        assertThat(server.calls("SearchTerm=dark")).isEqualTo(1);
    }

    @Test
    void withoutAMemoryTheSameQuestionIsAskedAgain() {
        ReadThrough forgetful = new ReadThrough(
                store,
                server.registry(),
                server,
                budgets,
                new Learning(store, Excerpts.NONE, changes::add),
                Duration.ofSeconds(5),
                Duration.ZERO);
        for (int i = 0; i < 2; i++) {
            forgetful.before(call(
                    "/Users/abc/Items",
                    "SearchTerm=dark&Recursive=true&IncludeItemTypes=Series",
                    new Visible(Set.of(FakeServer.ID))));
        }

        assertThat(server.calls("SearchTerm=dark")).isEqualTo(2);
    }

    @Test
    void anIndexedUpstreamIsNotAskedAndALazyOneAlways() {
        store.syncStates().put(new SyncState(FakeServer.ID, "", true, Optional.of(Instant.now()), Optional.empty()));
        ask("/Users/abc/Views", "");
        assertThat(server.asked).isEmpty();

        server.mode = SyncMode.LAZY;
        readThrough.reopen(FakeServer.ID);
        ask("/Users/abc/Views", "");
        assertThat(server.calls("/Views")).isEqualTo(1);
    }

    @Test
    void anUpstreamTheCallerMayNotSeeIsNeverAsked() {
        readThrough.before(call("/Users/abc/Items", "SearchTerm=dark&Recursive=true", Visible.NOTHING));

        assertThat(server.asked).isEmpty();
    }

    @Test
    void aFailureIsNoFailureOfTheCallAndIsAskedAgain() {
        server.fault = Optional.of(UpstreamFault.BUSY);
        ask("/Users/abc/Views", "");
        assertThat(store.index.known()).isEmpty();

        server.fault = Optional.empty();
        ask("/Users/abc/Views", "");
        assertThat(store.index.known()).containsExactlyInAnyOrder("3", "4");
    }

    @Test
    void aSlowUpstreamIsNotWaitedForButLearnedFromLater() {
        CountDownLatch slow = new CountDownLatch(1);
        server.twist = answer -> {
            try {
                slow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return answer;
        };
        ReadThrough hasty = new ReadThrough(
                store,
                server.registry(),
                server,
                budgets,
                new Learning(store, Excerpts.NONE, changes::add),
                Duration.ofMillis(50),
                Duration.ofSeconds(30));
        hasty.before(call("/Users/abc/Views", "", new Visible(Set.of(FakeServer.ID))));
        assertThat(store.index.known()).isEmpty();

        slow.countDown();
        await().until(() -> store.index.known().equals(Set.of("3", "4")));
    }

    @Test
    void listsAreAskedForWithTheViewsAndWhatTheyHoldWhenTheyAreOpened() {
        server.list("50", "BoxSet", "Noir", "101", "103");
        ask("/Users/abc/Views", "");
        assertThat(store.index.known()).contains("50");
        assertThat(store.lists.known()).isEmpty();

        ask("/Users/abc/Items", "ParentId=" + merged("50"));
        assertThat(store.lists.known()).isEqualTo(Map.of("50", List.of("101", "103")));
        assertThat(store.index.known()).contains("101", "103");
    }

    @Test
    void collectionsAloneAreNotAskedOfLibraries() {
        server.list("50", "BoxSet", "Noir", "101");
        ask("/Users/abc/Items", "Recursive=true&IncludeItemTypes=BoxSet");
        assertThat(store.index.known()).containsOnlyOnce("50").doesNotContain("100");
        assertThat(server.calls("ParentId=3")).isZero();
    }
}
