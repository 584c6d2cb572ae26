package org.embygateway.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.WouldWait;

/** The addresses behind the names of hosts, kept for a moment: to look one up may take seconds. Safe from any thread. */
final class HostNames {
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int MOST = 1000;

    private final Cache<String, List<InetAddress>> kept =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();

    /** What was found lately; never waits. */
    Optional<List<InetAddress>> known(String host) {
        return Optional.ofNullable(kept.getIfPresent(host));
    }

    /** Asks the name server, whatever is known. */
    List<InetAddress> lookUp(String host) throws UnknownHostException {
        WouldWait.check();
        List<InetAddress> found = List.of(InetAddress.getAllByName(host));
        kept.put(host, found);
        return found;
    }
}
