package org.embygateway.index.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.merge.FactsOf.episode;
import static org.embygateway.index.merge.FactsOf.movie;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static int titles(Facts... copies) {
        return Merge.of(List.of(copies)).titles().size();
    }

    @Test
    void scenario14AThirdCopyWithBothIdsProvesThatTwoAreOne() {
        Facts tmdb = movie(1, "A", 1999, 0, Map.of("tmdb", "603"));
        Facts imdb = movie(2, "B", 2005, 0, Map.of("imdb", "tt1"));
        Facts both = movie(3, "C", 2010, 0, Map.of("tmdb", "603", "imdb", "TT1"));
        assertThat(titles(tmdb, imdb)).isEqualTo(2);
        assertThat(titles(tmdb, imdb, both)).isEqualTo(1);
    }

    @Test
    void scenario15OneContradictionVetoesHoweverMuchElseAgrees() {
        Merge merge = Merge.of(List.of(
                movie(1, "A", 1999, 100, Map.of("tmdb", "1", "imdb", "tt1")),
                movie(2, "A", 1999, 100, Map.of("tmdb", "1", "imdb", "tt2"))));
        assertThat(merge.titles()).hasSize(2);
        assertThat(merge.conflicts()).hasSize(1);
    }

    @Test
    void aBadIdDoesNotChainStrangersTogether() {
        Facts heat = movie(1, "Heat", 1995, 0, Map.of("tmdb", "949", "imdb", "tt949"));
        Facts bad = movie(2, "Heat", 1995, 0, Map.of("tmdb", "949", "tvdb", "7"));
        Facts ran = movie(3, "Ran", 1985, 0, Map.of("tmdb", "11645", "tvdb", "7"));
        assertThat(Merge.of(List.of(heat, bad, ran)).titles())
                .containsExactly(List.of(heat.identity(), bad.identity()), List.of(ran.identity()));
    }

    @Test
    void emptyAndZeroIdsProveNothing() {
        assertThat(titles(movie(1, "A", 1999, 0, Map.of("tmdb", "0")), movie(2, "B", 1999, 0, Map.of("tmdb", "0"))))
                .isEqualTo(2);
    }

    @Test
    void aCollectionsIdOnAMovieIsNotTheMoviesId() {
        Map<String, String> alien = Map.of("tmdbcollection", "8091");
        assertThat(titles(movie(1, "Alien", 1979, 0, alien), movie(2, "Aliens", 1986, 0, alien)))
                .isEqualTo(2);
    }

    @Test
    void scenario16TitlesOfOtherScriptsAreCompared() {
        assertThat(titles(movie(1, "流浪地球", 2019), movie(2, "流浪地球2", 2023), movie(3, "大海啸", 2019)))
                .isEqualTo(3);
        assertThat(titles(movie(1, "流浪地球", 2019), movie(2, "流浪地球", 2019))).isEqualTo(1);
    }

    @Test
    void scenario17AYearOffCountsAsEqualOnlyWhenTheRunTimesAgree() {
        Map<String, String> none = Map.of();
        assertThat(titles(movie(1, "Heat", 1995, 170, none), movie(2, "HEAT", 1996, 174, none)))
                .isEqualTo(1);
        assertThat(titles(movie(1, "Heat", 1995, 170, none), movie(2, "HEAT", 1996, 180, none)))
                .isEqualTo(2);
        assertThat(titles(movie(1, "Heat", 1995, 170, none), movie(2, "HEAT", 1996, 0, none)))
                .isEqualTo(2);
        assertThat(titles(movie(1, "Heat", 1995, 170, none), movie(2, "HEAT", 1997, 170, none)))
                .isEqualTo(2);
    }

    @Test
    void yearsDoNotDriftApartStepByStep() {
        Map<String, String> none = Map.of();
        assertThat(titles(
                        movie(1, "Heat", 1995, 170, none),
                        movie(2, "Heat", 1996, 170, none),
                        movie(3, "Heat", 1997, 170, none)))
                .isEqualTo(2);
    }

    @Test
    void aTitleWithoutAYearProvesNothing() {
        assertThat(titles(movie(1, "Holiday", 0), movie(2, "Holiday", 0), movie(3, "Holiday", 1938)))
                .isEqualTo(3);
    }

    @Test
    void aBlankTitleProvesNothing() {
        assertThat(titles(movie(1, " ", 1999), movie(2, "", 1999))).isEqualTo(2);
    }

    @Test
    void ofNamesakesWithDifferentIdsOneWithoutIdsJoinsTheFirst() {
        Facts one = movie(1, "Heat", 1995, 0, Map.of("tmdb", "1"));
        Facts two = movie(2, "Heat", 1995, 0, Map.of("tmdb", "2"));
        Facts none = movie(3, "Heat", 1995);
        Merge merge = Merge.of(List.of(none, two, one));
        assertThat(merge.titles()).containsExactly(List.of(one.identity(), none.identity()), List.of(two.identity()));
        assertThat(merge.conflicts())
                .extracting(Merge.Conflict::reason)
                .containsExactly("same title and year, but tmdb differs (1, 2)");
    }

    @Test
    void episodesMergeByNumberInsideOneSeriesOnlyAndNeverAgainstIds() {
        OptionalInt first = OptionalInt.of(1);
        Facts one = episode(1, "Pilot", 7, first, 5, 5, Map.of());
        assertThat(titles(one, episode(2, "Other", 7, first, 5, 5, Map.of()))).isEqualTo(1);
        assertThat(titles(one, episode(2, "Pilot", 8, first, 5, 5, Map.of()))).isEqualTo(2);
        assertThat(titles(one, episode(2, "Pilot", 7, OptionalInt.of(2), 5, 5, Map.of())))
                .isEqualTo(2);
        assertThat(titles(
                        episode(1, "Pilot", 7, first, 5, 5, Map.of("tvdb", "1")),
                        episode(2, "Pilot", 7, first, 5, 5, Map.of("tvdb", "2"))))
                .isEqualTo(2);
    }

    @Test
    void episodesOfAnUnknownSeriesNeverMerge() {
        OptionalInt first = OptionalInt.of(1);
        assertThat(titles(
                        episode(1, "Pilot", 0, first, 5, 5, Map.of("tvdb", "1")),
                        episode(2, "Pilot", 0, first, 5, 5, Map.of("tvdb", "1"))))
                .isEqualTo(2);
    }

    @Test
    void episodesNumberedDifferentlyMergeByTheirIds() {
        assertThat(titles(
                        episode(1, "A", 7, OptionalInt.of(1), 13, 13, Map.of("tvdb", "1")),
                        episode(2, "A", 7, OptionalInt.of(2), 1, 1, Map.of("tvdb", "1"))))
                .isEqualTo(1);
    }

    @Test
    void scenario19ARangeEqualsTheSameRangeOnly() {
        OptionalInt first = OptionalInt.of(1);
        Map<String, String> id = Map.of("tvdb", "1");
        assertThat(titles(
                        episode(1, "A", 7, first, 1, 2, id),
                        episode(2, "A", 7, first, 1, 1, id),
                        episode(3, "B", 7, first, 2, 2, Map.of()),
                        episode(4, "C", 7, first, 1, 2, Map.of())))
                .isEqualTo(3);
    }

    @Test
    void looseFilesMergeByNameWithinTheirSeason() {
        OptionalInt first = OptionalInt.of(1);
        assertThat(titles(
                        episode(1, "The Pilot", 7, first, 0, 0, Map.of()),
                        episode(2, "the pilot", 7, first, 0, 0, Map.of())))
                .isEqualTo(1);
        assertThat(titles(
                        episode(1, "The Pilot", 7, first, 0, 0, Map.of()),
                        episode(2, "Finale", 7, first, 0, 0, Map.of())))
                .isEqualTo(2);
    }
}
