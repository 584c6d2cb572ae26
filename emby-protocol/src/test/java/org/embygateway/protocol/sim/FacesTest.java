package org.embygateway.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jellyfin, other base paths, and web sockets. */
final class FacesTest {
    @Test
    void jellyfinIsStricterAndHasOtherIds() {
        try (SimulatedEmby jelly = SimulatedEmby.named("Jelly")
                        .face(Face.JELLYFIN)
                        .basePath("/jelly/sub")
                        .account("anna", "pw")
                        .start();
                SimClient client = new SimClient(jelly.url(), "d1")) {
            SimItem heat = jelly.library("Movies", "movies").movie("Heat");
            assertThat(heat.id()).matches("[0-9a-f]{32}");
            client.signIn("anna", "pw");
            String token = client.token();
            assertThat(client.json("/UserViews?userId={me}").get("Items")).hasSize(1);
            assertThat(client.json("/Items/" + heat.id() + "?userId={me}")
                            .at("/MediaSources/0/Id")
                            .asText())
                    .isEqualTo(heat.id());
            assertThat(client.get("/emby/UserViews?userId={me}").statusCode()).isEqualTo(404);
            assertThat(client.get("/Items/1600?userId={me}").statusCode()).isEqualTo(400);
            assertThat(client.get("/UserViews?userId=0123456789abcdef0123456789abcdef")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(client.post("/UserPlayedItems/" + heat.id() + "/Delete", "")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(client.get("/UserViews", "Authorization", "none", "X-Emby-Token", token)
                            .statusCode())
                    .isEqualTo(401);
            client.signIn("anna", "pw");
            assertThat(client.token()).isNotEqualTo(token);
        }
    }

    @Test
    void outsideItsBasePathThereIsNothing() {
        try (SimulatedEmby emby =
                        SimulatedEmby.named("Alpha").basePath("/jelly/sub").start();
                SimClient inside = new SimClient(emby.url(), "d");
                SimClient outside = new SimClient("http://127.0.0.1:" + emby.port(), "d")) {
            assertThat(inside.get("/emby/System/Ping").statusCode()).isEqualTo(200);
            assertThat(outside.get("/System/Ping").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void webSocketsHearOfWatchStateAndNewItems() {
        try (SimulatedEmby emby =
                        SimulatedEmby.named("Alpha").account("anna", "pw").start();
                SimClient client = new SimClient(emby.url(), "d1").signIn("anna", "pw");
                HttpClient http = HttpClient.newHttpClient()) {
            SimItem heat = emby.library("Movies", "movies").movie("Heat");
            List<String> heard = new CopyOnWriteArrayList<>();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(
                            URI.create(emby.url().replace("http", "ws") + "/embywebsocket?api_key=" + client.token()
                                    + "&deviceId=d1"),
                            new Ears(heard))
                    .join();
            Awaitility.await().until(() -> emby.openSockets() == 1);
            client.post("/Users/{me}/FavoriteItems/" + heat.id(), "");
            Awaitility.await().until(() -> heard.stream().anyMatch(m -> m.contains("UserDataChanged")));
            assertThat(heard.getFirst())
                    .contains("\"ItemId\":\"" + heat.id() + "\"")
                    .contains("\"IsFavorite\":true");
            SimItem ronin =
                    emby.library("Movies", "movies").movie("Ronin").year(1998).tmdb("8195");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> heard.stream().anyMatch(m -> m.contains("LibraryChanged") && m.contains(ronin.id())));
            assertThat(heard.stream().filter(m -> m.contains("LibraryChanged"))).hasSize(1);
            socket.sendText("{\"MessageType\":\"SessionsStart\",\"Data\":\"0,1500\"}", true)
                    .join();
            Awaitility.await().until(() -> !emby.socketMessages().isEmpty());
            JsonNode sessions = client.json("/Sessions?DeviceId=d1");
            assertThat(sessions.get(0).get("UserName").asText()).isEqualTo("anna");
            emby.dropConnections();
            Awaitility.await().until(() -> emby.openSockets() == 0);
        }
    }

    @Test
    void aWebSocketWithoutATokenIsRefused() {
        try (SimulatedEmby emby = SimulatedEmby.named("Alpha").start();
                HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.newWebSocketBuilder()
                            .buildAsync(
                                    URI.create(emby.url().replace("http", "ws") + "/embywebsocket"),
                                    new Ears(List.of()))
                            .handle((socket, failure) -> failure)
                            .join())
                    .hasStackTraceContaining("status code 401");
        }
    }

    @Test
    void faultsConcernWebSocketsToo() {
        try (SimulatedEmby emby =
                        SimulatedEmby.named("Alpha").account("anna", "pw").start();
                SimClient client = new SimClient(emby.url(), "d1").signIn("anna", "pw");
                HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create(emby.url().replace("http", "ws") + "/embywebsocket?api_key=" + client.token());
            emby.faults().on("WS /embywebsocket").status(503).times(1);
            assertThat(http.newWebSocketBuilder()
                            .buildAsync(uri, new Ears(List.of()))
                            .handle((socket, failure) -> failure)
                            .join())
                    .hasStackTraceContaining("status code 503");
            emby.faults().slow(Duration.ofMillis(50));
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(uri, new Ears(List.of()))
                    .join();
            Awaitility.await().until(() -> emby.openSockets() == 1);
            socket.abort(); // an open one keeps the client from closing
        }
    }

    @Test
    void httpsWorksForThoseWhoTrustTheCertificate(@TempDir Path directory) throws IOException {
        SelfSigned certificate = SelfSigned.in(directory);
        Path file = Files.write(
                directory.resolve("a.mkv"), Content.random(1, 100_000).bytes(0, 100_000));
        try (SimulatedEmby emby = SimulatedEmby.named("Alpha")
                        .account("anna", "pw")
                        .tls(certificate)
                        .start();
                SimClient stranger = new SimClient(emby.url(), "d");
                SimClient client =
                        new SimClient(emby.url(), "d", HttpClient.newBuilder().sslContext(certificate.client()))) {
            assertThatThrownBy(() -> stranger.get("/System/Ping")).hasStackTraceContaining("PKIX");
            SimItem heat = emby.library("Movies", "movies").movie("Heat").version("1080p", Content.file(file));
            client.signIn("anna", "pw");
            assertThat(client.get("/Videos/" + heat.id() + "/original.mkv").body())
                    .isEqualTo(Files.readAllBytes(file));
            assertThat(certificate.certificate()).content().startsWith("-----BEGIN CERTIFICATE-----");
        }
    }

    /** Keeps what a web socket brings. */
    private record Ears(List<String> heard) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heard.add(data.toString());
            socket.request(1);
            return null;
        }
    }
}
