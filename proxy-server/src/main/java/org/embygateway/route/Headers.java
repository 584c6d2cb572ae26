package org.embygateway.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Header fields: names without regard to case, several values kept in order. Immutable. Requests have few of them, so
 * they are searched one by one.
 */
public final class Headers {
    public static final Headers NONE = new Headers();

    private final String[] namesAndValues;

    private Headers(String... namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    public static Headers of(String... namesAndValues) {
        return new Headers(namesAndValues.clone());
    }

    /** One entry for each value, in the order of the message. */
    public static Headers of(Iterable<Map.Entry<String, String>> fields) {
        List<String> all = new ArrayList<>();
        fields.forEach(field -> {
            all.add(field.getKey());
            all.add(field.getValue());
        });
        return new Headers(all.toArray(String[]::new));
    }

    public static Headers ofAll(Map<String, List<String>> values) {
        List<String> all = new ArrayList<>();
        values.forEach((name, list) -> list.forEach(value -> {
            all.add(name);
            all.add(value);
        }));
        return new Headers(all.toArray(String[]::new));
    }

    /** These, with all values of some fields in place of their own. */
    public Headers overriddenBy(Headers others) {
        if (others.namesAndValues.length == 0) {
            return this;
        }
        int kept = 0;
        String[] all = Arrays.copyOf(namesAndValues, namesAndValues.length + others.namesAndValues.length);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (others.find(namesAndValues[i]) < 0) {
                all[kept] = namesAndValues[i];
                all[kept + 1] = namesAndValues[i + 1];
                kept += 2;
            }
        }
        System.arraycopy(others.namesAndValues, 0, all, kept, others.namesAndValues.length);
        return new Headers(Arrays.copyOf(all, kept + others.namesAndValues.length));
    }

    /** These and one more value. */
    public Headers with(String name, String value) {
        String[] all = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
        all[namesAndValues.length] = name;
        all[namesAndValues.length + 1] = value;
        return new Headers(all);
    }

    public Optional<String> first(String name) {
        int found = find(name);
        return found < 0 ? Optional.empty() : Optional.of(namesAndValues[found + 1]);
    }

    private int find(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Each value with its field's name, in the order they were put in. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            action.accept(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    /** The values of each field; the map's keys are without regard to case. */
    public Map<String, List<String>> all() {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        forEach((name, value) ->
                all.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
        return Collections.unmodifiableMap(all);
    }
}
