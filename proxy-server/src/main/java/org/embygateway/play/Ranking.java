package org.embygateway.play;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.embygateway.index.MergedItem;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Caller;
import org.embygateway.upstream.Health;
import org.embygateway.upstream.UpstreamRegistry;

/**
 * Orders the copies of an item, and their versions. Nearly all clients play the first one that fits, so the first is the
 * choice: from a server that is up, has room and did not fail in a stream lately; what needs no converting before what
 * does, within the bit rate asked for, and that the server can carry; where this device played it before; on a server
 * that answers quickly and is not busy; where the season is played from; and by the administrator's order. Versions that
 * are equal in all that keep the upstream's order.
 */
final class Ranking {
    /** A rate that is measured must be so much above what the file needs, or be so much below to be left. */
    private static final double SPARE = 1.2;

    private static final double SHORT = 0.9;

    private final UpstreamRegistry upstreams;
    private final Slots slots;
    private final Conduct conduct;
    private final PlaySessions sessions;
    private final Clock clock;

    Ranking(UpstreamRegistry upstreams, Slots slots, Conduct conduct, PlaySessions sessions, Clock clock) {
        this.upstreams = upstreams;
        this.slots = slots;
        this.conduct = conduct;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * What is the same for all copies of one question.
     *
     * @param first the least number in the administrator's order that any of them has
     */
    record Round(Viewing viewing, Past past, Occupancy occupancy, int first) {}

    Round round(Caller caller, MergedItem item) {
        Viewing viewing = Viewing.of(caller, item.id());
        int first = item.copies().stream()
                .mapToInt(copy -> priority(copy.upstream()))
                .min()
                .orElse(0);
        return new Round(viewing, sessions.past(caller, item), slots.occupancy(viewing), first);
    }

    private int priority(UpstreamId upstream) {
        return upstreams.find(upstream).map(UpstreamRecord::priority).orElse(Integer.MAX_VALUE);
    }

    /**
     * Of a version that an upstream has described.
     *
     * @param pinned the version that the client named by its item id, if any: comes first whatever it is like
     * @param place in the upstream's order
     */
    Ranked rank(ObjectNode source, Target target, Wish wish, Optional<Target> pinned, Round round, int place) {
        Score.Builder score = new Score.Builder();
        score.mark(pinned.filter(p -> p.source().equals(target.source())).isPresent() ? 0 : 1);
        wellness(score, target.upstream(), round);
        int method = method(source, score);
        long bitrate = source.path("Bitrate").asLong();
        score.fault(
                wish.maxBitrate().isPresent() && bitrate > wish.maxBitrate().getAsLong(),
                "bit rate is above the limit");
        rate(score, target.upstream(), method < 2 ? bitrate : 0, round);
        rest(score, target.upstream(), round, place);
        return new Ranked(source, target, score.build());
    }

    /** Of a copy of which nothing is known but what the index says. */
    Score score(Target target, Round round, int place) {
        Score.Builder score = new Score.Builder();
        wellness(score, target.upstream(), round);
        rate(score, target.upstream(), target.bitsPerSecond(), round);
        rest(score, target.upstream(), round, place);
        return score.build();
    }

    /** Whether there is nothing that speaks against playing from there now. */
    boolean isWell(Viewing viewing, UpstreamId upstream) {
        Score.Builder score = new Score.Builder();
        wellness(score, upstream, new Round(viewing, Past.NONE, slots.occupancy(viewing), 0));
        return score.build().marks().stream().allMatch(mark -> mark == 0);
    }

    private void wellness(Score.Builder score, UpstreamId upstream, Round round) {
        boolean online = upstreams.health(upstream).online();
        score.mark(online ? 0 : 1, online ? "server is up" : "server does not answer its health checks");
        score.fault(
                slots.room(round.viewing(), upstream, round.occupancy()) == SlotTable.Outcome.UPSTREAM_FULL,
                "server plays as many titles as it may");
        Optional<Conduct.Failure> failure = conduct.failure(upstream);
        score.fault(failure.isPresent(), failure.map(this::words).orElse(""));
    }

    private String words(Conduct.Failure failure) {
        long minutes = Duration.between(failure.at(), clock.instant()).toMinutes();
        String when = minutes < 1 ? "just now" : minutes == 1 ? "a minute ago" : minutes + " minutes ago";
        return "server %s %s".formatted(failure.lapse().words(), when);
    }

    private static int method(ObjectNode source, Score.Builder score) {
        int method;
        if (source.path("SupportsDirectPlay").asBoolean()) {
            method = 0;
            score.mark(method, "plays as it is");
        } else if (source.path("SupportsDirectStream").asBoolean()) {
            method = 1;
            score.mark(method, "needs another container only");
        } else if (source.path("SupportsTranscoding").asBoolean()) {
            method = 2;
            score.mark(method, "has to be transcoded");
        } else {
            method = 3;
            score.mark(method, "cannot be played by this client");
        }
        return method;
    }

    /** Whether a stream from there gets what it needs. Where the device plays already takes more to be left. */
    private void rate(Score.Builder score, UpstreamId upstream, long needed, Round round) {
        OptionalLong rate = conduct.bitsPerSecond(upstream);
        if (rate.isEmpty() || needed <= 0) {
            score.mark(0);
            return;
        }
        boolean here = round.past().isItemFrom(upstream);
        boolean tooSlow = rate.getAsLong() < needed * (here ? SHORT : SPARE);
        String words = "carries %s".formatted(megabits(rate.getAsLong()));
        score.mark(tooSlow ? 1 : 0, tooSlow ? words + ", the file needs " + megabits(needed) : words);
    }

    private static String megabits(long bitsPerSecond) {
        return String.format(
                Locale.ROOT, bitsPerSecond < 10_000_000 ? "%.1f Mbit/s" : "%.0f Mbit/s", bitsPerSecond / 1e6);
    }

    private void rest(Score.Builder score, UpstreamId upstream, Round round, int place) {
        score.merit(round.past().isItemFrom(upstream), "played from here before");
        Health health = upstreams.health(upstream);
        health.latency()
                .ifPresentOrElse(
                        latency -> score.mark(health.slowness(), "answers in %d ms".formatted(latency.toMillis())),
                        () -> score.mark(health.slowness()));
        load(score, upstream, round);
        score.merit(round.past().isSeasonFrom(upstream), "the season is played from here");
        int priority = priority(upstream);
        if (priority == round.first()) {
            score.mark(priority, "first in the administrator's order");
        } else {
            score.mark(priority);
        }
        score.mark(upstream.value()).mark(place);
    }

    /** In steps too: below half of what the server may play, below four fifths, above. */
    private void load(Score.Builder score, UpstreamId upstream, Round round) {
        int most = upstreams.streamsAtOnce(upstream);
        int now = round.occupancy().on(upstream);
        if (most == 0) {
            score.mark(0);
            return;
        }
        int step = now * 2 < most ? 0 : now * 5 < most * 4 ? 1 : 2;
        score.mark(step, "plays %d of at most %d titles".formatted(now, most));
    }
}
