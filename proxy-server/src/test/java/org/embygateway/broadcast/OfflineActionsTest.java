package org.embygateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.broadcast.FakeTitles.HOUR;
import static org.embygateway.broadcast.Watching.report;

import java.nio.file.Path;
import java.time.Instant;
import org.embygateway.auth.Requests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineActionsTest {
    @TempDir
    private Path folder;

    private Watching watching;

    @BeforeEach
    void open() {
        watching = new Watching(folder, () -> {});
    }

    @AfterEach
    void close() {
        watching.close();
    }

    private int take(String body) {
        return Requests.post("/Sync/OfflineActions")
                .as(watching.anna)
                .body(body)
                .status(watching.broadcast.offline()::take);
    }

    @Test
    void whatWasDoneAwayIsCaughtUp() {
        assertThat(take("[{\"Type\":\"PlayedItem\",\"ItemId\":\"1\",\"PositionTicks\":" + HOUR
                        + ",\"Date\":\"2026-01-01T10:00:00.0000000Z\"},{\"Type\":\"MarkFavorite\",\"ItemId\":\"1\","
                        + "\"IsFavorite\":true},{\"Type\":\"MarkPlayed\",\"ItemId\":\"5\",\"Played\":true},"
                        + "{\"Type\":\"MarkPlayed\",\"ItemId\":\"999\"}]"))
                .isEqualTo(204);

        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);
        assertThat(watching.state(1).lastPlayed()).contains(Instant.parse("2026-01-01T10:00:00Z"));
        assertThat(watching.state(1).favorite()).isTrue();
        assertThat(watching.state(5).played()).isTrue();
    }

    @Test
    void aPlayingThatIsOlderThanWhatIsKnownChangesNothing() {
        watching.start(watching.anna, report(1, "p", 0));
        watching.progress(watching.anna, report(1, "p", HOUR));
        take("[{\"Type\":\"PlayedItem\",\"ItemId\":\"1\",\"PositionTicks\":" + HOUR / 2
                + ",\"Date\":\"2026-01-01T10:00:00.0000000Z\"}]");

        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);
    }

    @Test
    void rubbishIsRefused() {
        assertThat(take("{}")).isEqualTo(400);
        assertThat(take("x")).isEqualTo(400);
        assertThat(take("[{\"Type\":\"Explode\",\"ItemId\":\"1\"}]")).isEqualTo(400);
    }
}
