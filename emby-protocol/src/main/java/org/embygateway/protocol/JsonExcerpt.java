package org.embygateway.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads of JSON what is asked of it: most of an item by its length is for showing only, and nodes of all of it cost
 * several times what skipping it does.
 */
public final class JsonExcerpt {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Set<String> without;
    private final Map<String, Set<String>> only;

    /**
     * @param without names of fields that are left out, however deep they are
     * @param only by the name of a field the fields that are taken of the object, or of the objects of the list, that is
     *     its value
     */
    public JsonExcerpt(Set<String> without, Map<String, Set<String>> only) {
        this.without = Set.copyOf(without);
        this.only = Map.copyOf(only);
    }

    /** Throws {@link IOException} for anything but one JSON document. */
    public JsonNode read(byte[] json) throws IOException {
        try (JsonParser in = EmbyJson.MAPPER.createParser(json)) {
            if (in.nextToken() == null) {
                throw new IOException("empty JSON document");
            }
            JsonNode value = value(in, Set.of());
            if (in.nextToken() != null) {
                throw new IOException("more than one JSON document");
            }
            return value;
        }
    }

    /** Of one JSON object the fields that are wanted, whole; throws {@link IOException} for anything else. */
    public static ObjectNode fields(byte[] json, Predicate<String> wanted) throws IOException {
        try (JsonParser in = EmbyJson.MAPPER.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            JsonExcerpt whole = new JsonExcerpt(Set.of(), Map.of());
            ObjectNode object = NODES.objectNode();
            for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                in.nextToken();
                if (wanted.test(field)) {
                    object.set(field, whole.value(in, Set.of()));
                } else {
                    in.skipChildren();
                }
            }
            if (in.nextToken() != null) {
                throw new IOException("more than one JSON document");
            }
            return object;
        }
    }

    /** The value at the parser's token, and goes on to its last. */
    public JsonNode read(JsonParser in) throws IOException {
        return value(in, Set.of());
    }

    /** The value of a field, whose name is the parser's token; goes on to its last and puts it in unless it is left out. */
    public void readField(JsonParser in, ObjectNode into) throws IOException {
        take(in, in.currentName(), Set.of(), into);
    }

    private void take(JsonParser in, String field, Set<String> wanted, ObjectNode into) throws IOException {
        in.nextToken();
        if (wanted.isEmpty() ? without.contains(field) : !wanted.contains(field)) {
            in.skipChildren();
        } else {
            into.set(field, value(in, only.getOrDefault(field, Set.of())));
        }
    }

    private JsonNode value(JsonParser in, Set<String> wanted) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                    take(in, field, wanted, object);
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(in, wanted));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(in.getText());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(in.getBooleanValue());
            case VALUE_NULL -> NODES.nullNode();
            default -> number(in);
        };
    }

    private static JsonNode number(JsonParser in) throws IOException {
        return switch (in.getNumberType()) {
            case INT -> NODES.numberNode(in.getIntValue());
            case LONG -> NODES.numberNode(in.getLongValue());
            case BIG_INTEGER -> NODES.numberNode(in.getBigIntegerValue());
            default -> NODES.numberNode(in.getDoubleValue());
        };
    }
}
