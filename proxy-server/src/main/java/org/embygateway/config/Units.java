package org.embygateway.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes as people write them. */
final class Units {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})(b|kib|mib|gib|tib)");

    private Units() {}

    static Duration duration(String text) {
        Matcher parts = matching(DURATION, text);
        long amount = Long.parseLong(parts.group(1));
        if (amount == 0) {
            throw new IllegalArgumentException("zero");
        }
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    static long bytes(String text) {
        Matcher parts = matching(BYTES, text.toLowerCase(Locale.ROOT));
        int shift = switch (parts.group(2)) {
            case "b" -> 0;
            case "kib" -> 10;
            case "mib" -> 20;
            case "gib" -> 30;
            default -> 40;
        };
        long amount = Long.parseLong(parts.group(1));
        if (amount == 0 || amount > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("out of range");
        }
        return amount << shift;
    }

    private static Matcher matching(Pattern pattern, String text) {
        Matcher parts = pattern.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        return parts;
    }
}
