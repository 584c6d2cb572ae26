package org.embygateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embygateway.index.Passage;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one server in their order. A private one may lead to a stranger in another network: it counts only
 * when the same server answers there.
 */
final class Lines {
    private final Prober prober;
    private final List<URI> all;
    private final Passage passage;

    Lines(Prober prober, URI first, Passage passage) {
        this.prober = prober;
        this.all = Stream.concat(Stream.of(first), passage.lines().stream())
                .distinct()
                .toList();
        this.passage = passage;
    }

    /**
     * The first at which the server answers; when only another server does, the first of these.
     *
     * @param serverId the server's; empty when it is not known yet
     * @param but left out
     * @param limit for each line
     * @throws TransportFailed as the first line fails, or asks to be left alone
     */
    Found first(String serverId, Optional<URI> but, Duration limit) {
        List<URI> tried =
                all.stream().filter(line -> but.filter(line::equals).isEmpty()).toList();
        @Nullable Found stranger = null;
        @Nullable TransportFailed failure = null;
        for (URI line : tried) {
            try {
                Found found = prober.probe(line, passage, limit);
                if (serverId.isEmpty() || found.serverId().equals(serverId)) {
                    return found;
                }
                stranger = stranger == null ? found : stranger;
            } catch (TransportFailed e) {
                if (e.fault() == UpstreamFault.BUSY) {
                    throw e;
                }
                failure = failure == null ? e : failure;
            }
        }
        if (stranger != null && but.isEmpty()) {
            return stranger;
        }
        throw failure == null ? new TransportFailed(UpstreamFault.UNREACHABLE, "has no other address") : failure;
    }
}
