package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.embygateway.protocol.sim.SimClient;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 41: ids are exchanged where they are ids, and everything else stays what it was. */
@Timeout(60)
class UnknownFieldsTest {
    /** Ids, addresses, and what may hold credentials. */
    private static final Set<String> EXCHANGED = Set.of(
            "Id",
            "ItemId",
            "Path",
            "DirectStreamUrl",
            "TranscodingUrl",
            "DeliveryUrl",
            "Chapters",
            "RequiredHttpHeaders",
            "AddApiKeyToDirectStreamUrl");

    @TempDir
    Path data;

    @Test
    void scenario41TextsThatLookLikeIdsAndFieldsNobodyKnowsArePreserved() {
        try (SimulatedEmby server = Servers.named("left").start()) {
            SimItem view = server.library("Films", "movies").view();
            SimItem film = server.library("Films", "movies").movie("placeholder");
            film.renamed("1600 mediasource_%s %s".formatted(film.id(), film.id()))
                    .overview("mediasource_%s is %s, %s".formatted(film.id(), film.id(), view.id()))
                    .version("1080p mediasource_" + film.id(), 100_000);
            try (GatewayUnderTest gateway =
                            GatewayUnderTest.over(data, server).start().indexed();
                    SimClient there =
                            new SimClient(server.url(), "device-of-the-test").signIn("viewer", "secret-of-left")) {
                TestClient client = gateway.admin();
                JsonNode shown = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie")
                        .getFirst();
                String id = shown.path("Id").asText();
                JsonNode detail = client.get("/emby/Users/{me}/Items/" + id).ok();

                assertThat(shown.path("Name").asText()).isEqualTo(film.name());
                assertThat(detail.path("Overview").asText())
                        .isEqualTo("mediasource_%s is %s, %s".formatted(film.id(), film.id(), view.id()));
                JsonNode here = new Player(client).negotiate(id, Player.DIRECT);
                JsonNode original = SimClient.json(there.post(
                        "/emby/Items/" + film.id() + "/PlaybackInfo?UserId={me}&IsPlayback=true", Player.DIRECT));
                assertThat(here.path("SimulatedExtra")).isEqualTo(original.path("SimulatedExtra"));
                assertThat(here.path("MediaSources").path(0).path("Id").asText())
                        .matches("mediasource_\\d+");
                preserved(
                        original.path("MediaSources").path(0),
                        here.path("MediaSources").path(0));
            }
        }
    }

    private static void preserved(JsonNode original, JsonNode here) {
        for (Map.Entry<String, JsonNode> field : original.properties()) {
            if (field.getKey().equals("MediaStreams")) {
                for (int i = 0; i < field.getValue().size(); i++) {
                    preserved(
                            field.getValue().path(i), here.path("MediaStreams").path(i));
                }
            } else if (!EXCHANGED.contains(field.getKey())) {
                assertThat(here.path(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
            }
        }
    }
}
