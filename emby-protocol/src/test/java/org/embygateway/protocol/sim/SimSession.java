package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;

/** A sign-in on a simulated server: one token of one account on one device, and what plays there. */
public final class SimSession {
    final String token;
    final SimUser user;
    final String id;
    volatile ClientIdentity identity;
    volatile Instant lastActivity = Instant.now();
    volatile JsonNode capabilities = EmbyJson.object();
    volatile JsonNode nowPlaying = EmbyJson.object();

    SimSession(String token, SimUser user, ClientIdentity identity) {
        this.token = token;
        this.user = user;
        this.identity = identity;
        this.id = Hex32.of("session " + user.id + identity.client() + identity.deviceId());
    }

    public String token() {
        return token;
    }

    public String id() {
        return id;
    }

    public SimUser user() {
        return user;
    }

    public ClientIdentity identity() {
        return identity;
    }

    /** The last report of what plays; an empty object when nothing does. */
    public JsonNode nowPlaying() {
        return nowPlaying;
    }

    /** What the client last posted as its capabilities; an empty object before. */
    public JsonNode capabilities() {
        return capabilities;
    }
}
