package org.embygateway.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.route.SocketSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's web socket: what it subscribes to, and what it tells. Messages we do not know are left aside. */
final class ClientSocket implements SocketSession {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSocket.class);
    private static final Duration SHORTEST = Duration.ofMillis(500);

    private final SocketHub hub;
    private final Session session;
    private final Caller caller;
    private Optional<Socket> socket = Optional.empty();
    private Optional<Duration> interval = Optional.empty();
    private Instant next = Instant.MIN;
    private String lastSent = "";

    ClientSocket(SocketHub hub, Session session, Caller caller) {
        this.hub = hub;
        this.session = session;
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }

    @Override
    public void opened(Socket opened) {
        synchronized (this) {
            socket = Optional.of(opened);
        }
        session.socketOpened();
        hub.opened(this);
    }

    @Override
    public void closed() {
        hub.closed(this);
        session.socketClosed();
    }

    void send(String text) {
        socket().ifPresent(s -> s.send(text));
    }

    void close(int code, String reason) {
        socket().ifPresent(s -> s.close(code, reason));
    }

    private synchronized Optional<Socket> socket() {
        return socket;
    }

    @Override
    public void received(String text) {
        try {
            JsonNode message = EmbyJson.readOfClient(text.getBytes(StandardCharsets.UTF_8));
            String type = message.path("MessageType").asText("");
            handle(type, message.path("Data"));
        } catch (IOException e) {
            LOG.debug("A web socket message was no JSON");
        } catch (Refused e) {
            LOG.debug("A web socket message was refused: {}", e.getMessage());
        }
    }

    private void handle(String type, JsonNode data) throws IOException {
        switch (type.toLowerCase(Locale.ROOT)) {
            case "keepalive" -> send(SocketHub.message("KeepAlive", JsonNodeFactory.instance.nullNode()));
            case "sessionsstart" -> subscribe(data.asText(""));
            case "sessionsstop" -> unsubscribe();
            case "scheduledtasksinfostart" ->
                send(SocketHub.message("ScheduledTasksInfo", JsonNodeFactory.instance.arrayNode()));
            case "reportplaybackstart", "reportplaybackprogress", "reportplaybackstopped" -> report(type, data);
            default -> LOG.debug("A web socket message of an unknown type was left aside");
        }
    }

    /** Some clients write the report as JSON within a JSON text. */
    private void report(String type, JsonNode data) throws IOException {
        JsonNode body = data.isTextual() ? EmbyJson.readOfClient(data.asText().getBytes(StandardCharsets.UTF_8)) : data;
        if (body instanceof ObjectNode object) {
            hub.reports().report(caller, type, object);
        }
    }

    /** @param timing {@code initialDelayMs,intervalMs} */
    private synchronized void subscribe(String timing) {
        String[] parts = timing.split(",");
        String millis = parts.length > 1 ? parts[1].trim() : "";
        Duration wanted = millis.matches("\\d{1,7}") ? Duration.ofMillis(Long.parseLong(millis)) : SHORTEST;
        interval = Optional.of(wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted);
        next = Instant.MIN;
        lastSent = "";
    }

    private synchronized void unsubscribe() {
        interval = Optional.empty();
    }

    /** Sends the sessions to a subscriber when its time has come and they differ from the last ones. */
    void tellSessions(Instant now) {
        if (isDue(now)) {
            JsonNode sessions = hub.sessionsFor(caller);
            if (isNews(sessions.toString())) {
                send(SocketHub.message("Sessions", sessions));
            }
        }
    }

    private synchronized boolean isDue(Instant now) {
        if (interval.isEmpty() || now.isBefore(next)) {
            return false;
        }
        next = now.plus(interval.get());
        return true;
    }

    private synchronized boolean isNews(String sessions) {
        boolean news = !sessions.equals(lastSent);
        lastSent = sessions;
        return news;
    }
}
