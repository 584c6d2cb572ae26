package org.embygateway.index.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;

/**
 * Spares the database a write for each request: the same news of the same subject is noted again after half a minute
 * only.
 *
 * @param <S> of whom
 * @param <N> the news
 */
final class LastNoted<S, N> {
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int SUBJECTS = 10_000;

    private final Cache<S, Note<N>> notes =
            Caffeine.newBuilder().maximumSize(SUBJECTS).build();

    private record Note<N>(N news, Instant at) {}

    /** True when it is worth a write; it then counts as noted. */
    boolean isNews(S subject, N news, Instant at) {
        Note<N> last = notes.getIfPresent(subject);
        if (last != null && last.news().equals(news) && at.isBefore(last.at().plus(PAUSE))) {
            return false;
        }
        notes.put(subject, new Note<>(news, at));
        return true;
    }
}
