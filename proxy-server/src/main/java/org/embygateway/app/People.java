package org.embygateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.embygateway.auth.Authenticator;
import org.embygateway.auth.Jwts;
import org.embygateway.auth.Passwords;
import org.embygateway.auth.Setup;
import org.embygateway.auth.SignInService;
import org.embygateway.auth.Throttle;
import org.embygateway.auth.WatchedSignIns;
import org.embygateway.auth.WatchedUsers;
import org.embygateway.config.Config;
import org.embygateway.index.SignIns;
import org.embygateway.index.Store;
import org.embygateway.index.UserRecord;
import org.embygateway.index.UserRights;
import org.embygateway.index.Users;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;

/**
 * Who may sign in, and who is signed in.
 *
 * @param users any change of one makes {@code authenticator} look again
 * @param rights what people may do: every piece of a stream asks
 */
record People(
        Users users,
        SignIns signIns,
        KnownByUser<JsonNode> configurations,
        KnownByUser<UserRights> rights,
        Jwts jwts,
        Authenticator authenticator,
        SignInService signIn,
        Setup setup) {
    private static final int BCRYPT_COST = 10;

    /**
     * @param encryptionKey also signs tokens where the configuration names no key for that
     * @param upstreams those that exist now
     */
    static People of(
            Store store, Config config, Secret encryptionKey, Supplier<Set<UpstreamId>> upstreams, Clock clock) {
        AtomicReference<Runnable> forget = new AtomicReference<>(() -> {});
        KnownByUser<JsonNode> configurations = KnownConfigurations.of(store.users());
        KnownByUser<UserRights> rights = new KnownByUser<>(store.users()::rights);
        Users users = new WatchedUsers(store.users(), changed -> {
            configurations.forget(changed);
            rights.forget(changed);
            forget.get().run();
        });
        WatchedSignIns signIns =
                new WatchedSignIns(store.signIns(), () -> forget.get().run());
        Secret key = config.jwt().secret().orElseGet(() -> signingKey(encryptionKey));
        Jwts jwts = new Jwts(key, Optional.of(config.jwt().expire()), clock);
        Authenticator authenticator = new Authenticator(signIns, users, jwts, upstreams, clock);
        forget.set(authenticator::forget);
        Passwords passwords = new Passwords(BCRYPT_COST);
        Throttle throttle = new Throttle(
                config.security().loginAttempts(), config.security().loginWindow());
        Setup setup = new Setup(users, passwords, throttle, clock);
        SignInService signIn = new SignInService(users, signIns, passwords, throttle, clock);
        return new People(users, signIns, configurations, rights, jwts, authenticator, signIn, setup);
    }

    /** The user behind a play session, as that user stands now, without a token; empty once the device signed out. */
    Optional<Caller> owner(UserId id, String session, ClientIdentity client) {
        return users.find(id)
                .filter(user -> !user.disabled() && isSignedIn(id, session))
                .map(user -> new Caller(
                        id, user.name(), user.admin(), session, client, new Secret(""), authenticator.visibleTo(id)));
    }

    /** What those may see who were here lately, the last first. */
    List<Visible> lately(Instant since) {
        return users.all().stream()
                .filter(user -> !user.disabled()
                        && user.lastActivity().filter(since::isBefore).isPresent())
                .sorted(Comparator.comparing(
                                (UserRecord user) -> user.lastActivity().orElseThrow())
                        .reversed())
                .map(user -> authenticator.visibleTo(user.id()))
                .distinct()
                .toList();
    }

    private boolean isSignedIn(UserId id, String session) {
        return signIns.of(id).stream().anyMatch(signIn -> signIn.sessionId().equals(session));
    }

    /** Never kept: who has the database alone cannot sign. */
    private static Secret signingKey(Secret encryptionKey) {
        return new Secret(Hex32.of("jwt 1 " + encryptionKey.value()) + Hex32.of("jwt 2 " + encryptionKey.value()));
    }
}
