package org.embygateway.protocol;

import java.time.Duration;

/** A position or a run time in Emby's unit: one tick is 100 nanoseconds. Never negative. */
public record Ticks(long value) implements Comparable<Ticks> {
    public static final Ticks ZERO = new Ticks(0);

    public Ticks {
        if (value < 0) {
            throw new IllegalArgumentException("ticks: %d (expected: >= 0)".formatted(value));
        }
    }

    public static Ticks of(Duration duration) {
        return new Ticks(duration.toNanos() / 100);
    }

    public Duration toDuration() {
        return Duration.ofSeconds(value / 10_000_000, value % 10_000_000 * 100);
    }

    @Override
    public int compareTo(Ticks other) {
        return Long.compare(value, other.value);
    }
}
