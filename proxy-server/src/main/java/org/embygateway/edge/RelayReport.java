package org.embygateway.edge;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the relay's owner once how it ended. Safe from any thread. */
final class RelayReport {
    private static final Logger LOG = LoggerFactory.getLogger(RelayReport.class);

    private final MediaRelay media;
    private final long started = System.nanoTime();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile Duration firstByte = Duration.ZERO;

    RelayReport(MediaRelay media) {
        this.media = media;
    }

    /** @param sent when the request that succeeded was sent, in {@link System#nanoTime} */
    void headReceived(long sent) {
        firstByte = Duration.ofNanos(System.nanoTime() - sent);
    }

    void ended(long bytes, boolean complete) {
        if (told.compareAndSet(false, true)) {
            tell(new RelayEnd(bytes, complete, firstByte, Duration.ofNanos(System.nanoTime() - started)));
        }
    }

    private void tell(RelayEnd end) {
        try {
            media.finished(end);
        } catch (RuntimeException e) {
            LOG.error("end of a relay not taken", e);
        }
    }
}
