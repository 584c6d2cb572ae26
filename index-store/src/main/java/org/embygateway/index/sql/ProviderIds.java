package org.embygateway.index.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Provider ids as one text: a line {@code name=value} for each, by name. */
final class ProviderIds {
    private ProviderIds() {}

    static String text(Map<String, String> ids) {
        if (ids.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        new TreeMap<>(ids)
                .forEach((name, value) -> text.append(clean(name).replace('=', ' '))
                        .append('=')
                        .append(clean(value))
                        .append('\n'));
        return text.toString();
    }

    private static String clean(String text) {
        return text.replace('\n', ' ');
    }

    static Map<String, String> parse(String text) {
        if (text.isEmpty()) {
            return Map.of();
        }
        Map<String, String> ids = new HashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            ids.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return ids;
    }
}
