package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;
import org.junit.jupiter.api.Test;

class TidyingTest {
    private static final int SONGS = 200;

    private final Fixture fixture = new Fixture();
    private final Caller alice = Fixture.caller(1);
    private final Set<ItemId> most = new HashSet<>();

    private Snapshot snapshot() {
        return fixture.catalogue.visitor(alice).lens().snapshot();
    }

    private JsonNode ask(String query) {
        return Fixture.ask(new ItemsHandlers(fixture.catalogue, ReadThrough.NONE)::query, alice, query)
                .path("Items");
    }

    private void fill() {
        fixture.view(10, "Music", "music", 1);
        for (int i = 0; i < SONGS; i++) {
            ItemId id = fixture.item(100 + i, ItemKind.AUDIO, "Song " + i)
                    .views(10)
                    .on(1, Fixture.library(10), "{'Album':'Album %d','OfficialRating':'R%d'}".formatted(i, i % 3))
                    .add();
            if (i >= 20) {
                most.add(id);
            }
        }
        fixture.load();
    }

    @Test
    void textsThatNoItemHasAnyMoreAreLetGo() {
        fill();
        most.forEach(fixture.index.items::remove);
        fixture.apply(Set.of(), most);
        int before = snapshot().words().size();
        fixture.catalogue.tidy(SONGS);

        assertThat(snapshot().words().size())
                .isLessThan(before / 4)
                .isEqualTo(snapshot().wordsInUse());
        assertThat(Fixture.names(ask("Recursive=true&Albums=album+7"))).containsExactly("Song 7");
        assertThat(ask("Recursive=true&Albums=album+70")).isEmpty();
        assertThat(ask("Recursive=true&OfficialRatings=R1&IncludeItemTypes=Audio"))
                .hasSize(7);
        assertThat(Fixture.names(ask("SearchTerm=song+12"))).containsExactly("Song 12");
        assertThat(ask("ParentId=10&Recursive=true")).hasSize(20);
    }

    @Test
    void aChangeAfterwardsIsTakenOver() {
        fill();
        most.forEach(fixture.index.items::remove);
        fixture.apply(Set.of(), most);
        fixture.catalogue.tidy(SONGS);
        ItemId late = fixture.item(900, ItemKind.AUDIO, "Late")
                .views(10)
                .on(1, Fixture.library(10), "{'Album':'Album 70'}")
                .add();
        fixture.apply(Set.of(late), Set.of());

        assertThat(Fixture.names(ask("Recursive=true&Albums=album+70"))).isEqualTo(List.of("Late"));
    }

    @Test
    void whatIsMostlyInUseIsLeftAsItIs() {
        fill();
        Snapshot before = snapshot();
        fixture.catalogue.tidy(1);

        assertThat(snapshot()).isSameAs(before);
    }
}
