package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.embygateway.index.Copy;
import org.embygateway.index.MergedItem;
import org.embygateway.index.UserRights;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;
import org.embygateway.route.RelayEnd;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final int SERVERS = 4;
    private static final Wish WISH =
            new Wish("POST", Params.of(Map.of("MaxStreamingBitrate", "20000000")), Map.of(), EmbyJson.object());
    private static final ItemId SEASON = new ItemId(900);

    /** Servers in some state, versions on them, and somebody who asks. */
    private static final class Scene {
        final PassingTime time = new PassingTime();
        final FakeUpstreams upstreams = new FakeUpstreams();
        final Conduct conduct = new Conduct(time);
        final PlaySessions sessions =
                new PlaySessions(new World.MemoryStore(), (user, session, client) -> Optional.empty(), time);
        final Slots slots = new Slots(
                new MemorySlots(),
                upstreams,
                new PlayRules(
                        Duration.ofSeconds(1),
                        0,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        user -> UserRights.DEFAULT,
                        PlayObserver.NONE),
                time);
        final Ranking ranking = new Ranking(upstreams, slots, conduct, sessions, time);
        final List<ObjectNode> sources = new ArrayList<>();
        final List<Target> targets = new ArrayList<>();
        final List<Integer> places = new ArrayList<>();
        final Caller caller = on("tv");
        private int streams;

        Scene() {
            IntStream.rangeClosed(1, SERVERS).forEach(server -> {
                upstreams.has(server, "http://server" + server, request -> FakeUpstreams.json("{}"));
                upstreams.answersAfter(new UpstreamId(server), Duration.ofMillis(20));
            });
        }

        static Caller on(String device) {
            return new Caller(
                    World.ALICE,
                    "alice",
                    false,
                    Hex32.of(device),
                    new ClientIdentity("Test", "TV", device, "1"),
                    new Secret("token"),
                    Visible.NOTHING);
        }

        Scene version(int server, int method, long megabits) {
            ObjectNode source = EmbyJson.object()
                    .put("SupportsDirectPlay", method == 0)
                    .put("SupportsDirectStream", method <= 1)
                    .put("SupportsTranscoding", method <= 2)
                    .put("Bitrate", megabits * 1_000_000);
            int place = (int)
                    targets.stream().filter(t -> t.upstream().value() == server).count();
            sources.add(source);
            places.add(place);
            targets.add(new Target(
                    new UpstreamId(server),
                    new ItemId(10),
                    Optional.empty(),
                    "item",
                    "version" + place,
                    "source" + place,
                    megabits * 125_000 * 100,
                    1_000_000_000));
            return this;
        }

        MergedItem item() {
            List<Copy> copies = targets.stream()
                    .map(t -> FakeIndex.copy(t.upstream().value(), "item"))
                    .distinct()
                    .toList();
            return new MergedItem(
                    new ItemId(10),
                    ItemKind.EPISODE,
                    "Pilot",
                    copies,
                    Optional.empty(),
                    Optional.of(SEASON),
                    List.of(),
                    List.of());
        }

        List<Ranked> all() {
            Ranking.Round round = ranking.round(caller, item());
            List<Ranked> all = new ArrayList<>();
            for (int i = 0; i < targets.size(); i++) {
                all.add(ranking.rank(sources.get(i), targets.get(i), WISH, Optional.empty(), round, places.get(i)));
            }
            return all;
        }

        List<Target> order() {
            return all().stream().sorted().map(Ranked::target).toList();
        }

        List<Target> orderByIndex() {
            Ranking.Round round = ranking.round(caller, item());
            return targets.stream()
                    .sorted((one, other) -> ranking.score(one, round, places.get(targets.indexOf(one)))
                            .compareTo(ranking.score(other, round, places.get(targets.indexOf(other)))))
                    .toList();
        }

        void streamsFrom(int server) {
            Caller other = on("other" + streams++);
            slots.take(other, Viewing.of(other, new ItemId(77)), new UpstreamId(server));
        }

        void carries(int server, long megabits) {
            conduct.carried(
                    new UpstreamId(server),
                    new RelayEnd(
                            megabits * 125_000 * 100,
                            true,
                            Duration.ofSeconds(99),
                            Duration.ofMillis(1),
                            Duration.ofSeconds(100).plusMillis(1)));
        }

        void played(int server, ItemId item) {
            sessions.used(
                    caller,
                    new Target(new UpstreamId(server), item, Optional.empty(), "item", "version", "source", 0, 0));
        }

        List<Integer> servers() {
            return order().stream().map(t -> t.upstream().value()).toList();
        }

        List<String> reasons(int server) {
            return all().stream()
                    .filter(ranked -> ranked.target().upstream().value() == server)
                    .findFirst()
                    .orElseThrow()
                    .score()
                    .reasons();
        }
    }

    private static Scene random(Random random) {
        Scene scene = new Scene();
        for (int server = 1; server <= SERVERS; server++) {
            UpstreamId id = new UpstreamId(server);
            for (int i = random.nextInt(3); i >= 0; i--) {
                scene.version(server, random.nextInt(4), 1 + random.nextInt(40));
            }
            scene.upstreams.answersAfter(id, Duration.ofMillis(random.nextInt(1500)));
            scene.upstreams.takes(id, random.nextInt(4));
            for (int i = random.nextInt(3); i > 0; i--) {
                scene.streamsFrom(server);
            }
            if (random.nextInt(4) == 0) {
                scene.conduct.failed(id, Conduct.Lapse.BROKE_OFF);
            }
            if (random.nextInt(3) == 0) {
                scene.carries(server, 1 + random.nextInt(60));
            }
            if (random.nextInt(6) == 0) {
                scene.upstreams.goesOffline(id);
            }
        }
        if (random.nextBoolean()) {
            scene.played(1 + random.nextInt(SERVERS), new ItemId(10));
        }
        return scene;
    }

    @Test
    void theOrderIsTotalAndDoesNotDependOnTheOrderOfTheCandidates() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            List<Ranked> all = new ArrayList<>(random(random).all());
            List<Target> order = all.stream().sorted().map(Ranked::target).toList();
            for (Ranked one : all) {
                for (Ranked other : all) {
                    int compared = Integer.signum(one.compareTo(other));
                    assertThat(compared).isEqualTo(-Integer.signum(other.compareTo(one)));
                    assertThat(compared == 0).isEqualTo(one == other);
                    assertThat(compared < 0).isEqualTo(order.indexOf(one.target()) < order.indexOf(other.target()));
                }
            }
            Collections.shuffle(all, random);
            assertThat(all.stream().sorted().map(Ranked::target)).isEqualTo(order);
        }
    }

    /** In every way in which a server can get worse, it passes no version of another that was before it. */
    @Test
    void aServerThatGetsWorseNeverMovesUp() {
        Random random = new Random(5);
        for (int round = 0; round < 600; round++) {
            Scene scene = random(random);
            int server = 1 + random.nextInt(SERVERS);
            UpstreamId id = new UpstreamId(server);
            List<Target> before = scene.order();
            List<Target> beforeByIndex = scene.orderByIndex();
            switch (round % 5) {
                case 0 -> {
                    Duration latency = scene.upstreams.health(id).latency().orElseThrow();
                    scene.upstreams.answersAfter(id, latency.plusMillis(random.nextInt(1000)));
                }
                case 1 -> {
                    long rate = scene.conduct.bitsPerSecond(id).orElse(60_000_000) / 1_000_000;
                    scene.carries(server, Math.max(1, rate - random.nextInt(60)));
                }
                case 2 -> scene.conduct.failed(id, Conduct.Lapse.SILENT);
                case 3 -> scene.streamsFrom(server);
                default -> scene.upstreams.goesOffline(id);
            }
            assertNotPassed(id, before, scene.order());
            assertNotPassed(id, beforeByIndex, scene.orderByIndex());
        }
    }

    private static void assertNotPassed(UpstreamId worse, List<Target> before, List<Target> after) {
        for (Target mine : before) {
            for (Target other : before) {
                boolean behind = mine.upstream().equals(worse)
                        && !other.upstream().equals(worse)
                        && before.indexOf(other) < before.indexOf(mine);
                if (behind) {
                    assertThat(after.indexOf(other)).isLessThan(after.indexOf(mine));
                }
            }
        }
    }

    @Test
    void whatPlaysAsItIsComesBeforeWhatHasToBeConverted() {
        Scene scene =
                new Scene().version(1, 2, 8).version(2, 1, 8).version(3, 0, 8).version(4, 3, 8);
        assertThat(scene.servers()).containsExactly(3, 2, 1, 4);
        assertThat(scene.reasons(3)).contains("server is up", "plays as it is");
        assertThat(scene.reasons(1)).contains("has to be transcoded", "first in the administrator's order");
    }

    @Test
    void aServerThatFailedInAStreamComesLastForAWhile() {
        Scene scene = new Scene().version(1, 0, 8).version(2, 2, 8);
        scene.conduct.failed(new UpstreamId(1), Conduct.Lapse.SILENT);
        scene.time.passes(Duration.ofMinutes(2));
        assertThat(scene.servers()).containsExactly(2, 1);
        assertThat(scene.reasons(1)).contains("server fell silent in a stream 2 minutes ago");
        scene.time.passes(Duration.ofMinutes(3));
        assertThat(scene.servers()).containsExactly(1, 2);
    }

    @Test
    void aFullServerComesLastAndABusyOneBehindAnotherThatIsNot() {
        Scene scene = new Scene().version(1, 0, 8).version(2, 0, 8);
        scene.upstreams.takes(new UpstreamId(1), 2);
        scene.streamsFrom(1);
        assertThat(scene.servers()).containsExactly(2, 1);
        assertThat(scene.reasons(1)).contains("plays 1 of at most 2 titles");
        scene.played(1, new ItemId(10));
        assertThat(scene.servers()).containsExactly(1, 2);
        scene.streamsFrom(1);
        assertThat(scene.servers()).containsExactly(2, 1);
        assertThat(scene.reasons(1)).contains("server plays as many titles as it may");
    }

    @Test
    void aServerThatCannotCarryTheFileComesBehindOneThatCan() {
        Scene scene = new Scene().version(1, 0, 10).version(2, 0, 10);
        scene.carries(1, 8);
        scene.carries(2, 90);
        assertThat(scene.servers()).containsExactly(2, 1);
        assertThat(scene.reasons(1)).contains("carries 8.0 Mbit/s, the file needs 10 Mbit/s");
        assertThat(scene.reasons(2)).contains("carries 90 Mbit/s");
        assertThat(scene.orderByIndex().getFirst().upstream().value()).isEqualTo(2);
    }

    @Test
    void aRateThatWaversAroundWhatTheFileNeedsDoesNotMoveADeviceFromServerToServer() {
        Scene scene = new Scene().version(1, 0, 10).version(2, 0, 10);
        scene.played(1, new ItemId(10));
        for (int rate : new int[] {11, 10, 12, 10, 11}) {
            scene.carries(1, rate);
            assertThat(scene.servers()).containsExactly(1, 2);
        }
    }

    @Test
    void aDeviceStaysWhereItPlayedTheTitleAndWhereItPlaysTheSeason() {
        Scene scene = new Scene().version(1, 0, 8).version(2, 0, 8).version(3, 0, 8);
        assertThat(scene.servers()).containsExactly(1, 2, 3);
        scene.sessions.past(
                scene.caller,
                new MergedItem(
                        new ItemId(9),
                        ItemKind.EPISODE,
                        "Before",
                        List.of(),
                        Optional.empty(),
                        Optional.of(SEASON),
                        List.of(),
                        List.of()));
        scene.played(3, new ItemId(9));
        assertThat(scene.servers()).containsExactly(3, 1, 2);
        assertThat(scene.reasons(3)).contains("the season is played from here");
        scene.played(2, new ItemId(10));
        assertThat(scene.servers().getFirst()).isEqualTo(2);
        assertThat(scene.reasons(2)).contains("played from here before");
    }

    @Test
    void aMuchQuickerServerComesFirstAndALittleQuickerOneDoesNot() {
        Scene scene = new Scene().version(1, 0, 8).version(2, 0, 8);
        scene.upstreams.answersAfter(new UpstreamId(1), Duration.ofMillis(80));
        scene.upstreams.answersAfter(new UpstreamId(2), Duration.ofMillis(20));
        assertThat(scene.servers()).containsExactly(1, 2);
        scene.upstreams.answersAfter(new UpstreamId(1), Duration.ofMillis(700));
        assertThat(scene.servers()).containsExactly(2, 1);
        assertThat(scene.reasons(1)).contains("answers in 700 ms");
    }

    @Test
    void whatIsAboveTheBitRateComesBehind() {
        Scene scene = new Scene().version(1, 0, 25).version(2, 0, 19);
        assertThat(scene.servers()).containsExactly(2, 1);
        assertThat(scene.reasons(1)).contains("bit rate is above the limit");
    }
}
