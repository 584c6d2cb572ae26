package org.embygateway.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.embygateway.protocol.UpstreamId;

/** Puts one question to several upstreams at the same time. */
public final class FanOut implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * One answer for each upstream, in the given order, after at most the limit; what is not there by then is cancelled
     * and {@link Answer.Missing}. Anything a question throws besides {@link UpstreamFailed} is thrown on.
     */
    public <T> List<Answer<T>> ask(List<UpstreamId> upstreams, Duration limit, Function<UpstreamId, T> question) {
        List<Callable<T>> calls = new ArrayList<>();
        upstreams.forEach(id -> calls.add(() -> question.apply(id)));
        try {
            List<Future<T>> futures = threads.invokeAll(calls, limit.toNanos(), TimeUnit.NANOSECONDS);
            List<Answer<T>> answers = new ArrayList<>();
            for (int i = 0; i < futures.size(); i++) {
                answers.add(answer(upstreams.get(i), futures.get(i)));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return upstreams.stream()
                    .<Answer<T>>map(id -> new Answer.Missing<>(id, UpstreamFault.TIMED_OUT))
                    .toList();
        }
    }

    private static <T> Answer<T> answer(UpstreamId from, Future<T> future) throws InterruptedException {
        try {
            return new Answer.Got<>(from, future.get());
        } catch (CancellationException e) {
            return new Answer.Missing<>(from, UpstreamFault.TIMED_OUT);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UpstreamFailed failed) {
                return new Answer.Missing<>(from, failed.fault());
            }
            throw new IllegalStateException("asking an upstream failed unexpectedly", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
