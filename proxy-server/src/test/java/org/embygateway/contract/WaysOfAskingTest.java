package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.embygateway.protocol.sim.RecordedRequest;
import org.embygateway.protocol.sim.SimItem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients write paths, names of parameters, bodies and methods in many ways that mean the same. */
class WaysOfAskingTest {
    @TempDir
    static Path data;

    private static Overlap servers;
    private static GatewayUnderTest gateway;
    private static TestClient client;

    @BeforeAll
    static void start() {
        servers = Overlap.made();
        gateway = servers.gateway(data).start().indexed();
        client = gateway.admin();
    }

    @AfterAll
    static void stop() {
        try (Overlap ending = servers) {
            gateway.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/{me}/items?recursive=true&includeitemtypes=movie&sortby=sortname",
                "/USERS/{me}/ITEMS?RECURSIVE=true&INCLUDEITEMTYPES=Movie&SORTBY=SortName",
                "/emby/emby/Users/{me}/Items?Recursive=True&IncludeItemTypes=Movie&SortBy=SortName",
                "/mediabrowser/Users/{me}/Items/?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName",
                "//emby//Users/{me}//Items?Recursive=true&includeItemTypes=Movie&sortBy=SortName",
                "/EMBY/Items?UserId={me}&Recursive=true&IncludeItemTypes=Movie&SortBy=SortName",
                "/emby/Users/{me}/Items.json?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName"
            })
    void pathsAndParametersOfAnyCaseAndPrefixGiveTheSameAnswer(String asked) {
        String usual = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName";

        assertThat(client.get(asked).ok()).isEqualTo(client.get(usual).ok());
    }

    @Test
    void idsInJsonThatIsSentAsTextAreTranslated() {
        SimItem ronin = Overlap.film(servers.left, "Ronin");
        String id = idOf("Ronin");
        JsonNode info = client.post(
                        "/emby/Items/" + id + "/PlaybackInfo?UserId={me}&IsPlayback=true",
                        "{\"DeviceProfile\":{\"DirectPlayProfiles\":[{\"Type\":\"Video\"}]}}")
                .ok();
        String source = info.at("/MediaSources/0/Id").asText();
        assertThat(id).isNotEqualTo(ronin.id());
        assertThat(source).isNotEqualTo(ronin.sourceId(0));

        String report = """
                {"ItemId":"%s","MediaSourceId":"%s","PlaySessionId":"%s","PositionTicks":0}""".formatted(id, source, info.path("PlaySessionId").asText());
        assertThat(client.post("/emby/Sessions/Playing", report).status()).isBetween(200, 204);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(reports())
                        .anySatisfy(request -> assertThat(request.text())
                                .contains("\"ItemId\":\"" + ronin.id() + "\"")
                                .contains("\"MediaSourceId\":\"" + ronin.sourceId(0) + "\"")));
        assertThat(servers.right.traffic().calls("POST /Sessions/Playing")).isZero();
    }

    private static List<RecordedRequest> reports() {
        return servers.left.traffic().requests("POST /Sessions/Playing");
    }

    @Test
    void postWithDeleteBehindThePathIsDelete() {
        String item = idOf("Casablanca");
        String played = "/emby/Users/{me}/PlayedItems/" + item;
        String favorite = "/emby/Users/{me}/FavoriteItems/" + item;

        assertThat(client.post(played, "").ok().path("Played").asBoolean()).isTrue();
        assertThat(client.post(played + "/Delete", "").ok().path("Played").asBoolean())
                .isFalse();
        assertThat(client.post(favorite, "").ok().path("IsFavorite").asBoolean())
                .isTrue();
        assertThat(client.post(favorite + "/Delete", "").ok().path("IsFavorite").asBoolean())
                .isFalse();
        assertTwins("/emby/Items/" + item);
        assertTwins("/emby/Videos/ActiveEncodings");
        assertTwins("/emby/Users/{me}/Items/" + item + "/Rating");
        assertThat(client.post("/emby/Videos/ActiveEncodings/Delete?DeviceId=" + client.device(), "")
                        .status())
                .isEqualTo(204);
    }

    private static void assertTwins(String path) {
        Answer delete = client.delete(path);
        Answer post = client.post(path + "/Delete", "");
        assertThat(post.status()).as(path).isEqualTo(delete.status()).isBetween(200, 403);
        assertThat(post.text()).isEqualTo(delete.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/emby/No/Such/Thing",
                "/emby/Items/1/NoSuchPart",
                "/emby/Users/{me}/NoSuchPart",
                "/emby/Library",
                "/emby/Shows",
                "/emby/Items/1/2/3/4/5/6/7/8/9",
                "/emby/Emby.Kodi.SyncQueue/1/GetItems"
            })
    void anUnknownPathIsNotFoundAndNeverAmbiguous(String path) {
        for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
            Answer answer = client.send(method, path, Map.of(), "");
            assertThat(answer.status()).as(method + " " + path).isEqualTo(404);
            assertThat(answer.text().toLowerCase(Locale.ROOT)).doesNotContain("ambiguous");
            assertThat(answer.header("Content-Type").orElse("")).startsWith("text/plain");
        }
    }

    private static String idOf(String film) {
        return client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie").stream()
                .filter(item -> item.path("Name").asText().equals(film))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }
}
