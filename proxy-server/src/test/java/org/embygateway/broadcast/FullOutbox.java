package org.embygateway.broadcast;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.embygateway.index.Delivery;
import org.embygateway.index.Outbox;
import org.embygateway.index.StoreUnavailable;
import org.embygateway.protocol.UpstreamId;

/** An outbox that can be read and not written, as on a disk without room. */
final class FullOutbox implements Outbox {
    final AtomicBoolean full = new AtomicBoolean(true);
    final AtomicInteger refused = new AtomicInteger();
    private final Outbox real;

    FullOutbox(Outbox real) {
        this.real = real;
    }

    private Outbox written() {
        if (full.get()) {
            refused.incrementAndGet();
            throw new StoreUnavailable("the disk is full", new IllegalStateException());
        }
        return real;
    }

    @Override
    public List<Delivery> due(Instant now, int limit) {
        return real.due(now, limit);
    }

    @Override
    public void delivered(Delivery delivery) {
        written().delivered(delivery);
    }

    @Override
    public void failed(Delivery delivery, Instant next, String reason) {
        written().failed(delivery, next, reason);
    }

    @Override
    public void drop(Delivery delivery) {
        written().drop(delivery);
    }

    @Override
    public void retryNow(UpstreamId upstream) {
        written().retryNow(upstream);
    }

    @Override
    public List<Delivery> catchUps(UpstreamId upstream, Instant now, int limit) {
        return real.catchUps(upstream, now, limit);
    }

    @Override
    public Map<UpstreamId, Long> waiting() {
        return real.waiting();
    }
}
