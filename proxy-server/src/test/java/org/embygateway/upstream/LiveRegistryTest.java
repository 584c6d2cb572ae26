package org.embygateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.embygateway.index.AccountRecord.WatchState;
import org.embygateway.index.Passage;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UpstreamRecord.PlaybackMode;
import org.embygateway.index.UpstreamRecord.SyncMode;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LiveRegistryTest {
    private static final UpstreamRequest ITEMS =
            UpstreamRequest.get("/Users/{user}/Items", Map.of(), Duration.ofSeconds(2));
    private static final HealthTimes QUICK = new HealthTimes(
            Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(20), Duration.ofMillis(200));
    private static final HealthTimes SELDOM = new HealthTimes(
            Duration.ofMinutes(10), Duration.ofMillis(300), Duration.ofMillis(20), Duration.ofMillis(200));

    private final MemoryStore store = new MemoryStore();
    private final Peer peer = new Peer();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Optional<UpstreamSide> side = Optional.empty();
    private UpstreamId id = new UpstreamId(99);

    @BeforeEach
    void register() {
        UpstreamRecord record = store.upstreams().add("Attic", peer.url(), PlaybackMode.PROXY, SyncMode.FULL, false);
        id = record.id();
        store.accounts().put(id, Optional.empty(), "gateway", new Secret("open"), WatchState.SHARED);
        log.start();
        Logger watch = (Logger) LoggerFactory.getLogger(Watch.class);
        watch.setLevel(Level.INFO);
        watch.addAppender(log);
    }

    private UpstreamSide side(HealthTimes times) {
        UpstreamSide made = new UpstreamSide(
                store,
                "5d41402abc4b2a76b9719d911017c592",
                new OutboundIdentity("Emby Gateway", "Gateway", "0.1.0"),
                new UpstreamOptions(times, 10),
                CallObserver.NONE);
        side = Optional.of(made);
        return made;
    }

    private UpstreamSide started(HealthTimes times) {
        UpstreamSide started = side(times);
        started.start();
        await().until(() -> started.registry().health(id).latency().isPresent());
        return started;
    }

    @AfterEach
    void stop() {
        side.ifPresent(UpstreamSide::close);
        peer.close();
        ((Logger) LoggerFactory.getLogger(Watch.class)).detachAppender(log);
    }

    private Visible everything() {
        return new Visible(Set.of(id));
    }

    @Test
    void aServerThatStopsAnsweringLeavesTheRoutingAndComesBackWithOneLineEach() {
        LiveRegistry registry = started(QUICK).registry();
        List<UpstreamId> recovered = new CopyOnWriteArrayList<>();
        registry.onRecovered(recovered::add);
        assertThat(registry.routable(everything())).containsExactly(id);

        peer.hung = true;
        await().until(() -> registry.routable(everything()).isEmpty());
        assertThat(registry.health(id).reason()).isNotEmpty().doesNotContain("localhost");
        peer.hung = false;
        await().until(() -> registry.isOnline(id));
        await().until(() -> recovered.equals(List.of(id)));

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("Attic").doesNotContain("localhost"));
    }

    @Test
    void firstBytesOfFilesCountForTheLatencyOnceInASecondAndChecksCountToo() {
        LiveRegistry registry = started(SELDOM).registry();
        Duration before = registry.health(id).latency().orElseThrow();
        registry.answered(id, before.plusMillis(1000));
        Duration after = registry.health(id).latency().orElseThrow();
        assertThat(after).isBetween(before.plusMillis(250), before.plusMillis(350));
        assertThat(registry.health(id).slowness()).isPositive();
        registry.answered(id, before.plusMillis(1000));
        assertThat(registry.health(id).latency()).hasValue(after);
        registry.checkNow(id);
        await().until(() -> registry.health(id).latency().orElseThrow().compareTo(after) < 0);
    }

    @Test
    void threeBrokenConnectionsTakeAServerOutAtOnceWithoutWaitingForACheck() {
        UpstreamSide running = started(SELDOM);
        running.calls().send(id, Actor.GATEWAY, ITEMS);
        int port = peer.port();
        peer.close();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> running.calls().send(id, Actor.GATEWAY, ITEMS))
                    .isInstanceOf(UpstreamFailed.class);
        }
        assertThat(running.registry().isOnline(id)).isFalse();

        try (Peer again = new Peer(port)) {
            await().until(() -> running.registry().isOnline(id));
            assertThat(again.seen).isNotEmpty();
        }
    }

    @Test
    void aHangSeenByACallIsCheckedAtOnce() {
        UpstreamSide running = started(new HealthTimes(
                Duration.ofMinutes(10), Duration.ofMillis(300), Duration.ofMillis(20), Duration.ofMillis(200)));
        running.calls().send(id, Actor.GATEWAY, ITEMS);
        peer.hung = true;
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            assertThatThrownBy(() -> running.calls().send(id, Actor.GATEWAY, ITEMS))
                    .isInstanceOf(UpstreamFailed.class);
            return !running.registry().isOnline(id);
        });
    }

    @Test
    void aServerThatAsksForFewerQuestionsIsNotOffline() {
        LiveRegistry registry = started(QUICK).registry();
        peer.answering = exchange -> Peer.answer(exchange, 429, "");
        int before = peer.seen.size();
        await().until(() -> peer.seen.size() > before + 3);

        assertThat(registry.isOnline(id)).isTrue();
    }

    @Test
    void manyCallsToAServerThatHungFromTheStartFailTogether() throws Exception {
        peer.hung = true;
        UpstreamSide fresh = side(SELDOM);
        fresh.start();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.submit(() -> fresh.calls().send(id, Actor.GATEWAY, ITEMS));
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void anotherServerAtTheSameAddressIsNoticed() {
        LiveRegistry registry = started(QUICK).registry();
        List<UpstreamId> replaced = new CopyOnWriteArrayList<>();
        registry.onReplaced(replaced::add);

        peer.id = "ffffffffffffffffffffffffffffffff";
        await().until(() -> replaced.equals(List.of(id)));
    }

    @Test
    void aRemovedServerIsGoneAtOnceAndADisabledOneToo() {
        LiveRegistry registry = started(QUICK).registry();
        store.upstreams().remove(id);
        registry.reload();

        assertThat(registry.all()).isEmpty();
        assertThat(registry.find(id)).isEmpty();
        assertThat(registry.isOnline(id)).isFalse();
        assertThat(registry.routable(everything())).isEmpty();
    }

    @Test
    void aTrialSaysWhichStepFailedAndWhy() {
        UpstreamSide running = started(SELDOM);
        peer.answering = exchange -> exchange.getRequestURI().getPath().endsWith("/Views")
                && Peer.answer(exchange, 200, "{\"Items\":[{\"Name\":\"Films\"}]}");

        Trial.Result good = running.trial().run(peer.url(), Passage.DIRECT, "gateway", new Secret("open"));
        assertThat(good.ok()).isTrue();
        assertThat(good.libraries()).containsExactly("Films");
        assertThat(good.version()).isEqualTo("4.8.11.0");
        assertThat(peer.seen.getLast().path()).isEqualTo("/Sessions/Logout");

        Trial.Result wrong = running.trial().run(peer.url(), Passage.DIRECT, "gateway", new Secret("no"));
        assertThat(wrong.ok()).isFalse();
        assertThat(wrong.steps()).extracting(Trial.Step::name).containsExactly("info", "login");
        assertThat(wrong.steps().getLast().detail()).isEqualTo("The server does not accept the name or the password.");
    }
}
