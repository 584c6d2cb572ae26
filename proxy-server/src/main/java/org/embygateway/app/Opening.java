package org.embygateway.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.embygateway.protocol.WouldWait;
import org.embygateway.route.Access;
import org.embygateway.route.Refused;
import org.embygateway.route.Route;
import org.embygateway.route.Treatment;

/**
 * The time between the open port and the loaded catalogue. Who the server is, whether it lives and its web pages are
 * told at once; all else waits a while, since a client takes an empty library for the truth.
 */
final class Opening {
    private final Duration patience;
    private final CountDownLatch open = new CountDownLatch(1);

    /** @param patience how long a request waits before it is refused with 503 */
    Opening(Duration patience) {
        this.patience = patience;
    }

    void done() {
        open.countDown();
    }

    Optional<String> fault() {
        return open.getCount() == 0 ? Optional.empty() : Optional.of("loading");
    }

    /** Returns when the route can be served. */
    void await(Route route) {
        boolean atOnce = route.access() == Access.ANYONE && route.treatment() instanceof Treatment.Local;
        if (open.getCount() == 0 || atOnce) {
            return;
        }
        WouldWait.check();
        try {
            if (!open.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Refused(503, "The server is loading. Please try again shortly.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(503, "The client has hung up.");
        }
    }
}
