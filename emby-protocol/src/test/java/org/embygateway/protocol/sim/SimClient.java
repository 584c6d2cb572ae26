package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.embygateway.protocol.EmbyJson;

/**
 * A plain client of the Emby protocol for tests: works against a simulated server and against the gateway. In paths
 * {@code {me}} stands for the id of the signed-in user.
 */
public final class SimClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient http;
    private final String base;
    private final String deviceId;
    private String token = "";
    private String userId = "";

    /** {@code base} without a slash at the end. */
    public SimClient(String base, String deviceId) {
        this(base, deviceId, HttpClient.newBuilder());
    }

    /** With an HTTP client of one's own making: proxies, certificates, redirects. */
    public SimClient(String base, String deviceId, HttpClient.Builder http) {
        this.base = base;
        this.deviceId = deviceId;
        this.http = http.version(HttpClient.Version.HTTP_1_1).build();
    }

    /** Signs in and keeps the token. Throws {@link IllegalStateException} unless the answer is 200. */
    public SimClient signIn(String user, String password) {
        String body =
                EmbyJson.object().put("Username", user).put("Pw", password).toString();
        HttpResponse<byte[]> answer = post("/Users/AuthenticateByName", body);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("sign-in answered " + answer.statusCode() + " " + text(answer));
        }
        JsonNode json = json(answer);
        token = json.get("AccessToken").asText();
        userId = json.get("User").get("Id").asText();
        return this;
    }

    public String token() {
        return token;
    }

    public String userId() {
        return userId;
    }

    /** The JSON of a 200; anything else throws {@link IllegalStateException}. */
    public JsonNode json(String path) {
        HttpResponse<byte[]> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + " " + text(answer));
        }
        return json(answer);
    }

    /** Headers in pairs of name and value. */
    public HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    public HttpResponse<byte[]> post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    public HttpResponse<byte[]> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path.replace("{me}", userId)))
                .timeout(LIMIT)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        String authorization = "MediaBrowser Client=\"Test\", Device=\"Test box\", DeviceId=\"" + deviceId
                + "\", Version=\"1.0\"" + (token.isEmpty() ? "" : ", Token=\"" + token + "\"");
        request.header("Authorization", authorization);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return EmbyJson.read(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
