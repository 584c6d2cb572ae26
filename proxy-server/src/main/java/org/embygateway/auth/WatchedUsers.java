package org.embygateway.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.embygateway.index.UserRecord;
import org.embygateway.index.UserRights;
import org.embygateway.index.Users;
import org.embygateway.protocol.UserId;

/** The users, telling of each change: whoever changes one through this cannot forget that others keep copies. */
public final class WatchedUsers implements Users {
    private final Users store;
    private final Consumer<UserId> changed;

    /** @param changed told after a user was replaced or removed */
    public WatchedUsers(Users store, Consumer<UserId> changed) {
        this.store = store;
        this.changed = changed;
    }

    @Override
    public List<UserRecord> all() {
        return store.all();
    }

    @Override
    public Optional<UserRecord> find(UserId id) {
        return store.find(id);
    }

    @Override
    public Optional<UserRecord> named(String name) {
        return store.named(name);
    }

    @Override
    public void add(UserRecord user) {
        store.add(user);
    }

    @Override
    public void update(UserRecord user) {
        store.update(user);
        changed.accept(user.id());
    }

    @Override
    public void remove(UserId id) {
        store.remove(id);
        changed.accept(id);
    }

    @Override
    public UserRights rights(UserId id) {
        return store.rights(id);
    }

    @Override
    public void putRights(UserId id, UserRights rights) {
        store.putRights(id, rights);
        changed.accept(id);
    }

    @Override
    public void seen(UserId id, Instant at, boolean login) {
        store.seen(id, at, login);
    }
}
