package org.embygateway.index;

import java.time.Instant;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;

/**
 * Something an upstream is still to be told. Of deliveries that wait for one user, item, upstream and {@link Kind} the
 * newest replaces the older ones.
 *
 * @param id 0 until stored
 * @param body what to tell, as JSON text of our own form
 * @param made when it came about; deliveries of one user, item and upstream go out in this order
 */
public record Delivery(
        long id, UserId user, ItemId item, UpstreamId upstream, Kind kind, String body, Instant made, int attempts) {

    public enum Kind {
        /** Played, unplayed or a resume position. */
        WATCH,
        FAVORITE,
        RATING,
        /**
         * All that the user did with an item that the upstream has now and had not when it was done; the body says
         * nothing, since what is told is the state of then.
         */
        CATCH_UP
    }
}
