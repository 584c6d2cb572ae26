package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.sql.Sample.episode;
import static org.embygateway.index.sql.Sample.series;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.embygateway.index.Merges.Author;
import org.embygateway.index.Merges.Doubt;
import org.embygateway.index.Merges.Group;
import org.embygateway.index.Merges.Outcome;
import org.embygateway.index.Merges.Why;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is below series tells which of them are one. */
abstract class SeriesContract extends StoreContract {
    private UpstreamId one;
    private UpstreamId two;

    @BeforeEach
    void addServers() {
        one = upstream("One");
        two = upstream("Two");
    }

    private void learn(UpstreamId upstream, Stream<Sample> items) {
        store.media().learn(upstream, items.map(Sample::build).toList());
    }

    private void learn(UpstreamId upstream, Sample item) {
        learn(upstream, Stream.of(item));
    }

    private ItemId idOf(UpstreamId upstream, String itemId) {
        ItemId id = store.media().idsOf(upstream, List.of(itemId)).get(itemId);
        assertThat(id).as("id of %s on %s", itemId, upstream).isNotNull();
        return id;
    }

    private boolean areOne(String itemId) {
        return idOf(one, itemId).equals(idOf(two, itemId));
    }

    private Group group(ItemId id) {
        return store.merges().explain(List.of(id)).getFirst();
    }

    private static Stream<Sample> identified(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(n -> episode("e" + n, "s", "", 1, n).id("tvdb", Integer.toString(1000 + n)));
    }

    private static Stream<Sample> called(String title, int last) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(n -> episode("e" + n, "s", "", 1, n)
                        .named(title + " part " + "abcdefghijklmnopqrstuvwxyz".charAt(n)));
    }

    @Test
    void aSeriesWithoutIdsIsTheOneWithWhichItSharesThreeEpisodes() {
        learn(one, series("s", "The Three-Body Problem", 2023).id("tvdb", "421555"));
        learn(one, identified(1, 8));
        learn(two, series("s", "三体", 2022));
        learn(two, identified(1, 2));
        assertThat(areOne("s")).isFalse();

        learn(two, identified(3, 3));

        assertThat(areOne("s")).isTrue();
        assertThat(areOne("e1")).isTrue();
        assertThat(group(idOf(one, "s")).reasons()).extracting(Why::text).containsExactly("same episodes");
    }

    @Test
    void theOrderOfSeriesAndEpisodesDoesNotMatter() {
        learn(two, identified(1, 3));
        learn(two, series("s", "三体", 2022));
        learn(one, identified(1, 8));
        learn(one, series("s", "The Three-Body Problem", 2023).id("tvdb", "421555"));
        assertThat(areOne("s")).isTrue();
        assertThat(areOne("e3")).isTrue();
    }

    @Test
    void seriesPartAgainWhenTheirEpisodesAreCorrected() {
        learn(one, series("s", "The Three-Body Problem", 2023).id("tvdb", "421555"));
        learn(one, identified(1, 3));
        learn(two, series("s", "三体", 2022));
        learn(two, identified(1, 3));
        assertThat(areOne("s")).isTrue();

        learn(two, episode("e2", "s", "", 1, 2).id("tvdb", "7"));

        assertThat(areOne("s")).isFalse();
        assertThat(areOne("e1")).isFalse();
    }

    @Test
    void twoSeriesWithOneNameAndOtherEpisodesStayTwo() {
        learn(one, series("s", "The Office", 2005));
        learn(one, called("office", 6));
        learn(two, series("s", "The Office", 2005));
        learn(two, called("bureau", 22));
        assertThat(areOne("s")).isFalse();
        assertThat(areOne("e1")).isFalse();
        assertThat(group(idOf(one, "s")).conflicts())
                .containsExactly(new Doubt(
                        "same title and year, but season 1 has 6 and 22 episodes, and of 6 only 0 agree in title or date",
                        Optional.of(idOf(two, "s"))));

        learn(two, called("office", 5));

        assertThat(areOne("s")).isTrue();
        assertThat(areOne("e1")).isTrue();
        assertThat(group(idOf(one, "s")).conflicts()).isEmpty();
    }

    @Test
    void oneMoreEpisodeMayTellThatSeriesAreTwo() {
        learn(one, series("s", "The Office", 2005).id("tvdb", "73244"));
        learn(one, called("office", 4));
        learn(two, series("s", "The Office", 2005).id("tvdb", "73244"));
        learn(two, called("bureau", 5));
        assertThat(areOne("s")).isTrue();

        learn(two, called("bureau", 6));

        assertThat(areOne("s")).isFalse();
        assertThat(areOne("e1")).isFalse();
    }

    @Test
    void anAdministratorKnowsBetterThanEpisodes() {
        learn(one, series("s", "The Office", 2005));
        learn(one, called("office", 6));
        learn(two, series("s", "The Office", 2005));
        learn(two, called("bureau", 22));
        Author root = new Author(user("root"), "root", NOON);

        assertThat(store.merges().join(List.of(idOf(one, "s"), idOf(two, "s")), root))
                .isInstanceOf(Outcome.Done.class);

        assertThat(areOne("s")).isTrue();
        learn(two, called("bureau", 23));
        assertThat(areOne("s")).isTrue();
    }

    @Test
    void whatIsGoneKeepsNoSeriesApart() {
        UpstreamId three = upstream("Three");
        learn(one, series("s", "The Office", 2005));
        learn(one, called("office", 6));
        learn(three, series("s", "The Office", 2005));
        learn(three, called("bureau", 22));
        learn(two, series("s", "The Office", 2005));
        learn(two, called("bureau", 21));
        assertThat(areOne("s")).isFalse();
        store.media().forgetUpstream(one);
        assertThat(idOf(two, "s")).isEqualTo(idOf(three, "s"));
    }
}
