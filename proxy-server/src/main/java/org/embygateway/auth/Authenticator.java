package org.embygateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.embygateway.index.SignIn;
import org.embygateway.index.SignIns;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UserRecord;
import org.embygateway.index.Users;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.protocol.WouldWait;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds who is behind a token, opaque or JWT, wherever the request carries it. What was found is kept for a few
 * seconds, but never past {@link #forget}: a revoked token or a disabled user stops with the next request.
 */
public final class Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);
    private static final int MAX_KEPT = 20_000;

    private final SignIns signIns;
    private final Users users;
    private final Jwts jwts;
    private final Supplier<Set<UpstreamId>> upstreams;
    private final Clock clock;
    private final AtomicLong generation = new AtomicLong();
    private final Cache<Secret, Known> known =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MAX_KEPT).build();
    private final Cache<Long, ClientIdentity> noted = Caffeine.newBuilder()
            .expireAfterWrite(BETWEEN_NOTES)
            .maximumSize(MAX_KEPT)
            .build();

    private record Known(long generation, SignIn signIn, UserRecord user) {}

    /** @param upstreams those that exist now, asked with each request */
    public Authenticator(SignIns signIns, Users users, Jwts jwts, Supplier<Set<UpstreamId>> upstreams, Clock clock) {
        this.signIns = signIns;
        this.users = users;
        this.jwts = jwts;
        this.upstreams = upstreams;
        this.clock = clock;
    }

    /** Empty without a token, for an unknown or revoked one, and for a disabled or removed user. */
    public Optional<Caller> callerOf(Headers headers, Params query) {
        return callerOf(Credentials.of(headers, query));
    }

    public Optional<Caller> callerOf(Credentials credentials) {
        return credentials.token().flatMap(token -> callerOf(token, credentials.identity()));
    }

    private Optional<Caller> callerOf(Secret token, ClientIdentity said) {
        return find(token).filter(k -> !k.user().disabled()).map(k -> {
            ClientIdentity client = refreshed(k.signIn().client(), said);
            note(k.signIn(), client);
            return new Caller(
                    k.user().id(),
                    k.user().name(),
                    k.user().admin(),
                    k.signIn().sessionId(),
                    client,
                    token,
                    k.user().access().among(upstreams.get()));
        });
    }

    /** The sign-in behind the token of a caller; empty when it was revoked since. */
    public Optional<SignIn> signInOf(Secret token) {
        return find(token).map(Known::signIn);
    }

    /** Whether requests with the token are still let in. */
    public boolean isGood(Secret token) {
        return find(token).filter(k -> !k.user().disabled()).isPresent();
    }

    /** What the user may see now; nothing when there is no such user. */
    public Visible visibleTo(UserId user) {
        return users.find(user)
                .filter(u -> !u.disabled())
                .map(u -> u.access().among(upstreams.get()))
                .orElse(Visible.NOTHING);
    }

    /** Whether the user was granted all upstreams there are. */
    public boolean seesAll(UserId user) {
        return users.find(user)
                .filter(u -> u.access() instanceof UpstreamAccess.All)
                .isPresent();
    }

    /** Makes every next request look again: to be called after any change of users or sign-ins. */
    public void forget() {
        generation.incrementAndGet();
    }

    private Optional<Known> find(Secret token) {
        long now = generation.get();
        Known kept = known.getIfPresent(token);
        if (kept != null && kept.generation() == now) {
            return Optional.of(kept);
        }
        Optional<Known> found = load(token, now);
        found.ifPresent(k -> known.put(token, k));
        return found;
    }

    private Optional<Known> load(Secret token, long now) {
        OptionalLong named = jwts.signInOf(token);
        Optional<SignIn> signIn = named.isPresent() ? signIns.byId(named.getAsLong()) : signIns.byToken(token);
        return signIn.flatMap(s -> users.find(s.user()).map(user -> new Known(now, s, user)));
    }

    /** Name and version of the same device may change; app and device of a sign-in never do. */
    private static ClientIdentity refreshed(ClientIdentity kept, ClientIdentity said) {
        boolean same = said.deviceId().equals(kept.deviceId()) && said.client().equals(kept.client());
        return !same
                ? kept
                : new ClientIdentity(
                        kept.client(),
                        said.device().isEmpty() ? kept.device() : said.device(),
                        kept.deviceId(),
                        said.version().isEmpty() ? kept.version() : said.version());
    }

    private void note(SignIn signIn, ClientIdentity client) {
        if (noted.getIfPresent(signIn.id()) != null) {
            return;
        }
        WouldWait.check();
        if (noted.asMap().putIfAbsent(signIn.id(), client) != null) {
            return;
        }
        try {
            signIns.seen(signIn.id(), client, clock.instant());
            users.seen(signIn.user(), clock.instant(), false);
        } catch (RuntimeException e) {
            // A database that cannot be written must not sign anybody out.
            LOG.warn("The time of a request could not be kept: {}", e.toString());
        }
    }
}
