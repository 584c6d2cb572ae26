package org.embygateway.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.embygateway.protocol.ItemId;
import org.junit.jupiter.api.Test;

class IndexChangeTest {
    private static final ItemId ONE = new ItemId(1);
    private static final ItemId TWO = new ItemId(2);

    @Test
    void theLaterChangeDecides() {
        IndexChange change = new IndexChange(Set.of(ONE), Set.of(TWO)).then(new IndexChange(Set.of(TWO), Set.of(ONE)));

        assertThat(change).isEqualTo(new IndexChange(Set.of(TWO), Set.of(ONE)));
    }
}
