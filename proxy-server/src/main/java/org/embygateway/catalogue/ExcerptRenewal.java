package org.embygateway.catalogue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.embygateway.index.Excerpts;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the excerpts of documents that another version stored, so that a start reads excerpts alone again. It works no more
 * than it rests, and goes on after a restart with those that are left.
 */
public final class ExcerptRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExcerptRenewal.class);
    private static final String FORM = "catalogue.excerpts";

    private final MediaIndex media;
    private final Settings settings;
    private final Excerpts excerpts;
    private @Nullable Thread thread;

    public ExcerptRenewal(MediaIndex media, Settings settings, Excerpts excerpts) {
        this.media = media;
        this.settings = settings;
        this.excerpts = excerpts;
    }

    public synchronized void start() {
        String form = Integer.toString(excerpts.form());
        if (!settings.find(FORM).equals(Optional.of(form))) {
            thread = Thread.ofVirtual().name("excerpt-renewal").start(() -> run(form));
        }
    }

    private void run(String form) {
        try {
            for (OptionalInt at = OptionalInt.of(0); at.isPresent(); ) {
                long began = System.nanoTime();
                at = media.renew(excerpts, at.getAsInt());
                Thread.sleep(Duration.ofNanos(System.nanoTime() - began));
            }
            settings.put(FORM, form);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("Excerpts of documents are not renewed: {}", e.toString());
        }
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }
}
