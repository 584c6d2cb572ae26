package org.embygateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.EmbyJson;

/** What the gateway answered, and to what. */
record Answer(String method, String url, int status, Map<String, List<String>> headers, byte[] body) {
    JsonNode json() {
        try {
            return EmbyJson.read(body);
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s: %d is no JSON: %s".formatted(method, url, status, text()), e);
        }
    }

    /** JSON that has to be well-formed. */
    static JsonNode parsed(String text) {
        try {
            return EmbyJson.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(h -> h.getKey().equalsIgnoreCase(name))
                .flatMap(h -> h.getValue().stream())
                .findFirst();
    }

    /** The JSON of an answer that has to be good. */
    JsonNode ok() {
        if (status != 200) {
            throw new AssertionError("%s %s: %d %s".formatted(method, url, status, text()));
        }
        return json();
    }
}
