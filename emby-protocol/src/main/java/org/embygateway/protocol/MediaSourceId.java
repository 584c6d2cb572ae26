package org.embygateway.protocol;

import java.util.Optional;

/**
 * The gateway's id of one playable version: {@code mediasource_<n>} on the wire, where {@code n} is itself an
 * {@link ItemId} that resolves as the version's own item. Emby API: {@code MediaSourceInfo.Id} as 4.9 writes it.
 */
public record MediaSourceId(ItemId version) {
    private static final String PREFIX = "mediasource_";

    /** The id a client wrote, with or without the prefix; empty when it is neither. */
    public static Optional<MediaSourceId> parse(String text) {
        String number =
                text.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) ? text.substring(PREFIX.length()) : text;
        return ItemId.parse(number).map(MediaSourceId::new);
    }

    @Override
    public String toString() {
        return PREFIX + version;
    }
}
