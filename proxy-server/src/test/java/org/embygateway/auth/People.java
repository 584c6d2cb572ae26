package org.embygateway.auth;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UserRecord;
import org.embygateway.index.sql.Stores;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;

/** A gateway's users and sign-ins on a real database, for tests. */
public final class People implements AutoCloseable {
    public static final Set<UpstreamId> UPSTREAMS = Set.of(new UpstreamId(1), new UpstreamId(2));

    public final Store store;
    public final Passwords passwords = new Passwords(4);
    public final Throttle throttle = new Throttle(5, Duration.ofMinutes(15));
    public final Jwts jwts;
    public final Authenticator authenticator;
    public final WatchedUsers users;
    public final WatchedSignIns signIns;
    public final SignInService signIn;
    public final Setup setup;

    public People(Path folder, Clock clock) {
        store = Stores.open(StoreOptions.sqlite(folder.resolve("people.db").toString(), new Secret("a key for tests")));
        jwts = new Jwts(new Secret("a signing key for tests, long enough"), Optional.of(Duration.ofHours(24)), clock);
        authenticator = new Authenticator(store.signIns(), store.users(), jwts, () -> UPSTREAMS, clock);
        users = new WatchedUsers(store.users(), user -> authenticator.forget());
        signIns = new WatchedSignIns(store.signIns(), authenticator::forget);
        signIn = new SignInService(users, signIns, passwords, throttle, clock);
        setup = new Setup(users, passwords, throttle, clock);
    }

    public UserRecord add(String name, String password) {
        return add(name, password, false);
    }

    public UserRecord addAdmin(String name, String password) {
        return add(name, password, true);
    }

    private UserRecord add(String name, String password, boolean admin) {
        UserRecord user = new UserRecord(
                UserId.random(),
                name,
                passwords.hash(new Secret(password)),
                admin,
                false,
                new UpstreamAccess.All(),
                "{}",
                Clock.systemUTC().instant(),
                Optional.empty(),
                Optional.empty());
        users.add(user);
        return user;
    }

    /** Signs in on the device; the caller of its requests. */
    public Caller signIn(String name, String password, ClientIdentity device) {
        SignedIn signedIn = signIn.byName(name, new Secret(password), device, "203.0.113.7");
        return caller(signedIn.token()).orElseThrow();
    }

    public Optional<Caller> caller(Secret token) {
        return authenticator.callerOf(new Credentials(Optional.of(token), ClientIdentity.UNKNOWN));
    }

    @Override
    public void close() {
        store.close();
    }
}
