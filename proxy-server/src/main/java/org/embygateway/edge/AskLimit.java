package org.embygateway.edge;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** At most ten questions of one asker in ten seconds; remembers the last thousand askers. */
final class AskLimit {
    private static final int MOST = 10;
    private static final int REMEMBERED = 1000;
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private final LongSupplier nanos;
    private final Map<InetAddress, Window> askers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Window> eldest) {
            return size() > REMEMBERED;
        }
    };

    AskLimit() {
        this(System::nanoTime);
    }

    AskLimit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Window(long start, int asked) {}

    boolean allows(InetAddress asker) {
        long now = nanos.getAsLong();
        Window window = askers.get(asker);
        Window next = window == null || now - window.start >= WINDOW_NANOS
                ? new Window(now, 1)
                : new Window(window.start, window.asked + 1);
        askers.put(asker, next);
        return next.asked <= MOST;
    }
}
