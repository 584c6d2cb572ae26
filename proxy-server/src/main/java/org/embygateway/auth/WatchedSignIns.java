package org.embygateway.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embygateway.index.SignIn;
import org.embygateway.index.SignIns;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UserId;

/** The sign-ins, telling of each end of one. */
public final class WatchedSignIns implements SignIns {
    private final SignIns store;
    private final Runnable ended;

    /** @param ended run after sign-ins were removed */
    public WatchedSignIns(SignIns store, Runnable ended) {
        this.store = store;
        this.ended = ended;
    }

    @Override
    public SignIn add(UserId user, String sessionId, ClientIdentity client, Secret token, Instant now) {
        return store.add(user, sessionId, client, token, now);
    }

    @Override
    public Optional<SignIn> byToken(Secret token) {
        return store.byToken(token);
    }

    @Override
    public Optional<SignIn> byId(long id) {
        return store.byId(id);
    }

    @Override
    public List<SignIn> of(UserId user) {
        return store.of(user);
    }

    @Override
    public List<SignIn> all() {
        return store.all();
    }

    @Override
    public void seen(long id, ClientIdentity client, Instant at) {
        store.seen(id, client, at);
    }

    @Override
    public void remove(long id) {
        store.remove(id);
        ended.run();
    }

    @Override
    public void removeOthers(UserId user, long keep) {
        store.removeOthers(user, keep);
        ended.run();
    }

    @Override
    public void removeAll(UserId user) {
        store.removeAll(user);
        ended.run();
    }
}
