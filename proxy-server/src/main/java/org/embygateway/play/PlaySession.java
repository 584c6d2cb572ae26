package org.embygateway.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;

/**
 * One act of playing, by one user on one device. Immutable; {@link PlaySessions} holds the current state.
 *
 * @param id 32 hex digits; of sessions that a client named itself one that no request can name
 * @param userSession the session of the user on the device
 */
record PlaySession(
        String id, UserId user, String userSession, ClientIdentity client, ItemId item, List<Binding> bindings) {

    PlaySession {
        bindings = List.copyOf(bindings);
    }

    Optional<Binding> bindingFor(Target target) {
        return bindings.stream().filter(b -> b.isFor(target)).findFirst();
    }

    Optional<Binding> aliased(String alias) {
        return bindings.stream().filter(b -> b.alias().equals(alias)).findFirst();
    }

    PlaySession with(Binding binding) {
        List<Binding> more = new ArrayList<>(bindings);
        more.removeIf(b -> b.alias().equals(binding.alias()));
        more.add(binding);
        return new PlaySession(id, user, userSession, client, item, more);
    }
}
