package org.embygateway.play;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.embygateway.index.MergedItem;
import org.embygateway.index.StoreUnavailable;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.WouldWait;
import org.embygateway.route.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The play sessions: from the ids that clients name to the upstreams' own. Sessions given out by the gateway have
 * unguessable ids; ids that clients make up are told apart by user and device. A session is written to the store when it
 * is first used, so that a stop after a restart still reaches its upstream; playing does not depend on it.
 */
public final class PlaySessions {
    private static final Logger LOG = LoggerFactory.getLogger(PlaySessions.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MOST = 50_000;
    /** Makes the ids of sessions that clients named none that a request could carry: those can be worked out. */
    private static final String NAMED_BY_CLIENT = "-own";
    /** What the store says of an alias: the session's id follows. */
    private static final String ALIAS_OF = "=";

    private final PlaySessionStore store;
    private final Owners owners;
    private final Clock clock;
    private final Cache<String, PlaySession> sessions = cache();
    private final Cache<String, String> aliases = cache();
    private final Cache<String, UpstreamId> lastUsed = cache();
    private final Cache<ItemId, ItemId> seasons = cache();
    private final Cache<String, Boolean> stored = cache();

    public PlaySessions(PlaySessionStore store, Owners owners, Clock clock) {
        this.store = store;
        this.owners = owners;
        this.clock = clock;
    }

    private static <K, V> Cache<K, V> cache() {
        return Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();
    }

    /** A session and the binding that an id named, if it named one. */
    record Found(PlaySession session, Optional<Binding> binding) {}

    PlaySession open(Caller caller, ItemId item) {
        return put(session(Hex32.random(), caller, item));
    }

    private static PlaySession session(String id, Caller caller, ItemId item) {
        return new PlaySession(id, caller.user(), caller.sessionId(), caller.client(), item, List.of());
    }

    /** The session that the caller calls so: one of the gateway's, or one the caller made up and used before. */
    Optional<Found> find(Caller caller, String named) {
        String own = own(caller, named);
        return Optional.ofNullable(sessions.getIfPresent(own))
                .map(s -> new Found(s, Optional.empty()))
                .or(() -> given(named).filter(f -> f.session().user().equals(caller.user())))
                .or(() -> load(own).map(s -> new Found(s, Optional.empty())));
    }

    /** As {@link #find}; an id not seen before starts a session that the client named. */
    PlaySession findOrStart(Caller caller, String named, ItemId item) {
        return find(caller, named)
                .map(Found::session)
                .orElseGet(() -> named.isEmpty() ? open(caller, item) : put(session(own(caller, named), caller, item)));
    }

    /**
     * The user behind a session of the gateway's, for requests that carry nothing but its id. Ids that clients made up
     * prove nothing.
     */
    public Optional<Caller> callerOf(String playSessionId) {
        return given(playSessionId)
                .map(Found::session)
                .flatMap(s -> owners.caller(s.user(), s.userSession(), s.client()));
    }

    private Optional<Found> given(String named) {
        return Hex32.parse(named).flatMap(id -> session(id).map(s -> new Found(s, s.aliased(id))));
    }

    private Optional<PlaySession> session(String id) {
        String aliased = aliases.getIfPresent(id);
        return aliased == null ? load(id) : load(aliased);
    }

    private Optional<PlaySession> load(String id) {
        PlaySession known = sessions.getIfPresent(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> text = store.find(id);
        Optional<PlaySession> kept = text.filter(t -> t.startsWith(ALIAS_OF))
                .map(t -> store.find(t.substring(ALIAS_OF.length())))
                .orElse(text)
                .flatMap(PlaySessionText::read);
        kept.ifPresent(this::put);
        return kept;
    }

    private PlaySession put(PlaySession session) {
        session.bindings().forEach(b -> aliases.put(b.alias(), session.id()));
        sessions.put(session.id(), session);
        return session;
    }

    /** The session's binding to the target; one that is new, or tied to another session there, is added. */
    Binding bind(PlaySession session, Target target, Optional<String> upstreamSession) {
        PlaySession now = sessions.asMap().compute(session.id(), (id, kept) -> {
            PlaySession current = kept == null ? session : kept;
            Optional<Binding> there = current.bindingFor(target);
            boolean fits = there.isPresent()
                    && upstreamSession
                            .filter(s -> !s.equals(there.get().upstreamSession()))
                            .isEmpty();
            return fits ? current : current.with(newBinding(current, target, there, upstreamSession));
        });
        Binding binding = now.bindingFor(target).orElseThrow();
        aliases.put(binding.alias(), session.id());
        return binding;
    }

    private static Binding newBinding(
            PlaySession session, Target target, Optional<Binding> before, Optional<String> upstreamSession) {
        String named = upstreamSession.orElseGet(() -> Hex32.of("play\n" + session.id() + "\n" + target.upstream()));
        return before.map(b -> new Binding(b.alias(), target, named)).orElseGet(() -> Binding.of(target, named));
    }

    /** Notes that bytes, a playlist or a report went through the binding. */
    void used(PlaySession session, Binding binding) {
        used(
                session.user(),
                session.client().deviceId(),
                session.item(),
                binding.target().upstream());
        if (stored.getIfPresent(binding.alias()) != null) {
            return;
        }
        WouldWait.check();
        if (stored.asMap().putIfAbsent(binding.alias(), true) == null) {
            try {
                PlaySession now = load(session.id()).orElse(session);
                store.put(now.id(), PlaySessionText.write(now), clock.instant().plus(KEPT));
                store.put(binding.alias(), ALIAS_OF + now.id(), clock.instant().plus(KEPT));
            } catch (StoreUnavailable e) {
                stored.invalidate(binding.alias());
                LOG.warn("A play session will not survive a restart: {}", e.getMessage());
            }
        }
    }

    /** Notes where a device got an item from without naming a session. */
    void used(Caller caller, Target target) {
        used(caller.user(), caller.client().deviceId(), target.item(), target.upstream());
    }

    private void used(UserId user, String device, ItemId item, UpstreamId upstream) {
        lastUsed.put(place(user, device, item), upstream);
        Optional.ofNullable(seasons.getIfPresent(item))
                .ifPresent(season -> lastUsed.put(place(user, device, season), upstream));
    }

    /** Where the caller's device played before; from now on what it plays of the item counts for its season too. */
    Past past(Caller caller, MergedItem item) {
        item.season().ifPresent(season -> seasons.put(item.id(), season));
        return new Past(lastUsed(caller, item.id()), item.season().flatMap(season -> lastUsed(caller, season)));
    }

    /** Where the caller's device last got the item from. */
    Optional<UpstreamId> lastUsed(Caller caller, ItemId item) {
        return Optional.ofNullable(
                lastUsed.getIfPresent(place(caller.user(), caller.client().deviceId(), item)));
    }

    private static String own(Caller caller, String named) {
        return Hex32.of("own\n" + caller.user() + "\n" + caller.client().deviceId() + "\n" + named) + NAMED_BY_CLIENT;
    }

    private static String place(UserId user, String device, ItemId item) {
        return user + "\n" + device + "\n" + item;
    }
}
