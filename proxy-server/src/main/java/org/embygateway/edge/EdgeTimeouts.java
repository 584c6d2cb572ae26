package org.embygateway.edge;

import java.time.Duration;

/**
 * How long the edge waits for others.
 *
 * @param idle a connection without a request is closed after this
 * @param head from the first byte of a request to the end of its header
 * @param body from the end of the header to the end of the body
 * @param write for a whole reply to be taken by the client; media has {@code clientStall} instead
 * @param clientStall a client that takes no byte of a stream for this long is given up: players pause with the
 *     connection open, so this is long
 * @param upstreamStall an upstream that sends no byte in mid-stream for this long is given up
 * @param connect for an upstream to accept a connection
 * @param handshake for a client to agree on how to encrypt
 * @param ping between two pings on a web socket; the connection is dropped when two stay unanswered
 */
public record EdgeTimeouts(
        Duration idle,
        Duration head,
        Duration body,
        Duration write,
        Duration clientStall,
        Duration upstreamStall,
        Duration connect,
        Duration handshake,
        Duration ping) {

    public static final EdgeTimeouts DEFAULT = new EdgeTimeouts(
            Duration.ofSeconds(75),
            Duration.ofSeconds(15),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofHours(2),
            Duration.ofSeconds(90),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30));

    EdgeTimeouts withHandshake(Duration other) {
        return new EdgeTimeouts(idle, head, body, write, clientStall, upstreamStall, connect, other, ping);
    }
}
