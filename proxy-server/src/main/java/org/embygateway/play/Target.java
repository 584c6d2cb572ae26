package org.embygateway.play;

import java.util.Optional;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;

/**
 * A version of an item on an upstream, by the gateway's names and by the upstream's.
 *
 * @param item the merged item
 * @param source empty when the upstream lists no sources for the item
 * @param upstreamItem the upstream's id of the item, {@code upstreamVersion} the one of the version: often the same
 * @param upstreamSource empty text when the upstream lists no sources
 * @param size of the file in bytes; 0 when unknown
 */
record Target(
        UpstreamId upstream,
        ItemId item,
        Optional<MediaSourceId> source,
        String upstreamItem,
        String upstreamVersion,
        String upstreamSource,
        long size,
        long runTimeTicks) {

    /** What playing it as it is takes on average; 0 when unknown. */
    long bitsPerSecond() {
        return runTimeTicks > 0 ? Math.round(size * 8 / (runTimeTicks / 1e7)) : 0;
    }

    /** Whether another copy is, for all the index knows, the same file. */
    boolean looksIdentical(Target other) {
        return size > 0 && size == other.size && runTimeTicks > 0 && runTimeTicks == other.runTimeTicks;
    }
}
