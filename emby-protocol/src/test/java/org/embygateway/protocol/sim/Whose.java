package org.embygateway.protocol.sim;

import java.util.Optional;
import org.embygateway.protocol.Hex32;

/** Whose view of the library a request asks for: the user id in its path or query, else the one who is signed in. */
final class Whose {
    private final SimWorld world;

    Whose(SimWorld world) {
        this.world = world;
    }

    /**
     * For reading. Emby does not compare the user id with the token and shows a stranger an unwatched library;
     * Jellyfin refuses.
     */
    Optional<SimUser> reading(Exchange exchange) {
        String said = said(exchange);
        if (said.isEmpty()) {
            return world.face().isJellyfin() ? exchange.signedIn().map(s -> s.user) : Optional.empty();
        }
        Optional<SimUser> user = named(said);
        if (world.face().isJellyfin() && (user.isEmpty() || user.get() != exchange.session().user)) {
            throw new SimError(403, "Error processing request.");
        }
        return user;
    }

    /** For writing: only one's own. */
    SimUser writing(Exchange exchange) {
        String said = said(exchange);
        SimUser own = exchange.session().user;
        if (said.isEmpty()) {
            return own;
        }
        Optional<SimUser> user = named(said);
        if (user.isEmpty()) {
            throw new SimError(404, "User not found.");
        }
        if (user.get() != own && !own.administrator) {
            throw new SimError(403, "User does not have permission.");
        }
        return user.get();
    }

    private static String said(Exchange exchange) {
        String path = exchange.part("UserId");
        return path.isEmpty() ? exchange.query().text("UserId", "") : path;
    }

    private Optional<SimUser> named(String id) {
        if (Hex32.parse(id).isEmpty()) {
            throw world.face().isJellyfin()
                    ? new SimError(400, "The value '" + id + "' is not valid.")
                    : new SimError(500, "Unrecognized Guid format.");
        }
        return world.accounts().withId(id);
    }
}
