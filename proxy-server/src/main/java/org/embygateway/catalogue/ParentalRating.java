package org.embygateway.catalogue;

import java.util.Locale;
import java.util.Map;

/** The age that an official rating asks for, so that ratings of different countries can be ordered. */
final class ParentalRating {
    static final int UNKNOWN = -1;

    private static final Map<String, Integer> AGES = Map.ofEntries(
            Map.entry("g", 0),
            Map.entry("tv-y", 0),
            Map.entry("tv-g", 0),
            Map.entry("approved", 0),
            Map.entry("tv-y7", 7),
            Map.entry("pg", 8),
            Map.entry("tv-pg", 8),
            Map.entry("pg-13", 13),
            Map.entry("tv-14", 14),
            Map.entry("r", 17),
            Map.entry("tv-ma", 17),
            Map.entry("nc-17", 18),
            Map.entry("x", 18),
            Map.entry("xxx", 21));

    private ParentalRating() {}

    /** {@link #UNKNOWN} for ratings we cannot place. */
    static int of(String rating) {
        if (rating.isEmpty()) {
            return UNKNOWN;
        }
        String plain = rating.toLowerCase(Locale.ROOT);
        Integer age = AGES.get(plain);
        return age != null ? age : number(plain);
    }

    /** National ratings such as {@code FSK-16}, {@code DE-12}, {@code 18}. */
    private static int number(String rating) {
        String digits = rating.replaceAll(".*?(\\d{1,2})\\+?$", "$1");
        return digits.matches("\\d{1,2}") ? Integer.parseInt(digits) : UNKNOWN;
    }
}
