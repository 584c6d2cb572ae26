package org.embygateway.protocol;

import java.util.Optional;

/**
 * The gateway's own id of an item: a decimal number from 1 to 2^31-1, since some clients read ids as 32-bit integers and
 * parts of the protocol carry them as JSON numbers. Never an upstream's id.
 */
public record ItemId(int value) implements Comparable<ItemId> {
    public ItemId {
        if (value < 1) {
            throw new IllegalArgumentException("item id: %d (expected: >= 1)".formatted(value));
        }
    }

    /** The id a client wrote; empty when the text is no positive 31-bit decimal number. */
    public static Optional<ItemId> parse(String text) {
        if (text.isEmpty() || text.length() > 10) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return Optional.empty();
            }
            value = value * 10 + (digit - '0');
        }
        return value < 1 || value > Integer.MAX_VALUE ? Optional.empty() : Optional.of(new ItemId((int) value));
    }

    @Override
    public int compareTo(ItemId other) {
        return Integer.compare(value, other.value);
    }

    /** The wire form: the number as text. */
    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
