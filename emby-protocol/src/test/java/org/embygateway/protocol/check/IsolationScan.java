package org.embygateway.protocol.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.sim.SimulatedEmby;

/**
 * Looks through what a client gets for anything of the upstreams: hosts, ports, tokens, ids, paths, device ids. Short
 * decimal item ids cannot be told from other numbers: start the simulated servers at a huge number
 * ({@code idsFrom(7_770_001_600L)}) to have them found. Secrets are read anew for each scan, so that tokens and play
 * sessions made meanwhile count.
 */
public final class IsolationScan {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");
    private static final int DISTINCTIVE = 10;
    private static final Set<String> UPSTREAMS_OWN =
            Set.of("private-network-access-id", "private-network-access-name", "x-response-time-ms");

    private final List<SimulatedEmby> upstreams;
    private final Set<String> allowed = new HashSet<>();
    private final Set<String> findings = new LinkedHashSet<>();
    private boolean names;

    private IsolationScan(List<SimulatedEmby> upstreams) {
        this.upstreams = upstreams;
    }

    public static IsolationScan of(SimulatedEmby... upstreams) {
        return new IsolationScan(List.of(upstreams));
    }

    /** The upstreams' names are secret too. */
    public IsolationScan andNames() {
        names = true;
        return this;
    }

    /** Texts that may show although an upstream knows them, such as a client's own device id. */
    public IsolationScan except(String... texts) {
        allowed.addAll(List.of(texts));
        return this;
    }

    /** What was found so far: one line each, with the place, the kind and the value. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** Status line, headers and body; compressed bodies are opened, media and pictures are not searched. */
    public IsolationScan scan(String place, HttpResponse<byte[]> answer) {
        return scan(place, answer.headers().map(), answer.body());
    }

    public IsolationScan scan(String place, Map<String, List<String>> headers, byte[] body) {
        Secrets secrets = new Secrets();
        headers.forEach(
                (name, values) -> values.forEach(v -> search(secrets, place + " header " + name, name + ": " + v)));
        headers.keySet().stream()
                .filter(name -> UPSTREAMS_OWN.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> findings.add(place + ": the header " + name + " passes"));
        String type = first(headers, "content-type");
        if (isText(type)) {
            byte[] plain = first(headers, "content-encoding").equals("gzip") ? unzipped(body) : body;
            body(secrets, place, new String(plain, StandardCharsets.UTF_8));
        }
        return this;
    }

    /** A web socket message, a URL, a log: any text. */
    public IsolationScan scanText(String place, String text) {
        body(new Secrets(), place, text);
        return this;
    }

    private static String first(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .flatMap(e -> e.getValue().stream())
                .findFirst()
                .orElse("");
    }

    private static boolean isText(String type) {
        return !type.startsWith("image/")
                && !type.startsWith("video/")
                && !type.startsWith("audio/")
                && !type.startsWith("font/")
                && !type.startsWith("application/octet-stream");
    }

    private static byte[] unzipped(byte[] body) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void body(Secrets secrets, String place, String text) {
        if (isPlain(text) && !secrets.occursIn(text)) {
            return;
        }
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            try {
                walk(secrets, place, EmbyJson.MAPPER.readTree(text));
                return;
            } catch (IOException e) {
                // Looks like JSON and is none: it is searched as text.
            }
        }
        search(secrets, place, text);
    }

    /** Whether what stands in the text is spelt as it is meant. */
    private static boolean isPlain(String text) {
        return text.indexOf('\\') < 0 && text.indexOf('%') < 0;
    }

    private void walk(Secrets secrets, String place, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(e -> {
                search(secrets, place + " name", e.getKey());
                walk(secrets, place + "." + e.getKey(), e.getValue());
            });
        } else if (node.isArray()) {
            node.forEach(member -> walk(secrets, place + "[]", member));
        } else {
            search(secrets, place, node.asText());
        }
    }

    private void search(Secrets secrets, String place, String text) {
        secrets.search(place, text);
        if (text.indexOf('%') >= 0) {
            try {
                secrets.search(place, URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // A percent sign that encodes nothing.
            }
        }
    }

    /** What the upstreams' secrets are at this moment. */
    private final class Secrets {
        private final Map<String, String> anywhere = new LinkedHashMap<>();
        private final Map<String, String> words = new LinkedHashMap<>();

        Secrets() {
            for (SimulatedEmby upstream : upstreams) {
                upstream.secrets()
                        .forEach((kind, values) -> values.stream()
                                .filter(v -> !v.isEmpty() && !allowed.contains(v))
                                .forEach(v ->
                                        anywhere.put(v.toLowerCase(Locale.ROOT), kind + " of " + upstream.name())));
                upstream.itemSecrets().stream()
                        .filter(id -> isDistinctive(id) && !allowed.contains(id))
                        .forEach(id -> words.put(id.toLowerCase(Locale.ROOT), "item id of " + upstream.name()));
                if (names) {
                    words.put(upstream.name().toLowerCase(Locale.ROOT), "name of " + upstream.name());
                }
            }
        }

        private static boolean isDistinctive(String id) {
            String digits = id.substring(id.indexOf('_') + 1);
            return digits.length() >= DISTINCTIVE;
        }

        boolean occursIn(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            return anywhere.keySet().stream().anyMatch(lower::contains)
                    || WORD.matcher(lower).results().map(MatchResult::group).anyMatch(words::containsKey);
        }

        void search(String place, String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            anywhere.forEach((secret, kind) -> {
                if (lower.contains(secret)) {
                    findings.add(place + ": " + kind + ": " + secret);
                }
            });
            Matcher matcher = WORD.matcher(lower);
            while (matcher.find()) {
                String kind = words.get(matcher.group());
                if (kind != null) {
                    findings.add(place + ": " + kind + ": " + matcher.group());
                }
            }
        }
    }
}
