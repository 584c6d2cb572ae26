package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;

/** A version of an item asked for as an item of its own, which Emby allows. */
final class Version {
    private Version() {}

    /**
     * The item's document with that version first and under the version's id; the item's own document when the id is an
     * older one of the item.
     */
    static ObjectNode first(ObjectNode document, ItemId version) {
        if (!(document.path("MediaSources") instanceof ArrayNode sources) || sources.isEmpty()) {
            return document;
        }
        String wanted = new MediaSourceId(version).toString();
        List<JsonNode> order = new ArrayList<>();
        sources.forEach(source -> order.add(source.path("Id").asText().equals(wanted) ? 0 : order.size(), source));
        if (!order.getFirst().path("Id").asText().equals(wanted)) {
            return document;
        }
        document.put("Id", version.toString());
        sources.removeAll();
        sources.addAll(order);
        return document;
    }
}
