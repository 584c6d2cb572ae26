package org.embygateway.index;

import java.time.Instant;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.UserId;

/**
 * A client device that is signed in.
 *
 * @param id number of the row, also shown as {@code InternalDeviceId}
 * @param sessionId 32 hex digits, the same for the same user, app and device
 */
public record SignIn(
        long id, UserId user, String sessionId, ClientIdentity client, Instant created, Instant lastSeen) {}
