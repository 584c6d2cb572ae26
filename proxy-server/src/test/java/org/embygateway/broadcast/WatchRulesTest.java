package org.embygateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T20:00:00Z");
    private static final long SECOND = 10_000_000;

    @ParameterizedTest
    @CsvSource({
        // position, run time (seconds) -> played, position
        "0,      3600, false, 0",
        "71,     3600, false, 0",
        "72,     3600, false, 72",
        "1440,   3600, false, 1440",
        "3240,   3600, false, 3240",
        "3241,   3600, true,  0",
        "4000,   3600, true,  0",
        "60,     119,  true,  0",
        "60,     120,  false, 60",
        "2,      119,  false, 0",
        "5,      0,    false, 5",
        "5000,   0,    false, 5000",
    })
    void aPositionIsJudgedByTheRunTime(long position, long runTime, boolean played, long kept) {
        UserData after = WatchRules.at(UserData.NONE, ItemKind.MOVIE, position * SECOND, runTime * SECOND, NOW);

        assertThat(after.played()).isEqualTo(played);
        assertThat(after.positionTicks()).isEqualTo(kept * SECOND);
    }

    @Test
    void watchingAgainDoesNotUnwatch() {
        UserData played = WatchRules.played(UserData.NONE, NOW, NOW);
        UserData again = WatchRules.at(played, ItemKind.MOVIE, 1000 * SECOND, 3600 * SECOND, NOW.plusSeconds(9));

        assertThat(again.played()).isTrue();
        assertThat(again.positionTicks()).isEqualTo(1000 * SECOND);
    }

    @Test
    void aSongIsPlayedFromItsStartAndHasNoPosition() {
        UserData started = WatchRules.started(UserData.NONE, ItemKind.AUDIO, NOW);

        assertThat(started.played()).isTrue();
        assertThat(WatchRules.at(started, ItemKind.AUDIO, 99 * SECOND, 200 * SECOND, NOW)
                        .positionTicks())
                .isZero();
        assertThat(WatchRules.started(UserData.NONE, ItemKind.MOVIE, NOW).played())
                .isFalse();
    }

    @Test
    void aPhotoIsNeverPlayed() {
        assertThat(WatchRules.at(UserData.NONE, ItemKind.PHOTO, SECOND, 0, NOW).played())
                .isFalse();
        assertThat(WatchRules.completed(UserData.NONE, ItemKind.PHOTO, false, NOW)
                        .played())
                .isFalse();
    }

    @Test
    void aMarkKeepsTheOtherOpinions() {
        UserData liked = WatchRules.favorite(UserData.NONE, true, NOW);

        assertThat(WatchRules.unplayed(WatchRules.played(liked, NOW, NOW), NOW).favorite())
                .isTrue();
        assertThat(WatchRules.unplayed(WatchRules.played(liked, NOW, NOW), NOW).lastPlayed())
                .isEmpty();
    }

    @Test
    void aLaterChangeIsNewerEvenWhenTheClockStands() {
        UserData first = WatchRules.played(UserData.NONE, NOW, NOW);
        UserData second = WatchRules.unplayed(first, NOW.minusSeconds(100));

        assertThat(second.changed()).isAfter(first.changed());
    }
}
