package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.embygateway.protocol.sim.Face;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A film in several files: the parts are those of the version that is played. */
@Timeout(120)
class PartsTest {
    @TempDir
    static Path data;

    private static SimulatedEmby emby;
    private static SimulatedEmby jellyfin;
    private static SimItem second;
    private static GatewayUnderTest gateway;
    private static TestClient client;
    private static JsonNode heat;

    @BeforeAll
    static void start() {
        emby = Servers.named("left").idsFrom(Servers.LONG_IDS).start();
        jellyfin = Servers.named("right").face(Face.JELLYFIN).start();
        SimItem best = Servers.heat(emby, 1, "2160p", 400_000);
        second = best.extra("AdditionalPart", "Heat, part 2");
        best.extra("AdditionalPart", "Heat, part 3");
        Servers.heat(jellyfin, 2, "1080p", 500_000).extra("AdditionalPart", "Disc 2");
        gateway = GatewayUnderTest.over(data, emby, jellyfin).start().indexed();
        client = gateway.admin();
        String id = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat")
                .getFirst()
                .path("Id")
                .asText();
        heat = client.get("/emby/Users/{me}/Items/" + id).ok();
    }

    @AfterAll
    static void stop() {
        try (SimulatedEmby one = emby;
                SimulatedEmby other = jellyfin) {
            gateway.close();
        }
    }

    private static List<JsonNode> parts(String item, String more) {
        return client.items("/emby/Videos/" + item + "/AdditionalParts?UserId={me}" + more);
    }

    private static List<String> names(List<JsonNode> items) {
        return items.stream().map(item -> item.path("Name").asText()).toList();
    }

    private static String version(String name) {
        return StreamSupport.stream(heat.path("MediaSources").spliterator(), false)
                .filter(source -> source.path("Name").asText().startsWith(name))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }

    @Test
    void withoutAVersionTheyAreThoseOfTheBest() {
        String id = heat.path("Id").asText();
        assertThat(heat.path("PartCount").asInt()).isEqualTo(3);
        assertThat(names(parts(id, ""))).containsExactly("Heat, part 2", "Heat, part 3");
        JsonNode answer = client.get("/emby/Videos/" + id + "/AdditionalParts?UserId={me}")
                .ok();
        assertThat(answer.path("TotalRecordCount").asInt()).isEqualTo(2);
    }

    @Test
    void theVersionThatIsNamedDecides() {
        String id = heat.path("Id").asText();
        String worse = version("1080p");
        assertThat(names(parts(id, "&MediaSourceId=" + worse))).containsExactly("Disc 2");
        assertThat(names(parts(worse.replace("mediasource_", ""), ""))).containsExactly("Disc 2");
        assertThat(names(parts(id, "&MediaSourceId=" + version("2160p")))).hasSize(2);
        assertThat(client.get("/emby/Videos/" + id + "/AdditionalParts?MediaSourceId=mediasource_2147480000")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void eachPartPlays() {
        String id = parts(heat.path("Id").asText(), "").getFirst().path("Id").asText();

        JsonNode info = client.post("/emby/Items/" + id + "/PlaybackInfo?UserId={me}", "{\"DeviceProfile\":{}}")
                .ok();
        assertThat(info.path("MediaSources")).hasSize(1);
        Answer bytes = client.get("/emby/Videos/" + id + "/stream.mkv?Static=true", "Range", "bytes=5-9");
        assertThat(bytes.body()).isEqualTo(second.content(0).bytes(5, 5));
        assertThat(client.get("/emby/Users/{me}/Items/" + id)
                        .ok()
                        .path("ExtraType")
                        .asText())
                .isEqualTo("AdditionalPart");
    }

    @Test
    void whatIsWholeHasNone() {
        String filler = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Filler 0")
                .getFirst()
                .path("Id")
                .asText();
        assertThat(parts(filler, "")).isEmpty();
    }
}
