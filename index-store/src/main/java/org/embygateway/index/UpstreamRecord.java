package org.embygateway.index;

import java.net.URI;
import org.embygateway.protocol.UpstreamId;

/**
 * A real server as the gateway knows it.
 *
 * @param name for people; unique without regard to case
 * @param url base address without a slash at the end; may have a path
 * @param priority admin's order: smaller is preferred
 * @param configured true when it came from the configuration file (which then owns name, url and account)
 * @param kind what the last probe found
 */
public record UpstreamRecord(
        UpstreamId id,
        String name,
        URI url,
        Kind kind,
        PlaybackMode playback,
        SyncMode sync,
        int priority,
        boolean enabled,
        boolean configured) {

    public enum Kind {
        UNKNOWN,
        EMBY,
        JELLYFIN
    }

    public enum PlaybackMode {
        /** Bytes go through the gateway; the server stays hidden. */
        PROXY,
        /** Clients are sent to the server, which reveals it and a token. */
        REDIRECT
    }

    public enum SyncMode {
        FULL,
        LAZY
    }
}
