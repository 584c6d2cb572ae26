package org.embygateway.admin;

import java.util.List;
import org.embygateway.protocol.ItemId;
import org.embygateway.route.Caller;

/** Finds items by what they are called, best first. */
public interface TitleSearch {
    List<ItemId> find(Caller caller, String title, int limit);
}
