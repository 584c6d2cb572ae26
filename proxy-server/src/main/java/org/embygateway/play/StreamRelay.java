package org.embygateway.play;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.embygateway.route.ByteSpan;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream: its copy, those that may stand in before the first byte, and those that may go on with it. A refused sign-in is renewed once per copy.
 * Asked by one thread at a time.
 */
final class StreamRelay implements MediaRelay {
    private static final Logger LOG = LoggerFactory.getLogger(StreamRelay.class);

    private final UpstreamCalls calls;
    private final Actor actor;
    private final Deque<Target> left;
    private final Function<Target, RelaySource> open;
    private final Consumer<RelayEnd> whenOver;
    private final EntityTags tags;
    private final Optional<Rest> rest;
    private final Set<Target> used = new HashSet<>();
    private Optional<Target> current = Optional.empty();
    private boolean renewed;

    /**
     * @param open makes the source of a copy
     * @param rest empty when no copy can go on with another's bytes
     */
    StreamRelay(
            UpstreamCalls calls,
            Actor actor,
            List<Target> copies,
            Function<Target, RelaySource> open,
            Optional<Rest> rest,
            Consumer<RelayEnd> whenOver,
            EntityTags tags) {
        this.calls = calls;
        this.actor = actor;
        this.left = new ArrayDeque<>(copies);
        this.open = open;
        this.whenOver = whenOver;
        this.tags = tags;
        this.rest = rest;
    }

    @Override
    public synchronized Optional<RelaySource> next(Optional<RelayFailure> failure) {
        if (failure.isPresent()) {
            RelayFailure why = failure.get();
            if (why.status() == 401 && !renewed && current.isPresent()) {
                renewed = true;
                return renew(why.source()) ? open(current.get()).or(this::another) : another();
            }
            if (isOfTheRequest(why.status())) {
                return Optional.empty();
            }
            LOG.info("upstream {} does not give the stream: it {}", why.source().upstream(), why.reason());
        }
        return another();
    }

    /** False for a server that takes no sign-in any more. */
    private boolean renew(RelaySource refused) {
        try {
            calls.refused(refused, actor);
            return true;
        } catch (UpstreamFailed failed) {
            LOG.debug("no stream: {}", failed.getMessage());
            return false;
        }
    }

    /** The next copy would say the same. */
    private static boolean isOfTheRequest(int status) {
        return status == 400 || status == 412 || status == 416;
    }

    private Optional<RelaySource> another() {
        while (!left.isEmpty()) {
            Target target = left.getFirst();
            Optional<RelaySource> source = open(target);
            left.removeFirst();
            renewed = false;
            if (source.isPresent()) {
                current = Optional.of(target);
                return source;
            }
        }
        current = Optional.empty();
        return Optional.empty();
    }

    private Optional<RelaySource> open(Target target) {
        try {
            return Optional.of(open.apply(target));
        } catch (UpstreamFailed failed) {
            LOG.debug("no stream: {}", failed.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public synchronized Optional<RelaySource> rest(RelaySource broken, ByteSpan missing) {
        return rest.flatMap(r -> current.flatMap(target -> r.of(target, missing, used)));
    }

    @Override
    public String entityTag(RelaySource source, String tag) {
        return tags.shown(source.upstream(), tag);
    }

    @Override
    public void finished(RelayEnd end) {
        whenOver.accept(end);
    }
}
