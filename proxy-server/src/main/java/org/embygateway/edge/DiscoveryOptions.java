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
 * @param port goes with that interface
 * @param secure whether HTTPS is spoken there; apps that have an answer believe it of 443 and 8920 alone
 */
public record DiscoveryOptions(
        InetSocketAddress bind,
        String serverId,
        String serverName,
        Optional<String> publicUrl,
        int port,
        boolean secure) {
    public static final int PORT = 7359;
}
