package org.embygateway.app;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.embygateway.route.Refused;

/**
 * A request's path in the one form that routes are written in: decoded, without doubled or trailing slashes, without
 * the prefixes that clients put before it ({@code /emby}, also twice, {@code /mediabrowser}).
 *
 * @param prefix what was taken off, as the client wrote it
 * @param path starts with {@code /}
 */
record RequestPath(String prefix, String path) {
    private static final int MAX_PREFIXES = 3;

    /**
     * @param basePath where the gateway is mounted behind a proxy; empty or {@code /gateway}
     * @throws Refused with 400 for encoded slashes, control characters, dot segments and broken percent signs
     */
    static RequestPath of(String raw, String basePath) {
        List<String> segments = new ArrayList<>();
        for (String part : raw.split("/")) {
            if (!part.isEmpty()) {
                segments.add(decode(part));
            }
        }
        StringBuilder prefix = new StringBuilder();
        takeBase(segments, basePath, prefix);
        for (int i = 0; i < MAX_PREFIXES && !segments.isEmpty() && isPrefix(segments.getFirst()); i++) {
            prefix.append('/').append(segments.removeFirst());
        }
        return new RequestPath(prefix.toString(), "/" + String.join("/", segments));
    }

    private static void takeBase(List<String> segments, String basePath, StringBuilder prefix) {
        for (String part : basePath.split("/")) {
            if (!part.isEmpty()) {
                if (segments.isEmpty() || !segments.getFirst().equalsIgnoreCase(part)) {
                    return;
                }
                prefix.append('/').append(segments.removeFirst());
            }
        }
    }

    private static boolean isPrefix(String segment) {
        String name = segment.toLowerCase(Locale.ROOT);
        return name.equals("emby") || name.equals("mediabrowser");
    }

    private static String decode(String part) {
        String text = percentDecode(part);
        boolean bad = text.equals(".") || text.equals("..") || text.indexOf('/') >= 0 || text.indexOf('\\') >= 0;
        if (bad || text.chars().anyMatch(Character::isISOControl)) {
            throw new Refused(400, "The path is not valid.");
        }
        return text;
    }

    private static String percentDecode(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(400, "The path is not valid.");
        }
    }
}
