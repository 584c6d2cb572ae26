package org.embygateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.embygateway.protocol.Hex32;

/** A client of the gateway that behaves like the official apps: identity and token in the query, no headers. */
final class TestClient {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final HttpClient http;
    private final String base;
    private final Consumer<Answer> transcript;
    private final String device;
    private final String user;
    private final String token;

    private TestClient(
            HttpClient http, String base, Consumer<Answer> transcript, String device, String user, String token) {
        this.http = http;
        this.base = base;
        this.transcript = transcript;
        this.device = device;
        this.user = user;
        this.token = token;
    }

    static TestClient of(String base, Consumer<Answer> transcript) {
        return of(HTTP, base, transcript);
    }

    static TestClient of(HttpClient http, String base, Consumer<Answer> transcript) {
        return new TestClient(http, base, transcript, Hex32.random(), "", "");
    }

    /** The same device, signed in. */
    TestClient signedIn(String name, String password) {
        String form = "Username=%s&Pw=%s".formatted(encoded(name), encoded(password));
        JsonNode result = send(
                        "POST",
                        "/emby/Users/authenticatebyname",
                        Map.of("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
                        form)
                .ok();
        return signedIn(result);
    }

    /** The same device with what {@code AuthenticateByName} answered. */
    TestClient signedIn(JsonNode result) {
        return new TestClient(
                http,
                base,
                transcript,
                device,
                result.path("User").path("Id").asText(),
                result.path("AccessToken").asText());
    }

    /** Another device of nobody yet. */
    TestClient otherDevice() {
        return of(http, base, transcript);
    }

    /** The same device and sign-in at another address of the gateway. */
    TestClient movedTo(String newBase) {
        return new TestClient(http, newBase, transcript, device, user, token);
    }

    String userId() {
        return user;
    }

    String token() {
        return token;
    }

    String device() {
        return device;
    }

    String base() {
        return base;
    }

    Answer get(String path) {
        return send("GET", path, Map.of(), "");
    }

    Answer get(String path, String header, String value) {
        return send("GET", path, Map.of(header, value), "");
    }

    Answer head(String path) {
        return send("HEAD", path, Map.of(), "");
    }

    /** JSON as the apps send it: as text, with {@code reqformat=json}. */
    Answer post(String path, String json) {
        String marked = path + (path.contains("?") ? "&" : "?") + "reqformat=json";
        return send("POST", json.isEmpty() ? path : marked, Map.of("Content-Type", "text/plain"), json);
    }

    Answer delete(String path) {
        return send("DELETE", path, Map.of(), "");
    }

    /** The items of a list answer. */
    List<JsonNode> items(String path) {
        JsonNode answer = get(path).ok();
        JsonNode list = answer.isArray() ? answer : answer.path("Items");
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    /** Sends with this client's credentials in the query; {@code {me}} in the path stands for the user's id. */
    Answer send(String method, String path, Map<String, String> headers, String body) {
        return bare(method, withCredentials(path), headers, body);
    }

    /** Sends without any credentials; a URL that the server handed out, or a path. */
    Answer bare(String method, String path, Map<String, String> headers, String body) {
        String url = path.startsWith("http") ? path : base + path.replace("{me}", user);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.replace(" ", "%20")))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Answer answer = new Answer(
                    method, url, response.statusCode(), response.headers().map(), response.body());
            transcript.accept(answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String withCredentials(String path) {
        List<String> pairs = new ArrayList<>(List.of(
                "X-Emby-Client=" + encoded("Emby for Samsung"),
                "X-Emby-Device-Name=" + encoded("Living room TV"),
                "X-Emby-Device-Id=" + device,
                "X-Emby-Client-Version=2.3.2",
                "X-Emby-Language=en-us"));
        if (!token.isEmpty()) {
            pairs.add("X-Emby-Token=" + token);
        }
        return path + (path.contains("?") ? "&" : "?") + String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
