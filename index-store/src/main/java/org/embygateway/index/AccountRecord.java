package org.embygateway.index;

import java.util.Optional;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;

/**
 * A login on an upstream.
 *
 * @param owner whose own account it is; empty for the upstream's default account
 * @param password encrypted at rest
 * @param watchState what the gateway may do with the watch state kept there
 */
public record AccountRecord(
        long id, UpstreamId upstream, Optional<UserId> owner, String username, Secret password, WatchState watchState) {

    public enum WatchState {
        /** One person's account: the gateway reads and writes its watch state. */
        OWN,
        /** Used by several people: watch state is written out, never read in. */
        SHARED,
        /** Nothing is written. */
        READ_ONLY
    }
}
