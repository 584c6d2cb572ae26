package org.embygateway.upstream;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds addresses below a server's base. */
final class Urls {
    private static final String ALLOWED = "-._~!$&'()*+,;=:@/%";

    private Urls() {}

    /** Path as it may stand in a URL already: percent signs stay, what must not stand there is encoded. */
    static URI of(URI base, String path, Map<String, String> query) {
        StringBuilder text = new StringBuilder(base.toString());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            appendEncoded(text, b);
        }
        if (!query.isEmpty()) {
            text.append('?').append(encoded(query));
        }
        return URI.create(text.toString());
    }

    private static void appendEncoded(StringBuilder text, byte b) {
        char c = (char) (b & 0xFF);
        boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0);
        if (plain) {
            text.append(c);
        } else {
            text.append("%%%02X".formatted((int) c));
        }
    }

    private static String encoded(Map<String, String> query) {
        return query.entrySet().stream()
                .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
