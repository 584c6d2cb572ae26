package org.embygateway.play;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.embygateway.protocol.ItemId;
import org.embygateway.route.Caller;

/** What the gateway's own media API needs to know of titles. */
public interface MediaCatalogue {
    /** {@code BaseItemDto}s that fit the term, best first. */
    List<ObjectNode> search(Caller caller, String term, int limit);

    /** The {@code BaseItemDto} of an item; refused with 404 when the caller may not see it. */
    ObjectNode detail(Caller caller, ItemId id);
}
