package org.embygateway.edge;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;
import org.embygateway.route.Headers;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;

/** What {@link RelayOpening} looks for a source for. All but {@link #next} is called on the event loop, or may be. */
interface RelayGoal {
    /** How sources are asked. */
    HttpMethod method();

    /** The next source to ask, as {@link org.embygateway.route.MediaRelay#next}. */
    Optional<RelaySource> next(Optional<RelayFailure> failure);

    /** Whether the answer is what was asked for with these fields, be it that there is nothing new. */
    boolean fits(Headers asked, HttpResponse head);

    /** @param sent when the request was sent, in {@link System#nanoTime} */
    void accept(RelaySource source, UpstreamStream stream, HttpResponse head, long sent);

    /** No source is left. @param status for the client */
    void refuse(int status);

    /** Something went wrong in the gateway itself. Safe from any thread. */
    void fail(Throwable fault);

    /** The client is gone. */
    void over();
}
