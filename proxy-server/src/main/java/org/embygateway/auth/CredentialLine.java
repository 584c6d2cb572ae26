package org.embygateway.auth;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The value of {@code X-Emby-Authorization}: {@code MediaBrowser Client="…", Device="…", DeviceId="…", Version="…",
 * Token="…"}, with or without quotes, with or without the scheme. Quoted values may hold commas and escaped quotes,
 * bare ones end at a comma that is followed by a known key.
 */
final class CredentialLine {
    private static final Set<String> KEYS = Set.of("client", "device", "deviceid", "version", "token", "userid");
    private static final int MAX_LENGTH = 4096;

    private final String text;
    private final Map<String, String> fields = new HashMap<>();
    private int at;

    private CredentialLine(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /** The fields by their names in lower case; none when the scheme is another's. */
    static Map<String, String> parse(String value) {
        String text = value.trim();
        if (text.length() > MAX_LENGTH) {
            return Map.of();
        }
        int start = startOfFields(text);
        return start < 0 ? Map.of() : new CredentialLine(text, start).read();
    }

    private static int startOfFields(String text) {
        int space = text.indexOf(' ');
        int equals = text.indexOf('=');
        if (equals < 0) {
            return -1;
        }
        if (space < 0 || equals < space) {
            return 0;
        }
        String scheme = text.substring(0, space).toLowerCase(Locale.ROOT);
        return scheme.equals("mediabrowser") || scheme.equals("emby") ? space : -1;
    }

    private Map<String, String> read() {
        while (skipSeparators()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String key = text.substring(at, equals).trim().toLowerCase(Locale.ROOT);
            at = equals + 1;
            String value = Credentials.percentDecoded(value());
            if (KEYS.contains(key)) {
                fields.putIfAbsent(key, value);
            }
        }
        return fields;
    }

    private boolean skipSeparators() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == ',')) {
            at++;
        }
        return at < text.length();
    }

    private String value() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() && text.charAt(at) == '"' ? quoted() : bare();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                at++;
            }
            value.append(text.charAt(at));
        }
        int comma = text.indexOf(',', Math.min(at, text.length()));
        at = comma < 0 ? text.length() : comma;
        return value.toString();
    }

    private String bare() {
        int from = at;
        int comma = text.indexOf(',', at);
        while (comma >= 0 && !isKnownKeyNext(comma + 1)) {
            comma = text.indexOf(',', comma + 1);
        }
        at = comma < 0 ? text.length() : comma;
        return text.substring(from, at).trim();
    }

    private boolean isKnownKeyNext(int from) {
        int equals = text.indexOf('=', from);
        return equals >= 0 && KEYS.contains(text.substring(from, equals).trim().toLowerCase(Locale.ROOT));
    }
}
