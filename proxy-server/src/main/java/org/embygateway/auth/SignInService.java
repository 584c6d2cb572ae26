package org.embygateway.auth;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.embygateway.index.SignIn;
import org.embygateway.index.SignIns;
import org.embygateway.index.UserRecord;
import org.embygateway.index.Users;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Refused;

/**
 * Signing in and out. A sign-in is one token; the same user, app and device has one session however often it signs in,
 * and its earlier tokens stay good, since widgets and casting receivers keep copies of them.
 */
public final class SignInService {
    private static final String WRONG = "Invalid username or password entered. Please try again.";
    private static final int TOKENS_PER_SESSION = 10;

    private final Users users;
    private final SignIns signIns;
    private final Passwords passwords;
    private final Throttle throttle;
    private final Clock clock;
    /** Hashing is slow on purpose: a flood of guesses must not take all processors. */
    private final Semaphore turns = new Semaphore(2, true);

    public SignInService(Users users, SignIns signIns, Passwords passwords, Throttle throttle, Clock clock) {
        this.users = users;
        this.signIns = signIns;
        this.passwords = passwords;
        this.throttle = throttle;
        this.clock = clock;
    }

    /**
     * Refused with 401 for a wrong name or password, 403 for a disabled user, 429 after too many failures from the
     * address.
     */
    public SignedIn byName(String name, Secret password, ClientIdentity client, String address) {
        return signIn(users.named(name.trim()), name.trim(), password, client, address);
    }

    /** As {@link #byName}, for a client that shows the users to choose from. */
    public SignedIn byId(UserId id, Secret password, ClientIdentity client, String address) {
        Optional<UserRecord> user = users.find(id);
        return signIn(user, user.map(UserRecord::name).orElse(id.value()), password, client, address);
    }

    private SignedIn signIn(
            Optional<UserRecord> candidate, String name, Secret password, ClientIdentity client, String address) {
        UserRecord user = proven(candidate, name, password, address);
        if (user.disabled()) {
            throw new Refused(403, "This user account is disabled.");
        }
        Secret token = new Secret(Hex32.random());
        ClientIdentity device = complete(client, user.id(), address);
        String session = sessionIdOf(user.id(), device);
        SignIn signIn = signIns.add(user.id(), session, device, token, clock.instant());
        users.seen(user.id(), clock.instant(), true);
        removeOldest(user.id(), session);
        return new SignedIn(users.find(user.id()).orElse(user), signIn, token);
    }

    /** Checks under the throttle: the user whose password it is, or a refusal. */
    private UserRecord proven(Optional<UserRecord> candidate, String name, Secret password, String address) {
        turns.acquireUninterruptibly();
        try {
            throttle.check(address);
            if (!passwords.matches(candidate, password)) {
                throttle.failed(address, name);
                throw new Refused(401, WRONG);
            }
            throttle.succeeded(address, name);
            return candidate.orElseThrow();
        } finally {
            turns.release();
        }
    }

    /** Clients without a device id are told apart by what else is known of them. */
    private static ClientIdentity complete(ClientIdentity client, UserId user, String address) {
        String app = client.client().isEmpty() ? "Unknown" : client.client();
        String device = client.device().isEmpty() ? app : client.device();
        String id = client.deviceId().isEmpty()
                ? Hex32.of("device:%s|%s|%s|%s".formatted(app, device, user, address))
                : client.deviceId();
        return new ClientIdentity(app, device, id, client.version());
    }

    /** The session of a user with an app on a device: the same for ever, and no one can tell the parts from it. */
    static String sessionIdOf(UserId user, ClientIdentity client) {
        return Hex32.of("session:%s|%s|%s".formatted(user, client.client(), client.deviceId()));
    }

    private void removeOldest(UserId user, String session) {
        List<SignIn> same = signIns.of(user).stream()
                .filter(s -> s.sessionId().equals(session))
                .sorted(Comparator.comparing(SignIn::lastSeen).thenComparing(SignIn::id))
                .toList();
        same.stream().limit(Math.max(0, same.size() - TOKENS_PER_SESSION)).forEach(s -> signIns.remove(s.id()));
    }

    /** Ends one sign-in; the user's other devices stay. */
    public void signOut(SignIn signIn) {
        signIns.remove(signIn.id());
    }

    /**
     * Sets a new password and ends the user's other sign-ins. Refused with 400 when the current one is wrong (a 401
     * would make apps forget the login), 429 after too many failures.
     *
     * @param keep the sign-in that asks
     */
    public void changePassword(UserId id, Secret current, Secret next, SignIn keep, String address) {
        UserRecord user = users.find(id).orElseThrow(() -> new Refused(404, "User not found."));
        try {
            proven(Optional.of(user), user.name(), current, address);
        } catch (Refused e) {
            throw e.status() == 401 ? new Refused(400, "The current password is wrong.") : e;
        }
        setPassword(user, next);
        signIns.removeOthers(id, keep.id());
    }

    /** Sets a password as an administrator does, without knowing the old one; ends all sign-ins of the user. */
    public void resetPassword(UserId id, Secret next) {
        UserRecord user = users.find(id).orElseThrow(() -> new Refused(404, "User not found."));
        setPassword(user, next);
        signIns.removeAll(id);
    }

    private void setPassword(UserRecord user, Secret next) {
        users.update(new UserRecord(
                user.id(),
                user.name(),
                passwords.hash(next),
                user.admin(),
                user.disabled(),
                user.access(),
                user.configuration(),
                user.created(),
                user.lastLogin(),
                user.lastActivity()));
    }
}
