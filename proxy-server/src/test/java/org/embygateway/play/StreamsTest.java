package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Call;
import org.embygateway.route.Headers;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.Refused;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static final String SECOND_SOURCE = "bbbb2222bbbb2222bbbb2222bbbb2222";

    private final World world = new World(1, 2, 3);
    private UpstreamId first;
    private UpstreamId second;

    @BeforeEach
    void threeServers() {
        first = world.upstreams.has(1, "http://one.lan:8096", request -> answer("http://one.lan:8096", request));
        second = world.upstreams.has(2, "http://two.lan:8096", request -> answer("http://two.lan:8096", request));
        world.index.has(
                10,
                ItemKind.MOVIE,
                "Heat",
                FakeIndex.copy(1, "1600", FakeIndex.source(11, "mediasource_1600", "1600", 1000)),
                FakeIndex.copy(2, "77", FakeIndex.source(12, SECOND_SOURCE, "78", 2000)));
    }

    private static UpstreamResponse answer(String base, UpstreamRequest request) {
        String query = request.query().getOrDefault("PlaySessionId", "none");
        String text = request.path().endsWith("master.m3u8")
                ? "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nmain.m3u8?DeviceId="
                        + request.query().get("DeviceId")
                        + "&MediaSourceId=" + request.query().get("MediaSourceId") + "&PlaySessionId=" + query
                        + "&VideoCodec=h264\n"
                : "#EXTM3U\n#EXTINF:3.0,nodesc\nhls1/main/0.ts?PlaySessionId=" + query + "\n#EXT-X-ENDLIST\n";
        return new UpstreamResponse(
                request.method().equals("DELETE") ? 204 : 200,
                Headers.of("Content-Type", "application/x-mpegURL"),
                text.getBytes(StandardCharsets.UTF_8),
                URI.create(base + request.path()));
    }

    private MediaRelay relay(String url, String... headers) {
        return ((Reply.Relay) world.playing.streams().open(world.get(url, headers))).media();
    }

    private RelaySource source(String url, String... headers) {
        return relay(url, headers).next(Optional.empty()).orElseThrow();
    }

    private static Params query(RelaySource source) {
        return Params.parse(source.uri().getRawQuery());
    }

    @Test
    void theMediaSourceDecidesWhichServerPlaysAndInWhoseIds() {
        RelaySource source = source("/videos/10/original.mkv?DeviceId=alices-tv&MediaSourceId=mediasource_12"
                + "&PlaySessionId=mine&api_key=alices-token&X-Emby-Token=alices-token&Extra=1600&Tag=abc");

        assertThat(source.upstream()).isEqualTo(second);
        assertThat(source.uri().getPath()).isEqualTo("/Videos/78/original.mkv");
        assertThat(query(source).text("MediaSourceId")).hasValue(SECOND_SOURCE);
        assertThat(query(source).text("DeviceId")).hasValue("upstreamdevice2");
        assertThat(query(source).text("Extra")).hasValue("1600");
        assertThat(source.uri().toString()).doesNotContain("alices", "PlaySessionId=mine", "Tag");
    }

    @Test
    void aUrlOfTheClientsOwnMakingPlaysFromTheBestHolder() {
        assertThat(source("/Videos/10/stream?Static=true").uri().getPath()).isEqualTo("/Videos/1600/stream");
        assertThat(source("/videos/10/stream/Heat%20(1995).mkv?Static=true&MediaSourceId=")
                        .uri()
                        .getPath())
                .isEqualTo("/Videos/1600/stream");
        assertThat(source("/Videos/12/stream.mkv?static=true").uri().getPath()).isEqualTo("/Videos/78/stream.mkv");
        assertThat(source("/Items/10/Download?mediaSourceId=mediasource_12")
                        .uri()
                        .getPath())
                .isEqualTo("/Items/78/Download");
    }

    @Test
    void aNamedVersionIsNotReplacedByAnotherFileWhenItsServerIsDown() {
        world.upstreams.goesOffline(second);
        String named = "/Videos/10/stream.mkv?Static=true&MediaSourceId=mediasource_12";
        assertThat(relay(named).next(Optional.empty())).isEmpty();
        assertThatThrownBy(() ->
                        world.playing.streams().open(world.get("/Videos/10/master.m3u8?MediaSourceId=mediasource_12")))
                .isInstanceOf(UpstreamFailed.class);
    }

    @Test
    void aDeviceStaysWithTheCopyItPlayedLast() {
        source("/Videos/10/stream?Static=true&MediaSourceId=mediasource_12");

        assertThat(source("/Videos/10/stream?Static=true").upstream()).isEqualTo(second);
    }

    @Test
    void beforeTheFirstByteAnotherCopyStandsInUnlessTheClientNamedOne() {
        MediaRelay any = relay("/Videos/10/stream?Static=true");
        RelaySource one = any.next(Optional.empty()).orElseThrow();
        assertThat(any.next(Optional.of(new RelayFailure(one, 0, "gone")))
                        .orElseThrow()
                        .upstream())
                .isEqualTo(second);

        MediaRelay named = relay("/Videos/10/stream?Static=true&MediaSourceId=mediasource_11");
        RelaySource only = named.next(Optional.empty()).orElseThrow();
        assertThat(named.next(Optional.of(new RelayFailure(only, 0, "gone")))).isEmpty();
    }

    @Test
    void aServerThatDoesNotBeginAStreamIsAskedLastForOtherTitlesButNotOneThatLacksAFile() {
        for (int item : new int[] {20, 30}) {
            world.index.has(
                    item,
                    ItemKind.MOVIE,
                    "Film " + item,
                    FakeIndex.copy(1, "1" + item, FakeIndex.source(item + 1, "a" + item, "1" + item, 1000)),
                    FakeIndex.copy(2, "2" + item, FakeIndex.source(item + 2, "b" + item, "2" + item, 2000)));
        }
        MediaRelay missing = relay("/Videos/10/stream?Static=true");
        RelaySource lacking = missing.next(Optional.empty()).orElseThrow();
        missing.next(Optional.of(new RelayFailure(lacking, 404, "answered 404")));
        assertThat(lacking.upstream()).isEqualTo(first);

        MediaRelay silent = relay("/Videos/20/stream?Static=true");
        RelaySource one = silent.next(Optional.empty()).orElseThrow();
        assertThat(one.upstream()).isEqualTo(first);
        silent.next(Optional.of(new RelayFailure(one, 0, "no answer in time")));
        assertThat(source("/Videos/30/stream?Static=true").upstream()).isEqualTo(second);
    }

    @Test
    void aSilentCopyOfAFileIsLeftForTheNextSoonButNeverForASecondConversion() {
        MediaRelay file = relay("/Videos/10/stream?Static=true");
        RelaySource one = file.next(Optional.empty()).orElseThrow();
        RelaySource other =
                file.next(Optional.of(new RelayFailure(one, 0, "silent"))).orElseThrow();
        assertThat(one.firstByte()).isLessThan(other.firstByte());

        RelaySource converted = source("/Videos/10/stream?VideoCodec=h264");
        assertThat(converted.firstByte()).isEqualTo(other.firstByte());
    }

    @Test
    void aNamedCopyThatLooksIdenticalElsewhereMayBeReplacedEvenInTheMiddle() {
        UpstreamId third = world.upstreams.has(3, "http://three.lan", request -> answer("http://three.lan", request));
        world.index.has(
                20,
                ItemKind.MOVIE,
                "Ran",
                FakeIndex.copy(1, "20", FakeIndex.source(21, "a", "20", 5000)),
                FakeIndex.copy(2, "20", FakeIndex.source(22, "b", "20", 5001)),
                FakeIndex.copy(3, "20", FakeIndex.source(23, "c", "20", 5000)));
        MediaRelay relay = relay("/Videos/20/stream?Static=true&MediaSourceId=mediasource_21", "Range", "bytes=300-");
        RelaySource one = relay.next(Optional.empty()).orElseThrow();

        RelaySource other =
                relay.next(Optional.of(new RelayFailure(one, 503, "busy"))).orElseThrow();

        assertThat(other.upstream()).isEqualTo(third);
        assertThat(relay.next(Optional.of(new RelayFailure(other, 0, "gone")))).isEmpty();
    }

    @Test
    void inTheMiddleOfAFileADifferentCopyNeverStandsIn() {
        MediaRelay relay = relay("/Videos/10/stream?Static=true", "Range", "bytes=300-");
        RelaySource one = relay.next(Optional.empty()).orElseThrow();

        assertThat(relay.next(Optional.of(new RelayFailure(one, 0, "gone")))).isEmpty();
    }

    @Test
    void aRefusedSignInIsRenewedOnceForTheSameCopy() {
        MediaRelay relay = relay("/Videos/10/stream?Static=true&MediaSourceId=mediasource_11");
        RelaySource one = relay.next(Optional.empty()).orElseThrow();

        RelaySource again =
                relay.next(Optional.of(new RelayFailure(one, 401, "401"))).orElseThrow();

        assertThat(again.upstream()).isEqualTo(first);
        assertThat(world.upstreams.refused).containsExactly(one);
        assertThat(relay.next(Optional.of(new RelayFailure(again, 401, "401")))).isEmpty();
    }

    @Test
    void aServerThatRefusesTheTokensItGivesIsLeftForTheNext() {
        world.upstreams.shut.add(first);
        MediaRelay relay = relay("/Videos/10/stream?Static=true");
        RelaySource one = relay.next(Optional.empty()).orElseThrow();

        RelaySource other =
                relay.next(Optional.of(new RelayFailure(one, 401, "401"))).orElseThrow();

        assertThat(one.upstream()).isEqualTo(first);
        assertThat(other.upstream()).isEqualTo(second);
    }

    @Test
    void aRangeOutsideTheFileIsTheClientsOwn() {
        MediaRelay relay = relay("/Videos/10/stream?Static=true");
        RelaySource one = relay.next(Optional.empty()).orElseThrow();

        assertThat(relay.next(Optional.of(new RelayFailure(one, 416, "416")))).isEmpty();
    }

    @Test
    void onlyHarmlessHeadersPassAndSuffixRangesAreMadeAbsolute() {
        Headers sent = source(
                        "/Videos/10/stream?Static=true",
                        "Range",
                        "bytes=-100",
                        "If-Range",
                        "\"e\"",
                        "Cookie",
                        "c",
                        "X-Emby-Authorization",
                        "a",
                        "X-Forwarded-For",
                        "192.0.2.1",
                        "Referer",
                        "r")
                .headers();

        assertThat(sent.all().keySet())
                .containsExactlyInAnyOrder("Accept-Encoding", "If-Range", "Range", "X-Emby-Token");
        assertThat(sent.first("Range")).hasValue("bytes=900-999");
        assertThat(source("/Videos/10/stream?Static=true", "Range", "bytes=0-0")
                        .headers()
                        .first("Range"))
                .hasValue("bytes=0-0");
        assertThat(source("/Videos/10/stream", "Range", "bytes=-100").headers().first("Range"))
                .hasValue("bytes=-100");
    }

    @Test
    void subtitlesAndFontsGoToTheServerOfTheSourceInThePath() {
        assertThat(source("/Videos/10/mediasource_12/Subtitles/2/0/Stream.srt?api_key=alices-token")
                        .uri()
                        .getPath())
                .isEqualTo("/Videos/78/" + SECOND_SOURCE + "/Subtitles/2/0/Stream.srt");
        assertThat(source("/Items/10/mediasource_11/Subtitles/2/Stream.vtt")
                        .uri()
                        .getPath())
                .isEqualTo("/Videos/1600/mediasource_1600/Subtitles/2/Stream.vtt");
        assertThat(source("/Videos/10/mediasource_12/Attachments/5").upstream()).isEqualTo(second);
    }

    @Test
    void lyricsOfServersThatHaveAPathForThemTakeNoPlace() {
        assertThat(source("/Audio/10/Lyrics").uri().getPath()).isEqualTo("/Audio/1600/Lyrics");
        assertThat(world.playing.places()).isEmpty();
    }

    @Test
    void anotherServersPlaylistStandsInWhereAnAppLeavesItToTheServerWhatItGets() {
        world.upstreams.has(
                1,
                "http://one.lan:8096",
                request -> new UpstreamResponse(500, Headers.NONE, new byte[0], URI.create("http://one.lan:8096/")));
        String answer = playlist("/Audio/10/universal?Container=mp3&TranscodingProtocol=hls&PlaySessionId=7");

        assertThat(answer).startsWith("#EXTM3U").contains("hls1/main/0.ts");
        assertThat(world.upstreams.asked.getLast().upstream()).isEqualTo(second);
    }

    @Test
    void fromMasterToSegmentEverythingStaysOnTheChosenServer() {
        String master = playlist("/videos/10/master.m3u8?DeviceId=alices-tv&MediaSourceId=mediasource_12"
                + "&PlaySessionId=mine&api_key=alices-token&VideoCodec=h264");
        String variant =
                master.lines().filter(l -> !l.startsWith("#")).findFirst().orElseThrow();
        String media = playlist("/videos/10/" + variant);
        String segment =
                media.lines().filter(l -> !l.startsWith("#")).findFirst().orElseThrow();

        RelaySource source = source("/videos/10/" + segment);

        assertThat(variant).startsWith("main.m3u8?DeviceId=alices-tv&MediaSourceId=mediasource_12&PlaySessionId=");
        assertThat(segment).matches("hls1/main/0\\.ts\\?PlaySessionId=[0-9a-f]{32}");
        assertThat(source.upstream()).isEqualTo(second);
        assertThat(source.uri().getPath()).isEqualTo("/Videos/78/hls1/main/0.ts");
        assertThat(world.upstreams.asked)
                .extracting(FakeUpstreams.Asked::upstream)
                .containsOnly(second);
        String upstreamSession =
                world.upstreams.asked.getFirst().request().query().get("PlaySessionId");
        assertThat(query(source).text("PlaySessionId")).hasValue(upstreamSession);
        assertThat(master + media).doesNotContain("upstream", SECOND_SOURCE, upstreamSession, "/78/", "two.lan");
    }

    private String playlist(String url) {
        Reply.Bytes reply = (Reply.Bytes) world.playing.streams().open(world.get(url));
        assertThat(reply.contentType()).isEqualTo("application/vnd.apple.mpegurl");
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aSegmentsPlaySessionNamesItsUserButAClientsOwnIdProvesNothing() {
        String master = playlist("/videos/10/master.m3u8?MediaSourceId=mediasource_12&PlaySessionId=mine");
        String alias = master.replaceAll("(?s).*PlaySessionId=([0-9a-f]{32}).*", "$1");

        assertThat(world.playing.sessions().callerOf(alias)).hasValue(world.alice);
        assertThat(world.playing.sessions().callerOf("mine")).isEmpty();
        assertThat(world.playing.sessions().callerOf("0123456789abcdef0123456789abcdef"))
                .isEmpty();
    }

    @Test
    void segmentsAreStillServedAfterARestart() {
        String master = playlist("/videos/10/master.m3u8?MediaSourceId=mediasource_12&PlaySessionId=mine");
        String alias = master.replaceAll("(?s).*PlaySessionId=([0-9a-f]{32}).*", "$1");
        Playing restarted = world.playing();

        assertThat(restarted.sessions().callerOf(alias)).hasValue(world.alice);
        Reply.Relay reply =
                (Reply.Relay) restarted.streams().open(world.get("/videos/10/hls1/main/7.ts?PlaySessionId=" + alias));
        assertThat(reply.media().next(Optional.empty()).orElseThrow().upstream())
                .isEqualTo(second);
    }

    @Test
    void stoppingEncodingsReachesTheServerThatEncodesInItsIds() {
        playlist("/videos/10/master.m3u8?MediaSourceId=mediasource_12&PlaySessionId=mine");
        String session = world.upstreams.asked.getFirst().request().query().get("PlaySessionId");

        world.playing
                .activeEncodings()
                .stop(world.call("DELETE", "/Videos/ActiveEncodings?DeviceId=alices-tv&PlaySessionId=mine", ""));

        Awaitility.await().until(() -> world.upstreams.asked.size() == 2);
        FakeUpstreams.Asked last = world.upstreams.asked.getLast();
        assertThat(last.line()).isEqualTo("2 DELETE /Videos/ActiveEncodings");
        assertThat(last.request().query())
                .containsEntry("DeviceId", "upstreamdevice2")
                .containsEntry("PlaySessionId", session);
    }

    @Test
    void aClientThatLeavesAConversionEndsIt() {
        MediaRelay relay =
                relay("/Videos/10/stream.mkv?VideoCodec=h264&MediaSourceId=mediasource_11&PlaySessionId=mine");
        relay.next(Optional.empty());

        relay.finished(new RelayEnd(5, false, Duration.ZERO, Duration.ZERO, Duration.ZERO));

        Awaitility.await()
                .until(() -> world.upstreams.asked.stream()
                        .anyMatch(a -> a.line().equals("1 DELETE /Videos/ActiveEncodings")));
        assertThat(world.playing.encodings().count()).isZero();
    }

    @Test
    void aConversionOfAClientThatNamesNoPlaySessionEndsWithItsBytesAndEndsNoOther() {
        relay("/Videos/10/stream.mkv?VideoCodec=h264&PlaySessionId=other").next(Optional.empty());
        for (boolean complete : new boolean[] {false, true}) {
            MediaRelay relay = relay("/Videos/10/stream.mkv?VideoCodec=h264&MediaSourceId=mediasource_12");
            String session = query(relay.next(Optional.empty()).orElseThrow())
                    .text("PlaySessionId")
                    .orElseThrow();
            assertThat(world.playing.encodings().count()).isEqualTo(2);

            relay.finished(new RelayEnd(5, complete, Duration.ZERO, Duration.ZERO, Duration.ZERO));
            Awaitility.await()
                    .until(() -> world.upstreams.asked.stream()
                            .anyMatch(a -> a.line().equals("2 DELETE /Videos/ActiveEncodings")
                                    && session.equals(a.request().query().get("PlaySessionId"))));
            assertThat(world.playing.encodings().count()).isEqualTo(1);
        }
    }

    @Test
    void manyAbortedStreamsLeaveNothingBehind() {
        for (int i = 0; i < 1000; i++) {
            MediaRelay relay = relay("/Videos/10/stream.mkv?VideoCodec=h264&PlaySessionId=s" + i);
            relay.next(Optional.empty());
            relay.finished(new RelayEnd(0, false, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        }
        assertThat(world.playing.encodings().count()).isZero();
    }

    @Test
    void redirectServersGetADirectAddressForWholeFilesOnly() {
        World direct = new World(1);
        direct.upstreams.has(
                1,
                "http://one.lan",
                UpstreamRecord.PlaybackMode.REDIRECT,
                request -> answer("http://one.lan", request));
        direct.index.has(10, ItemKind.MOVIE, "Heat", FakeIndex.copy(1, "1600", FakeIndex.source(11, "a", "1600", 1)));

        assertThat(direct.playing.streams().open(direct.get("/Videos/10/original.mkv?MediaSourceId=mediasource_11")))
                .isInstanceOfSatisfying(
                        Reply.Redirect.class,
                        r -> assertThat(r.location())
                                .startsWith("http://one.lan/Videos/1600/original.mkv?")
                                .endsWith("api_key=upstream-token-1"));
        assertThat(direct.playing.streams().open(direct.get("/Videos/10/master.m3u8")))
                .isInstanceOf(Reply.Bytes.class);
        assertThat(direct.playing.streams().open(direct.get("/Videos/10/stream.ts?VideoCodec=h264")))
                .isInstanceOf(Reply.Relay.class);
        assertThat(direct.playing.streams().open(direct.get("/Items/10/Download")))
                .isInstanceOf(Reply.Relay.class);
        World stranger = new World();
        stranger.index.has(10, ItemKind.MOVIE, "Heat", FakeIndex.copy(1, "1600", FakeIndex.source(11, "a", "1600", 1)));
        assertThatThrownBy(() -> stranger.playing
                        .streams()
                        .open(stranger.get("/Videos/10/original.mkv?MediaSourceId=mediasource_11")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void hostilePathsAndIdsAreNotFoundAndReachNoServer() {
        for (String url : List.of(
                "/Videos/999/stream",
                "/Videos/mediasource_1600/stream",
                "/Videos/10/stream?MediaSourceId=mediasource_1600",
                "/Videos/10/stream?MediaSourceId=" + SECOND_SOURCE,
                "/Videos/10/stream?LiveStreamId=anything",
                "/Videos/10/..",
                "/Videos/10/%2e%2e/System",
                "/Videos/10/a%0d%0ab",
                "/Videos/10/x/y/z",
                "/Items/10/Delete",
                "/Videos/10/mediasource_1600/Subtitles/2/Stream.srt",
                "/Videos/10/hls1/../../../System/Info",
                "/Videos/99999999999/stream",
                "/Videos/-1/stream",
                "/System/Info/Public")) {
            assertThatThrownBy(() -> world.playing.streams().open(world.get(url)))
                    .as(url)
                    .isInstanceOf(Refused.class)
                    .extracting(e -> ((Refused) e).status())
                    .isEqualTo(404);
        }
        assertThat(world.upstreams.asked).isEmpty();
    }

    @Test
    void anythingButAPlaylistInItsPlaceIsAnError() {
        World broken = new World(1);
        broken.upstreams.has(
                1,
                "http://one.lan",
                request -> new UpstreamResponse(200, Headers.NONE, "<html>".getBytes(), URI.create("http://one.lan/")));
        broken.index.has(10, ItemKind.MOVIE, "Heat", FakeIndex.copy(1, "1600", FakeIndex.source(11, "a", "1600", 1)));

        assertThatThrownBy(() -> broken.playing.streams().open(broken.get("/Videos/10/master.m3u8")))
                .isInstanceOf(UpstreamFailed.class);
    }

    @Test
    void reportsReachTheServerThatPlaysInItsIdsWithoutTheQueue() throws IOException {
        playlist("/videos/10/master.m3u8?MediaSourceId=mediasource_12&PlaySessionId=mine");
        String session = world.upstreams.asked.getFirst().request().query().get("PlaySessionId");
        String report =
                "{\"ItemId\":\"10\",\"MediaSourceId\":\"mediasource_12\",\"PlaySessionId\":\"mine\",\"positionTicks\":5,"
                        + "\"NowPlayingQueue\":[{\"Id\":10}],\"PlaylistItemId\":\"p0\",\"SessionId\":\"s\",\"BufferedRanges\":[],"
                        + "\"EventName\":\"timeupdate\",\"IsPaused\":false}";

        ObjectNode body = (ObjectNode) EmbyJson.read(report.getBytes(StandardCharsets.UTF_8));
        world.playing.liveReports().progress(world.alice, "mine", "mediasource_12", new ItemId(10), body);

        FakeUpstreams.Asked last = world.upstreams.asked.getLast();
        assertThat(last.line()).isEqualTo("2 POST /Sessions/Playing/Progress");
        JsonNode told = EmbyJson.read(last.request().json().orElseThrow());
        assertThat(told.toString())
                .isEqualTo("{\"ItemId\":\"77\",\"MediaSourceId\":\"" + SECOND_SOURCE + "\",\"PlaySessionId\":\""
                        + session + "\",\"PositionTicks\":5,\"EventName\":\"timeupdate\",\"IsPaused\":false}");
    }

    @Test
    void aSealedAddressIsOpenedAndOthersAreNot() {
        World remote = new World(1);
        String answer = "{\"MediaSources\":[{\"Id\":\"a\",\"SupportsDirectStream\":true,"
                + "\"DirectStreamUrl\":\"http://192.0.2.77/a b.mp4?sig=1\",\"MediaStreams\":[]}]}";
        remote.upstreams.has(1, "http://one.lan", request -> FakeUpstreams.json(answer));
        remote.index.has(10, ItemKind.MOVIE, "Heat", FakeIndex.copy(1, "1600", FakeIndex.source(11, "a", "1600", 1)));
        String url = remote.playing
                .playback()
                .ranked(remote.alice, "10")
                .getFirst()
                .source()
                .path("DirectStreamUrl")
                .asText();
        String opaque = url.split("/")[3];

        Reply.Relay reply = (Reply.Relay) remote.playing.sealedStreams().open(sealed(remote, opaque));
        RelaySource source = reply.media().next(Optional.empty()).orElseThrow();

        assertThat(source.uri()).isEqualTo(URI.create("http://192.0.2.77/a%20b.mp4?sig=1"));
        assertThat(source.headers().first("X-Emby-Token")).isEmpty();
        assertThatThrownBy(() -> remote.playing.sealedStreams().open(sealed(remote, "AAAA" + opaque.substring(4))))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> new World().playing.sealedStreams().open(sealed(new World(), opaque)))
                .isInstanceOf(Refused.class);
    }

    private static Call sealed(World world, String opaque) {
        Call call = world.get("/gw/x/" + opaque + "/media.mp4");
        return new Call(
                call.method(),
                call.path(),
                call.prefix(),
                Map.of("Opaque", opaque, "Name", "media.mp4"),
                call.query(),
                call.headers(),
                call.body(),
                call.remoteAddress(),
                call.baseUrl(),
                call.identity(),
                call.caller(),
                call.requestId());
    }
}
