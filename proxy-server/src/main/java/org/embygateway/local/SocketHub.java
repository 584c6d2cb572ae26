package org.embygateway.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.embygateway.auth.Authenticator;
import org.embygateway.index.IndexChange;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.SocketSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web sockets of this gateway's clients. Each message is {@code {"MessageType", "MessageId": 32 hex digits, "Data"}}
 * with an id of its own, since apps leave out ids they have seen. A socket ends with its sign-in.
 *
 * <p>Emby API: {@code /embywebsocket?api_key=&deviceId=}.
 */
public final class SocketHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketHub.class);
    private static final Duration TURN = Duration.ofMillis(500);
    private static final Duration LIBRARY_BATCH = Duration.ofSeconds(5);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(2);
    private static final int MAX_CHANGED = 2000;

    private final Sessions sessions;
    private final Library library;
    private final Authenticator authenticator;
    private final Reports reports;
    private final Clock clock;
    private final Set<ClientSocket> open = ConcurrentHashMap.newKeySet();
    private Optional<Thread> thread = Optional.empty();
    private IndexChange pending = IndexChange.NOTHING;
    private Instant pendingSince = Instant.MAX;
    private Instant nextCheck = Instant.EPOCH;

    /** Takes playback reports that come over a socket. */
    public interface Reports {
        /** @param messageType {@code ReportPlaybackStart}, {@code …Progress} or {@code …Stopped} */
        void report(Caller caller, String messageType, ObjectNode data);
    }

    public SocketHub(Sessions sessions, Library library, Authenticator authenticator, Reports reports, Clock clock) {
        this.sessions = sessions;
        this.library = library;
        this.authenticator = authenticator;
        this.reports = reports;
        this.clock = clock;
    }

    public synchronized void start() {
        thread = Optional.of(Thread.ofVirtual().name("sockets").start(this::run));
    }

    /** Closes all sockets; says nothing of a shutdown, since clients would leave the server for it. */
    @Override
    public synchronized void close() {
        thread.ifPresent(Thread::interrupt);
        open.forEach(socket -> socket.close(1001, "Going away"));
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(TURN);
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is due: session lists, changes of the library, sockets whose sign-in is over. */
    void turn() {
        try {
            Instant now = clock.instant();
            if (!now.isBefore(nextCheck)) {
                nextCheck = now.plus(BETWEEN_CHECKS);
                closeEnded();
            }
            open.forEach(socket -> socket.tellSessions(now));
            takePending(now).ifPresent(change -> open.forEach(socket -> tell(socket, change)));
        } catch (RuntimeException e) {
            LOG.warn("Web sockets could not be served: {}", e.toString());
        }
    }

    /** Closes the sockets of revoked sign-ins and disabled users. */
    public void closeEnded() {
        close(socket -> !authenticator.isGood(socket.caller().token()));
    }

    void closeSession(String sessionId) {
        close(socket -> socket.caller().sessionId().equals(sessionId));
    }

    private void close(Predicate<ClientSocket> which) {
        open.stream().filter(which).forEach(socket -> socket.close(1000, "Signed out"));
    }

    /** The gateway's side of a new socket. */
    public SocketSession connect(Call call) {
        Caller caller = call.signedIn();
        return new ClientSocket(this, sessions.session(caller, call.remoteAddress()), caller);
    }

    void opened(ClientSocket socket) {
        open.add(socket);
    }

    void closed(ClientSocket socket) {
        open.remove(socket);
    }

    Reports reports() {
        return reports;
    }

    /** {@code SessionInfo} of what the caller may see. */
    ArrayNode sessionsFor(Caller caller) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        sessions.visibleTo(caller).forEach(session -> list.add(sessions.info(session, caller)));
        return list;
    }

    /**
     * Tells the user's devices of new states.
     *
     * @param data {@code UserItemDataDto}s with {@code ItemId}
     */
    public void userDataChanged(UserId user, List<ObjectNode> data) {
        ObjectNode body = EmbyJson.object();
        body.put("UserId", user.value());
        ArrayNode list = body.putArray("UserDataList");
        data.forEach(list::add);
        toUser(user, "UserDataChanged", body);
    }

    /** Tells the user's devices of new settings. */
    public void configurationUpdated(UserId user, ObjectNode userDto) {
        toUser(user, "UserConfigurationUpdated", userDto);
    }

    private void toUser(UserId user, String type, JsonNode data) {
        open.stream()
                .filter(socket -> socket.caller().user().equals(user))
                .forEach(socket -> socket.send(message(type, data)));
    }

    /** Sends to the devices of one session; they execute it. */
    void toSession(String sessionId, String type, JsonNode data) {
        open.stream()
                .filter(socket -> socket.caller().sessionId().equals(sessionId))
                .forEach(socket -> socket.send(message(type, data)));
    }

    static String message(String type, JsonNode data) {
        ObjectNode message = EmbyJson.object();
        message.put("MessageType", type);
        message.put("MessageId", Hex32.random());
        message.set("Data", data);
        return message.toString();
    }

    /** Tells all devices of a change of the catalogue, a few seconds later and each only what its user may see. */
    public synchronized void libraryChanged(IndexChange change) {
        if (!change.isEmpty()) {
            pendingSince = pending.isEmpty() ? clock.instant() : pendingSince;
            pending = pending.then(change);
        }
    }

    private synchronized Optional<IndexChange> takePending(Instant now) {
        if (pending.isEmpty() || now.isBefore(pendingSince.plus(LIBRARY_BATCH))) {
            return Optional.empty();
        }
        IndexChange change = pending;
        pending = IndexChange.NOTHING;
        return Optional.of(change);
    }

    private void tell(ClientSocket socket, IndexChange change) {
        UserId user = socket.caller().user();
        Visible visible = authenticator.visibleTo(user);
        Set<ItemId> changed = library.visible(user, visible, change.changed());
        Set<ItemId> removed = authenticator.seesAll(user) ? change.removed() : Set.of();
        if (changed.isEmpty() && removed.isEmpty()) {
            return;
        }
        boolean many = changed.size() + removed.size() > MAX_CHANGED;
        ObjectNode body = EmbyJson.object();
        body.putArray("FoldersAddedTo");
        body.putArray("FoldersRemovedFrom");
        body.putArray("ItemsAdded");
        ids(body.putArray("ItemsRemoved"), many ? Set.of() : removed);
        ids(body.putArray("ItemsUpdated"), many ? Set.of() : changed);
        ids(body.putArray("CollectionFolders"), library.views(user, visible));
        body.put("IsEmpty", false);
        socket.send(message("LibraryChanged", body));
    }

    private static void ids(ArrayNode list, Iterable<ItemId> ids) {
        ids.forEach(id -> list.add(id.toString()));
    }
}
