package org.embygateway.auth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.route.Headers;

/**
 * What a request says of its token and its client, wherever the client put it. Each field is taken from the first
 * carrier that has it: the credential string of {@code X-Emby-Authorization} or {@code Authorization}, then separate
 * headers, then the query. Two carriers with different tokens are no error: the first wins.
 */
public record Credentials(Optional<Secret> token, ClientIdentity identity) {
    private static final int MAX_TOKEN = 4096;
    private static final int MAX_NAME = 64;
    private static final int MAX_DEVICE_ID = 256;

    public static Credentials of(Headers headers, Params query) {
        Map<String, String> line = credentialLine(headers);
        return new Credentials(
                token(line, headers, query),
                new ClientIdentity(
                        name(line, "Client", headers, query, "X-Emby-Client"),
                        name(line, "Device", headers, query, "X-Emby-Device-Name"),
                        deviceId(line, headers, query),
                        name(line, "Version", headers, query, "X-Emby-Client-Version")));
    }

    private static Map<String, String> credentialLine(Headers headers) {
        return headers.first("X-Emby-Authorization")
                .or(() -> headers.first("Authorization"))
                .map(CredentialLine::parse)
                .orElse(Map.of());
    }

    private static Optional<Secret> token(Map<String, String> line, Headers headers, Params query) {
        return usable(Optional.ofNullable(line.get("token")))
                .or(() -> usable(headers.first("X-Emby-Token")))
                .or(() -> usable(headers.first("X-MediaBrowser-Token")))
                .or(() -> usable(query.text("X-Emby-Token")))
                .or(() -> usable(query.text("X-MediaBrowser-Token")))
                .or(() -> usable(query.text("api_key")))
                .or(() -> usable(query.text("ApiKey")))
                .or(() -> usable(bearer(headers)))
                .map(Secret::new);
    }

    private static Optional<String> usable(Optional<String> token) {
        return token.map(String::trim).filter(text -> !text.isEmpty() && text.length() <= MAX_TOKEN);
    }

    private static Optional<String> bearer(Headers headers) {
        return headers.first("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7));
    }

    private static String name(Map<String, String> line, String key, Headers headers, Params query, String carrier) {
        String value = field(line, key, headers, query, carrier);
        return value.length() <= MAX_NAME ? value : value.substring(0, MAX_NAME);
    }

    /** An over-long id is replaced by a digest of it, so that two of them never become one device. */
    private static String deviceId(Map<String, String> line, Headers headers, Params query) {
        String value = field(line, "DeviceId", headers, query, "X-Emby-Device-Id");
        return value.length() <= MAX_DEVICE_ID ? value : Hex32.of(value);
    }

    private static String field(Map<String, String> line, String key, Headers headers, Params query, String carrier) {
        return printable(Optional.ofNullable(line.get(key.toLowerCase(Locale.ROOT)))
                .filter(v -> !v.isEmpty())
                .or(() -> headers.first(carrier).map(Credentials::percentDecoded))
                .filter(v -> !v.isEmpty())
                .or(() -> query.text(carrier))
                .orElse(""));
    }

    private static String printable(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text.trim();
        }
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isISOControl(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString().trim();
    }

    /** Official clients write names in percent form, others as they are: decoded where it is valid, {@code +} kept. */
    static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
