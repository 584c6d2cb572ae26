package org.embygateway.broadcast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;

/** What others hear of watch state. Called on the thread of the request, so it must not wait. */
public interface WatchEvents {
    /** @param data {@code UserItemDataDto}s, each with its {@code ItemId} */
    void userDataChanged(UserId user, List<ObjectNode> data);

    /**
     * The caller's session plays the item.
     *
     * @param report as the client sent it, in the gateway's ids
     */
    void playing(Caller caller, ItemId item, ObjectNode report, OptionalLong position);

    /** The caller's session plays nothing any more. */
    void stopped(Caller caller);
}
