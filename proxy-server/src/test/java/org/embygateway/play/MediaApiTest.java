package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MediaApiTest {
    private static final String ANSWER = """
            {"MediaSources":[{"Id":"s","Container":"mkv","Size":5,"Bitrate":6,"SupportsDirectPlay":true,
              "MediaStreams":[{"Type":"Video","Codec":"hevc","Width":3840,"Height":2160},
                {"Type":"Audio","DisplayTitle":"English 5.1"},{"Type":"Subtitle","Language":"ger"}]}],"PlaySessionId":"p"}
            """;

    private final World world = new World(1, 4);
    private MediaApi api;

    @BeforeEach
    void oneFilm() {
        world.upstreams.has(4, "http://four.lan", request -> FakeUpstreams.json(ANSWER));
        world.index.has(10, ItemKind.MOVIE, "Heat", FakeIndex.copy(4, "1600", FakeIndex.source(11, "s", "1600", 5)));
        api = new MediaApi(new Titles(), world.playing.playback());
    }

    private static final class Titles implements MediaCatalogue {
        @Override
        public List<ObjectNode> search(Caller caller, String term, int limit) {
            return List.of(heat(), EmbyJson.object().put("Id", "12").put("Type", "Person"));
        }

        @Override
        public ObjectNode detail(Caller caller, ItemId id) {
            return heat();
        }

        private static ObjectNode heat() {
            ObjectNode heat =
                    EmbyJson.object().put("Id", "10").put("Type", "Movie").put("RunTimeTicks", 5);
            heat.putObject("ProviderIds").put("Tmdb", "949");
            heat.putObject("UserData").put("PlaybackPositionTicks", 7);
            return heat;
        }
    }

    @Test
    void playGivesAWholeUrlOfTheGatewayAndANeutralServer() throws IOException {
        JsonNode played = World.json(api.play(world.call("POST", "/media/10/play", "{}")));

        assertThat(played.path("server").asText()).isEqualTo("Server 2");
        assertThat(played.path("streamUrl").asText())
                .startsWith("http://gateway.example/videos/10/original.mkv?")
                .contains("MediaSourceId=mediasource_11", "api_key=alices-token");
        assertThat(played.path("method").asText()).isEqualTo("direct");
        assertThat(played.at("/order/0/sourceId").asText()).isEqualTo("mediasource_11");
        assertThat(played.at("/order/0/server").asText()).isEqualTo("Server 2");
        assertThat(played.at("/order/0/reasons").toString()).contains("server is up", "plays as it is");
        assertThat(played.toString()).doesNotContain("four.lan");
    }

    @Test
    void sourcesTellWhatTheyAreAndWhyTheyStandThere() throws IOException {
        JsonNode sources = World.json(api.sources(world.get("/media/10/sources")));

        assertThat(sources.path(0).path("videoCodec").asText()).isEqualTo("hevc");
        assertThat(sources.path(0).path("audio").path(0).asText()).isEqualTo("English 5.1");
        assertThat(sources.path(0).path("selected").asBoolean()).isTrue();
        assertThat(sources.path(0).path("reasons").toString()).contains("plays as it is");
    }

    @Test
    void searchGroupsByTypeInCamelCaseButKeepsNamesThatAreValues() throws IOException {
        JsonNode found = World.json(api.search(world.get("/media/search?q=heat")));

        assertThat(found.path("groups").path(0).path("type").asText()).isEqualTo("Movie");
        assertThat(found.path("items").path(0).path("providerIds").path("Tmdb").asText())
                .isEqualTo("949");
        assertThat(found.path("items")
                        .path(0)
                        .path("userData")
                        .path("playbackPositionTicks")
                        .asInt())
                .isEqualTo(7);
        assertThat(World.json(api.search(world.get("/media/search?q=heat&types=person")))
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThatThrownBy(() -> api.search(world.get("/media/search?q=%20"))).isInstanceOf(Refused.class);
    }
}
