package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a simulated server does wrong, on every route or on one. A route's own fault goes before the one for all. */
public final class Faults {
    private static final String ALL = "*";

    private final Map<String, Fault> faults = new ConcurrentHashMap<>();

    /** How one route misbehaves; each setter adds to the others. */
    public static final class Fault {
        volatile Duration delay = Duration.ZERO;
        volatile boolean hangs;
        volatile boolean refuses;
        volatile int status;
        volatile boolean html;
        volatile Map<String, String> headers = Map.of();
        volatile @Nullable UnaryOperator<JsonNode> twist;
        volatile String location = "";
        volatile long cutAfter = -1;
        volatile long silentAfter = -1;
        volatile long lie;
        volatile long bytesPerSecond;
        private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
        private volatile @Nullable Predicate<RecordedRequest> only;

        /** Answers after that time. */
        public Fault slow(Duration time) {
            delay = time;
            return this;
        }

        /** Never answers; the connection stays open. */
        public Fault hang() {
            hangs = true;
            return this;
        }

        /** Resets the connection instead of answering. */
        public Fault refuse() {
            refuses = true;
            return this;
        }

        /** Answers with that status and a plain text. */
        public Fault status(int code) {
            status = code;
            return this;
        }

        /** Answers 401 as if the token had expired. */
        public Fault unauthorized() {
            return status(401);
        }

        /** Answers 200 with a web page, as captive portals and error pages of other proxies do. */
        public Fault html() {
            html = true;
            return this;
        }

        /** Adds a header field to the answer with {@link #status}. */
        public Fault header(String name, String value) {
            headers = Map.of(name, value);
            return this;
        }

        /** Changes the JSON of the answer. */
        public Fault twist(UnaryOperator<JsonNode> change) {
            twist = change;
            return this;
        }

        /** Answers 302 to that address. */
        public Fault redirect(String url) {
            location = url;
            return this;
        }

        /** Closes the connection after that many bytes of the body. */
        public Fault cutAfter(long bytes) {
            cutAfter = bytes;
            return this;
        }

        /** Sends nothing any more after that many bytes of the body; the connection stays open. */
        public Fault silentAfter(long bytes) {
            silentAfter = bytes;
            return this;
        }

        /** Promises that many bytes more than come, then closes. */
        public Fault lieAboutLength(long more) {
            lie = more;
            return this;
        }

        public Fault lieAboutLength() {
            return lieAboutLength(1_000);
        }

        /** Sends the body no faster than that. */
        public Fault trickle(long perSecond) {
            bytesPerSecond = perSecond;
            return this;
        }

        /** Stops after that many requests. */
        public Fault times(long count) {
            left.set(count);
            return this;
        }

        /** Concerns only these requests. */
        public Fault when(Predicate<RecordedRequest> test) {
            only = test;
            return this;
        }

        boolean takes(RecordedRequest request) {
            Predicate<RecordedRequest> test = only;
            return (test == null || test.test(request)) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        }
    }

    /** The fault of a route such as {@code GET /Users/{UserId}/Items}; replaces an earlier one. */
    public Fault on(String route) {
        Fault fault = new Fault();
        faults.put(route, fault);
        return fault;
    }

    /** The fault of all routes; replaces an earlier one. */
    public Fault everywhere() {
        return on(ALL);
    }

    public Fault slow(Duration time) {
        return everywhere().slow(time);
    }

    public Fault hang() {
        return everywhere().hang();
    }

    public Fault refuse() {
        return everywhere().refuse();
    }

    public Fault status(int code) {
        return everywhere().status(code);
    }

    public Fault unauthorized() {
        return everywhere().unauthorized();
    }

    public Fault html() {
        return everywhere().html();
    }

    public Fault cutAfter(long bytes) {
        return everywhere().cutAfter(bytes);
    }

    public Fault lieAboutLength() {
        return everywhere().lieAboutLength();
    }

    /** Behaves again. */
    public void clear() {
        faults.clear();
    }

    Optional<Fault> of(RecordedRequest request) {
        return Stream.of(request.route(), ALL)
                .flatMap(route -> Optional.ofNullable(faults.get(route)).stream())
                .filter(fault -> fault.takes(request))
                .findFirst();
    }
}
