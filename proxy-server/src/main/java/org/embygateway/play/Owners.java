package org.embygateway.play;

import java.util.Optional;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;

/** Who a play session belongs to, as that user stands now. */
@FunctionalInterface
public interface Owners {
    /** Empty when the user is gone or disabled, or the device was signed out. The token may be empty text. */
    Optional<Caller> caller(UserId user, String userSession, ClientIdentity client);
}
