package org.embygateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlownessTest {
    private static int after(int before, int... latencies) {
        int step = before;
        for (int latency : latencies) {
            step = Slowness.of(Duration.ofMillis(latency), step);
        }
        return step;
    }

    @Test
    void aLatencyThatWaversAroundAnEdgeStaysInItsStep() {
        assertThat(after(0, 95, 105, 99, 120, 90, 124)).isZero();
        assertThat(after(1, 105, 95, 85, 101, 81)).isOne();
    }

    @Test
    void aLatencyThatIsClearlyAnotherChangesTheStepAtOnce() {
        assertThat(after(0, 130)).isOne();
        assertThat(after(1, 70)).isZero();
        assertThat(after(0, 5000)).isEqualTo(3);
        assertThat(after(3, 10)).isZero();
        assertThat(after(2, 500)).isEqualTo(2);
    }

    @Test
    void slowerNeverMeansALowerStep() {
        Random random = new Random(6);
        for (int i = 0; i < 2000; i++) {
            int before = random.nextInt(4);
            int quick = random.nextInt(1500);
            int slow = quick + random.nextInt(300);
            assertThat(after(before, slow)).isGreaterThanOrEqualTo(after(before, quick));
        }
    }
}
