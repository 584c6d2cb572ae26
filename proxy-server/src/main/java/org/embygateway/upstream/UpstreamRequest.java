package org.embygateway.upstream;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.embygateway.route.Headers;

/**
 * A call to an upstream in Emby's words; the calling side translates for other kinds of servers.
 *
 * @param path below the base address, starting with {@code /}; {@code {user}} stands for the account's user id there
 * @param query in order; {@code {user}} as above
 * @param json the body; empty for none
 * @param headers beyond credentials and content type
 * @param limit for the whole answer
 */
public record UpstreamRequest(
        String method, String path, Map<String, String> query, Optional<byte[]> json, Headers headers, Duration limit) {

    public UpstreamRequest {
        query = new LinkedHashMap<>(query);
    }

    public static UpstreamRequest get(String path, Map<String, String> query, Duration limit) {
        return new UpstreamRequest("GET", path, query, Optional.empty(), Headers.NONE, limit);
    }

    public static UpstreamRequest post(String path, Map<String, String> query, byte[] json, Duration limit) {
        return new UpstreamRequest("POST", path, query, Optional.of(json), Headers.NONE, limit);
    }
}
