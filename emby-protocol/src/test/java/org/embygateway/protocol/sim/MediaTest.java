package org.embygateway.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, playlists, segments and pictures behave over HTTP as a real server's do. */
final class MediaTest {
    private static final int SIZE = 300_000;

    private SimulatedEmby emby;
    private SimClient client;
    private SimItem heat;
    private String file;

    @BeforeEach
    void start() {
        emby = SimulatedEmby.named("Alpha").account("anna", "secret").start();
        heat = emby.library("Movies", "movies").movie("Heat").version("1080p", SIZE);
        client = new SimClient(emby.url(), "device-1").signIn("anna", "secret");
        file = "/Videos/" + heat.id() + "/stream.mkv?Static=true&MediaSourceId=" + heat.sourceId(0);
    }

    @AfterEach
    void stop() {
        client.close();
        emby.close();
    }

    @Test
    void wholeFilesComeWithLengthTypeAndTag() {
        HttpResponse<byte[]> answer = client.get(file);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(heat.content(0).bytes(0, SIZE));
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "Content-Type")).isEqualTo("video/x-matroska");
        String tag = header(answer, "ETag");
        assertThat(client.get(file, "If-None-Match", tag).statusCode()).isEqualTo(304);
        HttpResponse<byte[]> head = client.send("HEAD", file, "");
        assertThat(header(head, "Content-Length")).isEqualTo("300000");
        assertThat(head.body()).isEmpty();
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void rangesAreExact() {
        HttpResponse<byte[]> one = client.get(file, "Range", "bytes=0-0");
        assertThat(one.statusCode()).isEqualTo(206);
        assertThat(header(one, "Content-Range")).isEqualTo("bytes 0-0/300000");
        HttpResponse<byte[]> middle = client.get(file, "Range", "bytes=1001-2007");
        assertThat(middle.body()).isEqualTo(heat.content(0).bytes(1001, 1007));
        HttpResponse<byte[]> rest = client.get(file, "Range", "bytes=299990-");
        assertThat(rest.body()).isEqualTo(heat.content(0).bytes(299_990, 10));
        HttpResponse<byte[]> beyond = client.get(file, "Range", "bytes=300000-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */300000");
    }

    @Test
    void suffixRangesCanBeWrongAsIn495() {
        assertThat(header(client.get(file, "Range", "bytes=-10"), "Content-Range"))
                .isEqualTo("bytes 299990-299999/300000");
        emby.breakSuffixRanges(true);
        assertThat(header(client.get(file, "Range", "bytes=-10"), "Content-Range"))
                .isEqualTo("bytes 0-10/300000");
    }

    @Test
    void aRangeOfAnotherVersionGetsTheWholeFile() {
        assertThat(client.get(file, "Range", "bytes=5-9", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void filesOnDiskAreServedToo(@TempDir Path directory) throws IOException {
        byte[] bytes = Content.random(5, 200_000).bytes(0, 200_000);
        Path path = Files.write(directory.resolve("a.mkv"), bytes);
        SimItem ronin = emby.library("Movies", "movies").movie("Ronin").version("720p", Content.file(path));
        String url = "/Videos/" + ronin.id() + "/original.mkv";
        assertThat(client.get(url).body()).isEqualTo(bytes);
        assertThat(client.get(url, "Range", "bytes=100-199").body()).isEqualTo(Arrays.copyOfRange(bytes, 100, 200));
    }

    @Test
    void aFileNeedsATokenAndItsOwnSource() {
        assertThat(client.get(file, "Authorization", "none").statusCode()).isEqualTo(401);
        assertThat(client.get("/Videos/" + heat.id() + "/stream?Static=true&MediaSourceId=mediasource_9")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void versionsAreToldApartByTheirSources() {
        heat.version("2160p", 400_000);
        String second = "/Videos/" + heat.id() + "/stream.mkv?Static=true&MediaSourceId=" + heat.sourceId(1);
        assertThat(client.get(second).body()).hasSize(400_000);
        assertThat(heat.sourceId(0)).isEqualTo("mediasource_" + heat.id());
        JsonNode sources = client.json("/Users/{me}/Items/" + heat.id()).get("MediaSources");
        assertThat(sources).hasSize(2);
    }

    @Test
    void aPlaylistLeadsToItsSegmentsUntilTheEncodingEnds() {
        String query = "?DeviceId=device-1&MediaSourceId=" + heat.sourceId(0) + "&PlaySessionId=p1&api_key="
                + client.token() + "&Odd=%20x";
        List<String> master = lines("/videos/" + heat.id() + "/master.m3u8" + query);
        assertThat(master.getLast()).isEqualTo("main.m3u8" + query);
        List<String> main = lines("/videos/" + heat.id() + "/" + master.getLast());
        String segment =
                main.stream().filter(l -> !l.startsWith("#")).findFirst().orElseThrow();
        assertThat(segment).isEqualTo("hls1/main/0.ts?PlaySessionId=p1");
        String url = "/videos/" + heat.id() + "/" + segment;
        assertThat(client.get(url, "Authorization", "none").body()).hasSize(94_000);
        client.send("DELETE", "/Videos/ActiveEncodings?DeviceId=device-1&PlaySessionId=p1", "");
        assertThat(client.get(url, "Authorization", "none").statusCode()).isEqualTo(404);
    }

    private List<String> lines(String path) {
        HttpResponse<byte[]> answer = client.get(path, "Authorization", "none");
        assertThat(answer.statusCode()).isEqualTo(200);
        return SimClient.text(answer).lines().toList();
    }

    @Test
    void playlistsCanBeAsOddAsTheProtocolAllows() {
        emby.hls(HlsStyle.BAROQUE);
        heat.subtitles(new SimVersion.Subtitle("eng", "English", false, ""));
        String text = SimClient.text(client.get("/Videos/" + heat.id() + "/master.m3u8"));
        assertThat(text).startsWith("\uFEFF#EXTM3U\r\n").contains("#EXT-X-MEDIA:TYPE=SUBTITLES");
        assertThat(text).contains(emby.url() + "/emby/videos/" + heat.id() + "/main.m3u8?PlaySessionId=");
        String main = SimClient.text(client.get("/Videos/" + heat.id() + "/main.m3u8"));
        assertThat(main).contains("#EXT-X-MAP:URI=\"").contains("#EXT-X-KEY:METHOD=AES-128");
    }

    @Test
    void picturesNeedNoTokenAndAreNotSentTwice() {
        HttpResponse<byte[]> answer =
                client.get("/Items/" + heat.id() + "/Images/Primary?maxWidth=100", "Authorization", "none");
        assertThat(answer.body()).startsWith(0x89, 'P', 'N', 'G');
        String tag = header(answer, "ETag");
        assertThat(tag)
                .isEqualTo("\""
                        + client.json("/Users/{me}/Items/" + heat.id())
                                .at("/ImageTags/Primary")
                                .asText() + "\"");
        assertThat(client.get("/Items/" + heat.id() + "/Images/Primary", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(client.get("/Items/" + heat.id() + "/Images/Logo").statusCode())
                .isEqualTo(404);
    }
}
