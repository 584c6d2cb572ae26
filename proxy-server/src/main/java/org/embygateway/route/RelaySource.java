package org.embygateway.route;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.embygateway.protocol.UpstreamId;

/**
 * One place to fetch media from.
 *
 * @param upstream whose bytes these are
 * @param uri absolute, http or https
 * @param headers all that is sent besides Host and Connection: the credentials of the upstream, Range and the other
 *     fields that pass (see the relay rules), nothing of the client's identity
 * @param firstByte how long to wait for the response's head
 * @param silence how long it may send nothing in the middle of the body while the client is ready for more
 * @param elsewhere other addresses of the same, tried in their order where there is no answer at all
 */
public record RelaySource(
        UpstreamId upstream, URI uri, Headers headers, Duration firstByte, Duration silence, List<URI> elsewhere) {
    /** Servers hold a conversion back that is far ahead of its player. */
    public static final Duration USUAL_SILENCE = Duration.ofSeconds(90);

    public RelaySource {
        elsewhere = List.copyOf(elsewhere);
    }

    public RelaySource(UpstreamId upstream, URI uri, Headers headers, Duration firstByte, List<URI> elsewhere) {
        this(upstream, uri, headers, firstByte, USUAL_SILENCE, elsewhere);
    }

    public RelaySource(UpstreamId upstream, URI uri, Headers headers, Duration firstByte) {
        this(upstream, uri, headers, firstByte, List.of());
    }

    /** This source, asked with further fields; those it has already stay as they are. */
    public RelaySource with(Headers further) {
        return new RelaySource(upstream, uri, further.overriddenBy(headers), firstByte, silence, elsewhere);
    }

    /** This source, given up earlier if it is silent for so long. */
    public RelaySource within(Duration patience) {
        return patience.compareTo(firstByte) < 0
                ? new RelaySource(upstream, uri, headers, patience, silence, elsewhere)
                : this;
    }

    /** This source, given up when it is silent for so long in the middle. */
    public RelaySource silentFor(Duration most) {
        return new RelaySource(upstream, uri, headers, firstByte, most, elsewhere);
    }
}
