package org.embygateway.play;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.embygateway.index.Fingerprints;
import org.embygateway.index.Fingerprints.File;
import org.embygateway.index.StoreFailure;
import org.embygateway.route.ByteSpan;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which copies are the same file, byte for byte as far as anybody can tell without fetching them whole: same size,
 * same run time, and the same digest of their first and last 64 KiB and of four samples between. Samples are read once
 * for each copy, in the background, when somebody plays a title of which there seem to be several. Safe from any thread.
 */
final class Twins {
    private static final Logger LOG = LoggerFactory.getLogger(Twins.class);
    private static final int SAMPLE = 64 << 10;
    private static final int SAMPLES = 6;
    private static final int AT_ONCE = 4;
    private static final int MOST_KNOWN = 10_000;
    /** For the answer to one question for part of a copy. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(10);
    /** A file may be replaced by another of the same size. */
    private static final Duration GOOD_FOR = Duration.ofDays(7);

    private final Fingerprints fingerprints;
    private final UpstreamCalls calls;
    private final Clock clock;
    private final Semaphore sampling = new Semaphore(AT_ONCE);
    private final Cache<File, String> known = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofHours(1))
            .maximumSize(MOST_KNOWN)
            .build();
    private final Cache<File, Boolean> tried = Caffeine.newBuilder()
            .expireAfterWrite(BETWEEN_TRIES)
            .maximumSize(MOST_KNOWN)
            .build();

    Twins(Fingerprints fingerprints, UpstreamCalls calls, Clock clock) {
        this.fingerprints = fingerprints;
        this.calls = calls;
        this.clock = clock;
    }

    /** Whether a stream of one may go on with the other. Waits for the database when that was not known lately. */
    boolean same(Target one, Target other) {
        if (!one.looksIdentical(other)) {
            return false;
        }
        Optional<String> digest = digest(file(one));
        return digest.isPresent() && digest.equals(digest(file(other)));
    }

    private Optional<String> digest(File file) {
        Optional<String> digest = Optional.ofNullable(known.getIfPresent(file))
                .or(() -> fingerprints.find(file, clock.instant().minus(GOOD_FOR)));
        digest.ifPresent(d -> known.put(file, d));
        return digest;
    }

    private static File file(Target target) {
        return new File(target.upstream(), target.upstreamVersion(), target.size());
    }

    /**
     * Has the copies that seem to be the same as the first compared with it. Returns at once.
     *
     * @param asking the question for part of a copy
     */
    void compare(List<Target> copies, Actor actor, BiFunction<Target, ByteSpan, UpstreamRequest> asking) {
        Target first = copies.getFirst();
        List<Target> alike = copies.stream().filter(first::looksIdentical).toList();
        if (alike.size() > 1) {
            alike.stream()
                    .filter(target -> tried.asMap().putIfAbsent(file(target), true) == null)
                    .forEach(target -> Thread.ofVirtual().name("fingerprint").start(() -> take(target, actor, asking)));
        }
    }

    private void take(Target target, Actor actor, BiFunction<Target, ByteSpan, UpstreamRequest> asking) {
        File file = file(target);
        sampling.acquireUninterruptibly();
        try {
            if (digest(file).isEmpty()) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (ByteSpan span : samples(target.size())) {
                    digest.update(sample(target, actor, asking.apply(target, span), span));
                }
                String hex = HexFormat.of().formatHex(digest.digest());
                fingerprints.keep(file, hex, clock.instant());
                known.put(file, hex);
            }
        } catch (UpstreamFailed | StoreFailure e) {
            LOG.debug("no fingerprint: {}", e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        } finally {
            sampling.release();
        }
    }

    static List<ByteSpan> samples(long size) {
        if (size <= (long) SAMPLE * SAMPLES) {
            return List.of(new ByteSpan(0, size - 1, size));
        }
        List<ByteSpan> spans = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            long from = (size - SAMPLE) / (SAMPLES - 1) * i;
            long at = i == SAMPLES - 1 ? size - SAMPLE : from;
            spans.add(new ByteSpan(at, at + SAMPLE - 1, size));
        }
        return spans;
    }

    private byte[] sample(Target target, Actor actor, UpstreamRequest request, ByteSpan span) {
        UpstreamResponse response = calls.send(target.upstream(), actor, request);
        boolean exact = response.status() == 206
                && response.body().length == span.to() - span.from() + 1
                && ByteSpan.ofContentRange(
                                response.headers().first("Content-Range").orElse(""))
                        .filter(span::equals)
                        .isPresent();
        if (!exact) {
            throw new UpstreamFailed(
                    target.upstream(), UpstreamFault.BAD_ANSWER, "does not answer with the part of a file");
        }
        return response.body();
    }
}
