package org.embygateway.route;

import java.util.Optional;

/**
 * Where the bytes of a stream come from, asked again when a source fails before its first byte. Unless said otherwise
 * implementations may block: the edge asks on a virtual thread, never on an event loop.
 */
public interface MediaRelay {
    /**
     * The next source to try.
     *
     * @param failure why the one before could not be used; empty for the first
     * @return empty when there is nothing left to try: the client then gets 502 (or 504), or the failure's own status
     *     if that speaks of the request (403, 404, 416 …)
     */
    Optional<RelaySource> next(Optional<RelayFailure> failure);

    /**
     * Another source for the rest of a body that broke off in the middle. Asked again when that one does not give it.
     *
     * @param broken the source that broke off
     * @return made for exactly the missing bytes, which are known to be the same there; empty when there is none left:
     *     the client's body then ends where it broke off
     */
    default Optional<RelaySource> rest(RelaySource broken, ByteSpan missing) {
        return Optional.empty();
    }

    /**
     * A source has failed in the middle of a body, before {@link #rest} is asked for another. Called on an event loop:
     * must not block.
     *
     * @param silent whether it sent nothing for too long while the client was waiting, and did not hang up
     */
    default void broke(RelaySource source, boolean silent) {}

    /**
     * How far it is; called often, on an event loop: must be quick.
     *
     * @param bytes of the body that the client has been sent
     */
    default void sent(long bytes) {}

    /** What the client is told in place of the entity tag of an answer. Asked on an event loop: must not block. */
    default String entityTag(RelaySource source, String tag) {
        return tag;
    }

    /** Called once when it is over, however it ended, on an event loop or the asking thread: must not block. */
    default void finished(RelayEnd end) {}
}
