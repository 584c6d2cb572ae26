package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media requests that carry nothing but the play session that the gateway gave out. */
class StreamsWithoutTokenTest {
    @TempDir
    Path data;

    @Test
    void aPlaySessionOpensStreamsUntilItsDeviceSignsOut() {
        try (Overlap servers = Overlap.made();
                GatewayUnderTest gateway = servers.gateway(data).start().indexed()) {
            TestClient client = gateway.admin();
            String film = idOf(client, "Ronin");
            JsonNode answer = client.post("/emby/Items/" + film + "/PlaybackInfo?UserId={me}", "{}")
                    .ok();
            String url = "/emby/Videos/" + film + "/stream?Static=true&PlaySessionId="
                    + answer.path("PlaySessionId").asText();
            TestClient nobody = gateway.client();
            assertThat(nobody.bare("GET", url, Map.of(), "").status()).isEqualTo(200);

            client.post("/emby/Sessions/Logout", "");

            assertThat(nobody.bare("GET", url, Map.of(), "").status()).isEqualTo(401);
        }
    }

    private static String idOf(TestClient client, String film) {
        return client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=" + film)
                .getFirst()
                .path("Id")
                .asText();
    }
}
