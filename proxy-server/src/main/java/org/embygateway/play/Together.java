package org.embygateway.play;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.embygateway.upstream.UpstreamFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts one question to several copies at once. */
final class Together {
    private static final Logger LOG = LoggerFactory.getLogger(Together.class);

    private Together() {}

    /**
     * The answers that came, in the order of the asked. Waits for all until the deadline; when none has come by then,
     * for the first one until patience ends. Who is late is interrupted, who failed is left out.
     */
    static <K, T> Map<K, T> ask(List<K> asked, Duration deadline, Duration patience, Function<K, T> question) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            CompletionService<T> done = new ExecutorCompletionService<>(threads);
            Map<Future<T>, K> waiting = new HashMap<>();
            asked.forEach(k -> waiting.put(done.submit(() -> question.apply(k)), k));
            return inOrder(asked, collect(done, waiting, System.nanoTime(), deadline, patience));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        } finally {
            threads.shutdownNow();
        }
    }

    private static <K, T> Map<K, T> collect(
            CompletionService<T> done, Map<Future<T>, K> waiting, long start, Duration deadline, Duration patience)
            throws InterruptedException {
        Map<K, T> answers = new HashMap<>();
        while (!waiting.isEmpty()) {
            Duration limit = answers.isEmpty() ? patience : deadline;
            long left = limit.toNanos() - (System.nanoTime() - start);
            Future<T> next = left <= 0 ? done.poll() : done.poll(left, TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            K asked = waiting.remove(next);
            if (asked != null) {
                put(answers, asked, next);
            }
        }
        return answers;
    }

    private static <K, T> void put(Map<K, T> answers, K asked, Future<T> answer) throws InterruptedException {
        try {
            answers.put(asked, answer.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UpstreamFailed failed) {
                LOG.debug("left out of an answer: {}", failed.getMessage());
            } else {
                throw new IllegalStateException("asking a copy failed", e.getCause());
            }
        }
    }

    private static <K, T> Map<K, T> inOrder(List<K> asked, Map<K, T> answers) {
        Map<K, T> ordered = new LinkedHashMap<>();
        asked.stream().filter(answers::containsKey).forEach(k -> ordered.put(k, answers.get(k)));
        return ordered;
    }
}
