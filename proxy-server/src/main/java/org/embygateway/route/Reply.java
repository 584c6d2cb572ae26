package org.embygateway.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.embygateway.protocol.EmbyJson;

/** What a handler answers; the edge turns it into HTTP. */
public sealed interface Reply {

    /** A JSON document, already written. */
    record Json(int status, byte[] body) implements Reply {}

    /**
     * Any other whole body.
     *
     * @param headers further fields (ETag, Cache-Control …); length and type are set from the rest
     */
    record Bytes(int status, String contentType, Headers headers, byte[] body) implements Reply {}

    /**
     * A long body that is one block again and again, cut off at its length; takes no memory of its own.
     *
     * @param block from its position to its limit; outside the heap, from where the kernel takes it without another copy
     * @param length in bytes, at most as many as fit into a thousand blocks
     */
    record Repeated(String contentType, Headers headers, ByteBuffer block, int length) implements Reply {}

    /** No body. */
    record Empty(int status, Headers headers) implements Reply {}

    /** Sends the client elsewhere with a 302. */
    record Redirect(String location) implements Reply {}

    /** Media bytes from an upstream, moved by the edge on the client's event loop. */
    record Relay(MediaRelay media) implements Reply {}

    /** Switches the connection to a web socket. */
    record WebSocket(SocketSession session) implements Reply {}

    static Reply json(JsonNode node) {
        return new Json(200, EmbyJson.write(node));
    }

    static Reply json(byte[] written) {
        return new Json(200, written);
    }

    static Reply noContent() {
        return new Empty(204, Headers.NONE);
    }

    static Reply text(int status, String text) {
        return new Bytes(status, "text/plain; charset=utf-8", Headers.NONE, text.getBytes(StandardCharsets.UTF_8));
    }
}
