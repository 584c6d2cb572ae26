package org.embygateway.play;

import java.time.Instant;
import java.util.Optional;

/** Where play sessions outlive a restart. Texts are opaque, some hundred bytes. */
public interface PlaySessionStore {
    void put(String id, String text, Instant until);

    /** Empty when there is none or its time is over. */
    Optional<String> find(String id);
}
