package org.embygateway.index.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.merge.FactsOf.episode;
import static org.embygateway.index.merge.FactsOf.gone;
import static org.embygateway.index.merge.FactsOf.movie;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.embygateway.protocol.ItemKind;
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
                .extracting(Merge.Notice::text)
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

    @Test
    void aSeriesWithoutIdsNeedsTheSameYearWhateverItsRunTime() {
        assertThat(titles(series(1, "Battlestar", 2003), series(2, "Battlestar", 2004)))
                .isEqualTo(2);
        assertThat(titles(series(1, "Battlestar", 2004), series(2, "Battlestar", 2004)))
                .isEqualTo(1);
    }

    @Test
    void aFilmAndASeriesOfOneNameAndOneNumberStayApart() {
        Map<String, String> fargo = Map.of("tmdb", "275");
        assertThat(titles(movie(1, "Fargo", 1996, 98, fargo), series(2, "Fargo", 1996, fargo)))
                .isEqualTo(2);
    }

    private static Facts series(int upstream, String name, int year) {
        return series(upstream, name, year, Map.of());
    }

    private static Facts series(int upstream, String name, int year, Map<String, String> ids) {
        Facts film = movie(upstream, name, year, 45, ids);
        return new Facts(
                film.identity(),
                ItemKind.SERIES,
                false,
                name,
                film.year(),
                film.runTimeTicks(),
                ids,
                0,
                film.index(),
                film.indexEnd(),
                film.parentIndex(),
                film.premiere(),
                "",
                "",
                OptionalInt.empty());
    }

    @Test
    void idsAreTheSameHoweverTheyAreWritten() {
        assertThat(titles(
                        movie(1, "A", 1999, 0, Map.of("imdb", "tt0133093")),
                        movie(2, "B", 1999, 0, Map.of("imdb", " TT133093 ")),
                        movie(3, "C", 1999, 0, Map.of("imdb", "133093"))))
                .isEqualTo(1);
        assertThat(titles(
                        movie(1, "A", 1999, 0, Map.of("tmdb", "603")),
                        movie(2, "B", 1999, 0, Map.of("tmdb", "603-the-matrix")),
                        movie(3, "C", 1999, 0, Map.of("tmdb", "00603"))))
                .isEqualTo(1);
    }

    @Test
    void whatIsNoIdProvesNothingAndForbidsNothing() {
        for (String nothing : List.of("N/A", "unknown", "-", "0", "tt0000000", "")) {
            Map<String, String> ids = Map.of("imdb", nothing, "tmdb", nothing, "tvdb", nothing);
            assertThat(titles(movie(1, "A", 1999, 0, ids), movie(2, "B", 1999, 0, ids)))
                    .isEqualTo(2);
            assertThat(titles(movie(1, "A", 1999, 0, ids), movie(2, "A", 1999, 0, Map.of("tmdb", "1", "imdb", "tt1"))))
                    .isEqualTo(1);
        }
    }

    @Test
    void anArticleInFrontOfATitleDoesNotCount() {
        assertThat(titles(movie(1, "The Matrix", 1999), movie(2, "matrix", 1999)))
                .isEqualTo(1);
        assertThat(titles(movie(1, "A.I.", 2001), movie(2, "I", 2001))).isEqualTo(2);
        assertThat(titles(movie(1, "The", 2001), movie(2, "A", 2001))).isEqualTo(2);
    }

    @Test
    void aCopyThatIsGoneNoLongerKeepsOthersApart() {
        Facts one = movie(1, "A", 1999, 0, Map.of("tmdb", "1"));
        Facts wrong = movie(2, "A", 1999, 0, Map.of("tmdb", "1", "imdb", "tt2"));
        Facts right = movie(3, "A", 1999, 0, Map.of("tmdb", "1", "imdb", "tt3"));
        assertThat(Merge.of(List.of(one, wrong, right)).titles())
                .containsExactly(List.of(one.identity(), wrong.identity()), List.of(right.identity()));
        assertThat(Merge.of(List.of(one, gone(wrong), right)).titles())
                .containsExactly(List.of(one.identity(), right.identity()), List.of(wrong.identity()));
    }

    @Test
    void scenario14ACopyThatIsGoneStillProvesWhatItProved() {
        Facts tmdb = movie(1, "A", 1999, 0, Map.of("tmdb", "603"));
        Facts imdb = movie(2, "B", 2005, 0, Map.of("imdb", "tt1"));
        Facts both = movie(3, "C", 2010, 0, Map.of("tmdb", "603", "imdb", "tt1"));
        assertThat(titles(tmdb, imdb, gone(both))).isEqualTo(1);
    }

    @Test
    void aFileWithTwoEpisodesIsNoConflictWithOneOfThem() {
        Map<String, String> id = Map.of("tvdb", "1");
        Merge merge = Merge.of(List.of(
                episode(1, "A", 7, OptionalInt.of(1), 1, 2, id), episode(2, "A", 7, OptionalInt.of(1), 1, 1, id)));
        assertThat(merge.titles()).hasSize(2);
        assertThat(merge.conflicts()).isEmpty();
    }

    @Test
    void reasonsSayWhatJoinedWhom() {
        Facts one = movie(1, "A", 1999, 0, Map.of("tmdb", "603"));
        Facts two = movie(2, "The A", 1999, 100, Map.of("imdb", "tt1"));
        Facts three = movie(3, "C", 1999, 0, Map.of("tmdb", "603"));
        Facts four = movie(4, "a", 2000, 101, Map.of());
        List<Reason> reasons = Merge.of(List.of(one, two, three, four)).reasons();
        assertThat(reasons)
                .containsExactlyInAnyOrder(
                        new Reason(List.of(one.identity(), three.identity()), "same tmdb 603", 0),
                        new Reason(List.of(one.identity(), two.identity()), "same title and year 1999", 0),
                        new Reason(
                                List.of(two.identity(), four.identity()),
                                "same title, years 1999 and 2000, same run time",
                                0));
    }

    @Test
    void runTimesThatDifferInOneTitleAreSuspicious() {
        Map<String, String> id = Map.of("tmdb", "1");
        assertThat(suspicions(movie(1, "A", 1999, 100, id), movie(2, "A", 1999, 117, id)))
                .isEmpty();
        assertThat(suspicions(movie(1, "A", 1999, 100, id), movie(2, "A", 1999, 120, id)))
                .containsExactly("run times differ by more than 15 % (100 and 120 minutes)");
        assertThat(suspicions(movie(1, "A", 1999, 100, id), gone(movie(2, "A", 1999, 120, id))))
                .isEmpty();
    }

    @Test
    void titlesThatNearlyAreOneAreSuspicious() {
        Map<String, String> none = Map.of();
        assertThat(suspicions(movie(1, "A", 1999, 100, none), movie(2, "A", 2000, 120, none)))
                .containsExactly("same title, but the years are 1999 and 2000");
        assertThat(suspicions(movie(1, "A", 1999, 100, none), movie(2, "a", 0, 0, none)))
                .containsExactly("same title, but a year is not known");
        assertThat(suspicions(movie(1, "A", 1999, 100, none), movie(2, "A", 2001, 100, none)))
                .isEmpty();
        assertThat(suspicions(
                        movie(1, "A", 1999, 100, Map.of("tmdb", "1")), movie(2, "A", 2000, 0, Map.of("tmdb", "2"))))
                .isEmpty();
    }

    @Test
    void aNameThatThousandsHaveRaisesAFewSuspicionsOnly() {
        Facts[] clips = IntStream.range(0, 5000)
                .mapToObj(i -> FactsOf.copy(movie(1, "Clip", 0), new CopyIdentity(1, 0, "clip" + i), false))
                .toArray(Facts[]::new);
        assertThat(titles(clips)).isEqualTo(5000);
        assertThat(suspicions(clips)).hasSizeLessThan(200);
    }

    private static List<String> suspicions(Facts... copies) {
        return Merge.of(List.of(copies)).suspicions().stream()
                .map(Merge.Notice::text)
                .toList();
    }
}
