package org.embygateway.edge;

import io.netty.handler.codec.http.HttpRequest;

/** What stands in a connection's queue: a whole request, or the reason why what came is none. */
sealed interface Incoming {

    /**
     * @param head as Netty decoded it
     * @param body whole
     */
    record Ask(HttpRequest head, byte[] body) implements Incoming {}

    /** Answered with a short text, then the connection closes: what follows on it cannot be trusted to be a request. */
    record Reject(int status, String text) implements Incoming {}
}
