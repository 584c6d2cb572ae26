package org.embygateway.upstream;

import java.net.URI;
import java.time.Duration;
import org.embygateway.index.UpstreamRecord;

/**
 * What a probe learned of a server.
 *
 * @param base where its API really is: after redirects on its own host, with {@code /emby} where only that works, no
 *     slash at the end
 * @param serverId the server's own id; empty when it does not say
 * @param latency how long the answer took
 */
record Found(URI base, UpstreamRecord.Kind kind, String serverId, String serverName, String version, Duration latency) {
    Dialect dialect() {
        return kind == UpstreamRecord.Kind.JELLYFIN ? new JellyfinDialect() : new EmbyDialect();
    }
}
