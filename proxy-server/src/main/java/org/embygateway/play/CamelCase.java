package org.embygateway.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import org.embygateway.protocol.EmbyJson;

/** Emby's documents with names as the gateway's own API writes them: {@code RunTimeTicks} becomes {@code runTimeTicks}. */
final class CamelCase {
    /** Their names are values. */
    private static final Set<String> MAPS = Set.of("ProviderIds", "ImageTags");

    private CamelCase() {}

    static JsonNode of(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> of(object);
            case ArrayNode array -> of(array);
            default -> node;
        };
    }

    static ObjectNode of(ObjectNode object) {
        ObjectNode result = EmbyJson.object();
        object.properties().forEach(field -> {
            String name = field.getKey();
            result.set(name(name), MAPS.contains(name) ? field.getValue() : of(field.getValue()));
        });
        return result;
    }

    private static ArrayNode of(ArrayNode array) {
        ArrayNode result = EmbyJson.MAPPER.createArrayNode();
        array.forEach(element -> result.add(of(element)));
        return result;
    }

    private static String name(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
