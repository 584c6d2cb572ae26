package org.embygateway.edge;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
    private final AtomicLong waited = new AtomicLong();

    RelayReport(MediaRelay media) {
        this.media = media;
    }

    /** @param sent when the request that succeeded was sent, in {@link System#nanoTime} */
    void headReceived(long sent) {
        firstByte = Duration.ofNanos(System.nanoTime() - sent);
    }

    /** @param nanos that the client was ready and the upstream was not */
    void waited(long nanos) {
        waited.addAndGet(nanos);
    }

    /** @param bytes that the client has been sent */
    void sent(long bytes) {
        media.sent(bytes);
    }

    void ended(long bytes, boolean complete) {
        if (told.compareAndSet(false, true)) {
            Duration total = Duration.ofNanos(System.nanoTime() - started);
            tell(new RelayEnd(bytes, complete, Duration.ofNanos(waited.get()), firstByte, total));
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
