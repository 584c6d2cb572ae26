package org.embygateway.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.embygateway.index.AccountRecord.WatchState;
import org.embygateway.index.Excerpts;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MergedItem;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates.SyncState;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.index.sql.Stores;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.protocol.sim.Face;
import org.embygateway.protocol.sim.GeneratedLibrary;
import org.embygateway.protocol.sim.RecordedRequest;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.CallObserver;
import org.embygateway.upstream.HealthTimes;
import org.embygateway.upstream.OutboundIdentity;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamOptions;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calling, watching and crawling servers that are as strict as real ones, with the real store. */
class SimulatedUpstreamsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final HealthTimes QUICK = new HealthTimes(
            Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofMillis(200));
    private static final UserId ALICE = UserId.random();

    private final SimulatedEmby left = SimulatedEmby.named("left")
            .face(Face.EMBY_4_9)
            .account("gateway", "open")
            .start();
    private final SimulatedEmby right = SimulatedEmby.named("right")
            .face(Face.JELLYFIN)
            .basePath("/jelly/sub")
            .account("gateway", "open")
            .start();
    private final Path file;
    private final List<IndexChange> changes = new CopyOnWriteArrayList<>();
    private Store store;
    private UpstreamSide side;
    private Optional<Crawls> crawls = Optional.empty();

    SimulatedUpstreamsTest(@TempDir Path folder) {
        file = folder.resolve("gateway.db");
        store = opened();
        side = started();
    }

    private Store opened() {
        return Stores.open(StoreOptions.sqlite(file.toString(), new Secret("key")));
    }

    private UpstreamSide started() {
        UpstreamSide fresh = new UpstreamSide(
                store,
                "5d41402abc4b2a76b9719d911017c592",
                new OutboundIdentity("Emby Gateway", "Gateway", "0.1.0"),
                new UpstreamOptions(QUICK, 4),
                CallObserver.NONE);
        fresh.start();
        return fresh;
    }

    private UpstreamId register(SimulatedEmby server) {
        UpstreamRecord record = store.upstreams()
                .add(server.name(), URI.create(server.url()), PlaybackMode.PROXY, SyncMode.FULL, false);
        store.accounts().put(record.id(), Optional.empty(), "gateway", new Secret("open"), WatchState.SHARED);
        side.registry().reload();
        return record.id();
    }

    private Crawls crawl(CrawlOptions options) {
        Crawls started = new Crawls(
                store,
                side.registry(),
                side.calls(),
                options,
                budgets(),
                new Learning(store, Excerpts.NONE, changes::add));
        crawls = Optional.of(started);
        started.start();
        return started;
    }

    private Budgets budgets() {
        return new Budgets(store.syncStates(), id -> Use.NONE);
    }

    private void perSecond(int requests, UpstreamId... ids) {
        for (UpstreamId id : ids) {
            store.syncStates().putRules(id, new SyncRules(requests, 4, List.of(), List.of(), false));
        }
    }

    private void awaitIndexed(UpstreamId... ids) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> List.of(ids).stream()
                        .allMatch(id -> store.syncStates()
                                .find(id)
                                .filter(SyncState::fullyIndexed)
                                .isPresent()));
    }

    @AfterEach
    void stop() {
        crawls.ifPresent(Crawls::close);
        side.close();
        store.close();
        left.close();
        right.close();
    }

    private static Actor on(String device) {
        return new Actor(Optional.of(ALICE), new ClientIdentity("App", "TV", device, "1"));
    }

    private static UpstreamRequest views() {
        return UpstreamRequest.get("/Users/{user}/Views", Map.of(), LIMIT);
    }

    private static UpstreamRequest item(SimItem item) {
        return UpstreamRequest.get("/Users/{user}/Items/" + item.id(), Map.of(), LIMIT);
    }

    @Test
    void anEmbyAndAJellyfinBelowAPathAreIndexedAndMerged() {
        left.library("Films", "movies").movie("Heat").year(1995).tmdb("949");
        left.library("Shows", "tvshows").series("Dark").tvdb("334824").season(1).episode(1, "Secrets");
        right.library("Movies", "movies").movie("Heat").year(1995).tmdb("949");
        UpstreamId one = register(left);
        UpstreamId other = register(right);
        perSecond(500, one, other);
        crawl(CrawlOptions.DEFAULT);
        awaitIndexed(one, other);

        List<MergedItem> all = new ArrayList<>();
        store.media().readAll(all::add);
        assertThat(all)
                .filteredOn(i -> i.kind() == ItemKind.MOVIE)
                .singleElement()
                .satisfies(heat -> {
                    assertThat(heat.copies()).hasSize(2);
                    assertThat(heat.copies())
                            .allSatisfy(copy -> assertThat(copy.sources()).isNotEmpty());
                });
        assertThat(all).extracting(MergedItem::kind).contains(ItemKind.SERIES, ItemKind.SEASON, ItemKind.EPISODE);
        assertThat(right.traffic().calls("unknown")).isZero();
        assertThat(store.upstreams().find(other).orElseThrow().kind()).isEqualTo(UpstreamRecord.Kind.JELLYFIN);
    }

    @Test
    void twoHundredParallelRequestsAfterAnExpiryShareOneNewSignIn() throws Exception {
        UpstreamId id = register(left);
        side.calls().json(id, on("tv"), views());
        left.expireTokens();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(() -> side.calls().send(id, on("tv"), views()).status());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
        assertThat(left.traffic().calls("POST /Users/AuthenticateByName")).isEqualTo(2);
    }

    @Test
    void aForbiddenItemFailsAloneWithoutANewSignIn() {
        SimItem heat = left.library("Films", "movies").movie("Heat").forbidden(true);
        UpstreamId id = register(left);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> side.calls().json(id, on("tv"), item(heat)))
                    .isInstanceOfSatisfying(
                            UpstreamFailed.class,
                            e -> assertThat(e.fault()).isIn(UpstreamFault.FORBIDDEN, UpstreamFault.NOT_FOUND));
        }
        assertThat(side.calls().json(id, on("tv"), views()).path("Items")).isNotEmpty();
        assertThat(side.registry().isOnline(id)).isTrue();
        assertThat(left.traffic().calls("POST /Users/AuthenticateByName")).isEqualTo(1);
    }

    @Test
    void everyCallCarriesTheOneIdentityAndFewDevices() {
        SimItem heat = left.library("Films", "movies").movie("Heat").images("Primary");
        UpstreamId id = register(left);
        for (int i = 0; i < 12; i++) {
            side.calls().json(id, on("tv" + i), item(heat));
        }
        side.calls()
                .send(id, on("tv1"), UpstreamRequest.get("/Items/" + heat.id() + "/Images/Primary", Map.of(), LIMIT));

        Set<String> identities = new HashSet<>();
        Set<String> agents = new HashSet<>();
        for (RecordedRequest request : left.traffic().requests()) {
            agents.add(request.header("User-Agent"));
            if (!request.route().endsWith("/Public")) {
                identities.add(request.header("X-Emby-Authorization").replaceAll(", (DeviceId|Token)=\"[^\"]*\"", ""));
            }
        }
        assertThat(identities).containsExactly("Emby Client=\"Emby Gateway\", Device=\"Gateway\", Version=\"0.1.0\"");
        assertThat(agents).containsExactly("Emby-Gateway/0.1.0");
        assertThat(left.traffic().deviceIds()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void aServerThatGoesDownLeavesTheRoutingAndComesBack() {
        UpstreamId id = register(left);
        Visible visible = new Visible(Set.of(id));
        await().until(() -> side.registry().health(id).latency().isPresent());
        left.down();
        await().until(() -> side.registry().routable(visible).isEmpty());
        long start = System.nanoTime();
        assertThatThrownBy(() -> side.calls().json(id, on("tv"), views())).isInstanceOf(UpstreamFailed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));

        left.up();
        await().until(() -> side.registry().routable(visible).equals(List.of(id)));
    }

    @Test
    void aCrawlKeepsItsBudgetAndGoesOnAfterARestart() {
        GeneratedLibrary.seeded(7).movies(left.library("Films", "movies"), 1, 400);
        UpstreamId id = register(left);
        CrawlOptions slow = new CrawlOptions(25, Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofMillis(50));
        perSecond(8, id);
        Crawls first = crawl(slow);
        await().until(() -> store.media().copies(id) >= 100);
        first.close();
        side.close();
        store.close();

        store = opened();
        side = started();
        long kept = store.media().copies(id);
        left.traffic().reset();
        crawl(slow);
        awaitIndexed(id);

        assertThat(store.media().copies(id)).isEqualTo(401);
        List<RecordedRequest> pages = left.traffic().requests("GET /Users/{UserId}/Items").stream()
                .filter(r -> r.query().has("Fields"))
                .toList();
        assertThat(pages.getFirst().query().number("StartIndex").orElse(0)).isGreaterThanOrEqualTo(75);
        assertThat(kept).isGreaterThanOrEqualTo(100);
        List<RecordedRequest> crawled = left.traffic().requests().stream()
                .filter(r -> !r.route().endsWith("/Public") && !r.route().contains("Authenticate"))
                .toList();
        Duration took =
                Duration.between(crawled.getFirst().at(), crawled.getLast().at());
        assertThat(crawled.size() - 1).isLessThanOrEqualTo((int) Math.ceil(took.toMillis() / 125.0) + 1);
        assertThat(left.traffic().calls("POST /Users/AuthenticateByName")).isZero();
    }

    @Test
    void titlesOfAServerThatIsNotIndexedShowAtOnce() {
        GeneratedLibrary.seeded(7).movies(left.library("Films", "movies"), 1, 300);
        SimItem heat = left.library("More films", "movies").movie("Heat");
        UpstreamId id = register(left);
        ReadThrough readThrough = new ReadThrough(
                store,
                side.registry(),
                side.calls(),
                budgets(),
                new Learning(store, Excerpts.NONE, changes::add),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30));

        readThrough.before(call("/users/x/items", "SearchTerm=heat&Recursive=true&IncludeItemTypes=Movie", id));
        assertThat(store.media().idsOf(id, List.of(heat.id()))).hasSize(1);
        readThrough.before(call("/users/x/items", "Recursive=true&IncludeItemTypes=Movie&Limit=50", id));
        assertThat(store.media().copies(id)).isGreaterThanOrEqualTo(50);
    }

    private static Call call(String path, String query, UpstreamId visible) {
        Caller caller = new Caller(
                ALICE, "alice", false, "s", ClientIdentity.UNKNOWN, new Secret("t"), new Visible(Set.of(visible)));
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

    @Test
    void aTitleRemovedThereIsRemovedHereAfterTwoSweeps() {
        var films = left.library("Films", "movies");
        GeneratedLibrary.seeded(7).movies(films, 1, 30);
        SimItem heat = films.movie("Heat");
        UpstreamId id = register(left);
        perSecond(500, id);
        Crawls running = crawl(CrawlOptions.DEFAULT);
        awaitIndexed(id);
        assertThat(store.media().idsOf(id, List.of(heat.id()))).hasSize(1);

        heat.remove();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            running.catchUp(id);
            return store.media().idsOf(id, List.of(heat.id())).isEmpty();
        });
        assertThat(store.media().copies(id)).isEqualTo(31);
    }
}
