package org.embygateway.broadcast;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.index.StoreUnavailable;
import org.embygateway.protocol.ItemId;
import org.embygateway.route.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports that came while the database could not be written. Players do not repeat the last report of a title, so the
 * newest of each device and title is tried again here. It is kept in memory alone: whoever sent it was told that it
 * failed. Thread-safe.
 */
final class Unstored {
    private static final Logger LOG = LoggerFactory.getLogger(Unstored.class);
    private static final int MOST = 10_000;

    private final Map<Key, Runnable> waiting = new LinkedHashMap<>();

    private record Key(String session, Optional<ItemId> item, String playSession) {}

    /** Runs {@code storing}; what fails for want of the database is kept, and what it replaces forgotten. */
    void store(Caller caller, Report report, Runnable storing) {
        Key key = new Key(caller.sessionId(), report.item(), report.playSession());
        forget(key);
        try {
            storing.run();
        } catch (StoreUnavailable e) {
            keep(key, storing);
            throw e;
        }
    }

    private synchronized void forget(Key key) {
        waiting.remove(key);
    }

    private synchronized void keep(Key key, Runnable storing) {
        waiting.put(key, storing);
        if (waiting.size() > MOST) {
            waiting.remove(waiting.keySet().iterator().next());
        }
    }

    private synchronized List<Map.Entry<Key, Runnable>> all() {
        return waiting.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    private synchronized boolean take(Key key, Runnable storing) {
        return waiting.remove(key, storing);
    }

    private synchronized void putBack(Key key, Runnable storing) {
        waiting.putIfAbsent(key, storing);
    }

    /** Tries all of them again, until the database refuses one. */
    void retry() {
        for (Map.Entry<Key, Runnable> entry : all()) {
            if (take(entry.getKey(), entry.getValue())) {
                try {
                    entry.getValue().run();
                } catch (StoreUnavailable e) {
                    putBack(entry.getKey(), entry.getValue());
                    return;
                } catch (RuntimeException e) {
                    LOG.warn("A report that could not be stored is given up: {}", e.toString());
                }
            }
        }
    }
}
