package org.embygateway.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.embygateway.play.PlaySessions.Found;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;
import org.embygateway.route.Caller;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamRequest;

/**
 * Tells the upstream that plays what the client reports: it drives that server's own session list, its throttling of
 * conversions and their end. Ids are translated, queues are dropped (they hold items of other servers).
 *
 * <p>All methods block until the upstream answered and throw {@link UpstreamFailed} when it does not; reports that name
 * nothing the caller may see throw {@link org.embygateway.route.Refused}.
 */
public final class LiveReports {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<String> PASSING = List.of(
            "PositionTicks",
            "RunTimeTicks",
            "PlaybackStartTimeTicks",
            "CanSeek",
            "IsPaused",
            "IsMuted",
            "VolumeLevel",
            "Brightness",
            "AspectRatio",
            "AudioStreamIndex",
            "SubtitleStreamIndex",
            "PlayMethod",
            "RepeatMode",
            "Shuffle",
            "SubtitleOffset",
            "PlaybackRate",
            "SleepTimerMode",
            "SleepTimerEndTime",
            "EventName",
            "PlaylistIndex",
            "PlaylistLength",
            "NextMediaType",
            "IsAutomated",
            "Failed");

    private final UpstreamCalls calls;
    private final PlaySessions sessions;
    private final Choosing choosing;
    private final Encodings encodings;

    LiveReports(PlayParts parts, Choosing choosing, Encodings encodings) {
        this.calls = parts.calls();
        this.sessions = parts.sessions();
        this.choosing = choosing;
        this.encodings = encodings;
    }

    /** @param report {@code PlaybackStartInfo} in the gateway's ids */
    public void started(Caller caller, ObjectNode report) {
        tell("/Sessions/Playing", caller, report);
    }

    /** @param report {@code PlaybackProgressInfo} in the gateway's ids */
    public void progress(Caller caller, ObjectNode report) {
        tell("/Sessions/Playing/Progress", caller, report);
    }

    /** Also ends conversions. @param report {@code PlaybackStopInfo} in the gateway's ids */
    public void stopped(Caller caller, ObjectNode report) {
        try {
            tell("/Sessions/Playing/Stopped", caller, report);
        } finally {
            id(fields(report), "PlaySessionId")
                    .flatMap(named -> sessions.find(caller, named))
                    .map(Found::session)
                    .ifPresent(encodings::stop);
        }
    }

    /** Keeps a conversion alive; nothing happens for a session the gateway does not know. */
    public void ping(Caller caller, String playSessionId) {
        Optional<PlaySession> session = sessions.find(caller, playSessionId).map(Found::session);
        session.ifPresent(encodings::alive);
        session.flatMap(s -> s.bindings().stream()
                        .filter(b -> sessions.lastUsed(caller, s.item())
                                .equals(Optional.of(b.target().upstream())))
                        .findFirst())
                .ifPresent(b -> calls.send(
                        b.target().upstream(),
                        Asker.of(caller),
                        UpstreamRequest.post(
                                "/Sessions/Playing/Ping",
                                Map.of("PlaySessionId", b.upstreamSession()),
                                new byte[0],
                                LIMIT)));
    }

    private void tell(String path, Caller caller, ObjectNode report) {
        Params fields = fields(report);
        Chosen chosen = choosing.choose(caller, item(caller, fields), Optional.empty(), fields);
        Target target = chosen.copies().getFirst();
        ObjectNode told = EmbyJson.object();
        told.put("ItemId", target.upstreamItem());
        if (!target.upstreamSource().isEmpty()) {
            told.put("MediaSourceId", target.upstreamSource());
        }
        chosen.live().ifPresent(l -> told.put("LiveStreamId", l));
        id(fields, "PlaySessionId").ifPresent(named -> {
            PlaySession session = sessions.findOrStart(caller, named, target.item());
            Binding binding = sessions.bind(session, target, Optional.empty());
            sessions.used(session, binding);
            encodings.alive(session);
            told.put("PlaySessionId", binding.upstreamSession());
        });
        pass(report, told);
        calls.send(
                target.upstream(), Asker.of(caller), UpstreamRequest.post(path, Map.of(), EmbyJson.write(told), LIMIT));
    }

    /** Some players name only their play session. */
    private String item(Caller caller, Params fields) {
        return id(fields, "ItemId")
                .or(() -> id(fields, "PlaySessionId")
                        .flatMap(named -> sessions.find(caller, named))
                        .map(found -> found.session().item().toString()))
                .orElse("");
    }

    private static void pass(ObjectNode report, ObjectNode told) {
        report.properties()
                .forEach(field -> PASSING.stream()
                        .filter(name -> name.equalsIgnoreCase(field.getKey()))
                        .findFirst()
                        .filter(name -> !field.getValue().isNull())
                        .ifPresent(name -> told.set(name, field.getValue())));
    }

    private static Optional<String> id(Params fields, String name) {
        return fields.text(name);
    }

    private static Params fields(ObjectNode report) {
        Map<String, String> flat = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        report.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isValueNode() && !value.isNull()) {
                flat.put(field.getKey(), value.asText());
            }
        });
        return Params.of(flat);
    }
}
