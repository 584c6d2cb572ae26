package org.embygateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.embygateway.index.Passage;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web socket to one upstream, kept open for as long as there is this object: made again when it breaks, sooner or
 * later. Emby: {@code /embywebsocket}; Jellyfin: {@code /socket}, which wants a {@code KeepAlive} twice as often as it says
 * in {@code ForceKeepAlive}.
 */
final class EventSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventSocket.class);
    private static final String PATH = "/embywebsocket";
    private static final Duration OPENING = Duration.ofSeconds(15);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    /** What breaks sooner counts as one more failure. */
    private static final Duration LIVED = Duration.ofMinutes(1);

    private static final Duration PING = Duration.ofSeconds(25);
    private static final int MOST_UNANSWERED = 2;
    private static final int MOST_CHARACTERS = 4 << 20;

    private final UpstreamId upstream;
    private final URI url;
    private final Passage passage;
    private final UpstreamRegistry registry;
    private final UpstreamCalls calls;
    private final Clients clients;
    private final EventSockets.Listener listener;
    private volatile boolean open;
    private Optional<Thread> thread = Optional.empty();
    private boolean heardBefore;
    private boolean complained;

    EventSocket(
            UpstreamId upstream,
            URI url,
            Passage passage,
            UpstreamRegistry registry,
            UpstreamCalls calls,
            Clients clients,
            EventSockets.Listener listener) {
        this.upstream = upstream;
        this.url = url;
        this.passage = passage;
        this.registry = registry;
        this.calls = calls;
        this.clients = clients;
        this.listener = listener;
    }

    void start() {
        thread = Optional.of(Thread.ofVirtual().name("events-" + upstream).start(this::run));
    }

    @Override
    public void close() {
        thread.ifPresent(Thread::interrupt);
    }

    UpstreamId upstream() {
        return upstream;
    }

    URI url() {
        return url;
    }

    Passage passage() {
        return passage;
    }

    boolean isOpen() {
        return open;
    }

    private void run() {
        Duration wait = FIRST_RETRY;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long begun = System.nanoTime();
                if (tried() && System.nanoTime() - begun >= LIVED.toNanos()) {
                    wait = FIRST_RETRY;
                }
                TimeUnit.MILLISECONDS.sleep(jittered(wait));
                wait = wait.multipliedBy(2).compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** So that many gateways do not come back to a server in one moment. */
    private static long jittered(Duration wait) {
        return ThreadLocalRandom.current().nextLong(wait.toMillis() / 2, wait.toMillis() + 1);
    }

    /** As {@link #listen}; false also when the gateway itself failed. The log names no address, so no message either. */
    private boolean tried() throws InterruptedException {
        try {
            return listen();
        } catch (RuntimeException e) {
            if (!complained) {
                complained = true;
                LOG.warn(
                        "Listening to upstream {} failed: {}",
                        upstream,
                        e.getClass().getName());
            }
            return false;
        }
    }

    /** Until it ends; false when it never began. */
    private boolean listen() throws InterruptedException {
        Optional<RelaySource> place = registry.isOnline(upstream) ? place() : Optional.empty();
        if (place.isEmpty()) {
            return false;
        }
        Ear ear = new Ear();
        Optional<WebSocket> socket = opened(place.get(), ear);
        if (socket.isEmpty()) {
            return false;
        }
        open = true;
        try {
            if (heardBefore) {
                listener.heardAgain(upstream);
            }
            heardBefore = true;
            keep(socket.get(), ear);
        } finally {
            open = false;
            socket.get().abort();
        }
        return true;
    }

    private Optional<RelaySource> place() {
        try {
            String device = calls.deviceOn(upstream, Actor.GATEWAY);
            return Optional.of(calls.media(upstream, Actor.GATEWAY, PATH, Map.of("deviceId", device), Headers.NONE));
        } catch (UpstreamFailed e) {
            return Optional.empty();
        }
    }

    private Optional<WebSocket> opened(RelaySource place, Ear ear) throws InterruptedException {
        WebSocket.Builder builder = clients.of(passage).newWebSocketBuilder();
        place.headers().forEach(builder::header);
        URI address = URI.create(place.uri().toString().replaceFirst("^(?i)http", "ws"));
        CompletableFuture<WebSocket> opening = builder.buildAsync(address, ear);
        try {
            return Optional.of(opening.get(OPENING.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused
                    && refused.getResponse().statusCode() == 401) {
                renew(place);
            }
            LOG.debug("Upstream {} opens no web socket", upstream);
            return Optional.empty();
        } finally {
            opening.cancel(true);
        }
    }

    private void renew(RelaySource place) {
        try {
            calls.refused(place, Actor.GATEWAY);
        } catch (UpstreamFailed e) {
            LOG.debug("Upstream {} gives no sign-in for a web socket: {}", upstream, e.fault());
        }
    }

    /** Keeps it open until the upstream ends it, or answers pings no more. */
    private void keep(WebSocket socket, Ear ear) throws InterruptedException {
        for (int unanswered = 0; unanswered <= MOST_UNANSWERED; unanswered = ear.answered() ? 1 : unanswered + 1) {
            try {
                ear.ended.get(ear.pause().toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                socket.sendPing(ByteBuffer.allocate(0));
                ear.keepAlive(socket);
            } catch (ExecutionException e) {
                return;
            }
        }
        LOG.debug("Upstream {} answers on its web socket no more", upstream);
    }

    /** Puts the parts of messages together. Used by one thread of the client at a time. */
    private final class Ear implements WebSocket.Listener {
        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
        private final StringBuilder begun = new StringBuilder();
        private volatile Duration pause = PING;
        private volatile boolean wantsKeepAlive;
        private volatile boolean answered;
        private boolean tooLong;

        Duration pause() {
            return pause;
        }

        /** Since it was asked last. */
        boolean answered() {
            boolean since = answered;
            answered = false;
            return since;
        }

        void keepAlive(WebSocket socket) {
            if (wantsKeepAlive) {
                socket.sendText("{\"MessageType\":\"KeepAlive\"}", true);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            answered = true;
            tooLong |= begun.length() + part.length() > MOST_CHARACTERS;
            if (!tooLong) {
                begun.append(part);
            }
            if (last) {
                heard(socket);
            }
            socket.request(1);
            return null;
        }

        private void heard(WebSocket socket) {
            String text = begun.toString();
            begun.setLength(0);
            if (tooLong) {
                tooLong = false;
                listener.said(upstream, "LibraryChanged", MissingNode.getInstance()); // what else would be so long
                return;
            }
            JsonNode message = parsed(text);
            String type = message.path("MessageType").asText("");
            JsonNode data = message.path("Data").isTextual()
                    ? parsed(message.path("Data").asText())
                    : message.path("Data");
            if (type.equals("ForceKeepAlive")) {
                Duration half = Duration.ofMillis(500L * Math.clamp(data.asInt(60), 1, 3600));
                pause = half.compareTo(PING) < 0 ? half : PING;
                wantsKeepAlive = true;
                keepAlive(socket);
            } else if (!type.isEmpty()) {
                listener.said(upstream, type, data);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            answered = true;
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            ended.complete(true);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended.complete(true);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return EmbyJson.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
