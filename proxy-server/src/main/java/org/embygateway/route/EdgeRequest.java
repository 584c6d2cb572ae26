package org.embygateway.route;

import java.net.InetSocketAddress;

/**
 * One HTTP request as it came in, before anyone has looked at what it asks for.
 *
 * @param method as sent
 * @param rawPath as sent, still percent-encoded, starting with {@code /}; {@code *} only with OPTIONS
 * @param rawQuery what follows the question mark, still encoded; empty when there is none. May hold credentials
 * @param headers of the request
 * @param body whole, within the edge's limit; empty when there is none
 * @param remote the other end of the connection, which may be a proxy
 * @param secure whether the connection itself is encrypted
 */
public record EdgeRequest(
        String method,
        String rawPath,
        String rawQuery,
        Headers headers,
        byte[] body,
        InetSocketAddress remote,
        boolean secure) {}
