package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.embygateway.index.sql.Sample.movie;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.embygateway.index.Delivery;
import org.embygateway.index.Outbox;
import org.embygateway.index.StoreFailure;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watch state and what upstreams are still to be told of it. */
abstract class WatchStateContract extends StoreContract {
    private static final ItemId HEAT = new ItemId(100);
    private static final ItemId RAN = new ItemId(200);

    private UserId alice;
    private UserId bob;
    private UpstreamId one;
    private UpstreamId two;

    @BeforeEach
    void addUsersAndServers() {
        alice = user("Alice");
        bob = user("Bob");
        one = upstream("One");
        two = upstream("Two");
    }

    private static UserData at(long position, Instant changed) {
        return new UserData(false, position, 1, true, Optional.of(changed), OptionalDouble.of(7.5), true, changed);
    }

    private Delivery delivery(ItemId item, UpstreamId upstream, Delivery.Kind kind, String body, int second) {
        return new Delivery(0, alice, item, upstream, kind, body, NOON.plusSeconds(second), 0);
    }

    private void save(Delivery... deliveries) {
        store.userData().save(alice, Map.of(), List.of(deliveries));
    }

    private List<String> due() {
        return store.outbox().due(NOON.plus(Duration.ofHours(1)), 100).stream()
                .map(Delivery::body)
                .toList();
    }

    @Test
    void statesOutliveARestartAndUsersNeverMix() {
        UserData state = at(4711, NOON);
        store.userData().save(alice, Map.of(HEAT, state), List.of());
        store.userData().save(bob, Map.of(RAN, at(1, NOON)), List.of());
        restart();
        assertThat(store.userData().find(alice, List.of(HEAT, RAN))).isEqualTo(Map.of(HEAT, state));
        assertThat(store.userData().all(alice)).isEqualTo(Map.of(HEAT, state));
    }

    @Test
    void statesWithoutTimesAndRatingComeBackAsStored() {
        store.userData().save(alice, Map.of(HEAT, UserData.NONE), List.of());
        assertThat(store.userData().find(alice, List.of(HEAT))).isEqualTo(Map.of(HEAT, UserData.NONE));
    }

    @Test
    void aStateAndItsDeliveriesAreStoredTogetherOrNotAtAll() {
        Delivery ofNobody = new Delivery(0, UserId.random(), HEAT, one, Delivery.Kind.WATCH, "x", NOON, 0);
        assertThatThrownBy(() -> store.userData().save(alice, Map.of(HEAT, at(1, NOON)), List.of(ofNobody)))
                .isInstanceOf(StoreFailure.class);
        assertThat(store.userData().all(alice)).isEmpty();
        assertThat(due()).isEmpty();
    }

    @Test
    void whenTitlesAreMergedTheNewestStateCountsAndWhenTheyPartEachHasItsOwn() {
        store.media()
                .learn(one, List.of(movie("1", "Heat", 1995).id("tmdb", "949").build()));
        store.media().learn(two, List.of(movie("2", "Ran", 1985).id("tmdb", "1").build()));
        ItemId heat = store.media().idsOf(one, List.of("1")).get("1");
        ItemId ran = store.media().idsOf(two, List.of("2")).get("2");
        UserData older = at(1, NOON);
        UserData newer = at(2, NOON.plusSeconds(1));
        store.userData().save(alice, Map.of(heat, older, ran, newer), List.of());

        store.media()
                .learn(two, List.of(movie("2", "Ran", 1985).id("tmdb", "949").build()));
        assertThat(store.userData().all(alice)).isEqualTo(Map.of(heat, newer));
        assertThat(store.userData().find(alice, List.of(heat))).isEqualTo(Map.of(heat, newer));
        assertThat(store.userData().find(alice, List.of(ran))).isEqualTo(Map.of(ran, newer));

        UserData latest = at(3, NOON.plusSeconds(2));
        store.userData().save(alice, Map.of(ran, latest), List.of());
        assertThat(store.userData().all(alice)).isEqualTo(Map.of(heat, latest));

        store.media().learn(two, List.of(movie("2", "Ran", 1985).id("tmdb", "1").build()));
        assertThat(store.userData().all(alice)).isEqualTo(Map.of(heat, latest, ran, newer));
    }

    @Test
    void theNewestDeliveryOfItsKindReplacesTheOneThatWaits() {
        save(delivery(HEAT, one, Delivery.Kind.WATCH, "old", 1), delivery(HEAT, two, Delivery.Kind.WATCH, "other", 2));
        save(delivery(HEAT, one, Delivery.Kind.WATCH, "new", 3));
        save(delivery(HEAT, one, Delivery.Kind.WATCH, "late", 2));
        assertThat(due()).containsExactly("other", "new");
        assertThat(store.outbox().waiting()).isEqualTo(Map.of(one, 1L, two, 1L));
    }

    @Test
    void deliveriesOfOneItemAndServerGoOutOneByOneInTheOrderTheyWereMade() {
        save(
                delivery(HEAT, one, Delivery.Kind.FAVORITE, "second", 2),
                delivery(HEAT, one, Delivery.Kind.WATCH, "first", 1),
                delivery(RAN, one, Delivery.Kind.WATCH, "else", 3));
        assertThat(due()).containsExactly("first", "else");
        store.outbox().delivered(store.outbox().due(NOON.plusSeconds(9), 1).getFirst());
        assertThat(due()).containsExactly("second", "else");
    }

    @Test
    void deliveriesOutliveARestart() {
        save(delivery(HEAT, one, Delivery.Kind.RATING, "{\"Rating\":7}", 1));
        restart();
        Delivery kept = store.outbox().due(NOON.plusSeconds(1), 10).getFirst();
        assertThat(kept)
                .usingRecursiveComparison()
                .ignoringFields("id")
                .isEqualTo(delivery(HEAT, one, Delivery.Kind.RATING, "{\"Rating\":7}", 1));
        assertThat(store.outbox().due(NOON, 10)).isEmpty();
    }

    @Test
    void aFailedDeliveryWaitsAndHoldsBackTheLaterOnes() {
        save(
                delivery(HEAT, one, Delivery.Kind.WATCH, "first", 1),
                delivery(HEAT, one, Delivery.Kind.FAVORITE, "second", 2));
        Outbox outbox = store.outbox();
        outbox.failed(outbox.due(NOON.plusSeconds(5), 1).getFirst(), NOON.plusSeconds(60), "502");
        assertThat(outbox.due(NOON.plusSeconds(59), 10)).isEmpty();
        assertThat(outbox.due(NOON.plusSeconds(60), 10))
                .extracting(Delivery::attempts)
                .containsExactly(1);
        outbox.failed(outbox.due(NOON.plusSeconds(60), 1).getFirst(), NOON.plusSeconds(600), "502");
        outbox.retryNow(one);
        assertThat(outbox.due(NOON.plusSeconds(60), 10))
                .extracting(Delivery::attempts)
                .containsExactly(2);
    }

    @Test
    void aNewerDeliveryStaysWhateverBecomesOfTheOneUnderWay() {
        Outbox outbox = store.outbox();
        save(delivery(HEAT, one, Delivery.Kind.WATCH, "old", 1));
        Delivery underWay = outbox.due(NOON.plusSeconds(5), 1).getFirst();
        save(delivery(HEAT, one, Delivery.Kind.WATCH, "new", 2));
        outbox.failed(underWay, NOON.plusSeconds(6000), "502");
        assertThat(due()).containsExactly("new");
        outbox.delivered(underWay);
        outbox.drop(underWay);
        assertThat(due()).containsExactly("new");
        outbox.drop(outbox.due(NOON.plusSeconds(5), 1).getFirst());
        assertThat(outbox.waiting()).isEmpty();
    }

    @Test
    void removingAServerEmptiesItsPartOfTheOutbox() {
        save(delivery(HEAT, one, Delivery.Kind.WATCH, "gone", 1), delivery(HEAT, two, Delivery.Kind.WATCH, "kept", 1));
        store.upstreams().remove(one);
        assertThat(due()).containsExactly("kept");
    }

    @Test
    void aDeliveryNamesTheCurrentItem() {
        store.media()
                .learn(one, List.of(movie("1", "Heat", 1995).id("tmdb", "949").build()));
        store.media().learn(two, List.of(movie("2", "Ran", 1985).id("tmdb", "1").build()));
        ItemId heat = store.media().idsOf(one, List.of("1")).get("1");
        ItemId ran = store.media().idsOf(two, List.of("2")).get("2");
        save(delivery(ran, two, Delivery.Kind.WATCH, "x", 1));
        store.media()
                .learn(two, List.of(movie("2", "Ran", 1985).id("tmdb", "949").build()));
        assertThat(store.outbox().due(NOON.plusSeconds(5), 1))
                .extracting(Delivery::item)
                .containsExactly(heat);
    }

    private List<String> catchUps(UpstreamId upstream) {
        Instant soon = Instant.now().plusSeconds(60);
        return store.outbox().catchUps(upstream, soon, 100).stream()
                .map(delivery -> delivery.user() + " " + delivery.item())
                .sorted()
                .toList();
    }

    @Test
    void aServerThatGetsATitleThatPeopleWatchedIsToBeToldOnce() {
        store.media()
                .learn(one, List.of(movie("1", "Heat", 1995).id("tmdb", "949").build()));
        ItemId heat = store.media().idsOf(one, List.of("1")).get("1");
        store.userData().save(alice, Map.of(heat, at(1, NOON)), List.of());
        store.userData().save(bob, Map.of(RAN, at(1, NOON)), List.of());
        assertThat(catchUps(one)).isEmpty();

        store.media()
                .learn(two, List.of(movie("7", "Heat", 1995).id("tmdb", "949").build()));
        restart();

        assertThat(catchUps(two)).containsExactly(alice + " " + heat);
        assertThat(catchUps(one)).isEmpty();
        assertThat(store.outbox().due(Instant.now().plusSeconds(60), 10)).isEmpty();
        store.outbox().catchUps(two, Instant.now(), 10).forEach(store.outbox()::delivered);
        store.media()
                .learn(two, List.of(movie("7", "HEAT", 1995).id("tmdb", "949").build()));
        assertThat(catchUps(two)).isEmpty();

        store.media().forget(two, List.of("7"));
        assertThat(catchUps(two)).isEmpty();
        store.media()
                .learn(two, List.of(movie("7", "Heat", 1995).id("tmdb", "949").build()));
        assertThat(catchUps(two)).containsExactly(alice + " " + heat);
    }

    @Test
    void whenTitlesAreMergedTheHoldersOfBothAreToBeTold() {
        store.media()
                .learn(one, List.of(movie("1", "Heat", 1995).id("tmdb", "949").build()));
        store.media().learn(two, List.of(movie("2", "Ran", 1985).id("tmdb", "1").build()));
        ItemId heat = store.media().idsOf(one, List.of("1")).get("1");
        ItemId ran = store.media().idsOf(two, List.of("2")).get("2");
        store.userData().save(alice, Map.of(heat, at(1, NOON)), List.of());
        store.userData().save(bob, Map.of(ran, at(2, NOON)), List.of());

        store.media()
                .learn(two, List.of(movie("2", "Ran", 1985).id("tmdb", "949").build()));

        assertThat(catchUps(two)).containsExactlyInAnyOrder(alice + " " + heat, bob + " " + heat);
        assertThat(catchUps(one)).containsExactlyInAnyOrder(alice + " " + heat, bob + " " + heat);
    }

    @Test
    void aCatchUpHoldsBackNothing() {
        store.media()
                .learn(one, List.of(movie("1", "Heat", 1995).id("tmdb", "949").build()));
        ItemId heat = store.media().idsOf(one, List.of("1")).get("1");
        store.userData().save(alice, Map.of(heat, at(1, NOON)), List.of());
        store.media()
                .learn(two, List.of(movie("7", "Heat", 1995).id("tmdb", "949").build()));

        save(new Delivery(
                0, alice, heat, two, Delivery.Kind.WATCH, "later", Instant.now().plusSeconds(1), 0));

        assertThat(store.outbox().due(Instant.now().plusSeconds(60), 10))
                .extracting(Delivery::body)
                .containsExactly("later");
        assertThat(catchUps(two)).containsExactly(alice + " " + heat);
    }
}
