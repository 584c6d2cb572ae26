package org.embygateway.broadcast;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ItemKind;

/**
 * What an event does to a state, with the thresholds that Emby's libraries have unless changed: below 2 % nothing is
 * resumed, beyond 90 % it is played, what is shorter than two minutes is played once it has begun. Without a known run time the position is kept as it is: five
 * seconds of a title of unknown length must not count as watched.
 */
final class WatchRules {
    private static final double MIN_RESUME = 0.02;
    private static final double MAX_RESUME = 0.90;
    private static final long MIN_RESUMABLE_TICKS = 120L * 10_000_000;
    private static final double LIKE = 10;
    private static final double DISLIKE = 1;

    private WatchRules() {}

    static UserData started(UserData before, ItemKind kind, Instant now) {
        boolean played = before.played() || kind == ItemKind.AUDIO;
        return new UserData(
                played,
                before.positionTicks(),
                before.playCount() + 1,
                before.favorite(),
                Optional.of(now),
                before.rating(),
                false,
                after(before, now));
    }

    /** @param runTime in ticks; 0 when unknown */
    static UserData at(UserData before, ItemKind kind, long position, long runTime, Instant now) {
        if (!kind.isPlayable() || kind == ItemKind.TV_CHANNEL || kind == ItemKind.PROGRAM) {
            return with(before, false, 0, now);
        }
        if (position <= 0 || kind == ItemKind.AUDIO) {
            return with(before, before.played(), 0, now);
        }
        if (runTime <= 0) {
            return with(before, before.played(), position, now);
        }
        double part = (double) position / runTime;
        if (part < MIN_RESUME) {
            return with(before, before.played(), 0, now);
        }
        boolean finished = part > MAX_RESUME || runTime < MIN_RESUMABLE_TICKS;
        return finished ? with(before, true, 0, now) : with(before, before.played(), position, now);
    }

    private static UserData with(UserData before, boolean played, long position, Instant now) {
        return new UserData(
                played,
                position,
                before.playCount(),
                before.favorite(),
                before.lastPlayed().or(() -> Optional.of(now)),
                before.rating(),
                before.hiddenFromResume(),
                after(before, now));
    }

    /** A stop without a position: it ran to its end. */
    static UserData completed(UserData before, ItemKind kind, boolean alreadyCounted, Instant now) {
        int count = before.playCount() + (alreadyCounted ? 0 : 1);
        return new UserData(
                kind.isPlayable(),
                0,
                count,
                before.favorite(),
                Optional.of(now),
                before.rating(),
                before.hiddenFromResume(),
                after(before, now));
    }

    static UserData lastPlayed(UserData before, Instant at) {
        return new UserData(
                before.played(),
                before.positionTicks(),
                before.playCount(),
                before.favorite(),
                Optional.of(at),
                before.rating(),
                before.hiddenFromResume(),
                before.changed());
    }

    static UserData played(UserData before, Instant at, Instant now) {
        return new UserData(
                true,
                0,
                Math.max(1, before.playCount()),
                before.favorite(),
                Optional.of(at),
                before.rating(),
                before.hiddenFromResume(),
                after(before, now));
    }

    static UserData unplayed(UserData before, Instant now) {
        return new UserData(
                false,
                0,
                0,
                before.favorite(),
                Optional.empty(),
                before.rating(),
                before.hiddenFromResume(),
                after(before, now));
    }

    static UserData favorite(UserData before, boolean favorite, Instant now) {
        return new UserData(
                before.played(),
                before.positionTicks(),
                before.playCount(),
                favorite,
                before.lastPlayed(),
                before.rating(),
                before.hiddenFromResume(),
                after(before, now));
    }

    /** @param likes empty takes the opinion back */
    static UserData rated(UserData before, Optional<Boolean> likes, Instant now) {
        return rating(before, likes.map(l -> l ? LIKE : DISLIKE), now);
    }

    static UserData rating(UserData before, Optional<Double> rating, Instant now) {
        return new UserData(
                before.played(),
                before.positionTicks(),
                before.playCount(),
                before.favorite(),
                before.lastPlayed(),
                rating.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                before.hiddenFromResume(),
                after(before, now));
    }

    static UserData hidden(UserData before, boolean hidden, Instant now) {
        return new UserData(
                before.played(),
                before.positionTicks(),
                before.playCount(),
                before.favorite(),
                before.lastPlayed(),
                before.rating(),
                hidden,
                after(before, now));
    }

    /** Of two states the newer wins: a clock that stands still or goes back must not make a change an old one. */
    static Instant after(UserData before, Instant now) {
        return now.isAfter(before.changed()) ? now : before.changed().plusNanos(1);
    }
}
