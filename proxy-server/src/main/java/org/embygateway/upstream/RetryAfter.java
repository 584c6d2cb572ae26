package org.embygateway.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.embygateway.route.Headers;

/** Reads the {@code Retry-After} of an answer: seconds, or a date. */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** Empty when there is none that makes sense; an hour at most. */
    static Optional<Duration> in(Headers headers) {
        return headers.first("Retry-After")
                .flatMap(text -> text.matches("\\d{1,9}") ? Optional.of(seconds(text)) : until(text))
                .filter(time -> !time.isNegative())
                .map(time -> time.compareTo(LONGEST) > 0 ? LONGEST : time);
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static Optional<Duration> until(String text) {
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(Instant.now(), date));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
