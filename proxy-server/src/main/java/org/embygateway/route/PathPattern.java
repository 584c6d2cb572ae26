package org.embygateway.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path template such as {@code /Videos/{Id}/stream.{Container}}: literals without regard to case, parameters for a
 * whole segment or a part of one, and {@code **} at the end for the rest of the path.
 */
public final class PathPattern {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final String text;
    private final List<Segment> segments;
    private final boolean openEnd;

    private PathPattern(String text, List<Segment> segments, boolean openEnd) {
        this.text = text;
        this.segments = List.copyOf(segments);
        this.openEnd = openEnd;
    }

    public static PathPattern of(String text) {
        List<Segment> segments = new ArrayList<>();
        boolean openEnd = text.endsWith("/**");
        String path = openEnd ? text.substring(0, text.length() - 3) : text;
        for (String part : split(path)) {
            segments.add(Segment.of(part));
        }
        return new PathPattern(text, segments, openEnd);
    }

    /** The segments of a path; none for {@code /}. */
    static List<String> split(String path) {
        String trimmed = path.startsWith("/") ? path.substring(1) : path;
        return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("/", -1));
    }

    public String text() {
        return text;
    }

    /** The parameters by name when the path fits; {@code **} gives {@code rest}. */
    Optional<Map<String, String>> match(List<String> path) {
        if (openEnd ? path.size() < segments.size() : path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            if (!segments.get(i).match(path.get(i), params)) {
                return Optional.empty();
            }
        }
        if (openEnd) {
            params.put("rest", String.join("/", path.subList(segments.size(), path.size())));
        }
        return Optional.of(params);
    }

    /** Where two patterns fit one path the smaller rank wins: from the left, a literal beats a mix beats a parameter. */
    String rank() {
        StringBuilder rank = new StringBuilder();
        segments.forEach(s -> rank.append(s.rank()));
        return rank.append(openEnd ? '9' : '0').toString();
    }

    /** Equal for patterns that fit the same paths, whatever their parameters are called. */
    String shape() {
        return PARAMETER.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("{}");
    }

    private record Segment(String literal, List<String> names, Optional<Pattern> mixed) {
        static Segment of(String part) {
            Matcher matcher = PARAMETER.matcher(part);
            List<String> names = new ArrayList<>();
            StringBuilder regex = new StringBuilder();
            int from = 0;
            while (matcher.find()) {
                regex.append(Pattern.quote(part.substring(from, matcher.start())))
                        .append("(.+?)");
                names.add(matcher.group(1));
                from = matcher.end();
            }
            regex.append(Pattern.quote(part.substring(from)));
            boolean whole = names.size() == 1 && part.equals("{" + names.getFirst() + "}");
            return new Segment(
                    part,
                    List.copyOf(names),
                    names.isEmpty() || whole
                            ? Optional.empty()
                            : Optional.of(Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE)));
        }

        char rank() {
            return names.isEmpty() ? '1' : mixed.isPresent() ? '2' : '3';
        }

        boolean match(String value, Map<String, String> params) {
            if (names.isEmpty()) {
                return literal.equalsIgnoreCase(value);
            }
            if (mixed.isEmpty()) {
                params.put(names.getFirst(), value);
                return !value.isEmpty();
            }
            Matcher matcher = mixed.get().matcher(value);
            if (!matcher.matches()) {
                return false;
            }
            for (int i = 0; i < names.size(); i++) {
                params.put(names.get(i), matcher.group(i + 1));
            }
            return true;
        }
    }
}
