package org.embygateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {
    private static final Headers SOME = Headers.of("Range", "bytes=0-", "X-A", "1", "x-a", "2");

    @Test
    void namesAreFoundInAnyCaseAndTheFirstValueCounts() {
        assertThat(SOME.first("X-A")).hasValue("1");
        assertThat(SOME.first("RANGE")).hasValue("bytes=0-");
        assertThat(SOME.first("X-B")).isEmpty();
    }

    @Test
    void valuesOfOneFieldAreKeptInOrder() {
        assertThat(SOME.all().get("X-a")).containsExactly("1", "2");
        assertThat(SOME.with("X-A", "3").all().get("x-a")).containsExactly("1", "2", "3");
    }

    @Test
    void allValuesOfAFieldAreOverridden() {
        Headers over = SOME.overriddenBy(Headers.of("x-a", "9", "New", "n"));
        assertThat(over.all())
                .isEqualTo(Map.of("Range", List.of("bytes=0-"), "x-a", List.of("9"), "New", List.of("n")));
        assertThat(SOME.first("x-a")).hasValue("1");
    }
}
