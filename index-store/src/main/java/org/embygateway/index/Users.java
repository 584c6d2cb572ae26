package org.embygateway.index;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.UserId;

/** The people who may sign in. Names are unique without regard to case. */
public interface Users {
    List<UserRecord> all();

    Optional<UserRecord> find(UserId id);

    Optional<UserRecord> named(String name);

    /** Throws {@link IllegalArgumentException} when the name is taken. */
    void add(UserRecord user);

    /** Replaces everything but the id. */
    void update(UserRecord user);

    void remove(UserId id);

    /** {@link UserRights#DEFAULT} unless an administrator said otherwise. */
    UserRights rights(UserId id);

    void putRights(UserId id, UserRights rights);

    void seen(UserId id, Instant at, boolean login);
}
