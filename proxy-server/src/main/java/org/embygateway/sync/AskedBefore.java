package org.embygateway.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.embygateway.upstream.UpstreamFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers of upstreams that are on their way or came a while ago: however many want to know, the same is asked once. */
final class AskedBefore<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(AskedBefore.class);
    private static final int MOST = 10_000;

    private final Cache<K, CompletableFuture<V>> asked;

    /** @param memory how long the same is not asked again */
    AskedBefore(Duration memory) {
        this.asked =
                Caffeine.newBuilder().expireAfterWrite(memory).maximumSize(MOST).build();
    }

    /** The answer, asked for by a thread of its own unless it is known; a failure is not remembered. */
    CompletableFuture<V> ask(K key, Supplier<V> answer) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> first = asked.asMap().putIfAbsent(key, mine);
        if (first != null) {
            return first;
        }
        Thread.ofVirtual().name("asking").start(() -> complete(key, answer, mine));
        return mine;
    }

    private void complete(K key, Supplier<V> answer, CompletableFuture<V> into) {
        try {
            into.complete(answer.get());
        } catch (RuntimeException e) {
            asked.asMap().remove(key, into);
            into.completeExceptionally(e);
            if (!(e instanceof UpstreamFailed)) {
                LOG.error("Learning from an upstream failed unexpectedly", e);
            }
        }
    }

    void forget(Predicate<K> keys) {
        asked.asMap().keySet().removeIf(keys);
    }
}
