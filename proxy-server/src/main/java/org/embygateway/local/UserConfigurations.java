package org.embygateway.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.embygateway.protocol.EmbyJson;

/**
 * {@code UserConfiguration}: what a user chose, always complete, since clients decode it strictly. What is kept holds
 * only fields that are known and of the right kind.
 */
final class UserConfigurations {
    private static final Map<String, Field> FIELDS = fields();

    private enum Kind {
        FLAG,
        NUMBER,
        TEXT,
        TEXTS
    }

    /** @param choices of a text; any text when empty */
    private record Field(String name, Kind kind, Optional<JsonNode> initial, List<String> choices) {}

    private UserConfigurations() {}

    private static Map<String, Field> fields() {
        Map<String, Field> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        text(all, "AudioLanguagePreference");
        flag(all, "PlayDefaultAudioTrack", true);
        text(all, "SubtitleLanguagePreference");
        text(all, "ProfilePin");
        flag(all, "DisplayMissingEpisodes", false);
        choice(all, "SubtitleMode", "Smart", "Default", "Always", "OnlyForced", "None", "HearingImpaired");
        texts(all, "OrderedViews");
        texts(all, "LatestItemsExcludes");
        texts(all, "MyMediaExcludes");
        flag(all, "HidePlayedInLatest", true);
        flag(all, "HidePlayedInMoreLikeThis", false);
        flag(all, "HidePlayedInSuggestions", false);
        flag(all, "RememberAudioSelections", true);
        flag(all, "RememberSubtitleSelections", true);
        flag(all, "EnableNextEpisodeAutoPlay", true);
        add(all, "ResumeRewindSeconds", Kind.NUMBER, Optional.of(JsonNodeFactory.instance.numberNode(0)), List.of());
        choice(all, "IntroSkipMode", "ShowButton", "AutoSkip", "None");
        flag(all, "EnableLocalPassword", false);
        return all;
    }

    private static void add(
            Map<String, Field> all, String name, Kind kind, Optional<JsonNode> initial, List<String> choices) {
        all.put(name, new Field(name, kind, initial, choices));
    }

    private static void flag(Map<String, Field> all, String name, boolean initial) {
        add(all, name, Kind.FLAG, Optional.of(JsonNodeFactory.instance.booleanNode(initial)), List.of());
    }

    private static void text(Map<String, Field> all, String name) {
        add(all, name, Kind.TEXT, Optional.empty(), List.of());
    }

    private static void texts(Map<String, Field> all, String name) {
        add(all, name, Kind.TEXTS, Optional.of(JsonNodeFactory.instance.arrayNode()), List.of());
    }

    private static void choice(Map<String, Field> all, String name, String initial, String... others) {
        List<String> choices =
                Stream.concat(Stream.of(initial), Stream.of(others)).toList();
        add(all, name, Kind.TEXT, Optional.of(JsonNodeFactory.instance.textNode(initial)), choices);
    }

    /** Every field, with the initial value where nothing else was chosen. */
    static ObjectNode complete(String stored) {
        ObjectNode result = EmbyJson.object();
        FIELDS.values().forEach(f -> f.initial().ifPresent(value -> result.set(f.name(), value.deepCopy())));
        result.setAll(kept(stored));
        return result;
    }

    private static ObjectNode kept(String stored) {
        try {
            return EmbyJson.read(stored.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode object
                    ? accepted(object)
                    : EmbyJson.object();
        } catch (IOException e) {
            return EmbyJson.object();
        }
    }

    /** What of the given fields is to be kept in place of the stored ones. */
    static String replaced(JsonNode given) {
        return accepted(given).toString();
    }

    /** The stored fields with the given ones laid over them. */
    static String merged(String stored, JsonNode given) {
        ObjectNode result = kept(stored);
        result.setAll(accepted(given));
        return result.toString();
    }

    private static ObjectNode accepted(JsonNode given) {
        ObjectNode result = EmbyJson.object();
        Iterator<Map.Entry<String, JsonNode>> all = given.fields();
        while (all.hasNext()) {
            Map.Entry<String, JsonNode> entry = all.next();
            Field field = FIELDS.get(entry.getKey());
            if (field != null) {
                value(field, entry.getValue()).ifPresent(value -> result.set(field.name(), value));
            }
        }
        return result;
    }

    private static Optional<JsonNode> value(Field field, JsonNode given) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (field.kind()) {
            case FLAG -> flagOf(given).map(make::booleanNode);
            case NUMBER ->
                given.asText().matches("-?\\d{1,9}")
                        ? Optional.of(make.numberNode(Integer.parseInt(given.asText())))
                        : Optional.empty();
            case TEXT -> textOf(field, given).map(make::textNode);
            case TEXTS -> textsOf(given).map(a -> a);
        };
    }

    private static Optional<Boolean> flagOf(JsonNode given) {
        return switch (given.asText().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<String> textOf(Field field, JsonNode given) {
        if (!given.isValueNode() || given.isNull()) {
            return Optional.empty();
        }
        String text = given.asText();
        return field.choices().isEmpty()
                ? Optional.of(text)
                : field.choices().stream().filter(text::equalsIgnoreCase).findFirst();
    }

    private static Optional<ArrayNode> textsOf(JsonNode given) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (given.isArray()) {
            given.forEach(entry -> list.add(entry.asText()));
        } else if (given.isTextual()) {
            Stream.of(given.asText().split(",")).filter(s -> !s.isBlank()).forEach(s -> list.add(s.trim()));
        } else {
            return Optional.empty();
        }
        return Optional.of(list);
    }
}
