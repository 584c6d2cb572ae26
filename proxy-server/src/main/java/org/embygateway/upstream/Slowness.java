package org.embygateway.upstream;

import java.time.Duration;
import java.util.List;

/**
 * Latencies in coarse steps, so that noise does not overrule the admin's order. A step is left only when a latency is
 * clearly beyond its edge: one that wavers around it changes nothing.
 */
final class Slowness {
    private static final List<Long> EDGES_MS = List.of(100L, 300L, 1000L);
    private static final double CLEARLY = 1.25;

    private Slowness() {}

    /** 0 for up to 100 ms, 1 for up to 300 ms, 2 for up to 1 s, 3 for more. */
    static int of(Duration latency) {
        return (int)
                EDGES_MS.stream().filter(edge -> latency.toNanos() > edge * 1e6).count();
    }

    /** @param before the step so far */
    static int of(Duration latency, int before) {
        int atLeast = (int) EDGES_MS.stream()
                .filter(edge -> latency.toNanos() > edge * 1e6 * CLEARLY)
                .count();
        int atMost = (int) EDGES_MS.stream()
                .filter(edge -> latency.toNanos() > edge * 1e6 / CLEARLY)
                .count();
        return Math.clamp(before, atLeast, atMost);
    }
}
