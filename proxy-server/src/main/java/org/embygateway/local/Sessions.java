package org.embygateway.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.route.Caller;

/**
 * The sessions of this gateway's clients: made by any request with a token, kept while they are used. What they play
 * and can do is theirs alone and never an upstream's.
 *
 * <p>Emby API: SessionsService, {@code SessionInfo}.
 */
public final class Sessions {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MAX_SESSIONS = 20_000;
    private static final List<String> PLAY_STATE_TEXTS =
            List.of("MediaSourceId", "PlayMethod", "SleepTimerMode", "SleepTimerEndTime");
    private static final List<String> PLAY_STATE_NUMBERS =
            List.of("VolumeLevel", "AudioStreamIndex", "SubtitleStreamIndex");

    private final ServerFacts facts;
    private final Library library;
    private final Clock clock;
    private final Map<String, Session> byId = new ConcurrentHashMap<>();

    public Sessions(ServerFacts facts, Library library, Clock clock) {
        this.facts = facts;
        this.library = library;
        this.clock = clock;
    }

    /** Notes a request: makes the caller's session or refreshes it. */
    public void seen(Caller caller, String remoteAddress) {
        session(caller, remoteAddress);
    }

    Session session(Caller caller, String remoteAddress) {
        Instant now = clock.instant();
        Session session = byId.computeIfAbsent(caller.sessionId(), id -> new Session(caller, remoteAddress, now));
        session.seen(caller, remoteAddress, now);
        if (byId.size() > MAX_SESSIONS) {
            removeOld();
        }
        return session;
    }

    private void removeOld() {
        Instant limit = clock.instant().minus(KEPT);
        byId.values().removeIf(s -> !s.isConnected() && s.lastActivity().isBefore(limit));
        byId.values().stream()
                .filter(s -> !s.isConnected())
                .sorted(Comparator.comparing(Session::lastActivity))
                .limit(Math.max(0, byId.size() - MAX_SESSIONS))
                .forEach(s -> byId.remove(s.id()));
    }

    /** What the session plays now, as its client reported it. */
    public void playing(Caller caller, ItemId item, ObjectNode report, OptionalLong position) {
        Session session = byId.get(caller.sessionId());
        if (session != null) {
            ObjectNode kept = report.deepCopy();
            session.playing()
                    .filter(p -> p.item().equals(item) && !kept.has("NowPlayingQueue"))
                    .ifPresent(p -> kept.set("NowPlayingQueue", p.report().path("NowPlayingQueue")));
            session.playing(Optional.of(new Session.Playing(item, kept, position, clock.instant())));
        }
    }

    /** The session plays nothing any more. */
    public void stopped(String sessionId) {
        Optional.ofNullable(byId.get(sessionId)).ifPresent(s -> s.playing(Optional.empty()));
    }

    /** What the client told that it plays, for playback requests without a profile of their own. */
    public Optional<ObjectNode> deviceProfile(String sessionId) {
        return Optional.ofNullable(byId.get(sessionId))
                .flatMap(s -> s.capabilities().deviceProfile());
    }

    void ended(String sessionId) {
        byId.remove(sessionId);
    }

    Optional<Session> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The caller's own, or for an administrator all; the latest first. */
    List<Session> visibleTo(Caller caller) {
        Instant limit = clock.instant().minus(KEPT);
        return byId.values().stream()
                .filter(s -> caller.admin() || s.caller().user().equals(caller.user()))
                .filter(s -> s.isConnected() || s.lastActivity().isAfter(limit))
                .sorted(Comparator.comparing(Session::lastActivity).reversed())
                .toList();
    }

    /** {@code SessionInfo}; the playing title is left out when the viewer may not see it. */
    ObjectNode info(Session session, Caller viewer) {
        Caller owner = session.caller();
        ClientIdentity client = owner.client();
        ObjectNode info = EmbyJson.object();
        info.set("PlayState", playState(session));
        info.putArray("AdditionalUsers");
        info.put("RemoteEndPoint", session.remoteAddress());
        info.put("Protocol", "HTTP/1.1");
        session.capabilities().playableMediaTypes().forEach(info.putArray("PlayableMediaTypes")::add);
        queuePosition(info, session);
        info.put("Id", session.id());
        info.put("ServerId", facts.id());
        info.put("UserId", owner.user().value());
        info.put("UserName", owner.userName());
        info.put("Client", client.client());
        info.put("LastActivityDate", EmbyJson.date(session.lastActivity()));
        info.put("DeviceName", client.device());
        session.playing()
                .ifPresent(p -> library.items(viewer.user(), viewer.visible(), List.of(p.item()))
                        .forEach(item -> info.set("NowPlayingItem", item)));
        info.put("InternalDeviceId", 1 + Math.floorMod(client.deviceId().hashCode(), 1_000_000_000));
        info.put("DeviceId", client.deviceId());
        info.put("ApplicationVersion", client.version());
        if (!session.capabilities().iconUrl().isEmpty()) {
            info.put("AppIconUrl", session.capabilities().iconUrl());
        }
        session.capabilities().supportedCommands().forEach(info.putArray("SupportedCommands")::add);
        info.put(
                "SupportsRemoteControl",
                session.isConnected() && session.capabilities().mediaControl());
        return info;
    }

    private static void queuePosition(ObjectNode info, Session session) {
        JsonNode report = report(session);
        if (report.path("PlaylistItemId").isTextual()) {
            info.put("PlaylistItemId", report.path("PlaylistItemId").asText());
        }
        info.put("PlaylistIndex", report.path("PlaylistIndex").asInt(0));
        info.put("PlaylistLength", report.path("PlaylistLength").asInt(0));
    }

    private static JsonNode report(Session session) {
        return session.playing().<JsonNode>map(Session.Playing::report).orElse(EmbyJson.object());
    }

    private ObjectNode playState(Session session) {
        JsonNode report = report(session);
        ObjectNode state = EmbyJson.object();
        session.playing().ifPresent(p -> p.positionAt(clock.instant()).ifPresent(t -> state.put("PositionTicks", t)));
        state.put("CanSeek", report.path("CanSeek").asBoolean(false));
        state.put("IsPaused", report.path("IsPaused").asBoolean(false));
        state.put("IsMuted", report.path("IsMuted").asBoolean(false));
        PLAY_STATE_NUMBERS.stream()
                .filter(name -> report.path(name).asText("").matches("-?\\d{1,9}"))
                .forEach(name -> state.put(name, report.path(name).asInt()));
        PLAY_STATE_TEXTS.stream()
                .filter(name -> report.path(name).isTextual())
                .forEach(name -> state.put(name, report.path(name).asText()));
        state.put("RepeatMode", report.path("RepeatMode").asText("RepeatNone"));
        state.put("SubtitleOffset", report.path("SubtitleOffset").asInt(0));
        state.put("Shuffle", report.path("Shuffle").asBoolean(false));
        state.put("PlaybackRate", report.path("PlaybackRate").asDouble(1));
        return state;
    }
}
