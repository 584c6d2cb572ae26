package org.embygateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.embygateway.broadcast.FakeTitles.HOUR;
import static org.embygateway.broadcast.Watching.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.embygateway.auth.Requests;
import org.embygateway.index.StoreUnavailable;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaybackReportsTest {
    @TempDir
    private Path folder;

    private Watching watching;
    private Caller anna;

    @BeforeEach
    void open() {
        watching = new Watching(folder, () -> {});
        anna = watching.anna;
    }

    @AfterEach
    void close() {
        watching.close();
    }

    @Test
    void aPositionIsKeptShownAndWaitsForEveryHolder() {
        watching.start(anna, report(1, "p", 0));
        assertThat(watching.progress(anna, report(1, "p", 8 * HOUR / 10))).isEqualTo(204);

        assertThat(watching.state(1).positionTicks()).isEqualTo(8 * HOUR / 10);
        assertThat(watching.shown().get(FakeTitles.id(1)).positionTicks()).isEqualTo(8 * HOUR / 10);
        assertThat(watching.waiting()).containsExactly("1 1 Passing", "2 1 Passing");
    }

    @Test
    void theLastReportDuringAFullDiskIsStoredAfterwards() {
        watching.start(anna, report(1, "p", 0));
        watching.states.full.set(true);
        assertThatThrownBy(() -> watching.progress(anna, report(1, "p", 8 * HOUR / 10)))
                .isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> watching.stop(anna, report(1, "p", 7 * HOUR / 10)))
                .isInstanceOf(StoreUnavailable.class);
        watching.broadcast.reports().retryUnstored();
        assertThat(watching.state(1).positionTicks()).isZero();

        watching.states.full.set(false);
        watching.broadcast.reports().retryUnstored();
        assertThat(watching.state(1).positionTicks()).isEqualTo(7 * HOUR / 10);
        assertThat(watching.waiting()).containsExactly("1 1 State", "2 1 State");
    }

    @Test
    void whatIsReportedAfterAFullDiskIsNotReplacedByWhatCameDuringIt() {
        watching.start(anna, report(1, "p", 0));
        watching.states.full.set(true);
        assertThatThrownBy(() -> watching.progress(anna, report(1, "p", 7 * HOUR / 10)))
                .isInstanceOf(StoreUnavailable.class);
        watching.states.full.set(false);
        watching.progress(anna, report(1, "p", 8 * HOUR / 10));

        watching.broadcast.reports().retryUnstored();
        assertThat(watching.state(1).positionTicks()).isEqualTo(8 * HOUR / 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ItemId\":1,\"PositionTicks\":\"28800000000\"}",
                "{\"itemid\":\"1\",\"positionticks\":2.88E10}",
                "{\"MediaSourceId\":\"mediasource_11\",\"PositionTicks\":28800000000}",
                "{\"ItemId\":\"11\",\"PositionTicks\":28800000000,\"PlaySessionId\":null,\"Item\":{\"Id\":\"5\"}}",
                "ItemId=1&PositionTicks=28800000000"
            })
    void everyWayToNameTheItemIsUnderstood(String body) {
        assertThat(watching.progress(anna, body)).isEqualTo(204);

        assertThat(watching.state(1).positionTicks()).isEqualTo(28_800_000_000L);
    }

    @Test
    void valuesMayComeInTheQuery() {
        assertThat(Requests.post("/Sessions/Playing/Stopped")
                        .as(anna)
                        .query("ItemId=1&PositionTicks=28800000000&api_key=secret")
                        .status(watching.broadcast.reports()::stopped))
                .isEqualTo(204);

        assertThat(watching.state(1).positionTicks()).isEqualTo(28_800_000_000L);
    }

    @Test
    void aReportWithoutAnItemIsAboutWhatPlays() {
        watching.start(anna, report(1, "p", 0));
        watching.progress(anna, "{\"PlaySessionId\":\"p\",\"PositionTicks\":28800000000}");
        assertThat(watching.state(1).positionTicks()).isEqualTo(28_800_000_000L);

        watching.stop(anna, "");
        assertThat(watching.state(1).played()).isTrue();
    }

    @Test
    void anEmptyReportIsRefusedButAnEmptyStopIsNot() {
        assertThat(watching.start(anna, "")).isEqualTo(400);
        assertThat(watching.progress(anna, "{}")).isEqualTo(400);
        assertThat(watching.progress(anna, "[1]")).isEqualTo(400);
        assertThat(watching.stop(anna, "")).isEqualTo(204);
        assertThat(watching.start(anna, report(999, "p", 0))).isEqualTo(404);
    }

    @Test
    void aStartThatIsRepeatedTwentyTimesIsOnePlaying() {
        for (int i = 0; i < 20; i++) {
            assertThat(watching.start(anna, report(1, "p", 0))).isEqualTo(204);
            watching.clock.pass(Duration.ofMillis(1500));
        }

        assertThat(watching.state(1).playCount()).isEqualTo(1);
        watching.stop(anna, report(1, "p", HOUR));
        watching.start(anna, report(1, "q", 0));
        assertThat(watching.state(1).playCount()).isEqualTo(2);
    }

    @Test
    void aStopWithoutAPositionMeansTheEndAndCountsOnce() {
        watching.start(anna, report(1, "p", 0));
        watching.stop(anna, "{\"ItemId\":\"1\",\"PlaySessionId\":\"p\"}");
        watching.stop(anna, "{\"ItemId\":\"1\",\"PlaySessionId\":\"p\"}");
        assertThat(watching.state(1).played()).isTrue();
        assertThat(watching.state(1).playCount()).isEqualTo(1);

        watching.stop(anna, "{\"ItemId\":\"5\"}");
        assertThat(watching.state(5).playCount()).isEqualTo(1);
        assertThat(watching.state(5).played()).isTrue();
    }

    @Test
    void aFailedPlaybackChangesNothing() {
        watching.start(anna, report(1, "p", 0));
        watching.progress(anna, report(1, "p", HOUR));
        watching.stop(anna, "{\"ItemId\":\"1\",\"PlaySessionId\":\"p\",\"Failed\":true}");

        assertThat(watching.state(1).played()).isFalse();
        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);
    }

    @Test
    void anUnknownRunTimeNeverMeansWatched() {
        watching.start(anna, report(4, "p", 0));
        watching.stop(anna, report(4, "p", 50_000_000));
        assertThat(watching.state(4).played()).isFalse();
        assertThat(watching.state(4).positionTicks()).isEqualTo(50_000_000);

        watching.stop(
                anna, "{\"ItemId\":\"4\",\"PositionTicks\":%d,\"RunTimeTicks\":%d}".formatted(95 * HOUR, 100 * HOUR));
        assertThat(watching.state(4).played()).isFalse();
        watching.clock.pass(Duration.ofMinutes(2));
        watching.stop(
                anna, "{\"ItemId\":\"4\",\"PositionTicks\":%d,\"RunTimeTicks\":%d}".formatted(95 * HOUR, 100 * HOUR));
        assertThat(watching.state(4).played()).isTrue();
    }

    @Test
    void aLateProgressAfterAnExplicitUnplayedDoesNotWatchItAgain() {
        watching.start(anna, report(1, "p", 0));
        watching.progress(anna, report(1, "p", 19 * HOUR / 10));
        assertThat(watching.state(1).played()).isTrue();
        watching.mark(1).json(watching.broadcast.marks()::unplayed);

        watching.progress(anna, report(1, "p", 19 * HOUR / 10));
        watching.stop(anna, report(1, "p", 19 * HOUR / 10));
        watching.progress(anna, report(1, "p", HOUR));

        assertThat(watching.state(1).played()).isFalse();
        assertThat(watching.state(1).positionTicks()).isZero();

        watching.start(anna, report(1, "q", 0));
        watching.progress(anna, report(1, "q", HOUR));
        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);
    }

    @Test
    void aProgressThatArrivesAfterItsStopIsNotBelieved() {
        watching.start(anna, report(1, "p", 0));
        watching.stop(anna, report(1, "p", HOUR));
        watching.progress(anna, report(1, "p", HOUR / 2));

        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);
        assertThat(watching.sessions).last().isEqualTo(anna.sessionId() + " stopped");
    }

    @Test
    void anotherQualityGoesOnUnderANewPlaySession() {
        watching.start(anna, report(1, "p", 0));
        watching.progress(anna, report(1, "q", HOUR));
        watching.progress(anna, report(1, "p", HOUR / 2));

        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);
        watching.stop(anna, report(1, "q", 12 * HOUR / 10));
        assertThat(watching.state(1).positionTicks()).isEqualTo(12 * HOUR / 10);
    }

    @Test
    void theLastWriterWinsBetweenDevices() {
        Caller phone = watching.people.signIn("anna", "pw", Watching.PHONE);
        watching.start(anna, report(1, "p", 0));
        watching.start(phone, report(1, "q", 0));
        watching.progress(anna, report(1, "p", HOUR));
        watching.progress(phone, report(1, "q", HOUR / 2));

        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR / 2);
    }

    @Test
    void peopleDoNotMix() {
        watching.people.add("berta", "pw");
        Caller berta = watching.people.signIn("berta", "pw", Requests.TV);
        watching.progress(anna, report(1, "p", HOUR));
        watching.progress(berta, report(1, "q", HOUR / 2));

        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);
    }

    @Test
    void devicesHearOfStartsAndEndsButNotOfEveryTick() {
        watching.start(anna, report(21, "p", 0));
        int afterStart = watching.told.size();
        for (int i = 1; i < 5; i++) {
            watching.progress(anna, report(21, "p", i * HOUR / 10 + HOUR / 5));
        }
        assertThat(watching.told).hasSize(afterStart);

        watching.stop(anna, report(21, "p", HOUR));
        assertThat(FakeTitles.itemIds(watching.told.getLast())).containsExactly("21", "2");
    }

    @Test
    void aPlaybackThatFallsSilentIsStoppedAndMayComeBack() {
        watching.start(anna, report(1, "p", 0));
        watching.progress(anna, report(1, "p", HOUR));
        watching.clock.pass(Duration.ofMinutes(9));
        watching.broadcast.reports().stopIdle();
        assertThat(watching.sessions).last().isNotEqualTo(anna.sessionId() + " stopped");

        watching.clock.pass(Duration.ofMinutes(2));
        watching.broadcast.reports().stopIdle();
        assertThat(watching.sessions).last().isEqualTo(anna.sessionId() + " stopped");
        await().until(() -> watching.live.contains("stopped 1"));
        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);

        watching.progress(anna, report(1, "p", 11 * HOUR / 10));
        assertThat(watching.state(1).positionTicks()).isEqualTo(11 * HOUR / 10);
    }

    @Test
    void theUpstreamThatPlaysHearsInOrderAndNotTooOften() {
        watching.start(anna, report(1, "p", 0));
        for (int i = 1; i <= 5; i++) {
            watching.progress(anna, report(1, "p", i));
        }
        watching.progress(
                anna,
                "{\"ItemId\":\"1\",\"PlaySessionId\":\"p\",\"PositionTicks\":6,\"EventName\":\"Pause\",\"IsPaused\":true}");
        watching.stop(anna, report(1, "p", 7));

        await().until(() -> watching.live.contains("stopped 1"));
        assertThat(List.copyOf(watching.live)).startsWith("playing 1").endsWith("stopped 1");
        assertThat(watching.live).contains("progress 1 6").hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void olderClientsReportUnderTheUser() {
        Requests item = Requests.post("/Users/x/PlayingItems/1")
                .param("UserId", anna.user().value())
                .param("Id", "1")
                .as(anna);
        item.on(watching.broadcast.reports()::playingItem);
        item.query("PositionTicks=28800000000").on(watching.broadcast.reports()::playingItemProgress);
        assertThat(watching.state(1).positionTicks()).isEqualTo(28_800_000_000L);

        item.query("PositionTicks=30000000000").on(watching.broadcast.reports()::playingItemStopped);
        assertThat(watching.state(1).positionTicks()).isEqualTo(30_000_000_000L);
        assertThat(item.param("UserId", "1".repeat(32)).status(watching.broadcast.reports()::playingItem))
                .isEqualTo(403);
    }

    @Test
    void reportsMayComeOverTheWebSocket() {
        ObjectNode data = EmbyJson.object();
        data.put("ItemId", 1).put("PositionTicks", HOUR);
        watching.broadcast.reports().report(anna, "ReportPlaybackProgress", data);

        assertThat(watching.state(1).positionTicks()).isEqualTo(HOUR);
    }

    @Test
    void theGatewaysOwnReportAnswersWithTheState() {
        Requests post = Requests.post("/progress/report").as(anna);
        JsonNode on = post.body("{\"itemId\":\"1\",\"positionTicks\":%d,\"isPaused\":false}".formatted(HOUR))
                .json(watching.broadcast.reports()::progressReport);
        assertThat(on.path("positionTicks").asLong()).isEqualTo(HOUR);
        assertThat(on.path("played").asBoolean(true)).isFalse();

        JsonNode end = post.body("{\"itemId\":\"1\",\"positionTicks\":1,\"isFinished\":true}")
                .json(watching.broadcast.reports()::progressReport);
        assertThat(end.path("played").asBoolean()).isTrue();
        assertThat(end.path("positionTicks").asLong()).isZero();
        assertThat(post.body("{\"itemId\":\"1\",\"positionTicks\":-4}")
                        .status(watching.broadcast.reports()::progressReport))
                .isEqualTo(400);
        assertThat(post.body("{}").status(watching.broadcast.reports()::progressReport))
                .isEqualTo(400);
    }
}
