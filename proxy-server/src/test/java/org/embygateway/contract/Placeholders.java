package org.embygateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands for ids in a recording, learnt from the answers as the app learns them. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

    private final JourneyLibrary library;
    private final Map<String, String> values = new LinkedHashMap<>();

    Placeholders(JourneyLibrary library) {
        this.library = library;
    }

    void put(String name, String value) {
        values.put(name, value);
    }

    String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new AssertionError("the answers so far do not tell what ${%s} is: %s".formatted(name, values));
        }
        return value;
    }

    /** Whether the value is the one that stands behind that name. */
    boolean is(String name, String value) {
        return value.equals(values.get(name));
    }

    /** The text with values instead of placeholders. */
    String fill(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
    }

    /** The name in {@code ${name}}. */
    static String name(String placeholder) {
        Matcher matcher = PLACEHOLDER.matcher(placeholder);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(placeholder + " (expected: a placeholder)");
        }
        return matcher.group(1);
    }

    /** Takes ids from an answer; an item that had another id before is an error. */
    void learn(JsonNode answer) {
        if (answer.isObject()) {
            item(answer);
            source(answer);
        }
        answer.forEach(this::learn);
    }

    private void item(JsonNode node) {
        String id = node.path("Id").asText();
        if (id.isEmpty() || !node.has("Name") || node.has("MediaStreams") && !node.has("Type")) {
            return;
        }
        switch (node.path("CollectionType").asText()) {
            case "movies" -> same("movies", id);
            case "tvshows" -> same("shows", id);
            default ->
                library.placeholderOf(node.path("Name").asText()).ifPresent(placeholder -> same(placeholder, id));
        }
    }

    private void source(JsonNode node) {
        if (node.has("Size") && node.has("Container") && node.has("Protocol")) {
            library.sourceOfSize(node.path("Size").asLong())
                    .ifPresent(name -> same("source:" + name, node.path("Id").asText()));
        }
    }

    private void same(String placeholder, String id) {
        String before = values.putIfAbsent(placeholder, id);
        if (before != null && !before.equals(id)) {
            throw new AssertionError("${%s} was %s and is %s now".formatted(placeholder, before, id));
        }
    }
}
