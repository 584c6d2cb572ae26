package org.embygateway.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.MergedItem;
import org.embygateway.play.Interview.Shown;
import org.embygateway.play.SlotTable.Outcome;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRequest;

/**
 * Live inputs that have to be opened and closed. Their ids are the upstream's, sealed.
 *
 * <p>Emby API: MediaInfoService, {@code postLivestreamsOpen}, {@code postLivestreamsClose},
 * {@code postLivestreamsMediainfo}.
 */
public final class LiveStreams {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final UpstreamCalls calls;
    private final PlaySessions sessions;
    private final Targets targets;
    private final OpaqueValues opaque;
    private final Interview interview;
    private final Encodings encodings;
    private final Slots slots;
    private final Rights rights;

    LiveStreams(PlayParts parts, Encodings encodings) {
        this.calls = parts.calls();
        this.sessions = parts.sessions();
        this.targets = parts.targets();
        this.opaque = parts.opaque();
        this.interview = parts.interview();
        this.encodings = encodings;
        this.slots = parts.slots();
        this.rights = parts.rights();
    }

    /**
     * {@code POST /LiveStreams/Open}. Shape: {@code {"MediaSource": {…}}}. Refused with 429 when the upstream plays as many
     * titles as it may.
     */
    public Reply open(Call call) {
        Caller caller = call.signedIn();
        rights.checkPlays(caller);
        Wish wish = Wish.of(call);
        String token = wish.id("OpenToken").orElseThrow(() -> new Refused(400, "OpenToken is missing."));
        OpaqueValues.Opaque open = opaque.unwrap(OpaqueValues.Kind.OPEN_TOKEN, caller, token);
        MergedItem item = targets.item(caller, wish.id("ItemId").orElseThrow(Refused::notFound));
        Target target = targets.best(caller, item).stream()
                .filter(t -> t.upstream().equals(open.upstream()))
                .findFirst()
                .orElseThrow(Refused::notFound);
        Outcome outcome = slots.take(caller, Viewing.of(caller, item.id()), target.upstream());
        if (outcome != Outcome.TAKEN) {
            throw slots.refusal(outcome);
        }
        PlaySession session =
                sessions.findOrStart(caller, wish.id("PlaySessionId").orElse(""), item.id());
        Binding binding = sessions.bind(session, target, Optional.empty());
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("OpenToken", open.value());
        ids.put("ItemId", target.upstreamItem());
        ids.put("PlaySessionId", binding.upstreamSession());
        JsonNode answer = calls.json(
                target.upstream(),
                Asker.of(caller),
                wish.request("/LiveStreams/Open", ids, calls.userOn(target.upstream(), Asker.of(caller)), LIMIT));
        return Reply.json(shown(caller, session, target, binding, answer));
    }

    private ObjectNode shown(Caller caller, PlaySession session, Target target, Binding binding, JsonNode answer) {
        if (!(answer.path("MediaSource") instanceof ObjectNode source)) {
            throw new UpstreamFailed(target.upstream(), UpstreamFault.BAD_ANSWER, "opens no media source");
        }
        String live = source.path("LiveStreamId").asText("");
        if (!live.isEmpty()) {
            encodings.opened(caller, session, binding, live);
        }
        List<Shown> shown = interview.show(
                caller,
                session,
                target.item(),
                Holder.of(target),
                List.of(source),
                Optional.of(binding.upstreamSession()));
        ObjectNode result = EmbyJson.object();
        shown.stream().findFirst().ifPresent(s -> result.set("MediaSource", s.source()));
        return result;
    }

    /** {@code POST /LiveStreams/Close}, the id in the query or in the body. */
    public Reply close(Call call) {
        OpaqueValues.Opaque live = live(call);
        encodings.closed(live.value(), live.upstream());
        calls.send(live.upstream(), Asker.of(call.signedIn()), request("/LiveStreams/Close", live.value()));
        return Reply.noContent();
    }

    /** {@code POST /LiveStreams/MediaInfo}: the source as it is now. */
    public Reply mediaInfo(Call call) {
        Caller caller = call.signedIn();
        OpaqueValues.Opaque live = live(call);
        Encodings.Open open = encodings
                .open(live.value(), live.upstream())
                .filter(o -> o.caller().user().equals(caller.user()))
                .orElseThrow(Refused::notFound);
        JsonNode answer =
                calls.json(live.upstream(), Asker.of(caller), request("/LiveStreams/MediaInfo", live.value()));
        return Reply.json(shown(caller, open.session(), open.binding().target(), open.binding(), answer));
    }

    private OpaqueValues.Opaque live(Call call) {
        String id = call.fields().text("LiveStreamId").orElseThrow(() -> new Refused(400, "LiveStreamId is missing."));
        return opaque.unwrap(OpaqueValues.Kind.LIVE_STREAM, call.signedIn(), id);
    }

    private static UpstreamRequest request(String path, String live) {
        byte[] body = EmbyJson.write(EmbyJson.object().put("LiveStreamId", live));
        return new UpstreamRequest("POST", path, Map.of("LiveStreamId", live), Optional.of(body), Headers.NONE, LIMIT);
    }
}
