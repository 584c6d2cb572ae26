package org.embygateway.index;

import java.util.Optional;
import org.embygateway.protocol.UserId;

/** Display preferences, user settings and typed settings: opaque JSON texts per user, scope and key. */
public interface Preferences {
    Optional<String> find(UserId user, String scope, String key);

    void put(UserId user, String scope, String key, String json);
}
