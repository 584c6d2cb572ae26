package org.embygateway.index;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;

/** Watch state per person and merged item. States of ids that became aliases are found under the current id. */
public interface UserDataStore {
    /** The states of the items; those without one are left out. */
    Map<ItemId, UserData> find(UserId user, Collection<ItemId> items);

    Map<ItemId, UserData> all(UserId user);

    /** Stores states and what is to be told to upstreams, in one transaction: durable, both or neither, on return. */
    void save(UserId user, Map<ItemId, UserData> states, List<Delivery> deliveries);
}
