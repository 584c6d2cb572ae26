package org.embygateway.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embygateway.protocol.EmbyJson;

/**
 * Fields that no table knows: a newer server's or a plug-in's. They pass, since clients may want them, unless their
 * name says id, tag, path, address or credential, or their text looks like one.
 */
final class Unknown {
    private static final Pattern TELLING_NAME = Pattern.compile(
            ".*(Ids?|ID|Guid|Uuid|Paths?|Ur[li]s?|Tags?|Etag|ETag|Token|Key|Keys|Secret|Password|Host|Hosts|Hostname"
                    + "|Server|Address|Addresses|Endpoint|Headers?|Location|Locations|File|FileName|Filename|Folder|Session)$");
    private static final Pattern TELLING_TEXT = Pattern.compile(
            ".*://.*|[/\\\\].*|[A-Za-z]:[/\\\\].*|.*[0-9a-fA-F]{16}.*"
                    + "|.*[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-.*|.*\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}.*|(?i:mediasource_.*)"
                    + "|.*[A-Za-z0-9-]\\.[A-Za-z]{2,}:\\d+.*",
            Pattern.DOTALL);

    private Unknown() {}

    static Optional<JsonNode> keep(String name, JsonNode value) {
        return value.isNull() || tells(name) ? Optional.empty() : keep(value);
    }

    private static Optional<JsonNode> keep(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> Optional.of(object(object));
            case ArrayNode array -> Optional.of(array(array));
            default ->
                value.isTextual() && TELLING_TEXT.matcher(value.asText()).matches()
                        ? Optional.empty()
                        : Optional.of(value);
        };
    }

    private static ObjectNode object(ObjectNode source) {
        ObjectNode result = EmbyJson.object();
        for (Map.Entry<String, JsonNode> field : source.properties()) {
            keep(field.getKey(), field.getValue()).ifPresent(kept -> result.set(field.getKey(), kept));
        }
        return result;
    }

    private static ArrayNode array(ArrayNode source) {
        ArrayNode result = EmbyJson.MAPPER.createArrayNode();
        source.forEach(element -> keep(element).ifPresent(result::add));
        return result;
    }

    private static boolean tells(String name) {
        return TELLING_NAME.matcher(name).matches()
                || TELLING_TEXT.matcher(name).matches()
                || name.toLowerCase(Locale.ROOT).contains("apikey")
                || name.chars().allMatch(Character::isDigit);
    }
}
