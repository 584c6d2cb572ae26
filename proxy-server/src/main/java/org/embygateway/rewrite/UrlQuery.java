package org.embygateway.rewrite;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The pairs of a query string in their order, as they were written: what is not touched keeps its letters. */
final class UrlQuery {
    private final List<Pair> pairs;

    /** @param raw the whole {@code name=value} as it stood in the URL */
    private record Pair(String name, String value, String raw) {}

    /** Decides on one parameter: the same value keeps its spelling, another replaces it, null drops it. */
    interface Decision {
        @org.jspecify.annotations.Nullable
        String decide(String name, String value);
    }

    private UrlQuery(List<Pair> pairs) {
        this.pairs = pairs;
    }

    static UrlQuery parse(String raw) {
        List<Pair> pairs = new ArrayList<>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                pairs.add(new Pair(name, equals < 0 ? "" : decode(pair.substring(equals + 1)), pair));
            }
        }
        return new UrlQuery(pairs);
    }

    UrlQuery map(Decision decision) {
        List<Pair> mapped = new ArrayList<>();
        for (Pair pair : pairs) {
            String value = decision.decide(pair.name(), pair.value());
            if (value != null) {
                mapped.add(value.equals(pair.value()) ? pair : of(pair.name(), value));
            }
        }
        return new UrlQuery(mapped);
    }

    /** These, and the pair if no parameter of the name is there. */
    UrlQuery withDefault(String name, String value) {
        if (value.isEmpty() || pairs.stream().anyMatch(p -> p.name().equalsIgnoreCase(name))) {
            return this;
        }
        List<Pair> more = new ArrayList<>(pairs);
        more.add(of(name, value));
        return new UrlQuery(more);
    }

    /** With the question mark; empty text when there are no pairs. */
    String render() {
        StringBuilder text = new StringBuilder();
        pairs.forEach(pair -> text.append(text.isEmpty() ? '?' : '&').append(pair.raw()));
        return text.toString();
    }

    private static Pair of(String name, String value) {
        return new Pair(name, value, encode(name) + "=" + encode(value));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
