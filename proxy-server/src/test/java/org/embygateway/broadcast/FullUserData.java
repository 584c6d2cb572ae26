package org.embygateway.broadcast;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.embygateway.index.Delivery;
import org.embygateway.index.StoreUnavailable;
import org.embygateway.index.UserData;
import org.embygateway.index.UserDataStore;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;

/** States that can be read, and written unless the disk is full. */
final class FullUserData implements UserDataStore {
    final AtomicBoolean full = new AtomicBoolean();
    private final UserDataStore real;

    FullUserData(UserDataStore real) {
        this.real = real;
    }

    @Override
    public Map<ItemId, UserData> find(UserId user, Collection<ItemId> items) {
        return real.find(user, items);
    }

    @Override
    public Map<ItemId, UserData> all(UserId user) {
        return real.all(user);
    }

    @Override
    public void save(UserId user, Map<ItemId, UserData> states, List<Delivery> deliveries) {
        if (full.get()) {
            throw new StoreUnavailable("the disk is full", new IllegalStateException());
        }
        real.save(user, states, deliveries);
    }
}
