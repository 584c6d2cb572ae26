package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.auth.OwnUser;
import org.embygateway.index.UserData;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What clients report while they play. Answered as soon as it is durable here; upstreams hear of it afterwards.
 *
 * <p>Shape: {@code {"ItemId", "MediaSourceId", "PlaySessionId": string, "PositionTicks": int64, "IsPaused": bool …}} in
 * body or query, see {@code protocol}: {@code PlaybackStartInfo}, {@code PlaybackProgressInfo}, {@code PlaybackStopInfo}.
 * 204, also for repeated and late reports; 404 for an item that is not visible; 400 when nothing tells what plays.
 *
 * <p>Emby API: PlaystateService.
 */
public final class PlaybackReports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlaybackReports.class);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    private final Titles titles;
    private final WatchState state;
    private final WatchEvents events;
    private final LiveForwarder live;
    private final Playbacks playbacks;
    private final Unstored unstored = new Unstored();
    private Optional<Thread> watch = Optional.empty();

    PlaybackReports(Titles titles, WatchState state, WatchEvents events, LiveForwarder live, Playbacks playbacks) {
        this.titles = titles;
        this.state = state;
        this.events = events;
        this.live = live;
        this.playbacks = playbacks;
    }

    /** Starts to look for clients that went away without a stop. */
    public synchronized void start() {
        watch = Optional.of(Thread.ofVirtual().name("idle-playback").start(this::watchIdle));
    }

    @Override
    public synchronized void close() {
        watch.ifPresent(Thread::interrupt);
        retryUnstored();
        live.close();
    }

    private void watchIdle() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(BETWEEN_LOOKS);
                stopIdle();
                retryUnstored();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what has not been reported for ten minutes, at its last position. */
    void stopIdle() {
        for (Playbacks.Playback playback : playbacks.silentSince(state.now().minus(IDLE))) {
            try {
                playbacks.idle(playback);
                conclude(playback.caller(), playback.item(), playback.last());
            } catch (RuntimeException e) {
                LOG.warn("An idle playback could not be ended: {}", e.toString());
            }
        }
    }

    /** Stores what could not be stored when it was reported. */
    void retryUnstored() {
        unstored.retry();
    }

    public Reply playing(Call call) {
        started(call.signedIn(), Report.of(call));
        return Reply.noContent();
    }

    public Reply progress(Call call) {
        progressed(call.signedIn(), Report.of(call));
        return Reply.noContent();
    }

    public Reply stopped(Call call) {
        stopped(call.signedIn(), Report.of(call));
        return Reply.noContent();
    }

    /** Keeps a transcode alive while nothing is reported. */
    public Reply ping(Call call) {
        call.fields().text("PlaySessionId").ifPresent(session -> live.ping(call.signedIn(), session));
        return Reply.noContent();
    }

    /** The older form of {@link #playing}: {@code /Users/{UserId}/PlayingItems/{Id}}. */
    public Reply playingItem(Call call) {
        started(OwnUser.check(call, call.pathParam("UserId")), named(call));
        return Reply.noContent();
    }

    public Reply playingItemProgress(Call call) {
        progressed(OwnUser.check(call, call.pathParam("UserId")), named(call));
        return Reply.noContent();
    }

    public Reply playingItemStopped(Call call) {
        stopped(OwnUser.check(call, call.pathParam("UserId")), named(call));
        return Reply.noContent();
    }

    private static Report named(Call call) {
        return Report.of(call).withItem(NamedItem.parse(call.pathParam("Id")));
    }

    /** The same over a web socket: {@code ReportPlaybackStart}, {@code …Progress} or {@code …Stopped}. */
    public void report(Caller caller, String messageType, ObjectNode data) {
        Report report = Report.of(Params.NONE, data);
        switch (messageType.toLowerCase(Locale.ROOT)) {
            case "reportplaybackstart" -> started(caller, report);
            case "reportplaybackprogress" -> progressed(caller, report);
            case "reportplaybackstopped" -> stopped(caller, report);
            default -> throw new IllegalArgumentException("message type: %s (unknown)".formatted(messageType));
        }
    }

    /**
     * The gateway's own form: {@code {"itemId": string, "positionTicks": int64, "isPaused", "isFinished": bool}}.
     * Answers {@code {"itemId", "positionTicks", "played"}} as they are now.
     */
    public Reply progressReport(Call call) {
        Caller caller = call.signedIn();
        Report report = Report.of(call);
        if (report.item().isEmpty()) {
            throw new Refused(400, "itemId is needed.");
        }
        ItemId item = itemOf(caller, report);
        if (call.fields().flag("isFinished", false)) {
            ObjectNode finished = EmbyJson.object();
            finished.put("ItemId", item.toString());
            stopped(caller, Report.of(Params.NONE, finished));
        } else if (report.position().isEmpty()) {
            throw new Refused(400, "positionTicks is needed: a number of 100 nanoseconds, 0 or more.");
        } else {
            progressed(caller, report);
        }
        UserData now = state.stateOf(caller.user(), item);
        ObjectNode body = EmbyJson.object();
        body.put("itemId", item.toString());
        body.put("positionTicks", now.positionTicks());
        body.put("played", now.played());
        return Reply.json(body);
    }

    private ItemId itemOf(Caller caller, Report report) {
        ItemId item = report.item()
                .or(() -> playbacks.itemOf(caller, report.playSession()))
                .orElseThrow(() -> new Refused(400, "The report does not say which item plays."));
        return titles.resolve(item).orElseThrow(Refused::notFound);
    }

    private ItemKind kindOf(Caller caller, ItemId item) {
        return titles.kindOf(caller, item).orElseThrow(Refused::notFound);
    }

    private void started(Caller caller, Report report) {
        ItemId item = itemOf(caller, report);
        ItemKind kind = kindOf(caller, item);
        boolean news = state.alone(caller.user(), () -> {
            Instant now = state.now();
            if (playbacks.isRepeatedStart(caller, item, report, now)) {
                return false;
            }
            state.change(
                    caller,
                    item,
                    before -> WatchRules.started(before, kind, now),
                    change -> change.isFinish() ? List.of(Told.PLAYED) : List.of());
            playbacks.started(caller, item, report, now);
            return true;
        });
        events.playing(caller, item, report.body(), report.position());
        if (news) {
            state.announce(caller, List.of(item));
            live.playing(caller, item, report);
        }
    }

    private void progressed(Caller caller, Report report) {
        unstored.store(caller, report, () -> storeProgress(caller, report));
    }

    private void storeProgress(Caller caller, Report report) {
        ItemId item = itemOf(caller, report);
        ItemKind kind = kindOf(caller, item);
        boolean news = state.alone(caller.user(), () -> {
            Optional<Playbacks.Playback> playback = playbacks.progress(caller, item, report, state.now());
            if (playback.isPresent()
                    && !playback.get().isSuperseded()
                    && report.position().isPresent()) {
                moved(caller, item, kind, report, Told.PASSING);
            }
            return playback.isPresent();
        });
        if (news) {
            events.playing(caller, item, report.body(), report.position());
            live.progress(caller, item, report);
        }
    }

    private void moved(Caller caller, ItemId item, ItemKind kind, Report report, Told told) {
        long runTime = runTimeOf(item, report);
        long position = report.position().orElse(0);
        UserData before = state.stateOf(caller.user(), item);
        UserData after = state.change(
                caller,
                item,
                data -> {
                    UserData next = WatchRules.at(data, kind, position, runTime, state.now());
                    return told == Told.STATE ? WatchRules.lastPlayed(next, state.now()) : next;
                },
                change -> List.of(change.isFinish() ? Told.PLAYED : told));
        if (after.played() && !before.played()) {
            state.announce(caller, List.of(item));
        }
    }

    private long runTimeOf(ItemId item, Report report) {
        long known = titles.runTimeOf(item, report.version());
        return known > 0 ? known : report.runTime().orElse(0);
    }

    private void stopped(Caller caller, Report report) {
        unstored.store(caller, report, () -> storeStop(caller, report));
    }

    private void storeStop(Caller caller, Report report) {
        Optional<ItemId> named = report.item().or(() -> playbacks.itemOf(caller, report.playSession()));
        if (named.isEmpty()) {
            return; // An empty stop when nothing plays: some players send one on leaving.
        }
        ItemId item = itemOf(caller, report);
        ItemKind kind = kindOf(caller, item);
        boolean news = state.alone(caller.user(), () -> {
            Optional<Playbacks.Playback> playback = playbacks.stopping(caller, item, report, state.now());
            playback.ifPresent(p -> {
                if (!report.failed() && !p.isSuperseded()) {
                    ended(caller, item, kind, report, p.isCounted());
                }
                playbacks.stopped(p, report, state.now());
            });
            return playback.isPresent();
        });
        if (news) {
            state.announce(caller, List.of(item));
            conclude(caller, item, report);
        }
    }

    private void ended(Caller caller, ItemId item, ItemKind kind, Report report, boolean counted) {
        if (report.position().isPresent()) {
            moved(caller, item, kind, report, Told.STATE);
        } else {
            state.change(
                    caller,
                    item,
                    before -> WatchRules.completed(before, kind, counted, state.now()),
                    change -> List.of(change.after().played() ? Told.PLAYED : Told.STATE));
        }
    }

    private void conclude(Caller caller, ItemId item, Report report) {
        if (!playbacks.playsAnything(caller.sessionId())) {
            events.stopped(caller);
        }
        live.stopped(caller, item, report);
    }
}
