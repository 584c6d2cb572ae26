package org.embygateway.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The protocol: every path the gateway knows. Matching ignores case; from the left a literal beats a parameter. Twin
 * rows stop the start-up.
 */
public final class RouteTable {
    private final List<Route> routes;
    private final Map<String, List<Route>> byFirstSegment = new HashMap<>();
    private final List<Route> others = new ArrayList<>();

    public RouteTable(Collection<Route> rows) {
        routes = List.copyOf(rows);
        Set<String> shapes = new HashSet<>();
        for (Route route : routes) {
            if (!shapes.add(route.method() + " " + route.pattern().shape())) {
                throw new IllegalStateException("two routes for " + route.template());
            }
        }
        routes.stream()
                .sorted(Comparator.comparing(r -> r.pattern().rank()))
                .forEach(route -> bucket(route).add(route));
    }

    private List<Route> bucket(Route route) {
        List<String> segments = PathPattern.split(route.pattern().text());
        if (segments.isEmpty()
                || segments.getFirst().contains("{")
                || segments.getFirst().equals("**")) {
            return others;
        }
        return byFirstSegment.computeIfAbsent(segments.getFirst().toLowerCase(Locale.ROOT), s -> new ArrayList<>());
    }

    public List<Route> routes() {
        return routes;
    }

    /**
     * The row for a request.
     *
     * @param path below the prefix, percent-decoded, starting with {@code /}
     */
    public Optional<Match> find(String method, String path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        List<String> segments = PathPattern.split(path);
        String first = segments.isEmpty() ? "" : segments.getFirst().toLowerCase(Locale.ROOT);
        return find(byFirstSegment.getOrDefault(first, List.of()), wanted, segments)
                .or(() -> find(others, wanted, segments));
    }

    private static Optional<Match> find(List<Route> candidates, String method, List<String> segments) {
        for (Route route : candidates) {
            if (route.method().equals(method)) {
                Optional<Map<String, String>> params = route.pattern().match(segments);
                if (params.isPresent()) {
                    return Optional.of(new Match(route, params.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** A row and the values of its parameters. */
    public record Match(Route route, Map<String, String> pathParams) {}
}
