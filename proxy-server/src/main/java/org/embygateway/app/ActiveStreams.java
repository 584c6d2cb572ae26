package org.embygateway.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.ByteSpan;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;

/** Which upstreams people are streaming from: crawls make room for them. */
final class ActiveStreams {
    /** Segments of a playlist are fetched one by one: between two of them the stream still runs. */
    private static final Duration BETWEEN_SEGMENTS = Duration.ofSeconds(20);

    private final Clock clock;
    private final Map<UpstreamId, Use> uses = new ConcurrentHashMap<>();

    private record Use(int open, Instant lastEnded) {}

    ActiveStreams(Clock clock) {
        this.clock = clock;
    }

    boolean isStreaming(UpstreamId upstream) {
        Use use = uses.get(upstream);
        return use != null
                && (use.open() > 0 || use.lastEnded().plus(BETWEEN_SEGMENTS).isAfter(clock.instant()));
    }

    /** How many bodies are being moved now. */
    int open() {
        return uses.values().stream().mapToInt(Use::open).sum();
    }

    /** The reply, noticed while it runs if it is a relay. */
    Reply noticed(Reply reply) {
        return reply instanceof Reply.Relay(var media) ? new Reply.Relay(new Noticed(media)) : reply;
    }

    private void begin(UpstreamId upstream) {
        uses.merge(upstream, new Use(1, Instant.EPOCH), (use, one) -> new Use(use.open() + 1, use.lastEnded()));
    }

    private void end(UpstreamId upstream) {
        uses.computeIfPresent(upstream, (id, use) -> new Use(use.open() - 1, clock.instant()));
    }

    private final class Noticed implements MediaRelay {
        private final MediaRelay media;
        private Optional<UpstreamId> current = Optional.empty();
        private boolean over;

        Noticed(MediaRelay media) {
            this.media = media;
        }

        @Override
        public Optional<RelaySource> next(Optional<RelayFailure> failure) {
            use(Optional.empty());
            Optional<RelaySource> source = media.next(failure);
            use(source.map(RelaySource::upstream));
            return source;
        }

        @Override
        public Optional<RelaySource> rest(RelaySource broken, ByteSpan missing) {
            Optional<RelaySource> source = media.rest(broken, missing);
            use(source.map(RelaySource::upstream));
            return source;
        }

        /** The client may have left while a source was looked for. */
        private synchronized void use(Optional<UpstreamId> upstream) {
            current.ifPresent(ActiveStreams.this::end);
            current = over ? Optional.empty() : upstream;
            current.ifPresent(ActiveStreams.this::begin);
        }

        @Override
        public void broke(RelaySource source, boolean silent) {
            media.broke(source, silent);
        }

        @Override
        public void sent(long bytes) {
            media.sent(bytes);
        }

        @Override
        public String entityTag(RelaySource source, String tag) {
            return media.entityTag(source, tag);
        }

        @Override
        public void finished(RelayEnd end) {
            finish();
            media.finished(end);
        }

        private synchronized void finish() {
            over = true;
            use(Optional.empty());
        }
    }
}
