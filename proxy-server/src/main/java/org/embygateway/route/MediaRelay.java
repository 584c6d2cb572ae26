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

    /** What the client is told in place of the entity tag of an answer. Asked on an event loop: must not block. */
    default String entityTag(RelaySource source, String tag) {
        return tag;
    }

    /** Called once when it is over, however it ended, on an event loop or the asking thread: must not block. */
    default void finished(RelayEnd end) {}
}
