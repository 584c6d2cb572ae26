package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.embygateway.contract.Recording.Media;
import org.embygateway.contract.Recording.Request;
import org.embygateway.contract.Recording.Scene;
import org.embygateway.contract.Recording.Socket;
import org.embygateway.contract.Recording.Step;

/** Does again what the TV app did, and judges every answer as the app would. */
final class Replay {
    private static final String PROFILE = Recording.text("device-profile.json");
    private static final String TEXT = "text/plain";
    private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

    private final GatewayUnderTest gateway;
    private final Placeholders names;
    private final Pictures pictures = new Pictures();
    private final WatchedStates watched;
    private final TestClient nobody;
    private final TvPlayer player;
    private TestClient app;
    private Optional<Invariants> invariants = Optional.empty();
    private Optional<TestSocket> socket = Optional.empty();
    private int heardBefore;
    private String scene = "";

    Replay(GatewayUnderTest gateway, JourneyLibrary library) {
        this.gateway = gateway;
        names = new Placeholders(library);
        watched = new WatchedStates(library);
        nobody = gateway.client();
        app = nobody;
        player = new TvPlayer(nobody, library);
        names.put("device", nobody.device());
    }

    /** The picture addresses that the answers held. */
    Pictures pictures() {
        return pictures;
    }

    void play(Recording recording) {
        for (Step step : recording.steps()) {
            try {
                take(step);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("line %d (%s) %s: %s".formatted(step.line(), scene, step, e.getMessage()), e);
            }
        }
    }

    private void take(Step step) {
        switch (step) {
            case Scene(int line, String name) -> scene = name;
            case Socket message -> listen(message);
            case Media media -> player.open(media.kind(), argument(media));
            case Request request -> ask(request);
        }
    }

    private static String argument(Media media) {
        return media.which().startsWith("$")
                ? Placeholders.name(media.which()).replaceFirst("^source:", "")
                : media.which();
    }

    private void listen(Socket message) {
        switch (message.what()) {
            case "open" -> socket = Optional.of(gateway.socket(app));
            case "close" -> socket.orElseThrow().close();
            case "UserDataChanged" -> {
                String item = Placeholders.name(message.item());
                awaitNewState(item);
            }
            default -> throw new IllegalArgumentException(message.what());
        }
    }

    private static int told(TestSocket socket) {
        return socket.messages("UserDataChanged").size();
    }

    /**
     * Waits for the socket to tell what the last request did to that item. What an earlier one did may come before
     * it, since states are told a moment later.
     */
    private void awaitNewState(String item) {
        await("UserDataChanged of " + item)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> {
                    JsonNode state = stateOf(names.value(item));
                    assertThat(state.isMissingNode()).isFalse();
                    watched.told(item, state);
                });
    }

    private JsonNode stateOf(String item) {
        return socket.orElseThrow().messages("UserDataChanged").stream()
                .skip(heardBefore)
                .map(message -> message.path("Data"))
                .filter(data -> names.is("user", data.path("UserId").asText()))
                .flatMap(data -> StreamSupport.stream(data.path("UserDataList").spliterator(), false))
                .filter(state -> state.path("ItemId").asText().equals(item))
                .reduce((earlier, later) -> later)
                .orElse(MissingNode.getInstance());
    }

    private void ask(Request request) {
        names.put(
                "playSession", request.path().contains("ActiveEncodings") ? player.sessionBefore() : player.session());
        if (changesState(request)) {
            heardBefore = socket.map(Replay::told).orElse(0);
        }
        String path = names.fill(request.path());
        Answer answer = send(request, path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(request.status());
        judge(request, path.replaceFirst("^/emby", ""), answer);
    }

    private static boolean changesState(Request request) {
        return request.method().equals("POST")
                && List.of("/FavoriteItems/", "/PlayedItems/", "/Playing/Stopped").stream()
                        .anyMatch(request.path()::contains);
    }

    private Answer send(Request request, String path) {
        String body = request.body().equals("@profile") ? PROFILE : names.fill(request.body());
        boolean login = request.path().endsWith("/authenticatebyname");
        Map<String, String> headers = body.isEmpty()
                ? Map.of("Origin", "null")
                : Map.of("Origin", "null", "Content-Type", login ? FORM : TEXT);
        String sent = login ? form(body) : body;
        return switch (request.carrier()) {
            case TOKEN -> app.send(request.method(), path, headers, sent);
            case CLIENT_ONLY -> nobody.send(request.method(), path, headers, sent);
            case IN_URL, NONE -> nobody.bare(request.method(), path, headers, sent);
        };
    }

    private static String form(String json) {
        JsonNode fields = Answer.parsed(json);
        return "Username=%s&Pw=%s"
                .formatted(fields.path("Username").asText(), fields.path("Pw").asText());
    }

    private void judge(Request request, String path, Answer answer) {
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
        if (answer.status() == 401) {
            assertThat(answer.header("Content-Type").orElse("")).startsWith("text/plain");
            assertThat(answer.text()).isNotBlank();
        } else if (answer.status() == 204) {
            assertThat(answer.body()).isEmpty();
            watched.reported(path, names.fill(request.body()), names);
        } else if (path.startsWith("/web/") && !path.contains("configurationpages")) {
            assertThat(answer.text()).doesNotContainIgnoringCase("jellyf");
        } else {
            json(request, path, answer.json());
        }
    }

    private void json(Request request, String path, JsonNode json) {
        learn(request, path, json);
        assertThat(NeededFields.missing(request.method(), path, json))
                .as("missing in %s", json)
                .isEmpty();
        invariants.ifPresent(i -> i.check(json));
        watched.answered(path, json, names);
        ExpectedItems.check(scene, path, json, names);
    }

    private void learn(Request request, String path, JsonNode json) {
        if (path.equals("/system/info/public")) {
            invariants =
                    Optional.of(new Invariants(gateway.base(), json.path("Id").asText()));
        } else if (path.endsWith("/authenticatebyname")) {
            app = nobody.signedIn(json);
            names.put("user", app.userId());
            names.put("token", app.token());
        } else if (request.path().contains("/PlaybackInfo?") && request.path().contains("IsPlayback=true")) {
            player.negotiated(json);
        }
        names.learn(json);
        pictures.learn(json);
    }
}
