package org.embygateway.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;
import org.junit.jupiter.api.Test;

class MediaSourceRewriteTest {
    private static final String SOURCE = """
            {"Id":"mediasource_1600","ItemId":"1600","ServerId":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","Protocol":"Http",
             "Path":"http://upstream.lan:8096/secret/Heat.mkv","EncoderPath":"/mnt/Heat.mkv","IsRemote":true,
             "RequiredHttpHeaders":{"X-Emby-Token":"t0ken"},"Container":"mkv","Size":1600,"Bitrate":8000000,
             "DirectStreamUrl":"/videos/1600/original.mkv?api_key=abc","OpenToken":"x_y","LiveStreamId":"z",
             "FutureNumber":1600,"FutureText":"mediasources are 1600 strong","FutureUrl":"https://a","FutureThingId":5,
             "FutureBag":{"Depth":[1,2,{"Path":"/x","Note":"fine"}],"Where":"smb://nas/x","Hash":"0123456789abcdef"},
             "MediaStreams":[{"Type":"Video","Index":0,"Codec":"hevc","Width":3840,"Height":1600,"Title":"1600"},
               {"Type":"Subtitle","Index":2,"Path":"/mnt/Heat.srt","DeliveryUrl":"/Videos/1600/mediasource_1600/S","ItemId":"1600"}],
             "Chapters":[{"StartPositionTicks":0,"Name":"One","ImageTag":"cccccccccccccccccccccccccccccccc"}]}
            """;

    private final MediaSourceRewrite rewrite = new MediaSourceRewrite("00000000000000000000000000000001");

    @Test
    void idsAreTheGatewaysAndNothingOfTheUpstreamIsLeft() throws IOException {
        ObjectNode result = rewritten(7);

        assertThat(result.path("Id").asText()).isEqualTo("mediasource_7");
        assertThat(result.path("ItemId").asText()).isEqualTo("7");
        assertThat(result.path("ServerId").asText()).isEqualTo("00000000000000000000000000000001");
        assertThat(result.path("Protocol").asText()).isEqualTo("File");
        assertThat(result.path("IsRemote").asBoolean()).isFalse();
        assertThat(result.toString())
                .doesNotContain("upstream.lan", "t0ken", "/mnt", "smb:", "aaaaaaaa", "cccccccc", "api_key")
                .doesNotContain("mediasource_1600", "FutureUrl", "FutureThingId", "0123456789abcdef");
    }

    @Test
    void valuesThatOnlyLookLikeTheIdAreNotTouched() throws IOException {
        ObjectNode result = rewritten(7);

        assertThat(result.path("Size").asInt()).isEqualTo(1600);
        assertThat(result.path("FutureNumber").asInt()).isEqualTo(1600);
        assertThat(result.path("FutureText").asText()).isEqualTo("mediasources are 1600 strong");
        assertThat(result.path("FutureBag").path("Depth").path(2).path("Note").asText())
                .isEqualTo("fine");
        assertThat(result.path("MediaStreams").path(0).path("Title").asText()).isEqualTo("1600");
        assertThat(result.path("MediaStreams").path(0).path("Height").asInt()).isEqualTo(1600);
    }

    @Test
    void chapterTagsAreStampedAnew() throws IOException {
        assertThat(rewritten(7).path("Chapters").path(0).path("ImageTag").asText())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo("cccccccccccccccccccccccccccccccc");
    }

    @Test
    void versionsAreNamedByQualityAndNoNameOccursTwice() throws IOException {
        ObjectNode first = rewritten(7).put("Name", "Heat (1995) - 2160p.mkv");
        ObjectNode second = rewritten(8).put("Name", "Heat");
        ObjectNode third = rewritten(9).put("Name", "Director's Cut");
        ObjectNode fourth = rewritten(10);
        ObjectNode fifth = rewritten(11);

        Versions.name(List.of(first, second, third, fourth, fifth), "Heat");

        assertThat(List.of(first, second, third, fourth, fifth))
                .extracting(source -> source.path("Name").asText())
                .containsExactly("2160p", "2160p HEVC", "Director's Cut", "2160p 8.0 Mbps", "2160p HEVC 8.0 Mbps");
    }

    @Test
    void linksToUnknownHostsAreNotPublic() {
        assertThat(PublicLinks.isPublic(link("https://www.imdb.com/title/tt1"))).isTrue();
        assertThat(PublicLinks.isPublic(link("http://upstream.lan:8096/x"))).isFalse();
        assertThat(PublicLinks.isPublic(link("https://imdb.com.evil.example/x")))
                .isFalse();
        assertThat(PublicLinks.isPublic(link("https://user@imdb.com/x"))).isFalse();
        assertThat(PublicLinks.isPublic(link("not a url"))).isFalse();
    }

    private static ObjectNode link(String url) {
        return EmbyJson.object().put("Url", url);
    }

    private ObjectNode rewritten(int id) throws IOException {
        ObjectNode source = (ObjectNode) EmbyJson.read(SOURCE.getBytes(StandardCharsets.UTF_8));
        return rewrite.rewrite(source, new MediaSourceId(new ItemId(id)), new UpstreamId(1), "1600");
    }
}
