package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.ItemKind;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final RowReader reader = new RowReader("5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e");
    private final Snapshot before = Snapshot.empty().with(List.of(list(5, "Kept"), list(6, "Other")), List.of());

    private Row list(int id, String name) {
        return reader.own(id, ItemKind.PLAYLIST, name, "", Optional.empty());
    }

    @Test
    void whatIsTakenOutAndPutInAtOnceIsStillFound() {
        Snapshot after = before.with(List.of(list(5, "Kept")), List.of(5, 6));
        assertThat(after.ofKind(ItemKind.PLAYLIST).toArray()).containsExactly(5);
        assertThat(after.own()).containsExactly(5);
        assertThat(after.everything().visible().toArray()).containsExactly(5);
    }

    @Test
    void ofSeveralRowsOfOneItemTheLastCounts() {
        Snapshot after = before.with(List.of(list(5, "First"), list(5, "Last")), List.of());
        assertThat(after.rows().get(5).sortKey()).isEqualTo(list(5, "Last").sortKey());
        assertThat(after.with(List.of(), List.of(5)).ofKind(ItemKind.PLAYLIST).toArray())
                .containsExactly(6);
        assertThat(after.postings().isEmpty(Keys.LETTER.of(after.words().of("F"))))
                .isTrue();
    }
}
