package org.embygateway.protocol;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters or form fields: names without regard to case, values as they came. An empty value counts as absent,
 * as do the words {@code null} and {@code undefined} where a number or a truth value is asked for, since clients send
 * them. Of several values of one name the first wins, lists join all.
 */
public final class Params {
    public static final Params NONE = new Params(Map.of());

    private final TreeMap<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int hash;

    private Params(Map<String, List<String>> source) {
        source.forEach((name, list) ->
                values.computeIfAbsent(name, n -> new ArrayList<>()).addAll(list));
    }

    public static Params of(Map<String, String> pairs) {
        Params params = new Params(Map.of());
        pairs.forEach((name, value) ->
                params.values.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
        return params;
    }

    /** Parses {@code a=1&b=2}; broken percent signs are kept as they are. */
    public static Params parse(String query) {
        Params params = new Params(Map.of());
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                params.values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
            }
        }
        return params;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** These parameters, with those of {@code over} in place of the ones of the same name. */
    public Params overriddenBy(Params over) {
        Params result = new Params(values);
        over.values.forEach((name, list) -> result.values.put(name, List.copyOf(list)));
        return result;
    }

    /** The first value that is not empty. */
    public Optional<String> text(String name) {
        for (String value : values.getOrDefault(name, List.of())) {
            if (!value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    public String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    /** Empty when absent or not a whole number. */
    public OptionalInt number(String name) {
        OptionalLong value = longNumber(name);
        return value.isPresent() && value.getAsLong() == (int) value.getAsLong()
                ? OptionalInt.of((int) value.getAsLong())
                : OptionalInt.empty();
    }

    public OptionalLong longNumber(String name) {
        try {
            return text(name)
                    .map(v -> OptionalLong.of(Long.parseLong(v.trim())))
                    .orElse(OptionalLong.empty());
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Empty when absent or neither true, false, 1 nor 0. */
    public Optional<Boolean> flag(String name) {
        return text(name).flatMap(v -> switch (v.trim().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    public boolean flag(String name, boolean otherwise) {
        return flag(name).orElse(otherwise);
    }

    /** The members of a comma-separated list over all values of the name; blanks are left out. */
    public List<String> list(String name) {
        return split(name, ",");
    }

    /** Like {@link #list}, for the parameters that Emby separates by a pipe (names may contain commas). */
    public List<String> pipeList(String name) {
        return split(name, "\\|");
    }

    private List<String> split(String name, String separator) {
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(v -> Stream.of(v.split(separator)))
                .map(String::trim)
                .filter(v -> !v.isEmpty())
                .toList();
    }

    public boolean has(String name) {
        return text(name).isPresent();
    }

    /** Whether both have the same values for the same names, without regard to the names' case. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Params params && hash() == params.hash() && values.equals(params.values);
    }

    @Override
    public int hashCode() {
        return hash();
    }

    private int hash() {
        int known = hash;
        if (known == 0) {
            for (var entry : values.entrySet()) {
                known += entry.getValue().hashCode(); // not the name, whose case does not matter
            }
            hash = known;
        }
        return known;
    }

    /** All values by the name as it was first written, in the order of the names. */
    public Map<String, List<String>> all() {
        return Collections.unmodifiableMap(values);
    }
}
