package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients hear over their web sockets. */
class LiveEventsTest {
    @TempDir
    Path data;

    @Test
    void aToggleOnAnotherDeviceIsHeardWithIdsOfTheGateway() {
        try (Overlap servers = Overlap.withLongIdsOnTheRight();
                GatewayUnderTest gateway = servers.gateway(data).start().indexed()) {
            TestClient television = gateway.admin();
            TestClient phone = gateway.admin();
            String casablanca = film(phone, "Casablanca");
            try (TestSocket socket = gateway.socket(television)) {
                phone.post("/emby/Users/{me}/PlayedItems/" + casablanca, "").ok();

                JsonNode heard = await().atMost(Duration.ofSeconds(10))
                        .until(() -> changes(socket, casablanca), found -> !found.isEmpty())
                        .getFirst();
                assertThat(heard.path("Played").asBoolean()).isTrue();
                assertThat(socket.messages("UserDataChanged")
                                .getFirst()
                                .at("/Data/UserId")
                                .asText())
                        .isEqualTo(television.userId());

                phone.post("/emby/Users/{me}/PlayedItems/" + casablanca + "/Delete", "")
                        .ok();
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(changes(socket, casablanca))
                                .last()
                                .satisfies(change -> assertThat(
                                                change.path("Played").asBoolean())
                                        .isFalse()));
                assertThat(socket.isOpen()).isTrue();
            }
        }
    }

    @Test
    void nobodyHearsWhatAnotherUserMarks() {
        try (Overlap servers = Overlap.made();
                GatewayUnderTest gateway =
                        servers.gateway(data).person("kim", "pw").start().indexed()) {
            TestClient admin = gateway.admin();
            TestClient kim = gateway.client().signedIn("kim", "pw");
            String heat = film(admin, "Heat");
            try (TestSocket hers = gateway.socket(kim);
                    TestSocket ours = gateway.socket(admin)) {
                admin.post("/emby/Users/{me}/FavoriteItems/" + heat, "").ok();

                await().atMost(Duration.ofSeconds(10))
                        .until(() -> !changes(ours, heat).isEmpty());
                assertThat(hers.messages("UserDataChanged")).isEmpty();
            }
        }
    }

    @Test
    void aSocketOpensWithAGoodTokenOnlyAtEachOfItsAddresses() {
        try (Overlap servers = Overlap.made();
                GatewayUnderTest gateway = servers.gateway(data).start()) {
            TestClient client = gateway.admin();
            for (String path : List.of("/embywebsocket", "/emby/embywebsocket", "/socket")) {
                String url = gateway.base() + path;
                assertThatThrownBy(() -> TestSocket.open(url, "0".repeat(32), "tv", gateway::heard))
                        .hasCauseInstanceOf(WebSocketHandshakeException.class)
                        .satisfies(failure -> assertThat(((WebSocketHandshakeException) failure.getCause())
                                        .getResponse()
                                        .statusCode())
                                .isEqualTo(401));
                try (TestSocket socket = TestSocket.open(url, client.token(), client.device(), gateway::heard)) {
                    assertThat(socket.isOpen()).isTrue();
                }
            }
        }
    }

    private static List<JsonNode> changes(TestSocket socket, String item) {
        return socket.messages("UserDataChanged").stream()
                .flatMap(message ->
                        StreamSupport.stream(message.at("/Data/UserDataList").spliterator(), false))
                .filter(change -> change.path("ItemId").asText().equals(item))
                .toList();
    }

    private static String film(TestClient client, String name) {
        return client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie").stream()
                .filter(item -> item.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }
}
