package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;

/** A request on its way through a simulated server: what came, and whose it is. */
record Exchange(
        String method,
        String uri,
        Map<String, String> captures,
        Params query,
        HttpHeaders headers,
        byte[] body,
        Credentials credentials,
        Optional<SimSession> signedIn) {

    /** A path segment by its name in the route's template. */
    String part(String name) {
        return captures.getOrDefault(name, "");
    }

    SimSession session() {
        return signedIn.orElseThrow(SimError::unauthorized);
    }

    /**
     * The JSON body, an empty object when there is none.
     *
     * @throws SimError 400 when it is something else
     */
    JsonNode json() {
        if (body.length == 0) {
            return EmbyJson.object();
        }
        try {
            return EmbyJson.read(body);
        } catch (IOException e) {
            throw new SimError(400, "The request body is no JSON document.");
        }
    }

    /** Query values, overridden by those of the body, be it JSON or a form. */
    Params fields() {
        if (body.length == 0) {
            return query;
        }
        if (body[0] == '{') {
            Params[] result = {query};
            json().properties().forEach(e -> {
                if (e.getValue().isValueNode() && !e.getValue().isNull()) {
                    result[0] = result[0].overriddenBy(
                            Params.of(Map.of(e.getKey(), e.getValue().asText())));
                }
            });
            return result[0];
        }
        return query.overriddenBy(Params.parse(new String(body, StandardCharsets.UTF_8)));
    }

    /** A member of an object by its name in any case; a missing node when there is none. */
    static JsonNode member(JsonNode object, String name) {
        if (object instanceof ObjectNode) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                if (entry.getKey().equalsIgnoreCase(name)) {
                    return entry.getValue();
                }
            }
        }
        return MissingNode.getInstance();
    }
}
