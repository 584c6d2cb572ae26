package org.embygateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embygateway.broadcast.FakeTitles.HOUR;
import static org.embygateway.broadcast.FakeTitles.S1;
import static org.embygateway.broadcast.FakeTitles.S2;
import static org.embygateway.broadcast.Watching.report;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.embygateway.auth.Requests;
import org.embygateway.index.AccountRecord.WatchState;
import org.embygateway.index.Outbox;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelivererTest {
    @TempDir
    private Path folder;

    private Watching watching;
    private FakeUpstreams upstreams;
    private Deliverer deliverer;

    @BeforeEach
    void open() {
        watching = new Watching(folder, () -> deliverer.wake());
        Store store = watching.people.store;
        List<UpstreamRecord> records = List.of(add(store, "S1"), add(store, "S2"));
        assertThat(records).extracting(UpstreamRecord::id).containsExactly(S1, S2);
        upstreams = new FakeUpstreams(records);
        account(S1, Optional.empty(), WatchState.SHARED);
        account(S2, Optional.empty(), WatchState.SHARED);
        deliverer = newDeliverer(true);
        deliverer.start();
    }

    private static UpstreamRecord add(Store store, String name) {
        return store.upstreams()
                .add(
                        name,
                        URI.create("http://" + name + ".test"),
                        UpstreamRecord.PlaybackMode.PROXY,
                        UpstreamRecord.SyncMode.FULL,
                        false);
    }

    private void account(UpstreamId upstream, Optional<Caller> owner, WatchState policy) {
        watching.people.store.accounts().put(upstream, owner.map(Caller::user), "account", new Secret("pw"), policy);
    }

    private Deliverer newDeliverer(boolean writeToShared) {
        return newDeliverer(watching.people.store.outbox(), writeToShared);
    }

    private Deliverer newDeliverer(Outbox outbox, boolean writeToShared) {
        return new Deliverer(
                outbox,
                new Recipients(
                        watching.people.store.accounts(),
                        watching.titles,
                        watching.people.authenticator::visibleTo,
                        writeToShared),
                upstreams,
                upstreams,
                watching.clock);
    }

    @AfterEach
    void close() {
        deliverer.close();
        watching.close();
    }

    private void awaitEmpty() {
        await().untilAsserted(() ->
                assertThat(watching.people.store.outbox().waiting()).isEmpty());
    }

    @Test
    void everyHolderHearsOfAPositionUnderItsOwnId() {
        watching.start(watching.anna, report(1, "p", 0));
        watching.stop(watching.anna, report(1, "p", 8 * HOUR / 10));
        awaitEmpty();

        assertThat(upstreams.heardBy(S1)).hasSize(1).first().asString().contains("/Users/{user}/Items/1600/UserData");
        assertThat(upstreams.heardBy(S2))
                .hasSize(1)
                .first()
                .asString()
                .contains("/Users/{user}/Items/77/UserData")
                .contains("\"PlaybackPositionTicks\":" + 8 * HOUR / 10)
                .contains("\"Played\":false");
    }

    @Test
    void whatTheUpstreamKnowsOtherwiseIsLeftAsItIs() {
        watching.stop(watching.anna, report(1, "p", HOUR));
        awaitEmpty();

        assertThat(upstreams.heardBy(S2).getFirst())
                .contains("\"IsFavorite\":true")
                .contains("\"PlayCount\":4")
                .doesNotContain("PlayedPercentage");
    }

    @Test
    void marksHaveTheirOwnRoutes() {
        watching.mark(5).query("DatePlayed=20250102030405").json(watching.broadcast.marks()::played);
        awaitEmpty();
        watching.mark(5).json(watching.broadcast.marks()::unplayed);
        watching.mark(5).json(watching.broadcast.marks()::favorite);
        awaitEmpty();
        watching.mark(5).json(watching.broadcast.marks()::unfavorite);
        awaitEmpty();
        watching.mark(5).query("Likes=true").json(watching.broadcast.marks()::rate);
        awaitEmpty();

        assertThat(upstreams.heard)
                .containsExactly(
                        "2 /Users/{user}/PlayedItems/77 {DatePlayed=20250102030405} ",
                        "2 /Users/{user}/PlayedItems/77/Delete {} ",
                        "2 /Users/{user}/FavoriteItems/77 {} ",
                        "2 /Users/{user}/FavoriteItems/77/Delete {} ",
                        "2 /Users/{user}/Items/77/Rating {Likes=true} ");
    }

    @Test
    void whatWasMissedIsToldOnceAndOnlyTheNewestWhenTheServerIsBack() {
        upstreams.down.add(S2);
        watching.start(watching.anna, report(1, "p", 0));
        for (int i = 3; i < 8; i++) {
            watching.clock.pass(Duration.ofSeconds(11));
            watching.progress(watching.anna, report(1, "p", i * HOUR / 10));
        }
        watching.stop(watching.anna, report(1, "p", 8 * HOUR / 10));
        await().until(() -> !upstreams.heardBy(S1).isEmpty());
        assertThat(watching.people.store.outbox().waiting()).containsKey(S2);

        upstreams.down.remove(S2);
        deliverer.upstreamRecovered(S2);
        awaitEmpty();

        assertThat(upstreams.heardBy(S2))
                .singleElement()
                .asString()
                .contains("\"PlaybackPositionTicks\":" + 8 * HOUR / 10);
    }

    @Test
    void anOfflineServerIsNotAskedAndHoldsUpNobody() {
        upstreams.offline.add(S2);
        upstreams.down.add(S2);
        watching.mark(1).json(watching.broadcast.marks()::played);
        await().until(() -> upstreams.heardBy(S1).size() == 1);
        await().until(() ->
                watching.people.store.outbox().due(watching.clock.instant(), 10).isEmpty());
        assertThat(watching.people.store.outbox().waiting()).containsOnlyKeys(S2);

        upstreams.offline.clear();
        upstreams.down.clear();
        deliverer.upstreamRecovered(S2);
        awaitEmpty();
        assertThat(upstreams.heardBy(S2)).hasSize(1);
    }

    @Test
    void aServerThatReturnsWhileItsDeliveriesArePutOffIsToldAtOnce() {
        upstreams.offlineAnswers.set(1);
        watching.mark(5).json(watching.broadcast.marks()::played);
        awaitEmpty();

        assertThat(upstreams.heardBy(S2)).hasSize(1);
    }

    @Test
    void whatWaitsOutlivesTheProcess() {
        upstreams.down.add(S2);
        watching.mark(5).json(watching.broadcast.marks()::played);
        deliverer.close();

        upstreams.down.clear();
        deliverer = newDeliverer(true);
        watching.clock.pass(Duration.ofMinutes(10));
        deliverer.start();
        awaitEmpty();

        assertThat(upstreams.heardBy(S2)).hasSize(1);
    }

    @Test
    void anErrorOfOneItemIsDroppedWhenItIsFinalAndTriedAgainWhenItIsNot() {
        upstreams.status.put(S2, 404);
        watching.mark(5).json(watching.broadcast.marks()::played);
        awaitEmpty();

        upstreams.status.put(S2, 502);
        watching.mark(5).json(watching.broadcast.marks()::unplayed);
        await().until(() -> upstreams.heardBy(S2).size() == 2);
        upstreams.status.remove(S2);
        watching.clock.pass(Duration.ofMinutes(10));
        awaitEmpty();
        assertThat(upstreams.heardBy(S2)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aFloodOfProgressIsABoundedNumberOfCalls() {
        watching.start(watching.anna, report(5, "p", 0));
        for (int i = 0; i < 50; i++) {
            watching.progress(watching.anna, report(5, "p", HOUR + i));
        }
        await().until(() -> !upstreams.heardBy(S2).isEmpty());
        watching.stop(watching.anna, report(5, "p", HOUR + 99));
        awaitEmpty();

        assertThat(upstreams.heardBy(S2)).hasSizeLessThanOrEqualTo(3);
        assertThat(upstreams.heardBy(S2)).last().asString().contains("\"PlaybackPositionTicks\":" + (HOUR + 99));
    }

    @Test
    void anAccountThatIsReadOnlyIsLeftAlone() {
        account(S2, Optional.empty(), WatchState.READ_ONLY);
        watching.mark(1).json(watching.broadcast.marks()::played);
        awaitEmpty();

        assertThat(upstreams.heardBy(S2)).isEmpty();
        assertThat(upstreams.heardBy(S1)).hasSize(1);
    }

    @Test
    void aSharedAccountIsWrittenToOnlyIfThatIsWanted() {
        deliverer.close();
        account(S2, Optional.of(watching.anna), WatchState.OWN);
        deliverer = newDeliverer(false);
        deliverer.start();
        watching.mark(1).json(watching.broadcast.marks()::played);
        awaitEmpty();

        assertThat(upstreams.heardBy(S1)).isEmpty();
        assertThat(upstreams.heardBy(S2)).hasSize(1);
    }

    @Test
    void twoPeopleAreToldOfSeparately() {
        watching.people.add("berta", "pw");
        Caller berta = watching.people.signIn("berta", "pw", Requests.TV);
        watching.stop(watching.anna, report(5, "p", HOUR));
        watching.stop(berta, report(5, "q", HOUR / 2));
        awaitEmpty();

        assertThat(upstreams.heardBy(S2)).hasSize(2);
    }

    @Test
    void whatIsDeliveredWhileTheOutboxIsReadIsNotToldAgain() {
        deliverer.close();
        upstreams.held = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        deliverer = newDeliverer(
                new StaleOutbox(watching.people.store.outbox(), () -> {
                    upstreams.held.countDown();
                    looks.incrementAndGet();
                }),
                true);
        deliverer.start();
        watching.mark(5).json(watching.broadcast.marks()::played);
        await().until(() -> !upstreams.heardBy(S2).isEmpty());
        deliverer.wake();
        await().until(() -> looks.get() > 0);
        awaitEmpty();
        deliverer.close();

        assertThat(upstreams.heardBy(S2)).hasSize(1);
    }

    @Test
    void whileNothingCanBeStoredNobodyIsToldAgainAndAgain() {
        deliverer.close();
        FullOutbox outbox = new FullOutbox(watching.people.store.outbox());
        deliverer = newDeliverer(outbox, true);
        deliverer.start();
        watching.mark(5).json(watching.broadcast.marks()::played);
        await().until(() -> outbox.refused.get() == 1);
        for (int i = 0; i < 5; i++) {
            deliverer.wake();
            await().until(deliverer::hasLooked);
        }
        assertThat(upstreams.heardBy(S2)).hasSize(1);

        outbox.full.set(false);
        watching.clock.pass(Duration.ofSeconds(16));
        deliverer.wake();
        awaitEmpty();
        assertThat(upstreams.heardBy(S2)).hasSize(2);
    }

    @Test
    void whatIsBeingToldAtTheEndIsToldToItsEnd() {
        upstreams.held = new CountDownLatch(1);
        watching.mark(5).json(watching.broadcast.marks()::played);
        await().until(() -> !upstreams.heardBy(S2).isEmpty());

        Thread closing = Thread.ofVirtual().start(deliverer::close);
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        upstreams.held.countDown();
        await().until(() -> !closing.isAlive());

        assertThat(watching.people.store.outbox().waiting()).isEmpty();
    }
}
