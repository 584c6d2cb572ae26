package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.embygateway.index.UserRights;
import org.embygateway.play.SlotTable.Outcome;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final UserId ALICE = World.ALICE;
    private static final UserId BOB = new UserId(Hex32.of("bob"));
    private static final ItemId HEAT = new ItemId(10);
    private static final ItemId RAN = new ItemId(20);
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final PassingTime time = new PassingTime();
    private final FakeUpstreams upstreams = new FakeUpstreams();
    private final UpstreamId one = upstreams.has(1, "http://one.lan", request -> FakeUpstreams.json("{}"));
    private final UpstreamId two = upstreams.has(2, "http://two.lan", request -> FakeUpstreams.json("{}"));
    private final Map<UserId, UserRights> rights = new HashMap<>();
    private final Slots slots = slots(0);

    private Slots slots(int streamsPerUser) {
        PlayRules rules = new PlayRules(
                Duration.ofSeconds(1),
                streamsPerUser,
                Duration.ofSeconds(30),
                IDLE,
                user -> rights.getOrDefault(user, UserRights.DEFAULT),
                PlayObserver.NONE);
        return new Slots(new MemorySlots(), upstreams, rules, time);
    }

    private static Caller on(UserId user, String device) {
        return new Caller(
                user,
                "somebody",
                false,
                Hex32.of(device),
                new ClientIdentity("Test", "TV", device, "1"),
                new Secret("token"),
                Visible.NOTHING);
    }

    private Outcome take(UserId user, String device, ItemId item, UpstreamId upstream) {
        return take(slots, user, device, item, upstream);
    }

    private static Outcome take(Slots slots, UserId user, String device, ItemId item, UpstreamId upstream) {
        Caller caller = on(user, device);
        return slots.take(caller, Viewing.of(caller, item), upstream);
    }

    private Slots.Flow flow(UserId user, String device, ItemId item, UpstreamId upstream) {
        Caller caller = on(user, device);
        return slots.flow(caller, Viewing.of(caller, item), upstream, 0);
    }

    private static Viewing viewing(UserId user, String device, ItemId item) {
        return new Viewing(user, device, item);
    }

    @Test
    void oneTitleOnOneDeviceTakesOnePlaceHoweverManyRequestsItMakes() {
        upstreams.takes(one, 1);
        for (int i = 0; i < 20; i++) {
            assertThat(take(ALICE, "tv", HEAT, one)).isEqualTo(Outcome.TAKEN);
            time.passes(Duration.ofMillis(300));
        }
        assertThat(take(ALICE, "phone", HEAT, one)).isEqualTo(Outcome.UPSTREAM_FULL);
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.UPSTREAM_FULL);
        assertThat(take(BOB, "tv", HEAT, two)).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void aUserPlaysAsManyTitlesAsTheUserMayAndElseAsEverybodyMay() {
        Slots limited = slots(2);
        rights.put(BOB, new UserRights(1, true, true));
        assertThat(take(limited, ALICE, "tv", HEAT, one)).isEqualTo(Outcome.TAKEN);
        assertThat(take(limited, ALICE, "phone", HEAT, two)).isEqualTo(Outcome.TAKEN);
        assertThat(take(limited, ALICE, "tablet", HEAT, two)).isEqualTo(Outcome.USER_FULL);
        assertThat(take(limited, BOB, "tv", HEAT, one)).isEqualTo(Outcome.TAKEN);
        assertThat(take(limited, BOB, "phone", HEAT, one)).isEqualTo(Outcome.USER_FULL);
    }

    @Test
    void aPlaceIsFreeWhenTheClientStops() {
        upstreams.takes(one, 1);
        take(ALICE, "tv", HEAT, one);
        slots.stopped(viewing(ALICE, "tv", HEAT));
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void aPlaceIsFreeSoonAfterTheClientHungUpUnlessItComesBack() {
        upstreams.takes(one, 1);
        take(ALICE, "tv", HEAT, one);
        flow(ALICE, "tv", HEAT, one).ended(false);
        time.passes(Duration.ofSeconds(10));
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.UPSTREAM_FULL);
        assertThat(take(ALICE, "tv", HEAT, one)).isEqualTo(Outcome.TAKEN);
        Slots.Flow jumped = flow(ALICE, "tv", HEAT, one);
        time.passes(Duration.ofSeconds(10));
        slots.sweep();
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.UPSTREAM_FULL);
        jumped.ended(false);
        time.passes(Duration.ofSeconds(16));
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void oneOfSeveralConnectionsThatClosesFreesNothing() {
        upstreams.takes(one, 1);
        take(ALICE, "tv", HEAT, one);
        Slots.Flow first = flow(ALICE, "tv", HEAT, one);
        flow(ALICE, "tv", HEAT, one);
        first.ended(false);
        time.passes(Duration.ofSeconds(30));
        slots.sweep();
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.UPSTREAM_FULL);
    }

    @Test
    void aPlaceIsKeptWhileBytesFlowOrSomethingIsHeardAndFreeWhenNothingIs() {
        upstreams.takes(one, 1);
        take(ALICE, "tv", HEAT, one);
        Slots.Flow flow = flow(ALICE, "tv", HEAT, one);
        for (int i = 0; i < 10; i++) {
            time.passes(Duration.ofSeconds(60));
            slots.sweep();
        }
        flow.ended(true);
        for (int i = 0; i < 10; i++) {
            time.passes(Duration.ofSeconds(60));
            slots.heard(viewing(ALICE, "tv", HEAT));
            slots.sweep();
        }
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.UPSTREAM_FULL);
        time.passes(IDLE.plusSeconds(1));
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.TAKEN);
        assertThat(slots.running()).hasSize(1);
    }

    @Test
    void aDeviceThatGoesOnToAnotherTitleLeavesTheOneBefore() {
        upstreams.takes(one, 1);
        take(ALICE, "tv", HEAT, one);
        assertThat(take(ALICE, "tv", RAN, one)).isEqualTo(Outcome.UPSTREAM_FULL);
        time.passes(Duration.ofSeconds(25));
        slots.heard(viewing(ALICE, "tv", HEAT));
        assertThat(take(ALICE, "phone", RAN, one)).isEqualTo(Outcome.UPSTREAM_FULL);
        assertThat(take(ALICE, "tv", RAN, one)).isEqualTo(Outcome.TAKEN);
        assertThat(take(ALICE, "tv", HEAT, one)).isEqualTo(Outcome.UPSTREAM_FULL);
    }

    @Test
    void whatGoesOnFromAnotherServerLeavesTheFirst() {
        upstreams.takes(one, 1);
        upstreams.takes(two, 1);
        take(ALICE, "tv", HEAT, one);
        Slots.Flow before = flow(ALICE, "tv", HEAT, one);
        assertThat(take(ALICE, "tv", HEAT, two)).isEqualTo(Outcome.TAKEN);
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.UPSTREAM_FULL);
        before.ended(true);
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.TAKEN);
        assertThat(take(BOB, "phone", HEAT, two)).isEqualTo(Outcome.UPSTREAM_FULL);
    }

    @Test
    void aPlaceIsKeptWhereTheViewingWentLastThoughItsFirstConnectionIsOpenStill() {
        upstreams.takes(one, 1);
        upstreams.takes(two, 1);
        take(ALICE, "tv", HEAT, one);
        Slots.Flow first = flow(ALICE, "tv", HEAT, one);
        take(ALICE, "tv", HEAT, two);
        flow(ALICE, "tv", HEAT, two).ended(true);
        assertThat(take(BOB, "tv", HEAT, two)).isEqualTo(Outcome.UPSTREAM_FULL);
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.UPSTREAM_FULL);
        first.ended(false);
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void whatIsOnlyReservedIsFreeSoon() {
        upstreams.takes(one, 1);
        slots.reserve(on(ALICE, "tv"), viewing(ALICE, "tv", HEAT), one);
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.UPSTREAM_FULL);
        time.passes(Duration.ofSeconds(16));
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void aClientThatSaysItStoppedAndGoesOnCountsAgain() {
        upstreams.takes(one, 1);
        take(ALICE, "tv", HEAT, one);
        Slots.Flow flow = flow(ALICE, "tv", HEAT, one);
        slots.stopped(viewing(ALICE, "tv", HEAT));
        flow.sent(1 << 20);
        slots.sweep();
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.TAKEN);
        slots.stopped(viewing(BOB, "tv", HEAT));
        flow.sent(100 << 20);
        slots.sweep();
        assertThat(take(BOB, "tv", HEAT, one)).isEqualTo(Outcome.UPSTREAM_FULL);
    }

    /** Each holds its place for a moment and asks again, for as long as all of them do. */
    @Test
    void fiftyAtOnceNeverHoldMorePlacesThanThereAre() throws Exception {
        int most = 3;
        upstreams.takes(one, most);
        AtomicInteger holding = new AtomicInteger();
        AtomicInteger highest = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService devices = Executors.newFixedThreadPool(50)) {
            List<Future<?>> all = new ArrayList<>();
            IntStream.range(0, 50)
                    .forEach(i -> all.add(devices.submit(() -> {
                        Caller caller = on(ALICE, "device" + i);
                        Viewing viewing = Viewing.of(caller, HEAT);
                        go.await();
                        for (int round = 0; round < 2000; round++) {
                            if (slots.take(caller, viewing, one) == Outcome.TAKEN) {
                                highest.accumulateAndGet(holding.incrementAndGet(), Math::max);
                                taken.incrementAndGet();
                                Thread.yield();
                                holding.decrementAndGet();
                                slots.stopped(viewing);
                            }
                        }
                        return null;
                    })));
            go.countDown();
            for (Future<?> device : all) {
                device.get();
            }
        }
        assertThat(highest).hasValueLessThanOrEqualTo(most);
        assertThat(taken).hasValueGreaterThan(most);
        assertThat(slots.places()).isEmpty();
    }
}
