package org.embygateway.play;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.embygateway.index.MergedItem;
import org.embygateway.play.PlaySessions.Found;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.upstream.UpstreamRegistry;

/**
 * Which copy a request means, by the most specific id it carries: live stream, media source, play session, version,
 * merged item. Works without a play session, since clients build stream URLs of their own.
 */
final class Choosing {
    private final Targets targets;
    private final PlaySessions sessions;
    private final OpaqueValues opaque;
    private final UpstreamRegistry upstreams;

    Choosing(Targets targets, PlaySessions sessions, OpaqueValues opaque, UpstreamRegistry upstreams) {
        this.targets = targets;
        this.sessions = sessions;
        this.opaque = opaque;
        this.upstreams = upstreams;
    }

    /**
     * Refused with 404 when an id names nothing the caller may see.
     *
     * @param item the item id of the path
     * @param pathSource the media source id of the path
     */
    Chosen choose(Caller caller, String item, Optional<String> pathSource, Params query) {
        Optional<Found> session = id(query, "PlaySessionId")
                .flatMap(named -> sessions.find(caller, named))
                .filter(f -> mayUse(caller, f));
        Optional<OpaqueValues.Opaque> live =
                id(query, "LiveStreamId").map(text -> opaque.unwrap(OpaqueValues.Kind.LIVE_STREAM, caller, text));
        Optional<String> source = pathSource.or(() -> id(query, "MediaSourceId"));
        if (live.isPresent()) {
            return live(caller, item, source, session, live.get());
        }
        Optional<Target> version = source.flatMap(s -> targets.version(caller, s))
                .or(() -> session.flatMap(Found::binding).map(Binding::target))
                .or(() -> targets.version(caller, item));
        return version.map(v -> named(caller, v, session)).orElseGet(() -> any(caller, item, session));
    }

    private static Optional<String> id(Params query, String name) {
        return query.text(name).filter(v -> !v.equalsIgnoreCase("null") && !v.equalsIgnoreCase("undefined"));
    }

    /** A binding to an upstream that was taken from the user since does not help any more. */
    private static boolean mayUse(Caller caller, Found found) {
        return found.binding()
                .map(b -> caller.visible().includes(b.target().upstream()))
                .orElse(true);
    }

    private Chosen live(
            Caller caller, String item, Optional<String> source, Optional<Found> session, OpaqueValues.Opaque live) {
        Target target = source.flatMap(s -> targets.version(caller, s))
                .filter(t -> t.upstream().equals(live.upstream()))
                .or(() -> targets.best(caller, targets.item(caller, item)).stream()
                        .filter(t -> t.upstream().equals(live.upstream()))
                        .findFirst())
                .orElseThrow(Refused::notFound);
        return new Chosen(List.of(target), true, session, Optional.of(live.value()));
    }

    private Chosen named(Caller caller, Target version, Optional<Found> session) {
        List<Target> copies = new ArrayList<>(List.of(version));
        copies.addAll(targets.identical(caller, version));
        return new Chosen(onlineFirst(copies), true, session, Optional.empty());
    }

    private Chosen any(Caller caller, String item, Optional<Found> session) {
        MergedItem merged = targets.item(caller, item);
        List<Target> copies = targets.best(caller, merged);
        Optional<UpstreamId> bound = session.map(Found::session)
                .filter(s -> s.bindings().size() == 1)
                .map(s -> s.bindings().getFirst().target().upstream());
        List<Target> ordered = copies.stream()
                .sorted(Comparator.comparing(t -> !bound.equals(Optional.of(t.upstream()))))
                .toList();
        if (ordered.isEmpty()) {
            throw Refused.notFound();
        }
        return new Chosen(onlineFirst(ordered), false, session, Optional.empty());
    }

    private List<Target> onlineFirst(List<Target> copies) {
        return copies.stream()
                .sorted(Comparator.comparing(t -> !upstreams.isOnline(t.upstream())))
                .toList();
    }
}
