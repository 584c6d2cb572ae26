package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.embygateway.protocol.EmbyJson;

/** What a simulated server answers. */
sealed interface SimReply {
    int status();

    Map<String, String> headers();

    /** Bytes in memory. */
    record Whole(int status, Map<String, String> headers, byte[] body) implements SimReply {}

    /** A part of a content. */
    record Part(int status, Map<String, String> headers, Content content, long offset, long length)
            implements SimReply {}

    static SimReply json(JsonNode node) {
        return json(200, node);
    }

    static SimReply json(int status, JsonNode node) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("Expires", "-1");
        return new Whole(status, headers, EmbyJson.write(node));
    }

    static SimReply text(int status, String text) {
        return bytes(status, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    static SimReply bytes(int status, String type, byte[] body) {
        return new Whole(status, Map.of("Content-Type", type), body);
    }

    static SimReply none() {
        return new Whole(204, Map.of(), new byte[0]);
    }
}
