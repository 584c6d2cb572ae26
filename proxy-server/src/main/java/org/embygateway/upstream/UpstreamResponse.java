package org.embygateway.upstream;

import java.net.URI;
import org.embygateway.route.Headers;

/**
 * A whole answer.
 *
 * @param uri where it finally came from, after redirects
 */
public record UpstreamResponse(int status, Headers headers, byte[] body, URI uri) {}
