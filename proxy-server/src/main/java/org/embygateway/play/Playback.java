package org.embygateway.play;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embygateway.index.MergedItem;
import org.embygateway.play.Interview.Heard;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.rewrite.EmbyTables;
import org.embygateway.rewrite.Versions;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamRegistry;

/**
 * How an item can be played: the versions of all copies the user may see, best first, with URLs of the gateway.
 *
 * <p>All copies are asked at once, under a deadline, and without the word that playback will start; then the one that
 * came out first is asked again with it. So only one upstream ever prepares a stream.
 *
 * <p>Emby API: MediaInfoService, {@code getItemsByIdPlaybackinfo}, {@code postItemsByIdPlaybackinfo}.
 */
public final class Playback {
    private static final Duration ONE = Duration.ofSeconds(20);
    private static final Set<String> ERROR_CODES = Set.of("NotAllowed", "NoCompatibleStream", "RateLimitExceeded");

    private final Targets targets;
    private final Interview interview;
    private final Ranking ranking;
    private final PlaySessions sessions;
    private final OpaqueValues opaque;
    private final UpstreamRegistry upstreams;
    private final Slots slots;
    private final Rights rights;
    private final Duration deadline;

    Playback(PlayParts parts, Duration deadline) {
        this.targets = parts.targets();
        this.interview = parts.interview();
        this.ranking = parts.ranking();
        this.sessions = parts.sessions();
        this.opaque = parts.opaque();
        this.upstreams = parts.upstreams();
        this.slots = parts.slots();
        this.rights = parts.rights();
        this.deadline = deadline;
    }

    /**
     * {@code GET} and {@code POST /Items/{Id}/PlaybackInfo}. Refused with 404 for an item or source not visible. Without
     * sources and with the {@code ErrorCode} {@code RateLimitExceeded} when every upstream that has the item plays as many
     * titles as it may, or the user does, unless the client says that it only wants to know.
     */
    public Reply info(Call call) {
        Caller caller = call.signedIn();
        String id = call.pathParam("Id");
        return Reply.json(answer(caller, id, Wish.of(call)).body());
    }

    /** The upstream behind a source that was just given out. */
    Optional<UpstreamId> upstreamOf(Caller caller, String source) {
        return targets.version(caller, source).map(Target::upstream);
    }

    /**
     * @param body {@code PlaybackInfoResponse}
     * @param ranked its sources in their order, with the reasons
     * @param refusal why there are none, when it is by a rule of the gateway's
     */
    record Answer(ObjectNode body, List<Ranked> ranked, Optional<Refused> refusal) {}

    Answer answer(Caller caller, String id, Wish wish) {
        Question question = question(caller, id, wish, wish.mayBePlayed());
        PlaySession session = sessions.open(caller, question.item().id());
        Outcome outcome = rights.plays(caller) ? decide(question, session) : Outcome.refused(Rights.refusal());
        ObjectNode answer = EmbyTables.PLAYBACK_INFO.clean(outcome.first());
        List<ObjectNode> sources = outcome.ranked().stream().map(Ranked::source).toList();
        Versions.name(sources, question.item().name());
        answer.putArray("MediaSources").addAll(sources);
        answer.put("PlaySessionId", session.id());
        if (sources.isEmpty()) {
            answer.put("ErrorCode", errorCode(outcome));
        }
        return new Answer(answer, outcome.ranked(), outcome.refusal());
    }

    private static String errorCode(Outcome outcome) {
        String code = outcome.first().path("ErrorCode").asText("");
        return outcome.refusal()
                .map(refused -> refused.status() == 429 ? "RateLimitExceeded" : "NotAllowed")
                .orElse(ERROR_CODES.contains(code) ? code : "NoCompatibleStream");
    }

    /** The versions in the order of preference with the reasons; asks nothing of any upstream but facts. */
    List<Ranked> ranked(Caller caller, String id) {
        Question question = question(caller, id, Wish.facts(), false);
        List<Ranked> ranked =
                decide(question, sessions.open(caller, question.item().id())).ranked();
        Versions.name(
                ranked.stream().map(Ranked::source).toList(), question.item().name());
        return ranked;
    }

    /**
     * What is asked, in the gateway's names.
     *
     * @param named the version that alone is wanted
     * @param pinned the version that the path names
     * @param plays whether it is asked in order to play
     */
    private record Question(
            Caller caller,
            MergedItem item,
            Wish wish,
            Optional<Target> named,
            Optional<Target> pinned,
            boolean plays,
            Viewing viewing) {
        /** Tracks are counted in each version by itself. */
        Question ofAnyVersion() {
            return new Question(caller, item, wish.withoutTracks(), Optional.empty(), Optional.empty(), plays, viewing);
        }
    }

    private Question question(Caller caller, String id, Wish wish, boolean plays) {
        MergedItem item = targets.item(caller, id);
        Optional<Target> named = wish.id("MediaSourceId").flatMap(source -> targets.version(caller, source));
        if (named.filter(t -> !t.item().equals(item.id())).isPresent()) {
            throw Refused.notFound();
        }
        return new Question(
                caller, item, wish, named, targets.version(caller, id), plays, Viewing.of(caller, item.id()));
    }

    /**
     * @param first the answer of the copy that came out first, for what else it says
     * @param refusal why the gateway gives none
     */
    private record Outcome(List<Ranked> ranked, ObjectNode first, Optional<Refused> refusal) {
        Outcome(List<Ranked> ranked, ObjectNode first) {
            this(ranked, first, Optional.empty());
        }

        /** Nothing was answered at all. */
        boolean isSilence() {
            return ranked.isEmpty() && first.isEmpty() && refusal.isEmpty();
        }

        static Outcome refused(Refused why) {
            return new Outcome(List.of(), EmbyJson.object(), Optional.of(why));
        }
    }

    private Outcome decide(Question question, PlaySession session) {
        Optional<OpaqueValues.Opaque> live = question.wish()
                .id("LiveStreamId")
                .map(text -> opaque.unwrap(OpaqueValues.Kind.LIVE_STREAM, question.caller(), text));
        return decide(question, session, holders(question, live.map(OpaqueValues.Opaque::upstream)), live);
    }

    private Outcome decide(
            Question question, PlaySession session, List<Holder> all, Optional<OpaqueValues.Opaque> live) {
        List<Holder> holders = question.plays() ? withRoom(question, all) : all;
        if (holders.isEmpty() && !all.isEmpty()) {
            return full(question, all.getFirst());
        }
        if (holders.size() == 1) {
            Holder only = holders.getFirst();
            Outcome told = only(question, session, only, live);
            return told.isSilence() && question.plays() && live.isEmpty()
                    ? standIn(question, session).orElse(told)
                    : told;
        }
        Map<Holder, Heard> heard = Together.ask(
                holders,
                deadline,
                ONE,
                h -> interview.ask(question.caller(), h, question.wish(), Map.of(), false, ONE));
        List<Ranked> ranked = rank(question, session, heard.values());
        if (question.wish().isPlayback()) {
            return chosen(question, session, heard, ranked);
        }
        return new Outcome(ranked, first(heard, ranked));
    }

    private Outcome only(Question question, PlaySession session, Holder only, Optional<OpaqueValues.Opaque> live) {
        return reserve(question, only.upstream()) ? single(question, session, only, live) : full(question, only);
    }

    /**
     * What plays in place of a named version whose server is gone: what looks like the very same file, else any other. Apps
     * that jump in a conversion, or try again after an error, name the version they have been playing.
     */
    private Optional<Outcome> standIn(Question question, PlaySession session) {
        return question.named()
                .flatMap(named -> targets.identical(question.caller(), named).stream()
                        .filter(same -> isElsewhere(same.upstream(), named))
                        .map(same -> only(question, session, Holder.only(same), Optional.empty()))
                        .filter(told -> !told.ranked().isEmpty())
                        .findFirst()
                        .or(() -> another(question.ofAnyVersion(), session, named)));
    }

    private Optional<Outcome> another(Question question, PlaySession session, Target named) {
        List<Holder> others = holders(question, Optional.empty()).stream()
                .filter(holder -> isElsewhere(holder.upstream(), named))
                .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(decide(question, session, others, Optional.empty()));
    }

    private boolean isElsewhere(UpstreamId upstream, Target gone) {
        return !upstream.equals(gone.upstream()) && upstreams.isOnline(upstream);
    }

    /** A full server's named version gives way to none but what looks like the very same file. */
    private List<Holder> withRoom(Question question, List<Holder> holders) {
        Occupancy occupancy = slots.occupancy(question.viewing());
        List<Holder> room = withRoom(question, occupancy, holders);
        return room.isEmpty() && question.named().isPresent()
                ? withRoom(
                        question,
                        occupancy,
                        targets.identical(question.caller(), question.named().get()).stream()
                                .filter(t -> upstreams.isOnline(t.upstream()))
                                .map(Holder::only)
                                .toList())
                : room;
    }

    private List<Holder> withRoom(Question question, Occupancy occupancy, List<Holder> holders) {
        return holders.stream()
                .filter(h -> slots.room(question.viewing(), h.upstream(), occupancy) == SlotTable.Outcome.TAKEN)
                .toList();
    }

    private Outcome full(Question question, Holder holder) {
        Viewing viewing = question.viewing();
        SlotTable.Outcome why = slots.room(viewing, holder.upstream(), slots.occupancy(viewing));
        return Outcome.refused(slots.refusal(why));
    }

    /** Whether there is a place for what will be played; there need be none for what is only asked about. */
    private boolean reserve(Question question, UpstreamId upstream) {
        return !question.wish().isPlayback()
                || slots.reserve(question.caller(), question.viewing(), upstream) == SlotTable.Outcome.TAKEN;
    }

    private List<Holder> holders(Question question, Optional<UpstreamId> live) {
        if (question.named().isPresent()) {
            return List.of(Holder.only(question.named().get()));
        }
        List<UpstreamId> routable = upstreams.routable(question.caller().visible());
        return targets.best(question.caller(), question.item()).stream()
                .map(Holder::of)
                .distinct()
                .filter(h -> live.map(h.upstream()::equals).orElseGet(() -> routable.contains(h.upstream())))
                .toList();
    }

    private Outcome single(Question question, PlaySession session, Holder holder, Optional<OpaqueValues.Opaque> live) {
        Map<String, String> ids = new LinkedHashMap<>();
        live.filter(l -> l.upstream().equals(holder.upstream())).ifPresent(l -> ids.put("LiveStreamId", l.value()));
        currentSession(question, holder).ifPresent(s -> ids.put("CurrentPlaySessionId", s));
        try {
            Heard heard = interview.ask(
                    question.caller(),
                    holder,
                    question.wish(),
                    ids,
                    question.wish().isPlayback(),
                    ONE);
            return new Outcome(rank(question, session, List.of(heard)), heard.answer());
        } catch (UpstreamFailed failed) {
            return new Outcome(List.of(), EmbyJson.object());
        }
    }

    private Optional<String> currentSession(Question question, Holder holder) {
        return question.wish()
                .id("CurrentPlaySessionId")
                .flatMap(named -> sessions.find(question.caller(), named))
                .flatMap(found -> found.session().bindings().stream()
                        .filter(b -> b.target().upstream().equals(holder.upstream()))
                        .map(Binding::upstreamSession)
                        .findFirst());
    }

    private List<Ranked> rank(Question question, PlaySession session, Collection<Heard> heard) {
        Ranking.Round round = ranking.round(question.caller(), question.item());
        List<Ranked> ranked = new ArrayList<>();
        for (Heard answer : heard) {
            List<Interview.Shown> shown =
                    interview.show(question.caller(), session, question.item().id(), answer);
            for (int i = 0; i < shown.size(); i++) {
                Interview.Shown one = shown.get(i);
                ranked.add(ranking.rank(one.source(), one.target(), question.wish(), question.pinned(), round, i));
            }
        }
        return ranked.stream().sorted().toList();
    }

    /** Tells the first choice that it will be played; one that does not take it gives way to the next. */
    private Outcome chosen(Question question, PlaySession session, Map<Holder, Heard> heard, List<Ranked> ranked) {
        List<Ranked> left = new ArrayList<>(ranked);
        while (!left.isEmpty()) {
            Ranked best = left.getFirst();
            UpstreamId upstream = best.target().upstream();
            boolean placed = reserve(question, upstream);
            Outcome told = placed
                    ? single(question, session, Holder.only(best.target()), Optional.empty())
                    : full(question, Holder.only(best.target()));
            if (!told.ranked().isEmpty()) {
                left.removeFirst();
                left.addAll(0, told.ranked());
                return new Outcome(left, told.first());
            }
            left.removeIf(r -> r.target().upstream().equals(upstream));
            if (left.isEmpty() && !placed) {
                return told;
            }
        }
        return new Outcome(List.of(), first(heard, List.of()));
    }

    private static ObjectNode first(Map<Holder, Heard> heard, List<Ranked> ranked) {
        return heard.values().stream()
                .filter(h -> ranked.isEmpty()
                        || h.holder()
                                .upstream()
                                .equals(ranked.getFirst().target().upstream()))
                .findFirst()
                .map(Heard::answer)
                .orElseGet(EmbyJson::object);
    }
}
