package org.embygateway.index.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final CopyIdentity A = new CopyIdentity(1, 0, "a");
    private static final CopyIdentity B = new CopyIdentity(2, 0, "b");
    private static final CopyIdentity C = new CopyIdentity(3, 0, "c");
    private static final CopyIdentity D = new CopyIdentity(4, 0, "d");
    private static final CopyIdentity E = new CopyIdentity(5, 0, "e");
    private static final CopyIdentity F = new CopyIdentity(6, 0, "f");
    private static final IntFunction<int[]> NEW_IDS =
            count -> java.util.stream.IntStream.range(100, 100 + count).toArray();

    @Test
    void newTitlesGetNewIdsInOrder() {
        Assignment assignment = Assignment.of(List.of(List.of(A, B), List.of(C)), Map.of(), NEW_IDS);
        assertThat(assignment.placeOf(B)).isEqualTo(new Assignment.Place(100, 100));
        assertThat(assignment.placeOf(C)).isEqualTo(new Assignment.Place(101, 101));
    }

    @Test
    void whenTitlesJoinTheOldestIdStaysAndTheOthersAreAliases() {
        Assignment assignment = Assignment.of(List.of(List.of(A, B, C)), homes(Map.of(A, 7, B, 3)), NEW_IDS);
        assertThat(assignment.current()).isEqualTo(Map.of(3, 3, 7, 3));
        assertThat(assignment.placeOf(A)).isEqualTo(new Assignment.Place(3, 7));
        assertThat(assignment.placeOf(C)).isEqualTo(new Assignment.Place(3, 3));
    }

    @Test
    void whenTheyPartEachGetsItsOwnBack() {
        Assignment assignment = Assignment.of(List.of(List.of(A), List.of(B)), homes(Map.of(A, 7, B, 3)), NEW_IDS);
        assertThat(assignment.current()).isEqualTo(Map.of(3, 3, 7, 7));
        assertThat(assignment.itemOf(A)).isEqualTo(7);
    }

    @Test
    void ofAPartedTitleMostCopiesKeepTheIdAndOfEqualsTheFirst() {
        Map<CopyIdentity, Assignment.Before> homes = homes(Map.of(A, 5, B, 5, C, 5, D, 5));
        Assignment most = Assignment.of(List.of(List.of(A), List.of(B, C, D)), homes, NEW_IDS);
        assertThat(most.itemOf(B)).isEqualTo(5);
        assertThat(most.placeOf(A)).isEqualTo(new Assignment.Place(100, 100));
        Assignment equal = Assignment.of(List.of(List.of(A, D), List.of(B, C)), homes, NEW_IDS);
        assertThat(equal.itemOf(A)).isEqualTo(5);
        assertThat(equal.itemOf(B)).isEqualTo(100);
    }

    private static Map<CopyIdentity, Assignment.Before> homes(Map<CopyIdentity, Integer> homes) {
        return homes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, home -> new Assignment.Before(home.getValue(), home.getValue(), false)));
    }

    @Test
    void anIdFollowsTheCopiesThatAreThere() {
        Map<CopyIdentity, Assignment.Before> before = Map.of(A, gone(5, 5), B, gone(5, 5), C, there(5, 5));
        Assignment parted = Assignment.of(List.of(List.of(A, B), List.of(C)), before, NEW_IDS);
        assertThat(parted.placeOf(C)).isEqualTo(new Assignment.Place(5, 5));
        assertThat(parted.placeOf(A)).isEqualTo(new Assignment.Place(100, 5));
    }

    @Test
    void whatIsGoneAndWonNothingIsGivenAnIdOnce() {
        Map<CopyIdentity, Assignment.Before> before = Map.of(A, gone(100, 5), C, there(5, 5));
        Assignment again = Assignment.of(List.of(List.of(A), List.of(C)), before, NEW_IDS);
        assertThat(again.placeOf(A)).isEqualTo(new Assignment.Place(100, 5));
    }

    @Test
    void whatReturnsPieceByPieceHasItsIdsAgainWhenAllIsBack() {
        List<List<CopyIdentity>> titles = List.of(List.of(A, B, C), List.of(D, E, F));
        Map<CopyIdentity, Assignment.Before> now = new HashMap<>(
                Map.of(A, gone(5, 5), B, gone(5, 5), C, gone(5, 5), D, gone(7, 5), E, gone(7, 5), F, gone(7, 7)));
        for (CopyIdentity returning : List.of(D, E, A, F, B, C)) {
            now.computeIfPresent(returning, (copy, place) -> there(place.item(), place.home()));
            Assignment assignment = Assignment.of(titles, Map.copyOf(now), NEW_IDS);
            now.replaceAll((copy, place) -> new Assignment.Before(
                    assignment.placeOf(copy).item(), assignment.placeOf(copy).home(), place.gone()));
        }
        assertThat(now)
                .containsAllEntriesOf(Map.of(A, there(5, 5), B, there(5, 5), C, there(5, 5)))
                .containsAllEntriesOf(Map.of(D, there(7, 5), E, there(7, 5), F, there(7, 7)));
    }

    private static Assignment.Before gone(int item, int home) {
        return new Assignment.Before(item, home, true);
    }

    private static Assignment.Before there(int item, int home) {
        return new Assignment.Before(item, home, false);
    }
}
