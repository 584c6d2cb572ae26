package org.embygateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTimesTest {
    @ParameterizedTest
    @ValueSource(longs = {1_000, 5_000, 60_000, 3_600_000})
    void twoChecksThatHangFitIntoTheTimeInWhichAnOutageIsNoticed(long millis) {
        Duration within = Duration.ofMillis(millis);
        HealthTimes times = HealthTimes.noticing(within);

        Duration worst = times.every().plus(times.limit()).plus(times.retry()).plus(times.limit());
        assertThat(worst).isLessThanOrEqualTo(within);
        assertThat(times.every()).isGreaterThan(within.dividedBy(3));
        assertThat(times.longest()).isEqualTo(within);
    }

    @Test
    void anOutageIsNoticedWithinAMinuteUnlessConfiguredOtherwise() {
        assertThat(HealthTimes.DEFAULT.longest()).isEqualTo(Duration.ofSeconds(60));
    }
}
