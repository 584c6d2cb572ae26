package org.embygateway.route;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Part of a file, as HTTP ranges count it (RFC 9110, 14).
 *
 * @param from the first byte
 * @param to the last one
 * @param size of the whole file in bytes
 */
public record ByteSpan(long from, long to, long size) {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /** Empty for anything but one range of a file of known size. */
    public static Optional<ByteSpan> ofContentRange(String field) {
        Matcher matcher = CONTENT_RANGE.matcher(field.strip());
        return matcher.matches()
                ? Optional.of(new ByteSpan(
                                Long.parseLong(matcher.group(1)),
                                Long.parseLong(matcher.group(2)),
                                Long.parseLong(matcher.group(3))))
                        .filter(span -> span.from <= span.to && span.to < span.size)
                : Optional.empty();
    }

    /** What is left of this when its first bytes are there; empty when that is all. */
    public Optional<ByteSpan> after(long bytes) {
        return from + bytes <= to ? Optional.of(new ByteSpan(from + bytes, to, size)) : Optional.empty();
    }

    /** The field {@code Range} that asks for it. */
    public String range() {
        return "bytes=" + from + "-" + to;
    }
}
