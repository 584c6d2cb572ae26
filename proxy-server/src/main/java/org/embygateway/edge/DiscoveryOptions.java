package org.embygateway.edge;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What {@link Discovery} tells.
 *
 * @param bind where to listen: Emby's clients ask on UDP port 7359
 * @param serverId the gateway's, 32 hex digits
 * @param serverName as people see it
 * @param publicUrl the address to tell; without it the address of the interface toward the asker is told
 * @param httpPort goes with that interface
 */
public record DiscoveryOptions(
        InetSocketAddress bind, String serverId, String serverName, Optional<String> publicUrl, int httpPort) {
    public static final int PORT = 7359;
}
