package org.embygateway.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.route.Caller;

/** One user's app on one device, from its first request on. Safe for several threads. */
final class Session {
    private final String id;
    private final AtomicInteger sockets = new AtomicInteger();
    private Caller caller;
    private String remoteAddress;
    private Instant lastActivity;
    private Capabilities capabilities = Capabilities.NONE;
    private Optional<Playing> playing = Optional.empty();

    /** @param position where it was when it was reported; empty when the client did not say */
    record Playing(ItemId item, ObjectNode report, OptionalLong position, Instant at) {
        boolean isPaused() {
            return report.path("IsPaused").asBoolean(false);
        }

        /** Clients report every ten seconds: what has run since is added. */
        OptionalLong positionAt(Instant now) {
            if (position.isEmpty() || isPaused()) {
                return position;
            }
            double rate = report.path("PlaybackRate").asDouble(1);
            long run = Math.max(0, (long) (Duration.between(at, now).toMillis() * 10_000 * rate));
            return OptionalLong.of(position.getAsLong() + Math.min(run, Long.MAX_VALUE - position.getAsLong()));
        }
    }

    Session(Caller caller, String remoteAddress, Instant now) {
        this.id = caller.sessionId();
        this.caller = caller;
        this.remoteAddress = remoteAddress;
        this.lastActivity = now;
    }

    String id() {
        return id;
    }

    synchronized void seen(Caller by, String address, Instant now) {
        caller = by;
        remoteAddress = address;
        lastActivity = now;
    }

    synchronized Caller caller() {
        return caller;
    }

    synchronized String remoteAddress() {
        return remoteAddress;
    }

    synchronized Instant lastActivity() {
        return lastActivity;
    }

    synchronized Capabilities capabilities() {
        return capabilities;
    }

    synchronized void capabilities(Capabilities told) {
        capabilities = told;
    }

    synchronized Optional<Playing> playing() {
        return playing;
    }

    synchronized void playing(Optional<Playing> now) {
        playing = now;
    }

    void socketOpened() {
        sockets.incrementAndGet();
    }

    void socketClosed() {
        sockets.decrementAndGet();
    }

    boolean isConnected() {
        return sockets.get() > 0;
    }

    /** The queue as the client last told it: gateway ids, unknown entries left out. */
    List<ItemId> queue() {
        List<ItemId> ids = new ArrayList<>();
        for (JsonNode entry :
                playing().map(p -> p.report().path("NowPlayingQueue")).orElse(EmbyJson.object())) {
            ItemId.parse(entry.path("Id").asText("")).ifPresent(ids::add);
        }
        return ids;
    }
}
