package org.embygateway.protocol.sim;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Hex32;

/** The accounts of a simulated server and their sign-ins. */
final class SimAccounts {
    private final String server;
    private final Face face;
    private final Map<String, SimUser> byName = new ConcurrentHashMap<>();
    private final Map<String, SimSession> byToken = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> everIssued = new ConcurrentLinkedQueue<>();

    SimAccounts(String server, Face face) {
        this.server = server;
        this.face = face;
    }

    SimUser add(String name, String password) {
        return byName.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new SimUser(server, name, password));
    }

    Collection<SimUser> users() {
        return List.copyOf(byName.values());
    }

    Optional<SimUser> named(String name) {
        return Optional.ofNullable(byName.get(name.trim().toLowerCase(Locale.ROOT)));
    }

    Optional<SimUser> withId(String id) {
        String plain = id.replace("-", "").toLowerCase(Locale.ROOT);
        return byName.values().stream().filter(u -> u.id.equals(plain)).findFirst();
    }

    /** Emby gives the same token to the same user and device again, Jellyfin takes the old one away. */
    synchronized SimSession signIn(SimUser user, ClientIdentity identity) {
        Optional<SimSession> earlier = byToken.values().stream()
                .filter(s -> s.user == user && s.identity.deviceId().equals(identity.deviceId()))
                .findFirst();
        if (earlier.isPresent() && !face.isJellyfin()) {
            earlier.get().identity = identity;
            return earlier.get();
        }
        earlier.ifPresent(s -> byToken.remove(s.token));
        SimSession session = new SimSession(Hex32.random(), user, identity);
        byToken.put(session.token, session);
        everIssued.add(session.token);
        return session;
    }

    /** The live sign-in with that token. */
    Optional<SimSession> withToken(String token) {
        return Optional.ofNullable(byToken.get(token)).filter(s -> !s.user.disabled);
    }

    void signOut(SimSession session) {
        byToken.remove(session.token);
    }

    void expireAll() {
        byToken.clear();
    }

    Collection<SimSession> sessions() {
        return List.copyOf(byToken.values());
    }

    Collection<String> tokensEverIssued() {
        return List.copyOf(everIssued);
    }
}
