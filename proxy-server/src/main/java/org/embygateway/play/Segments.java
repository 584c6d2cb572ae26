package org.embygateway.play;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Path segments. */
final class Segments {
    private static final int LONGEST = 255;

    private Segments() {}

    /** Of a percent-decoded path. */
    static List<String> of(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whether a segment may go into a URL of an upstream: it names something, and leads nowhere else. */
    static boolean isName(String segment) {
        return !segment.isBlank()
                && segment.length() <= LONGEST
                && !segment.matches("\\.+")
                && segment.chars().noneMatch(c -> c < ' ' || c == '/' || c == '\\' || c == 0x7F);
    }
}
