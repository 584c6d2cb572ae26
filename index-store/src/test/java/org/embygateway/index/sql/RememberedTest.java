package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private final AtomicLong writes = new AtomicLong();
    private final Remembered<String, String> remembered = new Remembered<>(writes::get, 2);
    private final List<String> reads = new ArrayList<>();

    private String read(String key) {
        reads.add(key);
        return key + writes.get();
    }

    @Test
    void whatWasFoundIsNotReadAgainUntilSomethingIsWritten() {
        assertThat(remembered.of("a", this::read)).isEqualTo("a0");
        assertThat(remembered.of("a", this::read)).isEqualTo("a0");
        assertThat(reads).containsExactly("a");
        writes.incrementAndGet();
        assertThat(remembered.of("a", this::read)).isEqualTo("a1");
    }

    @Test
    void whatWasReadWhileSomethingWasWrittenIsNotKept() {
        remembered.of("a", key -> {
            writes.incrementAndGet();
            return "from before the write";
        });
        assertThat(remembered.of("a", this::read)).isEqualTo("a1");
    }

    @Test
    void beyondItsBoundItBeginsAnew() {
        List.of("a", "b", "c", "a").forEach(key -> remembered.of(key, this::read));
        assertThat(reads).containsExactly("a", "b", "c", "a");
        remembered.of("c", this::read);
        assertThat(reads).hasSize(4);
    }
}
