package org.embygateway.index.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.merge.FactsOf.dated;
import static org.embygateway.index.merge.FactsOf.gone;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shows whose episodes have no numbers. */
class DailyShowsTest {
    private static final LocalDate MONDAY = LocalDate.of(2024, 9, 2);

    @Test
    void theOnlyEpisodeOfADayIsOneWhateverItIsCalled() {
        Facts guest = dated(1, "a", "Emma Stone", MONDAY);
        Facts plain = dated(2, "b", "2024-09-02", MONDAY);
        Facts next = dated(2, "c", "2024-09-03", MONDAY.plusDays(1));
        Merge merge = Merge.of(List.of(next, plain, guest));
        assertThat(merge.titles())
                .containsExactly(List.of(guest.identity(), plain.identity()), List.of(next.identity()));
        assertThat(merge.reasons())
                .extracting(Reason::text)
                .containsExactly("same date 2024-09-02, the only one of the day");
    }

    @Test
    void whereAServerHasTwoOfADayTheirTitlesDecide() {
        Facts first = dated(1, "a", "Part 1", MONDAY);
        Facts second = dated(1, "b", "Part 2", MONDAY);
        Facts one = dated(2, "c", "part 1", MONDAY);
        Facts other = dated(3, "d", "Late news", MONDAY);
        assertThat(Merge.of(List.of(first, second, one, other)).titles())
                .containsExactly(
                        List.of(first.identity(), one.identity()),
                        List.of(second.identity()),
                        List.of(other.identity()));
        assertThat(Merge.of(List.of(first, gone(second), other)).titles()).hasSize(3);
    }

    @Test
    void anEpisodeThatItsServerNumberedAnewIsStillTheOnlyOneOfItsDay() {
        Facts before = gone(dated(1, "a", "Emma Stone", MONDAY));
        Facts now = dated(1, "b", "Emma Stone", MONDAY);
        Facts plain = dated(2, "c", "2024-09-02", MONDAY);
        assertThat(Merge.of(List.of(before, now, plain)).titles()).hasSize(1);
    }
}
