package org.embygateway.index;

import java.util.List;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;

/**
 * One upstream's instance of an item.
 *
 * @param libraryId the upstream's id of its library; empty when it has none
 * @param sources its versions, in the upstream's order
 * @param document the BaseItemDto as the upstream sent it
 */
public record Copy(
        UpstreamId upstream, String upstreamItemId, String libraryId, List<Source> sources, byte[] document) {

    public Copy {
        sources = List.copyOf(sources);
    }

    /**
     * A version with the gateway's id for it.
     *
     * @param upstreamSourceId as the upstream calls it
     * @param upstreamVersionId the upstream's item id of the version
     */
    public record Source(
            MediaSourceId id, String upstreamSourceId, String upstreamVersionId, long size, long runTimeTicks) {}
}
