package org.embygateway.catalogue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import org.embygateway.index.UserData;
import org.embygateway.index.UserDataStore;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;

/** The states of the people who were active lately; read from the store when first asked for. */
final class UserStates {
    private final UserDataStore store;
    private final Cache<UserId, UserState> states = Caffeine.newBuilder()
            .maximumSize(500)
            .expireAfterAccess(Duration.ofMinutes(30))
            .build();

    UserStates(UserDataStore store) {
        this.store = store;
    }

    UserState of(UserId user) {
        return states.get(user, u -> new UserState(store.all(u)));
    }

    /** After the store has the change: a state that is being read waits, one that is not in memory will be read whole. */
    void changed(UserId user, Map<ItemId, UserData> data) {
        states.asMap().computeIfPresent(user, (u, state) -> {
            state.change(data);
            return state;
        });
    }

    /** Items were joined or taken apart: states may belong to other ids now. */
    void forgetAll() {
        states.invalidateAll();
    }
}
