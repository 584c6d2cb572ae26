package org.embygateway.protocol.sim;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Params;

/** Who a request says it comes from, read the way the simulated kind of server reads it. Empty text: not said. */
record Credentials(ClientIdentity identity, String token) {
    private static final Pattern PAIR = Pattern.compile("(\\w+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,]*))");

    static Credentials of(HttpHeaders headers, Params query, Face face) {
        return face.isJellyfin() ? jellyfin(headers, query) : emby(headers, query);
    }

    private static Credentials jellyfin(HttpHeaders headers, Params query) {
        Map<String, String> said = parse(headers.get("Authorization", ""), "MediaBrowser ");
        return new Credentials(identity(said), said.getOrDefault("Token", query.text("ApiKey", "")));
    }

    private static Credentials emby(HttpHeaders headers, Params query) {
        String text = headers.get("X-Emby-Authorization", headers.get("Authorization", ""));
        Map<String, String> said = parse(text, "MediaBrowser ");
        said.putAll(parse(text, "Emby "));
        fill(said, "Token", headers.get("X-Emby-Token", ""), headers.get("X-MediaBrowser-Token", ""));
        fill(said, "Token", query.text("X-Emby-Token", ""), query.text("api_key", ""));
        fill(said, "Client", headers.get("X-Emby-Client", ""), query.text("X-Emby-Client", ""));
        fill(said, "Device", decoded(headers.get("X-Emby-Device-Name", "")), query.text("X-Emby-Device-Name", ""));
        fill(said, "DeviceId", headers.get("X-Emby-Device-Id", ""), query.text("X-Emby-Device-Id", ""));
        fill(said, "Version", headers.get("X-Emby-Client-Version", ""), query.text("X-Emby-Client-Version", ""));
        return new Credentials(identity(said), said.getOrDefault("Token", ""));
    }

    private static void fill(Map<String, String> said, String name, String first, String second) {
        String value = first.isEmpty() ? second : first;
        if (!value.isEmpty()) {
            said.merge(name, value, (old, now) -> old.isEmpty() ? now : old);
        }
    }

    private static ClientIdentity identity(Map<String, String> said) {
        return new ClientIdentity(
                said.getOrDefault("Client", ""),
                said.getOrDefault("Device", ""),
                said.getOrDefault("DeviceId", ""),
                said.getOrDefault("Version", ""));
    }

    private static Map<String, String> parse(String header, String scheme) {
        Map<String, String> said = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (header.regionMatches(true, 0, scheme, 0, scheme.length())) {
            Matcher pairs = PAIR.matcher(header.substring(scheme.length()));
            while (pairs.find()) {
                String value =
                        pairs.group(2) != null ? pairs.group(2) : pairs.group(3).trim();
                said.put(pairs.group(1), decoded(value));
            }
        }
        return said;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
