package org.embygateway.play;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.play.MediaPath.Kind;
import org.embygateway.play.PlaySessions.Found;
import org.embygateway.play.SlotTable.Outcome;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.ByteSpan;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.Refused;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRegistry;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;

/**
 * Media: files, conversions, playlists with their segments, and what lies beside them (subtitles, fonts, thumbnails).
 * Bytes are not touched here; the reply names their source. Playlists are fetched and rewritten.
 *
 * <p>Emby API: VideoService, AudioService, VideoHlsService, DynamicHlsService, UniversalAudioService, SubtitleService,
 * BifService, LibraryService ({@code File}, {@code Download}).
 */
public final class Streams {
    /** How long a copy of a file may be silent while there is another: players give up after some ten seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private final UpstreamCalls calls;
    private final UpstreamRegistry upstreams;
    private final PlaySessions sessions;
    private final Choosing choosing;
    private final OpaqueValues opaque;
    private final Encodings encodings;
    private final Playlists playlists;
    private final EntityTags tags;
    private final Twins twins;
    private final Slots slots;
    private final Ranking ranking;
    private final Lookout lookout;
    private final Duration stall;
    private final Rights rights;
    private final Pieces pieces = new Pieces();

    Streams(PlayParts parts, Choosing choosing, Encodings encodings, Playlists playlists, Twins twins) {
        this.calls = parts.calls();
        this.upstreams = parts.upstreams();
        this.sessions = parts.sessions();
        this.opaque = parts.opaque();
        this.slots = parts.slots();
        this.ranking = parts.ranking();
        this.lookout = parts.lookout();
        this.stall = parts.rules().stall();
        this.rights = parts.rights();
        this.choosing = choosing;
        this.encodings = encodings;
        this.playlists = playlists;
        this.tags = new EntityTags(opaque);
        this.twins = twins;
    }

    /** Every media path below {@code /Videos/{Id}}, {@code /Audio/{Id}} and {@code /Items/{Id}}; see {@link MediaPath}. */
    public Reply open(Call call) {
        Caller caller = call.signedIn();
        Pieces.Asked asked = Pieces.Asked.by(caller, call);
        return pieces.find(asked)
                .filter(place -> isPlaced(caller, place))
                .<Reply>map(place -> new Reply.Relay(nextPiece(asked, call, place)))
                .orElseGet(() -> found(asked, call));
    }

    private boolean isPlaced(Caller caller, Pieces.Place place) {
        rights.check(caller, place.path());
        return place.viewing()
                .map(viewing -> slots.take(caller, viewing, place.target().upstream()) == Outcome.TAKEN)
                .orElse(true);
    }

    private MediaRelay nextPiece(Pieces.Asked asked, Call call, Pieces.Place place) {
        RelaySource source = place.source()
                .with(passed(call, place.source().upstream(), place.target().size()));
        MediaRelay piece = new NextPiece(
                place,
                source,
                () -> {
                    pieces.forget(asked);
                    return relaying(request(asked, call));
                },
                tags);
        return lookout.watched(piece, asked.caller(), place.viewing(), true);
    }

    private Reply found(Pieces.Asked asked, Call call) {
        Request request = request(asked, call);
        rights.check(asked.caller(), request.path());
        Target placed = placed(request);
        return switch (request.path().kind()) {
            case PLAYLIST -> playlist(request);
            case UNIVERSAL -> isPlaylist(request) ? playlist(request) : relay(request, placed);
            default -> relay(request, placed);
        };
    }

    /** The first copy that has a place for what is played; refused with 429 when none has. */
    private Target placed(Request request) {
        List<Target> copies = copies(request);
        if (request.viewing().isEmpty()) {
            return copies.getFirst();
        }
        Outcome outcome = Outcome.TAKEN;
        for (Target target : copies) {
            outcome = slots.take(request.caller(), request.viewing().get(), target.upstream());
            if (outcome == Outcome.TAKEN) {
                return target;
            }
        }
        throw slots.refusal(outcome);
    }

    /** @throws UpstreamFailed when the copy's upstream has no place for what is played */
    private void place(Request request, Target target) {
        request.viewing()
                .filter(viewing -> slots.take(request.caller(), viewing, target.upstream()) != Outcome.TAKEN)
                .ifPresent(viewing -> {
                    throw new UpstreamFailed(target.upstream(), UpstreamFault.BUSY, "plays as many titles as it may");
                });
    }

    private Request request(Pieces.Asked asked, Call call) {
        Caller caller = asked.caller();
        MediaPath path = MediaPath.parse(call.path());
        Chosen chosen = choosing.choose(caller, path.item(), path.source(), call.query());
        return new Request(asked, call, caller, path, chosen, session(caller, call, path, chosen));
    }

    /** @param session empty when the client names none and none is needed */
    private record Request(
            Pieces.Asked asked,
            Call call,
            Caller caller,
            MediaPath path,
            Chosen chosen,
            Optional<PlaySession> session) {
        boolean isStatic() {
            return path.kind() == Kind.ORIGINAL
                    || path.kind() == Kind.STREAM && call.query().flag("Static", false);
        }

        boolean encodes() {
            return !isStatic() && path.kind() != Kind.BESIDE;
        }

        Target first() {
            return chosen.copies().getFirst();
        }

        /**
         * What takes a place: not what lies beside the media, nor a look at its head, nor a download: a file for later must
         * keep nobody from watching.
         */
        Optional<Viewing> viewing() {
            boolean plays = path.kind() != Kind.BESIDE
                    && !path.isDownload()
                    && !call.method().equals("HEAD");
            return plays ? Optional.of(Viewing.of(caller, first().item())) : Optional.empty();
        }
    }

    private Optional<PlaySession> session(Caller caller, Call call, MediaPath path, Chosen chosen) {
        Optional<PlaySession> known = chosen.session().map(Found::session);
        Optional<String> named = call.query().text("PlaySessionId");
        boolean converts = path.kind() == Kind.STREAM
                && !call.query().flag("Static", false)
                && !call.method().equals("HEAD");
        boolean needed = path.kind() == Kind.PLAYLIST || path.kind() == Kind.UNIVERSAL || converts;
        if (known.isPresent() || named.isEmpty() && !needed) {
            return known;
        }
        return Optional.of(sessions.findOrStart(
                caller, named.orElse(""), chosen.copies().getFirst().item()));
    }

    private Optional<Binding> bind(Request request, Target target) {
        return request.session().map(s -> {
            Optional<Binding> named =
                    request.chosen().session().flatMap(Found::binding).filter(b -> b.isFor(target));
            Binding binding = named.orElseGet(() -> sessions.bind(s, target, Optional.empty()));
            sessions.used(s, binding);
            if (request.encodes()) {
                encodings.encodes(request.caller(), s, binding);
            }
            return binding;
        });
    }

    private Map<String, String> query(Request request, Target target, Optional<Binding> binding) {
        return UpstreamQuery.of(
                request.call().query(),
                target,
                request.path(),
                binding.map(Binding::upstreamSession),
                calls.deviceOn(target.upstream(), Asker.of(request.caller())),
                request.chosen().live());
    }

    // ---- bytes

    private Reply relay(Request request, Target placed) {
        return redirect(request, placed)
                .orElseGet(() -> new Reply.Relay(
                        lookout.watched(relaying(request), request.caller(), request.viewing(), request.isStatic())));
    }

    private MediaRelay relaying(Request request) {
        return request.isStatic() ? file(request) : conversion(request);
    }

    private MediaRelay conversion(Request request) {
        Actor actor = Asker.of(request.caller());
        Function<Target, RelaySource> open =
                target -> source(request, actor, target).with(passed(request.call(), target.upstream(), 0));
        return new StreamRelay(calls, actor, copies(request), open, Optional.empty(), whenOver(request), tags);
    }

    private MediaRelay file(Request request) {
        Actor actor = Asker.of(request.caller());
        List<Target> copies = copies(request);
        twins.compare(copies, actor, (target, span) -> part(request, target, span));
        Rest rest =
                new Rest(twins, copies, target -> source(request, actor, target).silentFor(stall));
        Function<Target, RelaySource> open = target -> {
            RelaySource there = source(request, actor, target).silentFor(stall);
            RelaySource source = target.equals(copies.getLast()) ? there : there.within(PATIENCE);
            if (request.chosen().live().isEmpty()) {
                pieces.keep(request.asked(), new Pieces.Place(target, source, rest, request.path(), request.viewing()));
            }
            return source.with(passed(request.call(), target.upstream(), target.size()));
        };
        return new StreamRelay(calls, actor, copies, open, Optional.of(rest), whenOver(request), tags);
    }

    private UpstreamRequest part(Request request, Target target, ByteSpan span) {
        return new UpstreamRequest(
                "GET",
                request.path().at(target),
                query(request, target, Optional.empty()),
                Optional.empty(),
                Headers.of("Range", span.range()),
                Twins.LIMIT);
    }

    private RelaySource source(Request request, Actor actor, Target target) {
        place(request, target);
        Optional<Binding> binding = bind(request, target);
        if (binding.isEmpty()) {
            sessions.used(request.caller(), target);
        }
        return calls.media(
                target.upstream(), actor, request.path().at(target), query(request, target, binding), Headers.NONE);
    }

    /** What a request says to an upstream beyond its address. */
    private Headers passed(Call call, UpstreamId upstream, long size) {
        return PassedHeaders.of(call.headers(), size, condition -> tags.original(upstream, condition));
    }

    /** The chosen copy and those that may stand in for it: any at the start of a file, else only equal ones. */
    private List<Target> copies(Request request) {
        List<Target> all = request.chosen().copies();
        Target first = request.first();
        if (request.path().kind() == Kind.SEGMENT || request.path().kind() == Kind.BESIDE) {
            return List.of(first);
        }
        if (!request.chosen().named() && PassedHeaders.fromStart(request.call().headers())) {
            return all;
        }
        return request.isStatic() ? equal(all, first, Viewing.of(request.caller(), first.item())) : List.of(first);
    }

    /** The first, and what looks like the same file; those first that nothing speaks against. */
    private List<Target> equal(List<Target> all, Target first, Viewing viewing) {
        return all.stream()
                .filter(t -> t.equals(first) || t.looksIdentical(first))
                .sorted(Comparator.comparing(t -> !ranking.isWell(viewing, t.upstream())))
                .toList();
    }

    /**
     * Playlists' segments come one by one; other conversions last as long as their bytes flow, and live streams at least as
     * long. Who names no play session cannot come back to a conversion.
     */
    private Consumer<RelayEnd> whenOver(Request request) {
        boolean progressive = request.encodes() && request.path().kind() != Kind.SEGMENT;
        Optional<PlaySession> conversion = request.session().filter(s -> progressive);
        Optional<PlaySession> live = live(request);
        boolean mayComeBack = request.call().query().text("PlaySessionId").isPresent();
        conversion.ifPresent(encodings::flows);
        live.ifPresent(encodings::flows);
        return end -> {
            live.ifPresent(encodings::flowed);
            conversion.ifPresent(s -> encodings.flowed(s, end.complete() && mayComeBack));
        };
    }

    private Optional<PlaySession> live(Request request) {
        return request.chosen()
                .live()
                .flatMap(id -> encodings.open(id, request.first().upstream()))
                .map(Encodings.Open::session);
    }

    /**
     * Only for files that are played as they are, only for servers whose admin wants it (the address tells the server and a
     * token), and only where the client gets there: else they go through the gateway.
     */
    private Optional<Reply> redirect(Request request, Target target) {
        boolean wanted = upstreams
                .find(target.upstream())
                .map(u -> u.playback() == UpstreamRecord.PlaybackMode.REDIRECT)
                .orElse(false);
        boolean plays = request.isStatic()
                && !request.path().isDownload()
                && request.chosen().live().isEmpty();
        if (!wanted || !plays || !upstreams.isOnline(target.upstream())) {
            return Optional.empty();
        }
        try {
            RelaySource source = source(request, Asker.of(request.caller()), target);
            boolean encrypted = request.call().baseUrl().startsWith("https:");
            return DirectAddress.of(source, upstreams.passage(target.upstream()), encrypted)
                    .<Reply>map(Reply.Redirect::new);
        } catch (UpstreamFailed failed) {
            return Optional.empty();
        }
    }

    // ---- playlists

    private Reply playlist(Request request) {
        UpstreamFailed last = null;
        for (Target target : request.chosen().named()
                ? List.of(request.first())
                : request.chosen().copies()) {
            try {
                return playlist(request, target);
            } catch (UpstreamFailed failed) {
                last = failed;
            }
        }
        throw last == null ? Refused.notFound() : last;
    }

    private Reply playlist(Request request, Target target) {
        place(request, target);
        PlaySession session = request.session().orElseThrow();
        Binding binding = bind(request, target).orElseThrow();
        UnaryOperator<String> aliases = upstream -> upstream.isEmpty() || upstream.equals(binding.upstreamSession())
                ? binding.alias()
                : sessions.bind(session, target, Optional.of(upstream)).alias();
        return playlists.fetch(
                target.upstream(),
                Asker.of(request.caller()),
                request.path().at(target),
                query(request, target, Optional.of(binding)),
                request.call().path(),
                names(request, target, aliases));
    }

    private ClientNames names(Request request, Target target, UnaryOperator<String> aliases) {
        String item = ItemId.parse(request.path().item()).orElse(target.item()).toString();
        return new ClientNames(
                request.caller(),
                target.upstream(),
                item,
                new HashSet<>(List.of(target.upstreamItem(), target.upstreamVersion())),
                target.source().map(s -> Map.of(target.upstreamSource(), s)).orElseGet(Map::of),
                aliases,
                opaque);
    }

    /** Whether an upstream answers {@code universal} with a playlist; asked only when the client can take one. */
    private boolean isPlaylist(Request request) {
        if (!request.call().query().text("TranscodingProtocol", "").equalsIgnoreCase("hls")) {
            return false;
        }
        return copies(request).stream()
                .flatMap(target -> answersWithPlaylist(request, target).stream())
                .findFirst()
                .orElse(false);
    }

    /** Empty when the copy cannot be had. */
    private Optional<Boolean> answersWithPlaylist(Request request, Target target) {
        try {
            Map<String, String> query = query(request, target, bind(request, target));
            UpstreamRequest head = new UpstreamRequest(
                    "HEAD", request.path().at(target), query, Optional.empty(), Headers.NONE, Playlists.LIMIT);
            UpstreamResponse response = calls.send(target.upstream(), Asker.of(request.caller()), head);
            return response.status() == 200
                    ? Optional.of(Playlists.isPlaylistType(response.headers()))
                    : Optional.empty();
        } catch (UpstreamFailed failed) {
            return Optional.empty();
        }
    }
}
