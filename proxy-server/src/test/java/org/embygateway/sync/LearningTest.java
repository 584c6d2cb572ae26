package org.embygateway.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.embygateway.index.Excerpts;
import org.embygateway.index.Merges.Outcome;
import org.embygateway.index.Merges.Refusal;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.EmbyJson;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static final List<UpstreamItem> HEAT = List.of(film("100", "Heat"));

    private final SyncStore store = new SyncStore();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch telling = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);

    /** A search may meet what a crawl has just put into the index: it must not look before the catalogue has it too. */
    @Test
    void whoLearnsWhatAnotherHasJustLearnedGoesOnWhenThatWasTold() throws InterruptedException {
        Learning learning = new Learning(store, Excerpts.NONE, change -> tell());
        Thread crawl = Thread.ofVirtual().start(() -> learning.learn(FakeServer.ID, HEAT));
        telling.await();
        Thread search = Thread.ofVirtual().start(() -> {
            learning.learn(FakeServer.ID, HEAT);
            events.add("the search looks");
        });

        await().until(() -> search.getState() == Thread.State.WAITING || !search.isAlive());
        told.countDown();
        crawl.join();
        search.join();

        assertThat(events).startsWith("the catalogue has it").endsWith("the search looks");
    }

    @Test
    void whatIsDecidedOnMergesWaitsForWhatIsJustBeingLearned() throws InterruptedException {
        Learning learning = new Learning(store, Excerpts.NONE, change -> tell());
        Thread crawl = Thread.ofVirtual().start(() -> learning.learn(FakeServer.ID, HEAT));
        telling.await();
        Thread act = Thread.ofVirtual()
                .start(() -> learning.decide(() -> {
                    events.add("an act is done");
                    return new Outcome.Refused(Refusal.UNKNOWN_ITEM);
                }));

        await().until(() -> act.getState() == Thread.State.WAITING || !act.isAlive());
        told.countDown();
        crawl.join();
        act.join();

        assertThat(events).containsExactly("the catalogue has it", "an act is done");
    }

    @Test
    void whatIsLearnedAheadIsStoredWhileWhatWasBeforeIsTold() throws InterruptedException {
        Learning learning = new Learning(
                store, Excerpts.NONE, change -> tell(change.changed().toString()));
        learning.learnAhead(FakeServer.ID, HEAT);
        telling.await();
        Thread crawl = Thread.ofVirtual()
                .start(() -> learning.learnAhead(FakeServer.ID, List.of(film("101", "Ran")))
                        .run());

        await().until(() -> store.index.batches.size() == 2);
        assertThat(events).isEmpty();
        told.countDown();
        crawl.join();

        assertThat(events).containsExactly("[5000]", "[5001]");
    }

    @Test
    void whatCouldNotBeToldIsThrownToWhoLearnedAheadAndHoldsNobodyUp() {
        AtomicInteger changes = new AtomicInteger();
        Learning learning = new Learning(store, Excerpts.NONE, change -> {
            if (changes.incrementAndGet() == 1) {
                throw new IllegalArgumentException("no");
            }
        });
        Runnable ahead = learning.learnAhead(FakeServer.ID, HEAT);

        assertThatThrownBy(ahead::run).isInstanceOf(IllegalArgumentException.class);
        learning.learn(FakeServer.ID, HEAT);
        assertThat(changes).hasValue(2);
    }

    private void tell(String what) {
        telling.countDown();
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        events.add(what);
    }

    private void tell() {
        if (telling.getCount() == 0) {
            return;
        }
        telling.countDown();
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        events.add("the catalogue has it");
    }

    private static UpstreamItem film(String id, String name) {
        return ItemParser.item(
                        FakeServer.entry(EmbyJson.object()
                                .put("Id", id)
                                .put("Name", name)
                                .put("Type", "Movie")),
                        "3")
                .orElseThrow();
    }
}
