package org.embygateway.upstream;

import java.net.URI;
import java.time.Duration;
import org.embygateway.index.Passage;
import org.embygateway.index.UpstreamRecord;

/**
 * What a probe learned of a server.
 *
 * @param base where its API really is: after redirects on its own host, with {@code /emby} where only that works, no
 *     slash at the end
 * @param serverId the server's own id; empty when it does not say
 * @param latency how long the answer took
 * @param line the address at which it was asked for
 * @param passage how it was reached
 */
record Found(
        URI base,
        UpstreamRecord.Kind kind,
        String serverId,
        String serverName,
        String version,
        Duration latency,
        URI line,
        Passage passage) {
    /** Where the API would be if the server was asked for at another of its addresses. */
    URI baseAt(URI other) {
        String asked = line.toString();
        String suffix = base.toString().startsWith(asked) ? base.toString().substring(asked.length()) : "";
        return URI.create(other + suffix);
    }

    Dialect dialect() {
        return kind == UpstreamRecord.Kind.JELLYFIN ? new JellyfinDialect() : new EmbyDialect();
    }
}
