package org.embygateway.route;

import java.util.Optional;

/** Everything behind the edge. Whatever it throws is answered with 500. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Called on a virtual thread, for one request of a connection at a time; may block. The thread is interrupted when
     * the client hangs up.
     */
    Reply answer(EdgeRequest request);

    /**
     * The answer when it takes next to no time and nothing has to be waited for; called on the connection's event loop
     * before {@link #answer}, which is called when this is empty. Saves the change of threads, which for a small
     * request takes longer than all the rest.
     */
    default Optional<Reply> atOnce(EdgeRequest request) {
        return Optional.empty();
    }
}
