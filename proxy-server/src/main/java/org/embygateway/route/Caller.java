package org.embygateway.route;

import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;

/**
 * The signed-in client behind a call.
 *
 * @param user whose data this is
 * @param userName as shown to people
 * @param admin whether the user administers the gateway
 * @param sessionId the session of this user on this device, 32 hex digits
 * @param client the device and app, as remembered from the sign-in and refreshed by later requests
 * @param token what the client sent, to be put into the URLs it is given
 * @param visible the upstreams this user may see
 */
public record Caller(
        UserId user,
        String userName,
        boolean admin,
        String sessionId,
        ClientIdentity client,
        Secret token,
        Visible visible) {}
