package org.embygateway.rewrite;

import java.util.Optional;

/** How one client may know what one upstream's media URLs name. Values are plain text, not yet percent-encoded. */
public interface UrlNames {
    /** The gateway's id of an item; empty when it is not the one being played. */
    Optional<String> item(String upstreamItem);

    /** The gateway's id of a media source; empty when unknown. */
    Optional<String> source(String upstreamSource);

    /** The play session to name instead, for one that the upstream names (empty text when it names none). */
    String playSession(String upstreamSession);

    /** The client's own device id; empty text when it has none. */
    String device();

    String user();

    /** The client's own token; empty text when it is not known. */
    String token();

    String liveStream(String upstreamLiveStream);

    /**
     * A path of the gateway that leads to a place no other path does: on the upstream itself or elsewhere.
     *
     * @param url absolute
     */
    String sealed(String url);
}
