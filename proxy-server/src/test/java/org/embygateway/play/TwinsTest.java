package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.embygateway.route.ByteSpan;
import org.junit.jupiter.api.Test;

class TwinsTest {
    @Test
    void aSmallFileIsReadWhole() {
        assertThat(Twins.samples(100)).containsExactly(new ByteSpan(0, 99, 100));
        assertThat(Twins.samples(6 << 16)).containsExactly(new ByteSpan(0, (6 << 16) - 1, 6 << 16));
    }

    @Test
    void aLargeOneAtItsEndsAndBetween() {
        long size = (80L << 30) + 7;
        List<ByteSpan> samples = Twins.samples(size);
        assertThat(samples).hasSize(6).allMatch(s -> s.to() - s.from() == (64 << 10) - 1 && s.size() == size);
        assertThat(samples.getFirst().from()).isZero();
        assertThat(samples.getLast().to()).isEqualTo(size - 1);
        assertThat(samples).isSortedAccordingTo((a, b) -> Long.compare(a.from(), b.from()));
    }
}
