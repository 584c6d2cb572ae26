package org.embygateway.protocol.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes of a simulated server: templates without regard to case, more literal ones first. */
final class SimRoutes {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final List<Row> rows = new ArrayList<>();

    /** Answers one request; throws {@link SimError} to refuse it. */
    interface Handler {
        SimReply answer(Exchange exchange);
    }

    /** A route; {@code open} when it needs no token. */
    record Row(String method, String template, boolean open, Handler handler, Pattern pattern, List<String> names) {
        String key() {
            return method + " " + template;
        }

        int literals() {
            return PARAMETER.matcher(template).replaceAll("").length();
        }
    }

    /** A row and what the path says for its parameters. */
    record Match(Row row, Map<String, String> captures) {}

    void get(String template, Handler handler) {
        add("GET", template, false, handler);
    }

    void open(String method, String template, Handler handler) {
        add(method, template, true, handler);
    }

    void post(String template, Handler handler) {
        add("POST", template, false, handler);
    }

    /** DELETE, and on Emby its twin POST …/Delete. */
    void delete(String template, boolean twin, Handler handler) {
        add("DELETE", template, false, handler);
        if (twin) {
            add("POST", template + "/Delete", false, handler);
        }
    }

    void add(String method, String template, boolean open, Handler handler) {
        List<String> names = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        Matcher parameters = PARAMETER.matcher(template);
        int end = 0;
        while (parameters.find()) {
            regex.append(Pattern.quote(template.substring(end, parameters.start())))
                    .append("([^/]+?)");
            names.add(parameters.group(1));
            end = parameters.end();
        }
        regex.append(Pattern.quote(template.substring(end)));
        Pattern pattern = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
        rows.add(new Row(method, template, open, handler, pattern, List.copyOf(names)));
    }

    /** Call once, after the last route. */
    void sort() {
        rows.sort(Comparator.comparingInt((Row r) -> r.names().size())
                .thenComparing(Comparator.comparingInt(Row::literals).reversed()));
    }

    /** HEAD is answered by the route of GET. */
    Optional<Match> find(String method, String path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        for (Row row : rows) {
            if (row.method().equals(wanted)) {
                Matcher matcher = row.pattern().matcher(path);
                if (matcher.matches()) {
                    Map<String, String> captures = new LinkedHashMap<>();
                    for (int i = 0; i < row.names().size(); i++) {
                        captures.put(row.names().get(i), matcher.group(i + 1));
                    }
                    return Optional.of(new Match(row, captures));
                }
            }
        }
        return Optional.empty();
    }

    boolean knows(String key) {
        return rows.stream().anyMatch(r -> r.key().equals(key));
    }
}
