package org.embygateway.broadcast;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;

/**
 * What runs on which device, as far as reports tell. It answers whether a report is news: clients repeat reports, send
 * them late, leave out starts, and go away without a stop.
 */
final class Playbacks {
    private static final Duration REPEATS = Duration.ofSeconds(60);
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final Duration REMEMBERED = Duration.ofMinutes(30);
    private static final int MAX = 20_000;

    private final Map<Key, Playback> all = new HashMap<>();

    private record Key(String session, ItemId item) {}

    /** One title on one device. */
    static final class Playback {
        private final Caller caller;
        private final ItemId item;
        private final Instant started;
        private final boolean counted;
        private final Set<String> former = new HashSet<>();
        private String playSession;
        private Report last;
        private Instant lastReport;
        private OptionalLong position;
        private boolean stopped;
        private boolean idle;
        private boolean superseded;

        private Playback(Caller caller, ItemId item, Report report, boolean counted, Instant now) {
            this.caller = caller;
            this.item = item;
            this.started = now;
            this.counted = counted;
            this.playSession = report.playSession();
            this.last = report;
            this.lastReport = now;
            this.position = report.position();
        }

        Caller caller() {
            return caller;
        }

        ItemId item() {
            return item;
        }

        Report last() {
            return last;
        }

        OptionalLong position() {
            return position;
        }

        /** Its start was already counted as a playing. */
        boolean isCounted() {
            return counted;
        }

        /** The user has marked the title since: what this one reports says nothing any more. */
        boolean isSuperseded() {
            return superseded;
        }

        private boolean runs() {
            return !stopped && !idle;
        }

        private boolean is(Report report) {
            return report.playSession().equals(playSession);
        }
    }

    /** Whether a start is one that was already told. */
    synchronized boolean isRepeatedStart(Caller caller, ItemId item, Report report, Instant now) {
        Playback known = all.get(new Key(caller.sessionId(), item));
        return known != null
                && known.counted
                && known.is(report)
                && (known.runs() && !report.playSession().isEmpty()
                        || now.isBefore(known.started.plus(REPEATS)) && !known.stopped);
    }

    synchronized void started(Caller caller, ItemId item, Report report, Instant now) {
        Playback before = all.get(new Key(caller.sessionId(), item));
        Playback next = new Playback(caller, item, report, true, now);
        if (before != null) {
            next.former.addAll(before.former);
            next.former.add(before.playSession);
            next.former.remove(next.playSession);
        }
        put(next, now);
    }

    /** The playback that a progress belongs to; empty when it is one that is over. */
    synchronized Optional<Playback> progress(Caller caller, ItemId item, Report report, Instant now) {
        Playback known = all.get(new Key(caller.sessionId(), item));
        if (known == null) {
            Playback unannounced = new Playback(caller, item, report, false, now);
            put(unannounced, now);
            return Optional.of(unannounced);
        }
        if (isLate(known, report, now)) {
            return Optional.empty();
        }
        if (known.stopped) {
            Playback again = new Playback(caller, item, report, false, now);
            again.superseded = known.superseded;
            put(again, now);
            return Optional.of(again);
        }
        note(known, report, now);
        return Optional.of(known);
    }

    private static boolean isLate(Playback known, Report report, Instant now) {
        boolean named = !report.playSession().isEmpty();
        if (named && known.former.contains(report.playSession()) && !known.is(report)) {
            return true;
        }
        return known.stopped && (named ? known.is(report) : now.isBefore(known.lastReport.plus(LATE)));
    }

    private static void note(Playback known, Report report, Instant now) {
        if (!report.playSession().isEmpty() && !known.is(report)) {
            known.former.add(known.playSession);
            known.playSession = report.playSession();
        }
        known.last = report;
        known.lastReport = now;
        known.idle = false;
        if (report.position().isPresent()) {
            known.position = report.position();
        }
    }

    /** The playback that a stop ends; empty when it was already told. */
    synchronized Optional<Playback> stopping(Caller caller, ItemId item, Report report, Instant now) {
        Playback known = all.get(new Key(caller.sessionId(), item));
        if (known == null) {
            return Optional.of(new Playback(caller, item, report, false, now));
        }
        return isLate(known, report, now) ? Optional.empty() : Optional.of(known);
    }

    synchronized void stopped(Playback playback, Report report, Instant now) {
        note(playback, report, now);
        playback.stopped = true;
        put(playback, now);
    }

    synchronized void idle(Playback playback) {
        playback.idle = true;
    }

    /** Running playbacks that have not reported since. */
    synchronized List<Playback> silentSince(Instant limit) {
        return all.values().stream()
                .filter(p -> p.runs() && p.lastReport.isBefore(limit))
                .toList();
    }

    /** From now on what already runs of these titles has no say, until it is started again. */
    synchronized void supersede(UserId user, Set<ItemId> items) {
        all.values().stream()
                .filter(p -> p.caller.user().equals(user) && items.contains(p.item))
                .forEach(p -> p.superseded = true);
    }

    /** What a report without an item is about: its play session, else what the session plays. */
    synchronized Optional<ItemId> itemOf(Caller caller, String playSession) {
        List<Playback> own = all.values().stream()
                .filter(p -> p.caller.sessionId().equals(caller.sessionId()))
                .sorted(Comparator.comparing((Playback p) -> p.lastReport).reversed())
                .toList();
        Optional<Playback> named = own.stream()
                .filter(p -> !playSession.isEmpty() && p.playSession.equals(playSession))
                .findFirst();
        return named.or(() -> own.stream().filter(Playback::runs).findFirst()).map(Playback::item);
    }

    synchronized boolean playsAnything(String session) {
        return all.values().stream().anyMatch(p -> p.caller.sessionId().equals(session) && p.runs());
    }

    private void put(Playback playback, Instant now) {
        all.put(new Key(playback.caller.sessionId(), playback.item), playback);
        if (all.size() > MAX) {
            Instant limit = now.minus(REMEMBERED);
            all.values().removeIf(p -> !p.runs() && p.lastReport.isBefore(limit));
            all.values().stream()
                    .sorted(Comparator.comparing(p -> p.lastReport))
                    .limit(Math.max(0, all.size() - MAX))
                    .toList()
                    .forEach(p -> all.remove(new Key(p.caller.sessionId(), p.item)));
        }
    }
}
