package org.embygateway.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;
import org.embygateway.protocol.UserId;

/** Something of each user that is asked for very often, read once until it is forgotten. */
final class KnownByUser<T> implements Function<UserId, T> {
    private static final int MAX_KEPT = 10_000;

    private final Function<UserId, T> reader;
    private final Cache<UserId, T> kept =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).build();

    KnownByUser(Function<UserId, T> reader) {
        this.reader = reader;
    }

    @Override
    public T apply(UserId user) {
        return kept.get(user, reader);
    }

    void forget(UserId user) {
        kept.invalidate(user);
    }
}
