package org.embygateway.index;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UserId;

/** The tokens clients hold. Only hashes of them are kept. */
public interface SignIns {
    SignIn add(UserId user, String sessionId, ClientIdentity client, Secret token, Instant now);

    Optional<SignIn> byToken(Secret token);

    Optional<SignIn> byId(long id);

    List<SignIn> of(UserId user);

    List<SignIn> all();

    /** Notes a request: what the client now says of itself, and when. */
    void seen(long id, ClientIdentity client, Instant at);

    void remove(long id);

    void removeOthers(UserId user, long keep);

    void removeAll(UserId user);
}
