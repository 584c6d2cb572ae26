package org.embygateway.play;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.embygateway.play.ImageOwners.Owner;
import org.embygateway.route.Headers;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets images through the disk cache: of many who miss the same one, one fetches it and the others wait. */
final class ImageFetch {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFetch.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 20 << 20;

    private final UpstreamCalls calls;
    private final ImageFiles files;
    private final Map<String, CompletableFuture<Optional<Picture>>> underWay = new ConcurrentHashMap<>();
    private final Cache<String, Boolean> missing = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    ImageFetch(UpstreamCalls calls, ImageFiles files) {
        this.calls = calls;
        this.files = files;
    }

    /** Empty when there is none, or when it can be had from nowhere now. */
    Optional<Picture> get(String key, Owner owner, Map<String, String> options) {
        Optional<Picture> kept = files.find(key);
        if (kept.isPresent() || missing.getIfPresent(key) != null) {
            return kept;
        }
        CompletableFuture<Optional<Picture>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Picture>> others = underWay.putIfAbsent(key, mine);
        if (others != null) {
            return await(others);
        }
        Thread.ofVirtual().name("image").start(() -> lead(key, owner, options, mine));
        return await(mine);
    }

    /** On a thread of its own: a client that scrolls on is interrupted, those who wait with it must not be. */
    private void lead(String key, Owner owner, Map<String, String> options, CompletableFuture<Optional<Picture>> mine) {
        try {
            Optional<Picture> again = files.find(key);
            mine.complete(again.isPresent() ? again : fetch(key, owner, options));
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
        } finally {
            underWay.remove(key, mine);
        }
    }

    private static Optional<Picture> await(CompletableFuture<Optional<Picture>> coming) {
        try {
            return coming.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an image could not be fetched", e.getCause());
        }
    }

    private Optional<Picture> fetch(String key, Owner owner, Map<String, String> options) {
        try {
            UpstreamResponse response = calls.send(owner.upstream(), Actor.GATEWAY, request(owner, options));
            Optional<Picture> picture = response.status() == 200 && response.body().length <= MOST_BYTES
                    ? Picture.of(response.body())
                    : Optional.empty();
            picture.ifPresentOrElse(p -> files.put(key, p), () -> noteMissing(key, response));
            return picture;
        } catch (UpstreamFailed failed) {
            LOG.debug("no image: {}", failed.getMessage());
            return Optional.empty();
        }
    }

    /** A busy or ailing server says nothing about its images. */
    private void noteMissing(String key, UpstreamResponse response) {
        if (response.status() < 500 && response.status() != 429) {
            missing.put(key, true);
        }
    }

    private static UpstreamRequest request(Owner owner, Map<String, String> options) {
        Map<String, String> query = new LinkedHashMap<>(options);
        if (!owner.upstreamTag().isEmpty()) {
            query.put("tag", owner.upstreamTag());
        }
        String path = "/Items/" + Segments.encode(owner.upstreamItem()) + "/Images/" + owner.type()
                + (owner.index() > 0 || owner.type().equals("Chapter") ? "/" + owner.index() : "");
        Headers headers = Headers.of("Accept", "image/jpeg, image/png, image/*;q=0.8");
        return new UpstreamRequest("GET", path, query, Optional.empty(), headers, LIMIT);
    }
}
