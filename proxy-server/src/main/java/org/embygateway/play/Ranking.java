package org.embygateway.play;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.Health;
import org.embygateway.upstream.UpstreamRegistry;

/**
 * Orders the versions of an item. Nearly all clients play the first one that fits, so the first is the choice: what
 * needs no transcoding before what does, within the bit rate asked for, on a server that answers quickly, by the admin's
 * order, and where this device played it before. Versions that are equal in all that keep the upstream's order.
 */
final class Ranking {
    private static final List<Duration> STEPS =
            List.of(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(1));

    private final UpstreamRegistry upstreams;

    Ranking(UpstreamRegistry upstreams) {
        this.upstreams = upstreams;
    }

    /**
     * @param pinned the version that the client named by its item id, if any: comes first whatever it is like
     * @param last where this device played the item before
     */
    Ranked rank(ObjectNode source, Target target, Wish wish, Optional<Target> pinned, Optional<UpstreamId> last) {
        List<Long> score = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        score.add(pinned.filter(p -> p.source().equals(target.source())).isPresent() ? 0L : 1L);
        Health health = upstreams.health(target.upstream());
        score.add(health.online() ? 0L : 1L);
        reasons.add(health.online() ? "server is up" : "server does not answer its health checks");
        method(source, score, reasons);
        bitrate(source, wish, score, reasons);
        latency(health, score, reasons);
        score.add(
                upstreams.find(target.upstream()).map(u -> (long) u.priority()).orElse(Long.MAX_VALUE));
        boolean again = last.equals(Optional.of(target.upstream()));
        score.add(again ? 0L : 1L);
        if (again) {
            reasons.add("played from here before");
        }
        return new Ranked(source, target, List.copyOf(score), List.copyOf(reasons));
    }

    private static void method(ObjectNode source, List<Long> score, List<String> reasons) {
        if (source.path("SupportsDirectPlay").asBoolean()) {
            score.add(0L);
            reasons.add("plays as it is");
        } else if (source.path("SupportsDirectStream").asBoolean()) {
            score.add(1L);
            reasons.add("needs another container only");
        } else if (source.path("SupportsTranscoding").asBoolean()) {
            score.add(2L);
            reasons.add("has to be transcoded");
        } else {
            score.add(3L);
            reasons.add("cannot be played by this client");
        }
    }

    private static void bitrate(ObjectNode source, Wish wish, List<Long> score, List<String> reasons) {
        long rate = source.path("Bitrate").asLong();
        boolean over = wish.maxBitrate().isPresent() && rate > wish.maxBitrate().getAsLong();
        score.add(over ? 1L : 0L);
        if (over) {
            reasons.add("bit rate is above the limit");
        }
    }

    /** In steps, so that small changes of a measurement do not change the order. */
    private static void latency(Health health, List<Long> score, List<String> reasons) {
        Duration latency = health.latency().orElse(STEPS.getFirst());
        score.add(STEPS.stream().filter(step -> latency.compareTo(step) > 0).count());
        health.latency().ifPresent(l -> reasons.add("answers in %d ms".formatted(l.toMillis())));
    }
}
