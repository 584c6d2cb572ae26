package org.embygateway.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Header fields: names without regard to case, several values kept in order. Immutable. */
public final class Headers {
    public static final Headers NONE = new Headers(Map.of());

    private final TreeMap<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Headers(Map<String, List<String>> source) {
        source.forEach((name, list) -> values.put(name, List.copyOf(list)));
    }

    public static Headers of(String... namesAndValues) {
        Headers headers = new Headers(Map.of());
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    public static Headers ofAll(Map<String, List<String>> values) {
        return new Headers(values);
    }

    /** These, with all values of some fields in place of their own. */
    public Headers overriddenBy(Headers others) {
        Headers copy = new Headers(values);
        copy.values.putAll(others.values);
        return copy;
    }

    /** These and one more value. */
    public Headers with(String name, String value) {
        Headers copy = new Headers(values);
        copy.add(name, value);
        return copy;
    }

    private void add(String name, String value) {
        List<String> before = values.getOrDefault(name, List.of());
        List<String> list = new ArrayList<>(before);
        list.add(value);
        values.put(name, List.copyOf(list));
    }

    public Optional<String> first(String name) {
        List<String> list = values.getOrDefault(name, List.of());
        return list.isEmpty() ? Optional.empty() : Optional.of(list.getFirst());
    }

    public Map<String, List<String>> all() {
        return Collections.unmodifiableMap(values);
    }
}
