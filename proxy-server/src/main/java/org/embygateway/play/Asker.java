package org.embygateway.play;

import java.util.Optional;
import org.embygateway.route.Caller;
import org.embygateway.upstream.Actor;

/** Turns the signed-in client into the actor that upstreams are called for. */
final class Asker {
    private Asker() {}

    static Actor of(Caller caller) {
        return new Actor(Optional.of(caller.user()), caller.client());
    }
}
