package org.embygateway.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embygateway.index.MediaIndex;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.route.Caller;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRegistry;

/** Asks one copy how it can be played, and turns its answer into sources of the gateway. */
final class Interview {
    private final MediaIndex index;
    private final UpstreamRegistry upstreams;
    private final UpstreamCalls calls;
    private final PlaySessions sessions;
    private final SourceView view;
    private final OpaqueValues opaque;

    Interview(
            MediaIndex index,
            UpstreamRegistry upstreams,
            UpstreamCalls calls,
            PlaySessions sessions,
            SourceView view,
            OpaqueValues opaque) {
        this.index = index;
        this.upstreams = upstreams;
        this.calls = calls;
        this.sessions = sessions;
        this.view = view;
        this.opaque = opaque;
    }

    /** What a copy said, as it said it. */
    record Heard(Holder holder, ObjectNode answer) {
        List<ObjectNode> sources() {
            List<ObjectNode> sources = new ArrayList<>();
            answer.path("MediaSources").forEach(s -> {
                if (s instanceof ObjectNode source) {
                    sources.add(source);
                }
            });
            return sources;
        }
    }

    /** A source as the client gets it, with what it stands for. */
    record Shown(ObjectNode source, Target target) {}

    /**
     * @param ids further ids in the upstream's names (live stream, current play session)
     * @throws UpstreamFailed when the upstream does not answer
     */
    Heard ask(Caller caller, Holder holder, Wish wish, Map<String, String> ids, boolean playback, Duration limit) {
        Actor actor = Asker.of(caller);
        Map<String, String> all = new LinkedHashMap<>(ids);
        holder.only()
                .filter(t -> !t.upstreamSource().isEmpty())
                .ifPresent(t -> all.put("MediaSourceId", t.upstreamSource()));
        String user = calls.userOn(holder.upstream(), actor);
        JsonNode answer = calls.json(
                holder.upstream(),
                actor,
                wish.playbackInfo(
                        "/Items/" + Segments.encode(holder.asked()) + "/PlaybackInfo", all, user, playback, limit));
        if (!(answer instanceof ObjectNode object)) {
            throw new UpstreamFailed(holder.upstream(), UpstreamFault.BAD_ANSWER, "playback info is no object");
        }
        return new Heard(holder, object);
    }

    /** The sources of the answer, bound to the session. */
    List<Shown> show(Caller caller, PlaySession session, ItemId item, Heard heard) {
        Optional<String> upstreamSession =
                Optional.of(heard.answer().path("PlaySessionId").asText("")).filter(s -> !s.isEmpty());
        return show(caller, session, item, heard.holder(), heard.sources(), upstreamSession);
    }

    List<Shown> show(
            Caller caller,
            PlaySession session,
            ItemId item,
            Holder holder,
            List<ObjectNode> sources,
            Optional<String> upstreamSession) {
        Map<String, MediaSourceId> ids = index.sourceIds(
                holder.upstream(),
                holder.upstreamItem(),
                sources.stream()
                        .map(s -> s.path("Id").asText(""))
                        .filter(i -> !i.isEmpty())
                        .toList());
        ClientNames names = names(caller, session, item, holder, sources, ids);
        List<Shown> shown = new ArrayList<>();
        for (ObjectNode source : sources) {
            MediaSourceId id = ids.get(source.path("Id").asText(""));
            if (id != null && isWanted(holder, source)) {
                Target target = target(item, holder, source, id);
                sessions.bind(session, target, upstreamSession);
                upstreams
                        .find(holder.upstream())
                        .ifPresent(u -> shown.add(new Shown(view.show(source, target, id, u, names), target)));
            }
        }
        return shown;
    }

    private static boolean isWanted(Holder holder, ObjectNode source) {
        return holder.only()
                .filter(t -> !t.upstreamSource().isEmpty())
                .map(t -> t.upstreamSource().equals(source.path("Id").asText()))
                .orElse(true);
    }

    private ClientNames names(
            Caller caller,
            PlaySession session,
            ItemId item,
            Holder holder,
            List<ObjectNode> sources,
            Map<String, MediaSourceId> ids) {
        Set<String> items = new LinkedHashSet<>(List.of(holder.asked(), holder.upstreamItem()));
        sources.forEach(s -> {
            if (s.hasNonNull("ItemId")) {
                items.add(s.path("ItemId").asText());
            }
        });
        return new ClientNames(
                caller, holder.upstream(), item.toString(), items, ids, upstream -> session.id(), opaque);
    }

    private static Target target(ItemId item, Holder holder, ObjectNode source, MediaSourceId id) {
        return new Target(
                holder.upstream(),
                item,
                Optional.of(id),
                holder.upstreamItem(),
                holder.only()
                        .map(Target::upstreamVersion)
                        .orElse(source.path("ItemId").asText(holder.upstreamItem())),
                source.path("Id").asText(),
                source.path("Size").asLong(),
                source.path("RunTimeTicks").asLong());
    }
}
