package org.embygateway.protocol;

/** The persistent number of a real Emby server; given once, never reused, never shown to a client of the Emby API. */
public record UpstreamId(int value) implements Comparable<UpstreamId> {
    public UpstreamId {
        if (value < 1) {
            throw new IllegalArgumentException("upstream id: %d (expected: >= 1)".formatted(value));
        }
    }

    @Override
    public int compareTo(UpstreamId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
