package org.embygateway.index.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.merge.FactsOf.movie;
import static org.embygateway.index.merge.FactsOf.series;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginIdsTest {
    private static Merge merge(Facts... copies) {
        return Merge.of(List.of(copies));
    }

    @ParameterizedTest
    @CsvSource({"douban, doubanid", "bangumi, bangumi", "anidb, anidbid", "anilist, anilist", "tvmaze, tvmaze"})
    void anEqualIdOfAPluginJoinsFilmsAndSeriesOfOtherNames(String one, String other) {
        assertThat(merge(
                                movie(1, "流浪地球", 2019, 0, Map.of(one, "26266893")),
                                movie(2, "The Wandering Earth", 2020, 0, Map.of(other, " 26266893")))
                        .titles())
                .hasSize(1);
        assertThat(merge(series(1, "三体", 2023, Map.of(one, "1")), series(2, "Three-Body", 2022, Map.of(other, "1")))
                        .titles())
                .hasSize(1);
        assertThat(merge(movie(1, "三体", 2023, 0, Map.of(one, "1")), series(2, "三体", 2023, Map.of(other, "1")))
                        .titles())
                .hasSize(2);
    }

    @Test
    void thoseOfFilmsThatDifferKeepThemApart() {
        Merge merge = merge(
                movie(1, "英雄", 2002, 99, Map.of("douban", "1306123")),
                movie(2, "英雄", 2002, 99, Map.of("douban", "1306124")));
        assertThat(merge.titles()).hasSize(2);
        assertThat(merge.conflicts())
                .extracting(Merge.Notice::text)
                .containsExactly("same title and year, but douban differs (1306123, 1306124)");
    }

    @Test
    void whereTmdbAgreesTheyForbidNothing() {
        assertThat(merge(
                                movie(1, "英雄", 2002, 99, Map.of("tmdb", "79", "douban", "1306123")),
                                movie(2, "Hero", 2002, 99, Map.of("tmdb", "79", "douban", "1306124")))
                        .titles())
                .hasSize(1);
        assertThat(merge(
                                movie(1, "英雄", 2002, 99, Map.of("tmdb", "79", "imdb", "tt1", "douban", "1")),
                                movie(2, "Hero", 2002, 99, Map.of("tmdb", "79", "imdb", "tt2", "douban", "1")))
                        .titles())
                .hasSize(2);
    }

    @Test
    void thoseOfSeriesAreOfOneSeasonAndForbidNothing() {
        assertThat(merge(
                                series(1, "三体", 2023, Map.of("douban", "26647087")),
                                series(2, "三体", 2023, Map.of("douban", "36511228")))
                        .titles())
                .hasSize(1);
    }
}
