package org.embygateway.broadcast;

import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.embygateway.index.Delivery;
import org.embygateway.index.Outbox;
import org.embygateway.protocol.UpstreamId;

/** An outbox whose second reader gets to see what it read only when all of it is delivered. */
final class StaleOutbox implements Outbox {
    private final Outbox real;
    private final Runnable secondRead;
    private final AtomicBoolean isRead = new AtomicBoolean();

    /** @param secondRead lets what was read first be delivered */
    StaleOutbox(Outbox real, Runnable secondRead) {
        this.real = real;
        this.secondRead = secondRead;
    }

    @Override
    public List<Delivery> due(Instant now, int limit) {
        List<Delivery> due = real.due(now, limit);
        if (!due.isEmpty() && !isRead.compareAndSet(false, true)) {
            secondRead.run();
            await().until(() -> real.waiting().isEmpty());
        }
        return due;
    }

    @Override
    public List<Delivery> catchUps(UpstreamId upstream, Instant now, int limit) {
        return real.catchUps(upstream, now, limit);
    }

    @Override
    public void delivered(Delivery delivery) {
        real.delivered(delivery);
    }

    @Override
    public void failed(Delivery delivery, Instant next, String reason) {
        real.failed(delivery, next, reason);
    }

    @Override
    public void drop(Delivery delivery) {
        real.drop(delivery);
    }

    @Override
    public void retryNow(UpstreamId upstream) {
        real.retryNow(upstream);
    }

    @Override
    public Map<UpstreamId, Long> waiting() {
        return real.waiting();
    }
}
