package org.embygateway.protocol.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an account has seen of an item.
 *
 * @param position in ticks
 * @param lastPlayed empty when never
 * @param rating 0 when none; a like is 10, a dislike 1
 * @param hidden from the resume list
 * @param changed when this state was made, for {@code MinDateLastSavedForUser}
 */
public record WatchState(
        boolean played,
        int playCount,
        long position,
        boolean favorite,
        Optional<Instant> lastPlayed,
        double rating,
        boolean hidden,
        Instant changed) {

    public static final WatchState NEW = new WatchState(false, 0, 0, false, Optional.empty(), 0, false, Instant.EPOCH);

    /** Reports: thresholds in per cent of the run time and a least run time, as the kind of server has them. */
    record Thresholds(double least, double most, Duration shortest) {
        static final Thresholds EMBY = new Thresholds(2, 90, Duration.ofSeconds(120));
        static final Thresholds JELLYFIN = new Thresholds(5, 90, Duration.ofSeconds(300));
    }

    public static WatchState played(int count) {
        return NEW.withPlayed(true, count, 0, Optional.of(Instant.now()));
    }

    public static WatchState at(Duration position) {
        return NEW.withPlayed(false, 1, position.toNanos() / 100, Optional.of(Instant.now()));
    }

    public static WatchState favourite() {
        return NEW.withFavorite(true);
    }

    WatchState withPlayed(boolean isPlayed, int count, long newPosition, Optional<Instant> when) {
        return new WatchState(isPlayed, count, newPosition, favorite, when, rating, hidden, Instant.now());
    }

    public WatchState withFavorite(boolean yes) {
        return new WatchState(played, playCount, position, yes, lastPlayed, rating, hidden, Instant.now());
    }

    WatchState withRating(double newRating) {
        return new WatchState(played, playCount, position, favorite, lastPlayed, newRating, hidden, Instant.now());
    }

    WatchState withHidden(boolean yes) {
        return new WatchState(played, playCount, position, favorite, lastPlayed, rating, yes, Instant.now());
    }

    WatchState started() {
        return withPlayed(played, playCount + 1, position, Optional.of(Instant.now()));
    }

    /** A position in ticks was reported. */
    WatchState reported(long ticks, Duration runtime, Thresholds limits) {
        long whole = runtime.toNanos() / 100;
        if (ticks <= 0) {
            return withPlayed(played, playCount, 0, lastPlayed);
        }
        if (whole <= 0) {
            return withPlayed(true, playCount, 0, lastPlayed);
        }
        double percent = ticks * 100.0 / whole;
        if (percent < limits.least()) {
            return withPlayed(played, playCount, 0, lastPlayed);
        }
        boolean done = percent > limits.most() || runtime.compareTo(limits.shortest()) < 0;
        return withPlayed(done || played, playCount, done ? 0 : ticks, lastPlayed);
    }

    WatchState markedPlayed(Optional<Instant> when) {
        return withPlayed(true, Math.max(1, playCount), 0, Optional.of(when.orElseGet(Instant::now)));
    }

    WatchState markedUnplayed() {
        return withPlayed(false, 0, 0, Optional.empty());
    }
}
