package org.embygateway.index;

import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;

/** Where a media source is: the merged item it belongs to, and how its upstream calls item, version and source. */
public record SourceLocation(
        MediaSourceId id,
        ItemId item,
        UpstreamId upstream,
        String upstreamItemId,
        String upstreamVersionId,
        String upstreamSourceId) {}
