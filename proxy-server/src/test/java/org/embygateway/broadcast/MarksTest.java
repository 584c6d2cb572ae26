package org.embygateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.broadcast.FakeTitles.HOUR;
import static org.embygateway.broadcast.Watching.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import org.embygateway.auth.Requests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarksTest {
    @TempDir
    private Path folder;

    private Watching watching;
    private Marks marks;

    @BeforeEach
    void open() {
        watching = new Watching(folder, () -> {});
        marks = watching.broadcast.marks();
    }

    @AfterEach
    void close() {
        watching.close();
    }

    @Test
    void aMarkAnswersWithTheNewStateAndWaitsForEveryHolder() {
        JsonNode dto = watching.mark(1).query("DatePlayed=20250102030405").json(marks::played);

        assertThat(dto.path("Played").asBoolean()).isTrue();
        assertThat(watching.state(1).lastPlayed()).contains(Instant.parse("2025-01-02T03:04:05Z"));
        assertThat(watching.waiting()).containsExactly("1 1 Played", "2 1 Played");
        assertThat(FakeTitles.itemIds(watching.told.getLast())).containsExactly("1");
    }

    @Test
    void anUnplayedMarkReplacesAPlayedOneThatStillWaits() {
        watching.mark(1).json(marks::played);
        watching.mark(1).json(marks::unplayed);

        assertThat(watching.state(1).played()).isFalse();
        assertThat(watching.state(1).playCount()).isZero();
        assertThat(watching.waiting()).containsExactly("1 1 Unplayed", "2 1 Unplayed");
    }

    @Test
    void anUnplayedMarkIsToldEvenWhenNothingWasKnown() {
        watching.mark(1).json(marks::unplayed);

        assertThat(watching.waiting()).containsExactly("1 1 Unplayed", "2 1 Unplayed");
    }

    @Test
    void aSeriesIsMarkedThroughItsEpisodes() {
        watching.mark(2).json(marks::played);

        assertThat(watching.state(21).played()).isTrue();
        assertThat(watching.state(22).played()).isTrue();
        assertThat(watching.waiting()).containsExactly("1 21 Played", "1 22 Played");
        assertThat(FakeTitles.itemIds(watching.told.getLast())).containsExactlyInAnyOrder("21", "22", "2");

        watching.mark(2).json(marks::unplayed);
        assertThat(watching.state(22).played()).isFalse();
    }

    @Test
    void favouritesAndPositionsWaitSideBySide() {
        watching.progress(watching.anna, report(1, "p", HOUR));
        assertThat(watching.mark(1).json(marks::favorite).path("IsFavorite").asBoolean())
                .isTrue();

        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);
        assertThat(watching.people.store.outbox().waiting().values()).containsOnly(2L);
        watching.mark(1).json(marks::unfavorite);
        assertThat(watching.state(1).favorite()).isFalse();
    }

    @Test
    void opinionsComeAndGo() {
        watching.mark(1).query("Likes=true").json(marks::rate);
        assertThat(watching.state(1).rating()).hasValue(10);
        watching.mark(1).query("likes=false").json(marks::rate);
        assertThat(watching.state(1).rating()).hasValue(1);
        watching.mark(1).json(marks::unrate);
        assertThat(watching.state(1).rating()).isEmpty();
        assertThat(watching.mark(1).status(marks::rate)).isEqualTo(400);
    }

    @Test
    void hidingFromResumeChangesNothingElse() {
        watching.progress(watching.anna, report(1, "p", HOUR));
        watching.mark(1).query("Hide=true").json(marks::hideFromResume);

        assertThat(watching.state(1).hiddenFromResume()).isTrue();
        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);
        watching.mark(1).query("Hide=false").json(marks::hideFromResume);
        assertThat(watching.state(1).hiddenFromResume()).isFalse();
    }

    @Test
    void userDataSetsWhatIsGivenAndLeavesTheRest() {
        watching.mark(1).json(marks::favorite);
        Requests post = watching.mark(1).param("ItemId", "1");

        assertThat(post.body("{\"PlaybackPositionTicks\":" + HOUR + ",\"PlayCount\":3}")
                        .status(marks::userData))
                .isEqualTo(204);
        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);
        assertThat(watching.state(1).playCount()).isEqualTo(3);
        assertThat(watching.state(1).favorite()).isTrue();

        post.body("{\"IsFavorite\":false,\"Rating\":7.5,\"LastPlayedDate\":\"2025-01-02T03:04:05.0000000Z\"}")
                .on(marks::userData);
        assertThat(watching.state(1).favorite()).isFalse();
        assertThat(watching.state(1).rating()).hasValue(7.5);
        assertThat(watching.state(1).lastPlayed()).contains(Instant.parse("2025-01-02T03:04:05Z"));
    }

    @Test
    void whatIsNotVisibleIsNotFound() {
        assertThat(watching.mark(999).status(marks::played)).isEqualTo(404);
        assertThat(watching.mark(1).param("Id", "x").status(marks::favorite)).isEqualTo(404);
        assertThat(watching.mark(1).param("UserId", "f".repeat(32)).status(marks::played))
                .isEqualTo(403);
    }
}
