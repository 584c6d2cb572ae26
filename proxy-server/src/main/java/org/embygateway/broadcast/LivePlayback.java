package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.embygateway.protocol.ItemId;
import org.embygateway.route.Caller;

/**
 * The upstream that plays: it hears of its own play session as it goes, so that it shows the session and keeps or ends
 * its transcode. Called in order per session, off the request's thread; may block and may fail.
 *
 * <p>{@code playSessionId} and {@code mediaSourceId} are as the client wrote them, empty when it did not.
 */
public interface LivePlayback {
    void playing(Caller caller, String playSessionId, String mediaSourceId, ItemId item, ObjectNode report);

    void progress(Caller caller, String playSessionId, String mediaSourceId, ItemId item, ObjectNode report);

    void stopped(Caller caller, String playSessionId, String mediaSourceId, ItemId item, ObjectNode report);

    /**
     * The client has said something of what it plays, a ping included. Called at once, on the request's thread.
     *
     * @param item empty when it does not say which title
     */
    default void heard(Caller caller, String playSessionId, Optional<ItemId> item) {}

    /** The client has stopped. Called at once, on the request's thread, before {@link #stopped}. */
    default void over(Caller caller, String playSessionId, ItemId item) {}

    /** The client is still there, though it reports no progress. */
    void ping(Caller caller, String playSessionId);
}
