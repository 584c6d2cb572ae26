package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPreferencesTest {
    private static final String SETTINGS = "/emby/DisplayPreferences/usersettings?UserId={me}&Client=";

    @TempDir
    Path data;

    @Test
    void displayPreferencesAreKeptPerUserAndClientOverARestartAndWithoutAnyServer() {
        try (Overlap servers = Overlap.made();
                GatewayUnderTest gateway =
                        servers.gateway(data).person("kim", "pw").start()) {
            TestClient client = gateway.admin();
            TestClient kim = gateway.client().signedIn("kim", "pw");
            String body = """
                    {"Id":"usersettings","Client":"emby","SortBy":"SortName","SortOrder":"Ascending",
                    "CustomPrefs":{"homesection0":"latestmedia","chromecast":"unstable"}}""";

            assertThat(client.post(SETTINGS + "emby", body).status()).isBetween(200, 204);
            assertThat(client.post(
                                    SETTINGS + "Kodi",
                                    body.replace("latestmedia", "resume").replace("\"emby\"", "\"Kodi\""))
                            .status())
                    .isBetween(200, 204);

            assertKept(client, "emby", "latestmedia");
            servers.left.down();
            servers.right.down();
            gateway.restart();

            assertKept(gateway.again(client), "emby", "latestmedia");
            assertKept(gateway.again(client), "Kodi", "resume");
            assertThat(gateway.again(kim)
                            .get(SETTINGS + "emby")
                            .ok()
                            .at("/CustomPrefs/homesection0")
                            .isMissingNode())
                    .isTrue();
        }
    }

    private static void assertKept(TestClient client, String app, String section) {
        JsonNode kept = client.get(SETTINGS + app).ok();
        assertThat(kept.path("Id").asText()).isEqualTo("usersettings");
        assertThat(kept.at("/CustomPrefs/homesection0").asText()).isEqualTo(section);
        assertThat(kept.path("SortBy").asText()).isEqualTo("SortName");
    }
}
