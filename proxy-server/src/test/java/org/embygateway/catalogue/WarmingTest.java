package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.embygateway.index.Outline;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.junit.jupiter.api.Test;

class WarmingTest {
    private static final int FILMS = 2000;

    private final Fixture fixture = new Fixture();
    private final RowReader reader = new RowReader(Fixture.SERVER);
    private final Snapshot films = Snapshot.empty()
            .with(
                    IntStream.range(0, FILMS)
                            .mapToObj(i -> film(100 + i, "Film " + i * 7 % FILMS))
                            .toList(),
                    List.of());

    /** On one or two of three servers, which call it differently. */
    private Row film(int id, String name) {
        Fixture.Item item = fixture.item(id, ItemKind.MOVIE, name).on(1 + id % 3, "", "{'Name':'" + name + "'}");
        ItemId added = (id % 2 == 0 ? item : item.on(1 + (id + 1) % 3, "", "{'Name':'The Other " + id + "'}")).add();
        return reader.read(Outline.of(fixture.index.items.get(added)));
    }

    private static Visible visible(int... upstreams) {
        return new Visible(IntStream.of(upstreams).mapToObj(UpstreamId::new).collect(Collectors.toSet()));
    }

    @Test
    void whoWasSeenWaitsForNothing() {
        Warming warming = new Warming(() -> films);
        warming.seen(visible(1));
        warming.prepare();

        assertThat(films.isKnown(visible(1))).isTrue();
        assertThat(films.isKnown(visible(2))).isFalse();
        assertThat(films.through(visible(1)).finder().isPrepared()).isTrue();
        assertThat(films.through(visible(2)).finder().isPrepared()).isFalse();
        for (Lens lens : List.of(films.everything(), films.through(visible(1)))) {
            assertThat(Warming.FIRST).allMatch(lens.orders()::isNear);
            assertThat(lens.orders().isNear(Warming.USUAL.getLast())).isFalse();
        }

        warming.seen(visible(1, 2, 3));
        warming.prepare();
        assertThat(Warming.USUAL).allMatch(films.everything().orders()::isNear);
    }

    @Test
    void onlyTheLastFewAreRemembered() {
        Warming warming = new Warming(() -> films);
        List<Visible> all = List.of(visible(1), visible(2), visible(3), visible(1, 2), visible(2, 3));
        all.forEach(warming::seen);
        warming.prepare();

        assertThat(all).map(films::isKnown).containsExactly(false, true, true, true, true);
    }

    @Test
    void whatIsMadeDuringChangesIsHandedOn() {
        Sort sort = Warming.USUAL.getLast();
        Snapshot later = films.making(() -> {
            Snapshot changed = films.with(List.of(film(100, "Aaa"), film(5000, "Zzz")), List.of(103));
            Snapshot again = changed.with(List.of(film(101, "Mmm")), List.of());
            films.through(visible(1));
            films.everything().orders().ids(sort);
            return again;
        });
        Snapshot anew = Snapshot.of(later.rows());

        assertThat(later.isKnown(visible(1))).isTrue();
        assertThat(later.isKnown(visible(2))).isFalse();
        assertThat(later.everything().orders().isNear(sort)).isTrue();
        assertThat(later.everything().orders().ids(sort))
                .isEqualTo(anew.everything().orders().ids(sort));
        Lens handedOn = later.through(visible(1));
        Lens fresh = anew.through(visible(1));
        assertThat(handedOn.visible()).isEqualTo(fresh.visible());
        assertThat(handedOn.orders().ids(Sort.BY_NAME)).isEqualTo(fresh.orders().ids(Sort.BY_NAME));
        assertThat(handedOn.of(Keys.LETTER.of(later.words().of("O"))))
                .isEqualTo(fresh.of(Keys.LETTER.of(later.words().of("O"))));
    }

    @Test
    void changesAreNotKeptWhenNothingIsMade() {
        Snapshot later = films.with(List.of(film(100, "Aaa")), List.of());
        films.through(visible(1));

        assertThat(later.isKnown(visible(1))).isFalse();
    }

    @Test
    void theCatalogueIsPreparedForThoseWhoAreExpected() {
        for (int upstream = 1; upstream <= 3; upstream++) {
            fixture.item(upstream, ItemKind.MOVIE, "Film " + upstream)
                    .on(upstream, "", "{}")
                    .add();
        }
        fixture.catalogue.expect(List.of(visible(1, 2), visible(3)));
        fixture.load();
        Snapshot loaded =
                fixture.catalogue.visitor(Fixture.caller(1, 2, 3)).lens().snapshot();

        await().atMost(Duration.ofSeconds(20)).until(() -> loaded.isKnown(visible(1, 2)) && loaded.isKnown(visible(3)));
        assertThat(loaded.isKnown(visible(1))).isFalse();
    }

    @Test
    void whatWasDroppedByAChangeIsPreparedAgain() {
        fixture.item(1, ItemKind.MOVIE, "One").on(1, "", "{}").add();
        fixture.item(2, ItemKind.MOVIE, "Two").on(2, "", "{}").add();
        fixture.load();
        Snapshot before = fixture.catalogue.visitor(Fixture.caller(1)).lens().snapshot();
        assertThat(before.isKnown(visible(1))).isTrue();
        fixture.apply(
                Set.of(fixture.item(3, ItemKind.MOVIE, "Three").on(3, "", "{}").add()), Set.of());
        Snapshot after =
                fixture.catalogue.visitor(Fixture.caller(1, 2, 3)).lens().snapshot();

        await().atMost(Duration.ofSeconds(60)).until(() -> after.isKnown(visible(1)));
    }
}
