package org.embygateway.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the TV app did, line by line, read from the recordings beside the tests. */
record Recording(List<Step> steps) {
    private static final Pattern REQUEST =
            Pattern.compile("(GET|POST|DELETE) (\\S+) \\[([TCK-])] -> (\\d{3})(?: {2}(.+))?");

    Recording {
        steps = List.copyOf(steps);
    }

    /** One line. */
    sealed interface Step {
        int line();
    }

    /** What the person in front of the TV does next. */
    record Scene(int line, String name) implements Step {}

    /** @param body empty when none; {@code @profile} stands for the app's device profile */
    record Request(int line, String method, String path, Carrier carrier, int status, String body) implements Step {}

    /** A request to a URL that the server handed out: {@code direct}, {@code master}, {@code segment} … */
    record Media(int line, String kind, String which) implements Step {}

    /** Something about the web socket: {@code open}, {@code close}, or a message about an item. */
    record Socket(int line, String what, String item) implements Step {}

    /** How a request carries credentials. */
    enum Carrier {
        TOKEN,
        CLIENT_ONLY,
        IN_URL,
        NONE;

        private static Carrier of(String letter) {
            return switch (letter) {
                case "T" -> TOKEN;
                case "C" -> CLIENT_ONLY;
                case "K" -> IN_URL;
                default -> NONE;
            };
        }
    }

    static Recording of(String file) {
        List<Step> steps = new ArrayList<>();
        List<String> lines = text(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("# ")) {
                steps.add(step(i + 1, line));
            }
        }
        return new Recording(steps);
    }

    static String text(String file) {
        try (InputStream in = Recording.class.getResourceAsStream("/org/embygateway/journey/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Step step(int number, String line) {
        String[] words = line.split(" ", 3);
        if (line.startsWith("### ")) {
            return new Scene(number, line.substring(4));
        }
        if (line.startsWith("@")) {
            return new Media(number, words[0].substring(1), words.length > 1 ? words[1] : "");
        }
        if (words[0].equals("WS")) {
            return new Socket(number, words[1], words.length > 2 ? words[2] : "");
        }
        Matcher request = REQUEST.matcher(line);
        if (!request.matches()) {
            throw new IllegalArgumentException("line %d: %s (expected: a request)".formatted(number, line));
        }
        String body = request.group(5) == null ? "" : request.group(5);
        return new Request(
                number,
                request.group(1),
                request.group(2),
                Carrier.of(request.group(3)),
                Integer.parseInt(request.group(4)),
                body);
    }
}
