package org.embygateway.index.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpisodeProofTest {
    private static List<Facts> season(int last, IntFunction<String> title) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(n -> FactsOf.episode(1, title.apply(n), 7, OptionalInt.of(1), n, n, Map.of()))
                .toList();
    }

    private static List<Facts> identified(int last, String provider) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(n -> FactsOf.episode(1, "x", 7, OptionalInt.of(1), n, n, Map.of(provider, "" + n)))
                .toList();
    }

    @Test
    void threeEqualIdsOfOneCatalogueAreEnough() {
        assertThat(EpisodeProof.sameSeries(identified(3, "tvdb"), identified(9, "tvdb")))
                .isTrue();
        assertThat(EpisodeProof.sameSeries(identified(2, "tvdb"), identified(9, "tvdb")))
                .isFalse();
        assertThat(EpisodeProof.sameSeries(identified(9, "tmdb"), identified(9, "tvdb")))
                .isFalse();
    }

    @Test
    void oneIdOnEveryEpisodeProvesNothing() {
        List<Facts> all = IntStream.rangeClosed(1, 9)
                .mapToObj(n -> FactsOf.episode(1, "x", 7, OptionalInt.of(1), n, n, Map.of("tmdb", "5", "imdb", "tt5")))
                .toList();
        assertThat(EpisodeProof.sameSeries(all, all)).isFalse();
    }

    @Test
    void sixInTenTitlesAreEnough() {
        List<Facts> ten = season(10, n -> "Title " + (char) ('a' + n));
        assertThat(EpisodeProof.otherSeries(
                        ten, season(20, n -> n <= 6 ? "title " + (char) ('a' + n) : "Other " + (char) ('a' + n))))
                .isEmpty();
        assertThat(EpisodeProof.otherSeries(
                        ten, season(20, n -> n <= 5 ? "title " + (char) ('a' + n) : "Other " + (char) ('a' + n))))
                .isPresent();
    }

    @Test
    void seasonsOfLikeLengthMayBeTranslated() {
        assertThat(EpisodeProof.otherSeries(
                        season(10, n -> "Title " + (char) ('a' + n)), season(12, n -> "标题" + (char) ('a' + n))))
                .isEmpty();
    }

    @Test
    void titlesThatAreNumbersTellNothing() {
        assertThat(EpisodeProof.otherSeries(
                        season(6, n -> "Episode " + n), season(20, n -> "Title " + (char) ('a' + n))))
                .isEmpty();
        assertThat(EpisodeProof.otherSeries(season(6, n -> "第" + n + "集"), season(20, n -> "S01E0" + n)))
                .isEmpty();
    }

    @Test
    void whereIdsCanBeComparedTitlesDoNotCount() {
        assertThat(EpisodeProof.otherSeries(identified(6, "tvdb"), identified(20, "tvdb")))
                .isEmpty();
    }
}
