package org.embygateway.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.embygateway.protocol.EmbyJson;

/**
 * What may leave the gateway of one of Emby's structures. Three kinds of fields: <em>plain</em> ones pass as they are,
 * <em>nested</em> ones (an object, or an array of such) have a table of their own, <em>dropped</em> ones hold ids, tags,
 * paths or addresses of the upstream and are left out, for the caller to put the gateway's values in their place. Fields
 * no table knows pass unless name or value could give the upstream away, see {@link Unknown}.
 */
public final class FieldTable {
    private final Set<String> plain;
    private final Set<String> dropped;
    private final Map<String, FieldTable> nested;

    FieldTable(Set<String> plain, Set<String> dropped, Map<String, FieldTable> nested) {
        this.plain = Set.copyOf(plain);
        this.dropped = Set.copyOf(dropped);
        this.nested = Map.copyOf(nested);
    }

    /** A copy without the upstream's identity; nulls are left out. The source stays as it is. */
    public ObjectNode clean(ObjectNode source) {
        ObjectNode result = EmbyJson.object();
        for (Map.Entry<String, JsonNode> field : source.properties()) {
            put(result, field.getKey(), field.getValue());
        }
        return result;
    }

    private void put(ObjectNode result, String name, JsonNode value) {
        if (value.isNull() || dropped.contains(name)) {
            return;
        }
        FieldTable table = nested.get(name);
        if (table != null) {
            putNested(result, name, value, table);
        } else if (plain.contains(name)) {
            result.set(name, value.deepCopy());
        } else {
            Unknown.keep(name, value).ifPresent(kept -> result.set(name, kept));
        }
    }

    private static void putNested(ObjectNode result, String name, JsonNode value, FieldTable table) {
        if (value instanceof ObjectNode object) {
            result.set(name, table.clean(object));
        } else if (value instanceof ArrayNode array) {
            ArrayNode kept = result.putArray(name);
            array.forEach(element -> {
                if (element instanceof ObjectNode object) {
                    kept.add(table.clean(object));
                }
            });
        }
    }
}
