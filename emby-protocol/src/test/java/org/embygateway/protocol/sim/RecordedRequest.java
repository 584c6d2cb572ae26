package org.embygateway.protocol.sim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.embygateway.protocol.Params;

/**
 * A request that reached a simulated server.
 *
 * @param route {@code GET /Users/{UserId}/Items}, or {@code unknown}
 * @param path as it came, without the query
 * @param rawQuery as it came
 * @param headers names in lower case; of several of one name the first
 * @param deviceId the device it came from, by its credentials or its token; empty when unknown
 */
public record RecordedRequest(
        String method,
        String route,
        String path,
        String rawQuery,
        Map<String, String> headers,
        byte[] body,
        String deviceId,
        Instant at) {

    public Params query() {
        return Params.parse(rawQuery);
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Empty text when absent. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    @Override
    public String toString() {
        return method + " " + path + (rawQuery.isEmpty() ? "" : "?" + rawQuery);
    }
}
