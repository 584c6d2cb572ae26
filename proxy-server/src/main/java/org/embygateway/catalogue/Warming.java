package org.embygateway.catalogue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.embygateway.protocol.Visible;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes beforehand what people would wait for: the catalogue as they see it, its usual orders and the titles that they
 * see others of, after a start and whenever so much has changed that what there was is of little use. One thread does it, which rests much longer than it
 * works; for the few who were seen last, so that little is held for nobody.
 */
final class Warming {
    private static final Logger LOG = LoggerFactory.getLogger(Warming.class);

    /** What every app asks for first. */
    static final List<Sort> FIRST = List.of(Sort.BY_NAME, Sort.NEWEST);

    static final List<Sort> USUAL = Stream.concat(
                    FIRST.stream(),
                    Stream.of(SortKey.DATE_CREATED, SortKey.PREMIERE_DATE, SortKey.DATE_LAST_CONTENT_ADDED)
                            .map(key -> Sort.by(key, SortKey.SORT_NAME).reversed()))
            .toList();

    private static final int REMEMBERED = 4;
    private static final Duration LEAST_REST = Duration.ofSeconds(5);
    /** So many times longer it rests than it worked. */
    private static final int REST = 10;

    private final Supplier<Snapshot> current;
    private final Map<Visible, Boolean> seen = new LinkedHashMap<>(8, 0.75f, true);
    private boolean wanted;
    private boolean working;

    Warming(Supplier<Snapshot> current) {
        this.current = current;
    }

    /** Someone who may see this is there, or will be soon. */
    void seen(Visible visible) {
        synchronized (seen) {
            seen.put(visible, true);
            if (seen.size() > REMEMBERED) {
                seen.remove(seen.keySet().iterator().next());
            }
        }
    }

    /** Those who were seen last first. */
    private List<Visible> lately() {
        synchronized (seen) {
            return new ArrayList<>(seen.keySet()).reversed();
        }
    }

    /** To be told of every other snapshot; returns at once. */
    synchronized void changed() {
        wanted = true;
        if (!working) {
            working = true;
            Thread.ofPlatform().daemon().name("catalogue-warming").start(this::run);
        }
    }

    private synchronized boolean isWanted() {
        working = wanted;
        wanted = false;
        return working;
    }

    private void run() {
        while (isWanted()) {
            long began = System.nanoTime();
            try {
                prepare();
            } catch (RuntimeException e) {
                LOG.warn("The catalogue could not be prepared for visitors: {}", e.toString());
            }
            rest(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** The thread is nobody's to interrupt. */
    private static void rest(Duration worked) {
        Duration rest = worked.multipliedBy(REST);
        try {
            Thread.sleep(rest.compareTo(LEAST_REST) < 0 ? LEAST_REST : rest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void prepare() {
        Snapshot snapshot = current.get();
        FIRST.forEach(snapshot.everything().orders()::prepare);
        for (Visible visible : lately()) {
            Lens lens = snapshot.through(visible);
            (lens.seesAll() ? USUAL : FIRST).forEach(lens.orders()::prepare);
            if (!lens.seesAll()) {
                lens.finder().prepare();
            }
        }
    }
}
