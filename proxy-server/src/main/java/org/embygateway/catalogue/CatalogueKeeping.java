package org.embygateway.catalogue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the catalogue for the next start: when it has not changed for a while, and at the end. At times it is tidied. */
public final class CatalogueKeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueKeeping.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final Duration BETWEEN_TIDYING = Duration.ofHours(6);
    /** Some ten megabytes of texts. */
    private static final int MANY_WORDS = 100_000;

    private final Catalogue catalogue;
    private final KeptRows kept;
    private @Nullable Thread thread;

    public CatalogueKeeping(Catalogue catalogue, KeptRows kept) {
        this.catalogue = catalogue;
        this.kept = kept;
    }

    public synchronized void start() {
        thread = Thread.ofVirtual().name("catalogue-keeping").start(this::run);
    }

    private void run() {
        long before = -1;
        long tidied = System.nanoTime();
        try {
            while (true) {
                Thread.sleep(QUIET);
                long now = catalogue.changes();
                if (now == before && System.nanoTime() - tidied > BETWEEN_TIDYING.toNanos()) {
                    tidy();
                    tidied = System.nanoTime();
                }
                if (now == before) {
                    keep();
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** To be called when nothing changes the catalogue any more. */
    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
            ended(thread);
            thread = null;
            keep();
        }
    }

    private static void ended(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tidy() {
        try {
            catalogue.tidy(MANY_WORDS);
        } catch (RuntimeException e) {
            LOG.warn("The catalogue could not be tidied: {}", e.toString());
        }
    }

    private void keep() {
        try {
            catalogue.keep(kept);
        } catch (RuntimeException e) {
            LOG.warn("The catalogue is not kept for the next start: {}", e.toString());
        }
    }
}
