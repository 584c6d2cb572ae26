package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.embygateway.auth.People;
import org.embygateway.auth.Requests;
import org.embygateway.index.Delivery;
import org.embygateway.index.UserData;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;
import org.embygateway.route.Handler;

/** Watch state on a real database, with a clock that the test moves. */
final class Watching implements AutoCloseable {
    static final ClientIdentity PHONE = new ClientIdentity("Emby iOS", "Phone", "phone-1", "1");

    final Ticking clock = new Ticking();
    final People people;
    final FakeTitles titles = new FakeTitles();
    final List<List<ObjectNode>> told = new CopyOnWriteArrayList<>();
    final List<String> sessions = new CopyOnWriteArrayList<>();
    final Queue<String> live = new ConcurrentLinkedQueue<>();
    final FullUserData states;
    final Broadcast broadcast;
    final Caller anna;

    static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-01-02T20:00:00Z");

        synchronized void pass(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public synchronized Instant instant() {
            now = now.plusNanos(1000);
            return now;
        }
    }

    Watching(Path folder, Runnable waiting) {
        people = new People(folder, clock);
        people.add("anna", "pw");
        anna = people.signIn("anna", "pw", Requests.TV);
        states = new FullUserData(people.store.userData());
        broadcast = Broadcast.of(states, titles, new Heard(), new Live(), waiting, clock);
    }

    private final class Heard implements WatchEvents {
        @Override
        public void userDataChanged(UserId user, List<ObjectNode> data) {
            told.add(data);
        }

        @Override
        public void playing(Caller caller, ItemId item, ObjectNode report, OptionalLong position) {
            sessions.add(caller.sessionId() + " plays " + item);
        }

        @Override
        public void stopped(Caller caller) {
            sessions.add(caller.sessionId() + " stopped");
        }
    }

    private final class Live implements LivePlayback {
        @Override
        public void playing(Caller caller, String play, String source, ItemId item, ObjectNode report) {
            live.add("playing " + item);
        }

        @Override
        public void progress(Caller caller, String play, String source, ItemId item, ObjectNode report) {
            live.add("progress " + item + " " + report.path("PositionTicks").asText());
        }

        @Override
        public void stopped(Caller caller, String play, String source, ItemId item, ObjectNode report) {
            live.add("stopped " + item);
        }

        @Override
        public void ping(Caller caller, String play) {
            live.add("ping " + play);
        }
    }

    int start(Caller caller, String body) {
        return post(caller, body, broadcast.reports()::playing);
    }

    int progress(Caller caller, String body) {
        return post(caller, body, broadcast.reports()::progress);
    }

    int stop(Caller caller, String body) {
        return post(caller, body, broadcast.reports()::stopped);
    }

    private static int post(Caller caller, String body, Handler handler) {
        return Requests.post("/Sessions/Playing").as(caller).body(body).status(handler);
    }

    Requests mark(int item) {
        return Requests.post("/Users/x")
                .param("UserId", "me")
                .param("Id", Integer.toString(item))
                .as(anna);
    }

    UserData state(int item) {
        return people.store
                .userData()
                .find(anna.user(), List.of(FakeTitles.id(item)))
                .getOrDefault(FakeTitles.id(item), UserData.NONE);
    }

    Map<ItemId, UserData> shown() {
        return titles.shown.getOrDefault(anna.user(), Map.of());
    }

    /** What waits in the outbox: {@code upstream item event}, in order. */
    List<String> waiting() {
        List<String> all = new ArrayList<>();
        for (Delivery d : people.store.outbox().due(clock.instant().plus(Duration.ofDays(400)), 100)) {
            all.add("%s %s %s"
                    .formatted(
                            d.upstream(),
                            d.item(),
                            DeliveryCalls.body(d).path("Event").asText()));
        }
        return all.stream().sorted().toList();
    }

    static String report(int item, String play, long position) {
        return "{\"ItemId\":\"%d\",\"PlaySessionId\":\"%s\",\"PositionTicks\":%d}".formatted(item, play, position);
    }

    @Override
    public void close() {
        broadcast.reports().close();
        people.close();
    }
}
