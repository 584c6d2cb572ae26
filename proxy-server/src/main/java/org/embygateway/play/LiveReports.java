package org.embygateway.play;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.play.PlaySessions.Found;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.PlaybackReport;
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

    private final UpstreamCalls calls;
    private final PlaySessions sessions;
    private final Choosing choosing;
    private final Encodings encodings;
    private final Slots slots;

    LiveReports(PlayParts parts, Choosing choosing, Encodings encodings) {
        this.calls = parts.calls();
        this.sessions = parts.sessions();
        this.choosing = choosing;
        this.encodings = encodings;
        this.slots = parts.slots();
    }

    /**
     * A client reports or pings: what it plays keeps its place. Calls no upstream.
     *
     * @param item empty when the report names none
     */
    public void heard(Caller caller, String playSessionId, Optional<ItemId> item) {
        viewings(caller, playSessionId, item).forEach(slots::heard);
    }

    /** A client has stopped: what it played takes no place any more. Calls no upstream. */
    public void over(Caller caller, String playSessionId, ItemId item) {
        viewings(caller, playSessionId, Optional.of(item)).forEach(slots::stopped);
    }

    /** What the report is about by either of its ids: the item may have become part of another meanwhile. */
    private Set<Viewing> viewings(Caller caller, String playSessionId, Optional<ItemId> item) {
        Optional<ItemId> played = Optional.of(playSessionId)
                .filter(id -> !id.isEmpty())
                .flatMap(id -> sessions.find(caller, id))
                .map(found -> found.session().item());
        return Stream.of(item, played)
                .flatMap(Optional::stream)
                .map(id -> Viewing.of(caller, id))
                .collect(Collectors.toSet());
    }

    /** @param report {@code PlaybackStartInfo} as the client sent it */
    public void playing(Caller caller, String playSessionId, String mediaSourceId, ItemId item, ObjectNode report) {
        tell("/Sessions/Playing", caller, new Report(playSessionId, mediaSourceId, item, report));
    }

    /** @param report {@code PlaybackProgressInfo} as the client sent it */
    public void progress(Caller caller, String playSessionId, String mediaSourceId, ItemId item, ObjectNode report) {
        tell("/Sessions/Playing/Progress", caller, new Report(playSessionId, mediaSourceId, item, report));
    }

    /**
     * Also ends conversions.
     *
     * @param report {@code PlaybackStopInfo} as the client sent it
     */
    public void stopped(Caller caller, String playSessionId, String mediaSourceId, ItemId item, ObjectNode report) {
        try {
            tell("/Sessions/Playing/Stopped", caller, new Report(playSessionId, mediaSourceId, item, report));
        } finally {
            sessions.find(caller, playSessionId).map(Found::session).ifPresent(encodings::stop);
        }
    }

    /** @param playSession and {@code mediaSource} as the client wrote them; empty text when it did not */
    private record Report(String playSession, String mediaSource, ItemId item, ObjectNode body) {
        Params names() {
            Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            body.properties().forEach(field -> {
                if (field.getKey().equalsIgnoreCase("LiveStreamId")) {
                    names.put("LiveStreamId", field.getValue().asText(""));
                }
            });
            names.put("PlaySessionId", playSession);
            names.put("MediaSourceId", mediaSource);
            return Params.of(names);
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

    private void tell(String path, Caller caller, Report report) {
        Chosen chosen = choosing.choose(caller, report.item().toString(), Optional.empty(), report.names());
        Target target = chosen.copies().getFirst();
        ObjectNode told = EmbyJson.object();
        told.put("ItemId", target.upstreamItem());
        if (!target.upstreamSource().isEmpty()) {
            told.put("MediaSourceId", target.upstreamSource());
        }
        chosen.live().ifPresent(l -> told.put("LiveStreamId", l));
        if (!report.playSession().isEmpty()) {
            PlaySession session = sessions.findOrStart(caller, report.playSession(), target.item());
            Binding binding = sessions.bind(session, target, Optional.empty());
            sessions.used(session, binding);
            encodings.alive(session);
            told.put("PlaySessionId", binding.upstreamSession());
        }
        pass(report.body(), told);
        calls.send(
                target.upstream(), Asker.of(caller), UpstreamRequest.post(path, Map.of(), EmbyJson.write(told), LIMIT));
    }

    private static void pass(ObjectNode report, ObjectNode told) {
        report.properties()
                .forEach(field -> PlaybackReport.PLAIN_FIELDS.stream()
                        .filter(name -> name.equalsIgnoreCase(field.getKey()))
                        .findFirst()
                        .filter(name -> !field.getValue().isNull())
                        .ifPresent(name -> told.set(name, field.getValue())));
    }
}
