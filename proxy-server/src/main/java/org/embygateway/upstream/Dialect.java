package org.embygateway.upstream;

import java.util.Map;
import org.embygateway.route.Headers;

/** How one kind of server wants to be spoken to. */
sealed interface Dialect permits EmbyDialect, JellyfinDialect {
    /** The request in this server's words. */
    UpstreamRequest translate(UpstreamRequest request);

    /** The header fields that say who asks; the token is empty for a sign-in. */
    Headers credentials(OutboundIdentity identity, String deviceId, String token);

    /** The address of media, or of the web socket, in this server's words: its path, and its query with the token in it. */
    MediaPlace media(String path, Map<String, String> query, String token);

    record MediaPlace(String path, Map<String, String> query) {}
}
