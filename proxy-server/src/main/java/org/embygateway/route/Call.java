package org.embygateway.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;

/**
 * One request, as a handler sees it.
 *
 * @param method upper case; {@code HEAD} reaches the handler of {@code GET}
 * @param path below the prefix, as the client wrote it, percent-decoded, starting with {@code /}
 * @param prefix what stood before it: empty or {@code /emby} …
 * @param pathParams by the names of the route's pattern
 * @param query with credentials still in it: never pass it on as it is
 * @param headers of the request
 * @param body whole, at most some MiB
 * @param remoteAddress the client's address, told by a trusted proxy if there is one
 * @param baseUrl the gateway's address as this client reaches it, without a slash at the end
 * @param identity what the client says of itself in this request
 * @param caller whose request it is; empty on routes for anyone
 * @param requestId for logs and error texts
 */
public record Call(
        String method,
        String path,
        String prefix,
        Map<String, String> pathParams,
        Params query,
        Headers headers,
        byte[] body,
        String remoteAddress,
        String baseUrl,
        ClientIdentity identity,
        Optional<Caller> caller,
        String requestId) {
    /** Forms are sign-ins and settings. */
    private static final int LONGEST_FORM = 64 << 10;

    /** The signed-in client; only for handlers of routes that need one. */
    public Caller signedIn() {
        return caller.orElseThrow(() -> new Refused(401, "Access token is invalid or expired."));
    }

    public String pathParam(String name) {
        String value = pathParams.get(name);
        if (value == null) {
            throw new IllegalStateException("route has no parameter " + name);
        }
        return value;
    }

    /**
     * The body as JSON whatever its content type says (clients send JSON as text/plain), form fields as an object of
     * strings, and an empty object when there is no body. Refused with 400 when it is neither.
     */
    public ObjectNode json() {
        int start = firstSignificantByte();
        if (start == body.length) {
            return EmbyJson.object();
        }
        if (body[start] != '{' && body[start] != '[') {
            return form();
        }
        JsonNode node = parse();
        if (!(node instanceof ObjectNode object)) {
            throw new Refused(400, "The request body must be a JSON object.");
        }
        return object;
    }

    private JsonNode parse() {
        try {
            return EmbyJson.readOfClient(body);
        } catch (IOException e) {
            throw new Refused(400, "The request body is not valid JSON.");
        }
    }

    private int firstSignificantByte() {
        int i = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF ? 3 : 0;
        while (i < body.length && (body[i] == ' ' || body[i] == '\n' || body[i] == '\r' || body[i] == '\t')) {
            i++;
        }
        return i;
    }

    private ObjectNode form() {
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        ObjectNode object = EmbyJson.object();
        if (!text.contains("=") || body.length > LONGEST_FORM) {
            throw new Refused(400, "The request body is not valid JSON.");
        }
        Params.parse(text).all().forEach((name, values) -> object.put(name, values.getFirst()));
        return object;
    }

    /**
     * The body's fields laid over the query's, names without regard to case: where a client puts a value differs from
     * app to app. Nested values of the body are left out.
     */
    public Params fields() {
        ObjectNode json = json();
        java.util.TreeMap<String, String> flat = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Iterator<Map.Entry<String, JsonNode>> all = json.fields();
        while (all.hasNext()) {
            Map.Entry<String, JsonNode> field = all.next();
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                flat.put(field.getKey(), field.getValue().asText());
            }
        }
        return query.overriddenBy(Params.of(flat));
    }

    /** A field of the body by its name without regard to case; a missing node when it is not there. */
    public JsonNode bodyField(String name) {
        Iterator<Map.Entry<String, JsonNode>> all = json().fields();
        while (all.hasNext()) {
            Map.Entry<String, JsonNode> field = all.next();
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }
}
