package org.embygateway.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.EmbyJson;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();

    private static Intake.Part part(int next, int items) {
        UpstreamItem item = ItemParser.item(
                        FakeServer.entry(EmbyJson.object()
                                .put("Id", "1")
                                .put("Name", "Heat")
                                .put("Type", "Movie")),
                        "3")
                .orElseThrow();
        return new Intake.Part(Collections.nCopies(items, item), items, next);
    }

    private void note(List<Intake.Part> parts) {
        batches.add(parts.stream().map(Intake.Part::next).toList());
    }

    @Test
    void whatComesWhileABatchIsLearnedIsLearnedTogetherAndInOrder() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Intake intake = Intake.start(
                parts -> {
                    note(parts);
                    awaitUninterruptibly(go);
                },
                "intake")) {
            intake.add(part(1, 10));
            await().until(() -> batches.size() == 1);
            for (int next = 2; next <= 5; next++) {
                intake.add(part(next, 10));
            }
            go.countDown();
            intake.drain();
        }
        assertThat(batches).containsExactly(List.of(1), List.of(2, 3, 4, 5));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nobodyRunsFarAheadOfTheIndex() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Integer> added = new CopyOnWriteArrayList<>();
        try (Intake intake = Intake.start(
                parts -> {
                    note(parts);
                    awaitUninterruptibly(go);
                },
                "intake")) {
            Thread fetching = Thread.ofVirtual().start(() -> {
                try {
                    for (int next = 1; next <= 20; next++) {
                        intake.add(part(next, 200));
                        added.add(next);
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> fetching.getState() == Thread.State.WAITING && added.size() >= 5);
            assertThat(added).hasSizeLessThan(12);
            go.countDown();
            fetching.join();
            intake.drain();
        }
        List<Integer> learned = new ArrayList<>();
        batches.forEach(learned::addAll);
        assertThat(learned).hasSize(20).isSorted();
    }

    @Test
    void aFailureReachesTheOneWhoFetchesAndEndsTheLearning() throws InterruptedException {
        try (Intake intake = Intake.start(
                parts -> {
                    note(parts);
                    throw new IllegalStateException("disk full");
                },
                "intake")) {
            intake.add(part(1, 10));
            assertThatThrownBy(intake::drain).hasMessage("disk full");
            assertThatThrownBy(() -> intake.add(part(2, 10))).hasMessage("disk full");
        }
        assertThat(batches).hasSize(1);
    }

    @Test
    void anErrorReachesTheOneWhoFetchesToo() throws InterruptedException {
        try (Intake intake = Intake.start(
                parts -> {
                    throw new OutOfMemoryError("as told");
                },
                "intake")) {
            intake.add(part(1, 10));
            assertThatThrownBy(intake::drain)
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);
        }
    }
}
