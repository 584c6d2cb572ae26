package org.embygateway.upstream;

import java.net.URI;
import java.util.Optional;
import org.embygateway.index.Passage;
import org.embygateway.route.Headers;

/**
 * One HTTP request on its way.
 *
 * @param headers that any host may see
 * @param credentials that only the upstream's own host gets
 * @param passage how the upstream is reached
 */
record Outgoing(String method, URI uri, Headers headers, Headers credentials, Optional<byte[]> json, Passage passage) {

    /** The request after a redirect: 303 asks for the result with GET, all others repeat the request as it was. */
    Outgoing redirected(URI target, int status, boolean sameHost) {
        boolean plainGet = status == 303 && !method.equals("HEAD");
        return new Outgoing(
                plainGet ? "GET" : method,
                target,
                headers,
                sameHost ? credentials : Headers.NONE,
                plainGet ? Optional.empty() : json,
                passage);
    }
}
