package org.embygateway.catalogue;

import org.embygateway.protocol.UpstreamId;

/**
 * Where a picture is fetched from.
 *
 * @param upstreamItemId the upstream's id of the item it belongs to
 * @param type as the upstream calls it, for example {@code Primary}
 * @param upstreamTag the upstream's tag of it
 * @param tag the gateway's tag, for clients and caches
 */
public record ImageOwner(
        UpstreamId upstream, String upstreamItemId, String type, int index, String upstreamTag, String tag) {}
