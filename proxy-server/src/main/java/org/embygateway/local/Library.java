package org.embygateway.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Caller;

/** What sessions and sockets need to know of the catalogue. */
public interface Library {
    /** The {@code BaseItemDto}s of the visible ones among the ids, in the given order. */
    List<ObjectNode> items(UserId user, Visible visible, List<ItemId> ids);

    /** What plays when the item is played: itself, or the visible leaves of a folder in order. */
    List<ItemId> playable(Caller caller, ItemId id);

    /** Of the ids those that name something the user may see. */
    Set<ItemId> visible(UserId user, Visible visible, Set<ItemId> ids);

    /** The merged libraries that have something the user may see. */
    List<ItemId> views(UserId user, Visible visible);
}
