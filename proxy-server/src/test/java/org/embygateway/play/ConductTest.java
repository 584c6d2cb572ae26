package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.RelayEnd;
import org.junit.jupiter.api.Test;

class ConductTest {
    private static final UpstreamId ONE = new UpstreamId(1);
    private static final UpstreamId TWO = new UpstreamId(2);

    private final PassingTime time = new PassingTime();
    private final Conduct conduct = new Conduct(time);

    /** Ten seconds in all. @param waited seconds of them for the upstream */
    private static RelayEnd end(long megabytes, int waited) {
        return new RelayEnd(
                megabytes * 1_000_000,
                true,
                Duration.ofSeconds(waited),
                Duration.ofMillis(100),
                Duration.ofSeconds(10).plusMillis(100));
    }

    @Test
    void aFailureIsHeldAgainstAnUpstreamForAWhile() {
        conduct.failed(ONE, Conduct.Lapse.SILENT);
        time.passes(Duration.ofMinutes(4));
        assertThat(conduct.failure(ONE)).map(Conduct.Failure::lapse).hasValue(Conduct.Lapse.SILENT);
        assertThat(conduct.failure(TWO)).isEmpty();
        time.passes(Duration.ofMinutes(1));
        assertThat(conduct.failure(ONE)).isEmpty();
    }

    @Test
    void theRateIsThatOfStreamsWhoseUpstreamSetThePace() {
        conduct.carried(ONE, end(100, 9));
        assertThat(conduct.bitsPerSecond(ONE)).hasValue(80_000_000);
        conduct.carried(ONE, end(10, 1));
        assertThat(conduct.bitsPerSecond(ONE)).hasValue(80_000_000);
        conduct.carried(ONE, end(50, 9));
        assertThat(conduct.bitsPerSecond(ONE)).hasValue(68_000_000);
    }

    @Test
    void aClientThatSetsThePaceTellsOnlyThatTheUpstreamIsNoSlower() {
        conduct.carried(ONE, end(100, 1));
        assertThat(conduct.bitsPerSecond(ONE)).isEmpty();
        conduct.carried(ONE, end(50, 9));
        conduct.carried(ONE, end(100, 1));
        assertThat(conduct.bitsPerSecond(ONE)).hasValue(80_000_000);
    }

    @Test
    void smallBodiesTellNothingAndOldRatesAreForgotten() {
        conduct.carried(ONE, end(1, 9));
        assertThat(conduct.bitsPerSecond(ONE)).isEmpty();
        conduct.carried(ONE, end(50, 9));
        time.passes(Conduct.RATE_GOOD_FOR);
        assertThat(conduct.bitsPerSecond(ONE)).isEmpty();
    }
}
