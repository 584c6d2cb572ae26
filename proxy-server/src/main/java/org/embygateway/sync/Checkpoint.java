package org.embygateway.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.EmbyJson;

/**
 * Where a full crawl stands: everything before it is in the index.
 *
 * @param started when the crawl began: changes since then are asked for afterwards
 * @param libraries the upstream's ids, in the order they are crawled
 * @param library which of them is being crawled
 * @param start the next item of that library
 * @param done items taken so far, over all libraries
 */
record Checkpoint(Instant started, List<String> libraries, int library, int start, long done) {
    Checkpoint {
        libraries = List.copyOf(libraries);
    }

    Checkpoint at(int library, int start, long done) {
        return new Checkpoint(started, libraries, library, start, done);
    }

    String json() {
        ObjectNode json = EmbyJson.object()
                .put("started", started.toString())
                .put("library", library)
                .put("start", start)
                .put("done", done);
        libraries.forEach(json.putArray("libraries")::add);
        return new String(EmbyJson.write(json), StandardCharsets.UTF_8);
    }

    /** Empty when there is none or it cannot be read; the crawl then begins anew. */
    static Optional<Checkpoint> read(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode json = EmbyJson.read(text.getBytes(StandardCharsets.UTF_8));
            List<String> libraries = new ArrayList<>();
            json.path("libraries").forEach(id -> libraries.add(id.asText()));
            return Optional.of(new Checkpoint(
                    Instant.parse(json.path("started").asText()),
                    libraries,
                    json.path("library").asInt(),
                    json.path("start").asInt(),
                    json.path("done").asLong()));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
