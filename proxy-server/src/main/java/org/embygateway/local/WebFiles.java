package org.embygateway.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.embygateway.protocol.Hex32;
import org.embygateway.route.Call;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * The web UI's files, from {@code web/} on the class path. Three of them apps ask of any server before they accept it:
 * {@code manifest.json}, {@code index.html} and {@code strings/en-US.json}; these are answered even if the web UI was
 * not built. Paths of the web UI's own pages lead to its index.
 */
public final class WebFiles {
    private static final String ROOT = "web/";
    private static final String INDEX = "index.html";
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9@_~ .-]+(/[A-Za-z0-9@_~ .-]+)*");
    private static final Pattern NAMED_BY_CONTENT = Pattern.compile(".*-[A-Z0-9]{8}\\.\\w+");
    private static final String PLACE_OF_NONCE = "__NONCE__";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json; charset=utf-8"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("txt", "text/plain; charset=utf-8"));
    private static final Map<String, String> WITHOUT_WEB_UI = Map.of(
            INDEX,
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Emby Gateway</title></head>
            <body><h1>Emby Gateway</h1><p>Point an Emby app at this address.</p></body></html>
            """,
            "manifest.json",
            "{\"name\":\"Emby Gateway\",\"short_name\":\"Emby Gateway\",\"start_url\":\"index.html\",\"display\":\"standalone\"}",
            "strings/en-US.json",
            "{}");

    private final Map<String, Optional<byte[]>> kept = new ConcurrentHashMap<>();
    private final ClassLoader classes;

    public WebFiles(ClassLoader classes) {
        this.classes = classes;
    }

    /** {@code /}: the web UI lives under {@code /web/}. */
    public Reply root(Call call) {
        return new Reply.Redirect(basePath(call) + "/web/index.html");
    }

    /** {@code /web/**}. */
    public Reply file(Call call) {
        String path = call.pathParam("rest");
        if (path.isEmpty()) {
            return root(call);
        }
        if (!SAFE.matcher(path).matches() || path.contains("..")) {
            throw notFound();
        }
        Optional<byte[]> file = read(path);
        if (file.isPresent()) {
            return path.equals(INDEX) ? index(call, file.get()) : asset(call, path, file.get());
        }
        if (isPage(call, path)) {
            return index(call, read(INDEX).orElseThrow(WebFiles::notFound));
        }
        throw notFound();
    }

    private static Refused notFound() {
        return new Refused(404, "Not found.");
    }

    /** A page of the web UI: what a browser opens, without the name of a file. */
    private static boolean isPage(Call call, String path) {
        boolean named = path.substring(path.lastIndexOf('/') + 1).contains(".");
        return !named && call.headers().first("Accept").orElse("").contains("text/html");
    }

    private Optional<byte[]> read(String path) {
        if (!path.substring(path.lastIndexOf('/') + 1).contains(".")) {
            return Optional.empty();
        }
        Optional<byte[]> known = kept.get(path);
        if (known != null) {
            return known;
        }
        Optional<byte[]> found = load(path);
        found.ifPresent(bytes -> kept.put(path, found));
        return found;
    }

    private Optional<byte[]> load(String path) {
        try (InputStream in = classes.getResourceAsStream(ROOT + path)) {
            return in == null
                    ? Optional.ofNullable(WITHOUT_WEB_UI.get(path)).map(t -> t.getBytes(StandardCharsets.UTF_8))
                    : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply asset(Call call, String path, byte[] bytes) {
        boolean forEver = NAMED_BY_CONTENT.matcher(path).matches();
        String etag = "\"" + Hex32.of(path + new String(bytes, StandardCharsets.ISO_8859_1)) + "\"";
        Headers headers = Headers.of(
                "Cache-Control", forEver ? FOR_EVER : "no-cache", "ETag", etag, "X-Content-Type-Options", "nosniff");
        boolean same = call.headers()
                .first("If-None-Match")
                .filter(v -> v.contains(etag))
                .isPresent();
        return same ? new Reply.Empty(304, headers) : new Reply.Bytes(200, type(path), headers, bytes);
    }

    private static String type(String path) {
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    /** The index for this client: links below the gateway's own path, and a policy of what the page may load. */
    private static Reply index(Call call, byte[] bytes) {
        String html = new String(bytes, StandardCharsets.UTF_8)
                .replace("<base href=\"/web/\"", "<base href=\"" + basePath(call) + "/web/\"");
        boolean prepared = html.contains(PLACE_OF_NONCE);
        String nonce = Hex32.random();
        Headers headers = Headers.of(
                "Cache-Control",
                "no-store",
                "Content-Security-Policy",
                policy(call, prepared ? "'nonce-" + nonce + "'" : "'unsafe-inline'"),
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "same-origin");
        byte[] page = html.replace(PLACE_OF_NONCE, nonce).getBytes(StandardCharsets.UTF_8);
        return new Reply.Bytes(200, type(INDEX), headers, page);
    }

    private static String policy(Call call, String styles) {
        String host = URI.create(call.baseUrl()).getRawAuthority();
        return "default-src 'none'; script-src 'self'; style-src 'self' " + styles
                + "; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ws://" + host + " wss://"
                + host
                + "; worker-src 'self' blob:; font-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'"
                + "; frame-ancestors 'none'";
    }

    private static String basePath(Call call) {
        return Optional.ofNullable(URI.create(call.baseUrl()).getRawPath()).orElse("");
    }

    /** {@code /favicon.ico}: the web UI's icon. */
    public Reply favicon(Call call) {
        String path = read("favicon.ico").isPresent() ? "favicon.ico" : "favicon.svg";
        return asset(call, path, read(path).orElseThrow(WebFiles::notFound));
    }

    public Reply robots(Call call) {
        return Reply.text(200, "User-agent: *\nDisallow: /\n");
    }

    /** {@code /web/strings}: the texts of one language, which the web UI brings along itself. */
    public Reply strings(Call call) {
        return asset(call, "strings/en-US.json", read("strings/en-US.json").orElseThrow(WebFiles::notFound));
    }
}
