package org.embygateway.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;
import org.embygateway.index.UserRights;
import org.embygateway.index.Users;
import org.embygateway.protocol.UserId;

/** What people may do, read once: every piece of a stream asks. */
final class KnownRights implements Function<UserId, UserRights> {
    private static final int MAX_KEPT = 10_000;

    private final Users users;
    private final Cache<UserId, UserRights> kept =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).build();

    KnownRights(Users users) {
        this.users = users;
    }

    @Override
    public UserRights apply(UserId user) {
        return kept.get(user, users::rights);
    }

    void forget(UserId user) {
        kept.invalidate(user);
    }
}
