package org.embygateway.play;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.RelayEnd;

/**
 * How upstreams have behaved lately as sources of media: what went wrong in streams from them, and how fast bytes came
 * where they and not the client set the pace. Both are forgotten in time. Safe from any thread; never waits.
 */
final class Conduct {
    static final Duration HELD_AGAINST = Duration.ofMinutes(5);
    static final Duration RATE_GOOD_FOR = Duration.ofMinutes(30);
    /** Less says more about the network's first packets than about its rate. */
    private static final long TELLING_BYTES = 4 << 20;

    private static final double UPSTREAMS_PACE = 0.7;
    private static final double SMOOTHING = 0.3;

    enum Lapse {
        SILENT("fell silent in a stream"),
        BROKE_OFF("broke off a stream"),
        UNANSWERED("did not begin a stream");

        private final String words;

        Lapse(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    record Failure(Lapse lapse, Instant at) {}

    private record Rate(double bitsPerSecond, Instant at) {}

    private final Clock clock;
    private final Map<UpstreamId, Failure> failures = new ConcurrentHashMap<>();
    private final Map<UpstreamId, Rate> rates = new ConcurrentHashMap<>();

    Conduct(Clock clock) {
        this.clock = clock;
    }

    void failed(UpstreamId upstream, Lapse lapse) {
        failures.put(upstream, new Failure(lapse, clock.instant()));
    }

    /** What went wrong last, if that is not long ago. */
    Optional<Failure> failure(UpstreamId upstream) {
        return Optional.ofNullable(failures.get(upstream))
                .filter(failure -> failure.at().plus(HELD_AGAINST).isAfter(clock.instant()));
    }

    /**
     * A stream that came from one upstream alone is over. Where the client set the pace it tells only that the upstream is
     * no slower than that.
     */
    void carried(UpstreamId upstream, RelayEnd end) {
        Duration moving = end.total().minus(end.firstByte());
        if (end.bytes() < TELLING_BYTES || !moving.isPositive()) {
            return;
        }
        double seen = end.bytes() * 8.0 / moving.toNanos() * 1e9;
        boolean upstreamsPace = end.waited().toNanos() >= UPSTREAMS_PACE * moving.toNanos();
        Instant now = clock.instant();
        rates.compute(upstream, (id, rate) -> {
            Optional<Rate> before = Optional.ofNullable(rate).filter(r -> isGood(r, now));
            if (upstreamsPace) {
                double smoothed = before.map(r -> SMOOTHING * seen + (1 - SMOOTHING) * r.bitsPerSecond())
                        .orElse(seen);
                return new Rate(smoothed, now);
            }
            return before.map(r -> r.bitsPerSecond() < seen ? new Rate(seen, now) : r)
                    .orElse(null);
        });
    }

    private static boolean isGood(Rate rate, Instant now) {
        return rate.at().plus(RATE_GOOD_FOR).isAfter(now);
    }

    /** What one stream from there gets; empty when that was not seen lately. */
    OptionalLong bitsPerSecond(UpstreamId upstream) {
        Rate rate = rates.get(upstream);
        return rate == null || !isGood(rate, clock.instant())
                ? OptionalLong.empty()
                : OptionalLong.of((long) rate.bitsPerSecond());
    }
}
