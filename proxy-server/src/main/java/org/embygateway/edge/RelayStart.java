package org.embygateway.edge;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.embygateway.route.ByteSpan;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelaySource;

/**
 * A relay about to begin: a source has answered, and the client has nothing yet, or what came from another before.
 *
 * @param span which bytes of the file the body is; empty when another source could not go on with it
 * @param given how many bytes of the body the client has been given
 * @param head what the client gets, or has got
 * @param keepAlive whether its connection is used again
 */
record RelayStart(
        RelaySource source,
        UpstreamStream stream,
        MediaRelay media,
        RelayReport report,
        Optional<ByteSpan> span,
        long given,
        HttpRequest request,
        HttpResponse head,
        boolean keepAlive,
        EdgeTimeouts timeouts) {

    /** The same body, gone on with from another source. */
    RelayStart from(RelaySource other, UpstreamStream rest, long bytes) {
        return new RelayStart(other, rest, media, report, span, bytes, request, head, keepAlive, timeouts);
    }

    /** What the client lacks when it has been given so many bytes. */
    Optional<ByteSpan> missing(long bytes) {
        return span.flatMap(s -> s.after(bytes));
    }

    /** How long the source may be silent. */
    Duration upstreamStall() {
        Duration most = timeouts.upstreamStall();
        return source.silence().compareTo(most) < 0 ? source.silence() : most;
    }

    boolean endsWithConnection() {
        return RelayHead.endsWithConnection(head, request);
    }
}
