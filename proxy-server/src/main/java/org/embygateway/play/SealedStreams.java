package org.embygateway.play;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.play.SlotTable.Outcome;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamRegistry;

/**
 * What upstreams point to and the gateway has no path of its own for: files elsewhere, or on the upstream under an
 * unusual path. Only addresses that the gateway sealed itself are opened.
 */
public final class SealedStreams {
    private static final Duration FIRST_BYTE = Duration.ofSeconds(60);

    private final UpstreamCalls calls;
    private final UpstreamRegistry upstreams;
    private final OpaqueValues opaque;
    private final Playlists playlists;
    private final EntityTags tags;
    private final PlaySessions sessions;
    private final Slots slots;
    private final Lookout lookout;
    private final Rights rights;
    private final Elsewhere elsewhere = new Elsewhere();

    SealedStreams(PlayParts parts, Playlists playlists) {
        this.calls = parts.calls();
        this.upstreams = parts.upstreams();
        this.opaque = parts.opaque();
        this.playlists = playlists;
        this.tags = new EntityTags(opaque);
        this.sessions = parts.sessions();
        this.slots = parts.slots();
        this.lookout = parts.lookout();
        this.rights = parts.rights();
    }

    /**
     * {@code GET /gw/x/{Opaque}/{Name}}. Refused with 404 for what is not sealed by the gateway, with 429 when the play
     * session that it is part of gets no place on its upstream.
     */
    public Reply open(Call call) {
        Caller caller = call.signedIn();
        rights.checkPlays(caller);
        OpaqueValues.Opaque place = opaque.unwrap(OpaqueValues.Kind.ADDRESS, caller, call.pathParam("Opaque"));
        UpstreamRecord upstream = upstreams.find(place.upstream()).orElseThrow(Refused::notFound);
        Optional<Viewing> viewing = viewing(call, caller);
        viewing.map(v -> slots.take(caller, v, upstream.id()))
                .filter(outcome -> outcome != Outcome.TAKEN)
                .ifPresent(outcome -> {
                    throw slots.refusal(outcome);
                });
        boolean playlist = call.path().toLowerCase(Locale.ROOT).endsWith(".m3u8");
        String base = upstream.url().toString();
        if (place.value().regionMatches(true, 0, base + "/", 0, base.length() + 1)) {
            return there(call, caller, upstream.id(), place.value().substring(base.length()), playlist, viewing);
        }
        URI uri = Elsewhere.checked(place.value(), upstream);
        if (playlist) {
            return playlists.rewritten(
                    upstream.id(), elsewhere.fetch(uri, upstream), call.path(), names(call, caller, upstream.id()));
        }
        return relay(caller, new RelaySource(upstream.id(), uri, passed(call, upstream.id()), FIRST_BYTE), viewing);
    }

    /** Subtitles and the like that lie elsewhere name no play session. */
    private Optional<Viewing> viewing(Call call, Caller caller) {
        return call.query()
                .text("PlaySessionId")
                .filter(session -> !call.method().equals("HEAD"))
                .flatMap(session -> sessions.find(caller, session))
                .map(found -> Viewing.of(caller, found.session().item()));
    }

    private Reply there(
            Call call,
            Caller caller,
            UpstreamId upstream,
            String pathAndQuery,
            boolean playlist,
            Optional<Viewing> viewing) {
        int mark = pathAndQuery.indexOf('?');
        String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
        Map<String, String> query = new LinkedHashMap<>();
        Params.parse(mark < 0 ? "" : pathAndQuery.substring(mark + 1)).all().forEach((name, values) -> {
            if (!name.toLowerCase(Locale.ROOT).matches("api_?key|x-emby-token|x-mediabrowser-token")) {
                query.put(name, values.getFirst());
            }
        });
        Actor actor = Asker.of(caller);
        if (playlist) {
            return playlists.fetch(upstream, actor, path, query, call.path(), names(call, caller, upstream));
        }
        return relay(caller, calls.media(upstream, actor, path, query, passed(call, upstream)), viewing);
    }

    private Headers passed(Call call, UpstreamId upstream) {
        return PassedHeaders.of(call.headers(), 0, condition -> tags.original(upstream, condition));
    }

    private Reply relay(Caller caller, RelaySource source, Optional<Viewing> viewing) {
        Target none = new Target(source.upstream(), new ItemId(1), Optional.empty(), "", "", "", 0, 0);
        StreamRelay media = new StreamRelay(
                calls, Asker.of(caller), List.of(none), target -> source, Optional.empty(), end -> {}, tags);
        return new Reply.Relay(lookout.watched(media, caller, viewing));
    }

    /** Lines of such playlists are sealed as well; they keep the play session that led here. */
    private ClientNames names(Call call, Caller caller, UpstreamId upstream) {
        String session = call.query().text("PlaySessionId", "");
        return new ClientNames(caller, upstream, "", Set.of(), Map.of(), s -> session, opaque);
    }
}
