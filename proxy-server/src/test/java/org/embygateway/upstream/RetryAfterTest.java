package org.embygateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.embygateway.route.Headers;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static Optional<Duration> of(String text) {
        return RetryAfter.in(Headers.of("Retry-After", text));
    }

    @Test
    void secondsAndDatesAreReadAndNobodyIsLeftAloneForLongerThanAnHour() {
        assertThat(of("120")).contains(Duration.ofSeconds(120));
        assertThat(of("999999999")).contains(Duration.ofHours(1));
        String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(100).atOffset(ZoneOffset.UTC));
        assertThat(of(soon).orElseThrow()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
    }

    @Test
    void whatMakesNoSenseIsNoTime() {
        assertThat(RetryAfter.in(Headers.NONE)).isEmpty();
        assertThat(of("soon")).isEmpty();
        assertThat(of("-5")).isEmpty();
        assertThat(of("Wed, 21 Oct 2015 07:28:00 GMT")).isEmpty();
    }
}
