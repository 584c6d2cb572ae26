package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.embygateway.upstream.UpstreamRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PlaybackTest {
    private static final String FIRST = """
            {"MediaSources":[{"Id":"mediasource_1600","ItemId":"1600","Protocol":"File","Path":"/mnt/Heat.mkv",
              "Container":"mkv","Size":1000,"Bitrate":8000000,"RunTimeTicks":1000,"SupportsDirectPlay":true,
              "SupportsDirectStream":true,"SupportsTranscoding":true,"FutureNote":"1600 reasons","RequiredHttpHeaders":{},
              "DirectStreamUrl":"/videos/1600/original.mkv?DeviceId=upstreamdevice1&MediaSourceId=mediasource_1600&PlaySessionId=aaaa1111aaaa1111aaaa1111aaaa1111&api_key=upstream-token-1&Extra=1600",
              "MediaStreams":[{"Type":"Video","Index":0,"Codec":"h264","Width":1920,"Height":800},
                {"Type":"Subtitle","Index":2,"DeliveryMethod":"External","IsExternalUrl":false,"Path":"/mnt/Heat.srt",
                 "DeliveryUrl":"/Videos/1600/mediasource_1600/Subtitles/2/0/Stream.srt?api_key=upstream-token-1"}]}],
             "PlaySessionId":"aaaa1111aaaa1111aaaa1111aaaa1111","FutureField":{"Depth":1600}}
            """;
    private static final String SECOND = """
            {"MediaSources":[{"Id":"bbbb2222bbbb2222bbbb2222bbbb2222","Protocol":"File","Path":"D:\\\\films\\\\Heat.avi",
              "Container":"avi","Size":2000,"Bitrate":20000000,"RunTimeTicks":1000,"SupportsDirectPlay":false,
              "SupportsDirectStream":false,"SupportsTranscoding":true,"TranscodingSubProtocol":"hls",
              "TranscodingUrl":"/videos/77/master.m3u8?DeviceId=upstreamdevice2&MediaSourceId=bbbb2222bbbb2222bbbb2222bbbb2222&PlaySessionId=cccc2222cccc2222cccc2222cccc2222&api_key=upstream-token-2&VideoCodec=h264&h264-level=41&TranscodeReasons=ContainerNotSupported",
              "MediaStreams":[{"Type":"Video","Index":0}]}],
             "PlaySessionId":"cccc2222cccc2222cccc2222cccc2222"}
            """;

    private final World world = new World(1, 2, 3);
    private UpstreamId first;
    private UpstreamId second;

    @BeforeEach
    void twoServersHoldOneFilm() {
        first = world.upstreams.has(1, "http://one.lan:8096", request -> FakeUpstreams.json(FIRST));
        second = world.upstreams.has(2, "http://two.lan:8096/jelly", request -> FakeUpstreams.json(SECOND));
        world.index.has(
                10,
                ItemKind.MOVIE,
                "Heat",
                FakeIndex.copy(1, "1600", FakeIndex.source(11, "mediasource_1600", "1600", 1000)),
                FakeIndex.copy(2, "77", FakeIndex.source(12, "bbbb2222bbbb2222bbbb2222bbbb2222", "77", 2000)));
    }

    private JsonNode info(String url) throws IOException {
        return World.json(
                world.playing.playback().info(world.call("POST", url, "{\"DeviceProfile\":{\"Name\":\"tv\"}}")));
    }

    private static List<String> ids(JsonNode info) {
        return info.path("MediaSources").findValuesAsText("Id");
    }

    @Test
    void theVersionsOfAllServersAreListedDirectPlayFirst() throws IOException {
        JsonNode info = info("/Items/10/PlaybackInfo?IsPlayback=false");

        assertThat(ids(info)).containsExactly("mediasource_11", "mediasource_12");
        assertThat(info.path("PlaySessionId").asText()).matches("[0-9a-f]{32}");
        assertThat(info.path("MediaSources").findValuesAsText("Name")).doesNotHaveDuplicates();
    }

    @Test
    void urlsLeadThroughTheGatewayWithItsIdsAndTheClientsToken() throws IOException {
        JsonNode info = info("/Items/10/PlaybackInfo");
        String session = info.path("PlaySessionId").asText();

        assertThat(info.path("MediaSources").path(0).path("DirectStreamUrl").asText())
                .isEqualTo("/videos/10/original.mkv?DeviceId=alices-tv&MediaSourceId=mediasource_11&PlaySessionId="
                        + session + "&api_key=alices-token&Extra=1600");
        assertThat(info.path("MediaSources").path(1).path("TranscodingUrl").asText())
                .isEqualTo("/videos/10/master.m3u8?DeviceId=alices-tv&MediaSourceId=mediasource_12&PlaySessionId="
                        + session
                        + "&api_key=alices-token&VideoCodec=h264&h264-level=41&TranscodeReasons=ContainerNotSupported");
        assertThat(info.path("MediaSources")
                        .path(0)
                        .path("MediaStreams")
                        .path(1)
                        .path("DeliveryUrl")
                        .asText())
                .startsWith("/Videos/10/mediasource_11/Subtitles/2/0/Stream.srt?api_key=alices-token");
    }

    @Test
    void nothingOfTheServersIsLeftButWhatOnlyLooksLikeAnIdStays() throws IOException {
        JsonNode info = info("/Items/10/PlaybackInfo");

        assertThat(info.toString())
                .doesNotContain(
                        "upstream", "lan", "/mnt", "films", "mediasource_1600", "bbbb2222", "aaaa1111", "cccc2222");
        assertThat(info.path("FutureField").path("Depth").asInt()).isEqualTo(1600);
        assertThat(info.path("MediaSources").path(0).path("FutureNote").asText())
                .isEqualTo("1600 reasons");
        assertThat(info.path("MediaSources")
                        .path(0)
                        .path("MediaStreams")
                        .path(0)
                        .path("Width")
                        .asInt())
                .isEqualTo(1920);
    }

    @Test
    void aServerThatHangsIsLeftOutWithinTheDeadline() throws IOException {
        world.upstreams.hangs(first);
        long start = System.nanoTime();

        JsonNode info = info("/Items/10/PlaybackInfo?IsPlayback=true");

        assertThat(ids(info)).containsExactly("mediasource_12");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void onlyTheServerThatComesOutFirstHearsThatPlaybackStarts() throws IOException {
        info("/Items/10/PlaybackInfo?IsPlayback=true&AutoOpenLiveStream=true");

        assertThat(world.upstreams.asked)
                .filteredOn(a -> a.request().query().get("IsPlayback").equals("true"))
                .extracting(FakeUpstreams.Asked::upstream)
                .containsExactly(first);
        assertThat(world.upstreams.asked)
                .filteredOn(a -> a.upstream().equals(second))
                .allMatch(a -> a.request().query().get("AutoOpenLiveStream").equals("false"));
    }

    @Test
    void aNamedVersionIsAskedOfItsServerAloneInItsIds() throws IOException {
        JsonNode info = info("/Items/10/PlaybackInfo?UserId=" + World.ALICE
                + "&MediaSourceId=mediasource_12&IsPlayback=true&MaxStreamingBitrate=5000000&api_key=alices-token");

        assertThat(ids(info)).containsExactly("mediasource_12");
        assertThat(world.upstreams.asked).hasSize(1);
        UpstreamRequest request = world.upstreams.asked.getFirst().request();
        assertThat(request.path()).isEqualTo("/Items/77/PlaybackInfo");
        assertThat(request.query())
                .containsEntry("MediaSourceId", "bbbb2222bbbb2222bbbb2222bbbb2222")
                .containsEntry("UserId", "{user}")
                .containsEntry("MaxStreamingBitrate", "5000000")
                .doesNotContainKey("api_key");
        assertThat(new String(request.json().orElseThrow()))
                .contains("\"DeviceProfile\":{\"Name\":\"tv\"}", "\"UserId\":\"upstreamuser2\"");
    }

    @Test
    void aVersionsOwnItemIdPutsItFirst() throws IOException {
        assertThat(ids(info("/Items/12/PlaybackInfo"))).containsExactly("mediasource_12", "mediasource_11");
    }

    @Test
    void unknownIdsAreNotFoundAndNoServerIsAsked() {
        for (String url : List.of(
                "/Items/999/PlaybackInfo",
                "/Items/mediasource_1600/PlaybackInfo",
                "/Items/10/PlaybackInfo?MediaSourceId=mediasource_1600",
                "/Items/10/PlaybackInfo?MediaSourceId=bbbb2222bbbb2222bbbb2222bbbb2222",
                "/Items/10/PlaybackInfo?LiveStreamId=x")) {
            assertThatThrownBy(() -> info(url)).as(url).isInstanceOf(Refused.class);
        }
        assertThat(world.upstreams.asked).isEmpty();
    }

    @Test
    void withEveryServerGoneTheAnswerSaysThatNothingFits() throws IOException {
        world.upstreams.goesOffline(first);
        world.upstreams.goesOffline(second);

        JsonNode info = info("/Items/10/PlaybackInfo?IsPlayback=true");

        assertThat(info.path("MediaSources")).isEmpty();
        assertThat(info.path("ErrorCode").asText()).isEqualTo("NoCompatibleStream");
    }

    private void somebodyPlaysFrom(UpstreamId server) {
        Caller other = new Caller(
                World.ALICE,
                "alice",
                false,
                World.SERVER,
                new ClientIdentity("Test", "Phone", "alices-phone", "1"),
                new Secret("token"),
                world.alice.visible());
        world.playing.slots().take(other, Viewing.of(other, new ItemId(10)), server);
    }

    @Test
    void aFullServersVersionsAreLeftOutForPlayingAndComeLastForKnowing() throws IOException {
        world.upstreams.takes(first, 1);
        somebodyPlaysFrom(first);

        assertThat(ids(info("/Items/10/PlaybackInfo"))).containsExactly("mediasource_12");
        assertThat(ids(info("/Items/10/PlaybackInfo?IsPlayback=true"))).containsExactly("mediasource_12");
        assertThat(ids(info("/Items/10/PlaybackInfo?IsPlayback=false")))
                .containsExactly("mediasource_12", "mediasource_11");
    }

    @Test
    void aNamedVersionOfAFullServerGivesWayToTheSameFileElsewhereAndToNothingElse() throws IOException {
        world.upstreams.takes(first, 1);
        somebodyPlaysFrom(first);
        String named = "/Items/10/PlaybackInfo?MediaSourceId=mediasource_11";
        assertThat(info(named).path("ErrorCode").asText()).isEqualTo("RateLimitExceeded");

        world.index.has(
                10,
                ItemKind.MOVIE,
                "Heat",
                FakeIndex.copy(1, "1600", FakeIndex.source(11, "mediasource_1600", "1600", 1000)),
                FakeIndex.copy(2, "77", FakeIndex.source(12, "bbbb2222bbbb2222bbbb2222bbbb2222", "77", 1000)));
        assertThat(ids(info(named))).containsExactly("mediasource_12");
    }

    /** Apps that jump in a conversion or try again after an error name the version they have been playing. */
    @Test
    void aNamedVersionOfAServerThatIsGoneGivesWayToTheSameFileElsewhereElseToAnother() throws IOException {
        world.upstreams.goesOffline(first);
        String named = "/Items/10/PlaybackInfo?MediaSourceId=mediasource_11&IsPlayback=true&AudioStreamIndex=7";
        assertThat(ids(info(named))).containsExactly("mediasource_12");
        assertThat(world.upstreams.asked.getLast().request().query())
                .containsEntry("IsPlayback", "true")
                .doesNotContainKey("AudioStreamIndex");
        assertThat(world.playing.places()).containsExactly(Map.entry(second, 1));
        assertThat(ids(info("/Items/10/PlaybackInfo?MediaSourceId=mediasource_11&IsPlayback=false")))
                .isEmpty();
    }

    @Test
    void theSameFileComesBeforeAnythingElseInPlaceOfANamedVersionOfAServerThatIsGone() throws IOException {
        UpstreamId third = world.upstreams.has(
                3,
                "http://three.lan",
                request -> FakeUpstreams.json(FIRST.replace("mediasource_1600", "mediasource_9")));
        world.index.has(
                10,
                ItemKind.MOVIE,
                "Heat",
                FakeIndex.copy(1, "1600", FakeIndex.source(11, "mediasource_1600", "1600", 1000)),
                FakeIndex.copy(2, "77", FakeIndex.source(12, "bbbb2222bbbb2222bbbb2222bbbb2222", "77", 2000)),
                FakeIndex.copy(3, "9", FakeIndex.source(13, "mediasource_9", "9", 1000)));
        world.upstreams.goesOffline(first);

        String named = "/Items/10/PlaybackInfo?MediaSourceId=mediasource_11&IsPlayback=true&AudioStreamIndex=7";
        assertThat(ids(info(named))).containsExactly("mediasource_13");
        assertThat(world.upstreams.asked.getLast().upstream()).isEqualTo(third);
        assertThat(world.upstreams.asked.getLast().request().query()).containsEntry("AudioStreamIndex", "7");
    }

    @Test
    void whatIsToBePlayedIsGivenItsPlaceAtOnce() throws IOException {
        world.upstreams.takes(first, 1);
        world.upstreams.takes(second, 1);
        info("/Items/10/PlaybackInfo?IsPlayback=true");

        assertThat(world.playing.places()).containsExactly(Map.entry(first, 1));
        somebodyPlaysFrom(first);
        assertThat(world.playing.places()).containsExactly(Map.entry(first, 1));
        assertThat(ids(info("/Items/10/PlaybackInfo?IsPlayback=true"))).contains("mediasource_11");
    }

    @Test
    void aHiddenServersVersionsAreNotThere() throws IOException {
        World half = new World(2);
        half.upstreams.has(1, "http://one.lan", request -> FakeUpstreams.json(FIRST));
        half.upstreams.has(2, "http://two.lan", request -> FakeUpstreams.json(SECOND));
        half.index.has(
                10,
                ItemKind.MOVIE,
                "Heat",
                FakeIndex.copy(1, "1600", FakeIndex.source(11, "mediasource_1600", "1600", 1000)),
                FakeIndex.copy(2, "77", FakeIndex.source(12, "bbbb2222bbbb2222bbbb2222bbbb2222", "77", 2000)));

        assertThat(ids(World.json(half.playing.playback().info(half.get("/Items/10/PlaybackInfo")))))
                .containsExactly("mediasource_12");
        assertThatThrownBy(() ->
                        half.playing.playback().info(half.get("/Items/10/PlaybackInfo?MediaSourceId=mediasource_11")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aServerWithoutDirectStreamUrlsGetsOneMade() throws IOException {
        String answer = "{\"MediaSources\":[{\"Id\":\"x\",\"Container\":\"mkv\",\"SupportsDirectStream\":true,"
                + "\"MediaStreams\":[{\"Type\":\"Video\"}]}],\"PlaySessionId\":\"p\"}";
        World jelly = new World(1);
        jelly.upstreams.has(1, "http://one.lan", request -> FakeUpstreams.json(answer));
        jelly.index.has(10, ItemKind.MOVIE, "Heat", FakeIndex.copy(1, "g", FakeIndex.source(11, "x", "g", 0)));

        JsonNode info = World.json(jelly.playing.playback().info(jelly.get("/Items/10/PlaybackInfo")));

        assertThat(info.path("MediaSources").path(0).path("DirectStreamUrl").asText())
                .isEqualTo("/videos/10/original.mkv?DeviceId=alices-tv&MediaSourceId=mediasource_11&PlaySessionId="
                        + info.path("PlaySessionId").asText() + "&api_key=alices-token");
    }

    @Test
    void anAddressElsewhereIsSealed() throws IOException {
        String answer = "{\"MediaSources\":[{\"Id\":\"x\",\"SupportsDirectStream\":true,\"IsRemote\":true,"
                + "\"Protocol\":\"Http\",\"DirectStreamUrl\":\"https://cdn.example/a b.mp4?sig=1\",\"MediaStreams\":[]}]}";
        World remote = new World(1);
        remote.upstreams.has(1, "http://one.lan", request -> FakeUpstreams.json(answer));
        remote.index.has(10, ItemKind.MOVIE, "Heat", FakeIndex.copy(1, "g", FakeIndex.source(11, "x", "g", 0)));

        JsonNode info = World.json(remote.playing.playback().info(remote.get("/Items/10/PlaybackInfo")));

        assertThat(info.path("MediaSources").path(0).path("DirectStreamUrl").asText())
                .startsWith("/gw/x/")
                .contains("/media.mp4?PlaySessionId=")
                .doesNotContain("cdn", "sig");
    }
}
