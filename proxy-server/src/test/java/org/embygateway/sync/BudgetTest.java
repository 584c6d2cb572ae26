package org.embygateway.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.embygateway.index.SyncRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BudgetTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicReference<Use> use = new AtomicReference<>(Use.NONE);
    private final List<Long> turns = new CopyOnWriteArrayList<>();

    private static SyncRules rules(int perSecond, int atOnce) {
        return new SyncRules(perSecond, atOnce, List.of(), List.of(), false);
    }

    private Budget budget(int perSecond, int atOnce) {
        return new Budget(rules(perSecond, atOnce), use::get);
    }

    private void crawl(Budget budget, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            try (Budget.Turn turn = budget.crawl()) {
                turns.add(System.nanoTime());
            }
        }
    }

    private void live(Budget budget) throws InterruptedException {
        try (Budget.Turn turn = budget.live(PATIENCE).orElseThrow()) {
            turns.add(System.nanoTime());
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static Thread start(Work work) {
        return Thread.startVirtualThread(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void neverMoreThan(int perSecond) {
        long between = TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (int i = 1; i < turns.size(); i++) {
            assertThat(turns.get(i) - turns.get(i - 1))
                    .as("turn %d", i)
                    .isGreaterThanOrEqualTo(between - TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    @Test
    void crawlAndLiveListsTogetherKeepToTheRate() throws InterruptedException {
        Budget budget = budget(50, 8);
        List<Thread> threads = new ArrayList<>();
        threads.add(start(() -> crawl(budget, 20)));
        for (int i = 0; i < 20; i++) {
            threads.add(start(() -> live(budget)));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(turns).hasSize(40);
        neverMoreThan(50);
    }

    @Test
    void noMoreAreOnTheirWayThanAllowed() throws InterruptedException {
        Budget budget = budget(1000, 2);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch answer = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            threads.add(start(() -> {
                try (Budget.Turn turn = budget.live(PATIENCE).orElseThrow()) {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    two.countDown();
                    answer.await();
                    running.decrementAndGet();
                }
            }));
        }
        two.await();
        answer.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most).hasValue(2);
    }

    @Test
    void anotherRateCountsFromTheNextQuestionOn() throws InterruptedException {
        Budget budget = budget(1, 1);
        crawl(budget, 1);
        Thread waiting = start(() -> crawl(budget, 10));
        budget.follow(rules(1000, 1));
        waiting.join();
        assertThat(turns.getLast() - turns.getFirst()).isLessThan(TimeUnit.MILLISECONDS.toNanos(900));

        turns.clear();
        budget.follow(rules(20, 1));
        crawl(budget, 5);
        neverMoreThan(20);
    }

    @Test
    void aLiveListGoesBeforeTheCrawl() throws InterruptedException {
        Budget budget = budget(1000, 1);
        List<String> order = new CopyOnWriteArrayList<>();
        Thread crawl;
        Thread list;
        try (Budget.Turn first = budget.crawl()) {
            crawl = start(() -> {
                try (Budget.Turn turn = budget.crawl()) {
                    order.add("crawl");
                }
            });
            await().until(() -> crawl.getState() == Thread.State.TIMED_WAITING);
            list = start(() -> {
                try (Budget.Turn turn = budget.live(PATIENCE).orElseThrow()) {
                    order.add("list");
                }
            });
            await().until(() -> list.getState() == Thread.State.TIMED_WAITING);
        }
        list.join();
        crawl.join();

        assertThat(order).containsExactly("list", "crawl");
    }

    @Test
    void theCrawlStandsBackForPeopleAndAnAdministratorButLiveListsDoNot() throws InterruptedException {
        Budget budget = budget(1000, 1);
        use.set(Use.STREAMED);
        Thread crawl = start(() -> crawl(budget, 1));
        await().until(() -> crawl.getState() == Thread.State.TIMED_WAITING);
        live(budget);
        assertThat(crawl.isAlive()).isTrue();
        assertThat(budget.pause()).contains(SyncProgress.Pause.PEOPLE_STREAM);

        budget.follow(rules(1000, 1).paused(true));
        use.set(Use.READ);
        assertThat(budget.pause()).contains(SyncProgress.Pause.ADMINISTRATOR);
        budget.follow(rules(1000, 1));
        assertThat(budget.pause()).contains(SyncProgress.Pause.PEOPLE_BROWSE);
        use.set(Use.NONE);
        crawl.join();
        assertThat(budget.pause()).isEmpty();
    }

    @Test
    void anUpstreamThatWantsRestHasItFromEveryone() throws InterruptedException {
        Budget budget = budget(1000, 4);
        long begun = System.nanoTime();
        budget.rest(Duration.ofMillis(300));
        budget.rest(Duration.ofMillis(1));
        budget.follow(rules(500, 4).paused(true));
        budget.follow(rules(1000, 4));

        assertThat(budget.live(Duration.ofMillis(50))).isEmpty();
        crawl(budget, 1);
        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(290));
    }
}
