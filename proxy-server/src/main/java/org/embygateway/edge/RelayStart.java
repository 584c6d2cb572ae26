package org.embygateway.edge;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;

/**
 * A relay about to begin: the upstream has answered, the client has nothing yet.
 *
 * @param head what the client gets
 * @param keepAlive whether its connection is used again
 */
record RelayStart(
        UpstreamStream stream,
        RelayReport report,
        HttpRequest request,
        HttpResponse head,
        boolean keepAlive,
        EdgeTimeouts timeouts) {}
