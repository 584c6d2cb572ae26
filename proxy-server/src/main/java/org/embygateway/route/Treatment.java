package org.embygateway.route;

/** How the gateway treats a route. Sealed: a further treatment does not compile until the dispatcher knows it. */
public sealed interface Treatment {

    /** Answered from the gateway's own state. */
    record Local(Handler handler) implements Treatment {}

    /** Answered from the merged catalogue. */
    record Catalogue(Handler handler) implements Treatment {}

    /** Put to the one upstream that holds what the call names, or answered from what it said before. */
    record Forward(Handler handler) implements Treatment {}

    /** Kept here and told to every upstream that holds the item. */
    record Broadcast(Handler handler) implements Treatment {}

    /** Media: bytes or playlists of one upstream. Asked where nothing may wait first, see {@link RequestHandler#atOnce}. */
    record Stream(Handler handler) implements Treatment {}

    /** Deliberately not served. */
    record Refuse(int status, String text) implements Treatment {}
}
