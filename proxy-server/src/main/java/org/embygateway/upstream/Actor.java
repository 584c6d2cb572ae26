package org.embygateway.upstream;

import java.util.Optional;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.UserId;

/**
 * On whose behalf an upstream is called: decides the account and the device it is called with.
 *
 * @param user empty for the gateway's own work (crawls, health, anonymous images)
 * @param client the device in front of it; {@link ClientIdentity#UNKNOWN} for the gateway's own work
 */
public record Actor(Optional<UserId> user, ClientIdentity client) {
    public static final Actor GATEWAY = new Actor(Optional.empty(), ClientIdentity.UNKNOWN);
}
