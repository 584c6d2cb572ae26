package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.RelayEnd;
import org.embygateway.route.Reply;
import org.embygateway.upstream.UpstreamRequest;
import org.embygateway.upstream.UpstreamResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Live streams, and conversions over time. */
class LivePartsTest {
    private static final String CHANNEL = """
            {"MediaSources":[{"Id":"live_a","RequiresOpening":true,"OpenToken":"tuner_7_secret","MediaStreams":[]}],
             "PlaySessionId":"p1"}
            """;
    private static final String OPENED = """
            {"MediaSource":{"Id":"live_a","LiveStreamId":"stream_7_secret","SupportsTranscoding":true,
              "Path":"http://one.lan/LiveTv/LiveStreamFiles/9/stream.ts","EncoderPath":"http://one.lan/x",
              "TranscodingUrl":"/videos/500/master.m3u8?MediaSourceId=live_a&PlaySessionId=p1&LiveStreamId=stream_7_secret",
              "MediaStreams":[]}}
            """;

    private final World world = new World(1);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void aChannel() {
        world.upstreams.has(1, "http://one.lan", LivePartsTest::answer);
        world.index.has(
                50, ItemKind.TV_CHANNEL, "News", FakeIndex.copy(1, "500", FakeIndex.source(51, "live_a", "500", 0)));
    }

    private static UpstreamResponse answer(UpstreamRequest request) {
        return switch (request.path()) {
            case "/Items/500/PlaybackInfo" -> FakeUpstreams.json(CHANNEL);
            case "/LiveStreams/Open", "/LiveStreams/MediaInfo" -> FakeUpstreams.json(OPENED);
            default -> new UpstreamResponse(204, Headers.NONE, new byte[0], URI.create("http://one.lan/"));
        };
    }

    private JsonNode opened() throws IOException {
        JsonNode info = World.json(world.playing.playback().info(world.get("/Items/50/PlaybackInfo")));
        String token = info.path("MediaSources").path(0).path("OpenToken").asText();
        String body =
                EmbyJson.object().put("OpenToken", token).put("ItemId", 50).toString();
        return World.json(world.playing
                .liveStreams()
                .open(world.call(
                        "POST",
                        "/LiveStreams/Open?PlaySessionId="
                                + info.path("PlaySessionId").asText(),
                        body)));
    }

    @Test
    void aLiveStreamIsOpenedWhereItsTokenIsFromAndItsIdsAreSealed() throws IOException {
        JsonNode source = opened().path("MediaSource");

        UpstreamRequest open = world.upstreams.asked.getLast().request();
        assertThat(open.query())
                .containsEntry("OpenToken", "tuner_7_secret")
                .containsEntry("ItemId", "500")
                .containsEntry("PlaySessionId", "p1");
        assertThat(source.toString()).doesNotContain("secret", "one.lan", "live_a");
        assertThat(source.path("TranscodingUrl").asText())
                .contains("LiveStreamId=" + source.path("LiveStreamId").asText());
    }

    @Test
    void itsStreamItsStateAndItsEndGoToTheSameServer() throws IOException {
        JsonNode source = opened().path("MediaSource");
        String live = source.path("LiveStreamId").asText();

        Reply.Relay reply = (Reply.Relay)
                world.playing.streams().open(world.get("/Videos/50/stream.ts?Static=true&LiveStreamId=" + live));
        assertThat(reply.media().next(Optional.empty()).orElseThrow().uri().getQuery())
                .contains("LiveStreamId=stream_7_secret");
        assertThat(World.json(world.playing
                                .liveStreams()
                                .mediaInfo(world.call("POST", "/LiveStreams/MediaInfo?LiveStreamId=" + live, "")))
                        .path("MediaSource")
                        .path("Id")
                        .asText())
                .isEqualTo("mediasource_51");
        world.playing
                .liveStreams()
                .close(world.call("POST", "/LiveStreams/Close", "{\"LiveStreamId\":\"" + live + "\"}"));
        assertThat(world.upstreams.asked.getLast().request().query()).containsEntry("LiveStreamId", "stream_7_secret");
    }

    @Test
    void madeUpLiveStreamsAndTokensReachNoServer() {
        for (String body : new String[] {"{\"OpenToken\":\"tuner_7_secret\",\"ItemId\":50}", "{\"OpenToken\":\"\"}"}) {
            assertThatThrownBy(() -> world.playing.liveStreams().open(world.call("POST", "/LiveStreams/Open", body)))
                    .isInstanceOf(Refused.class);
        }
        assertThatThrownBy(() -> world.playing
                        .liveStreams()
                        .close(world.call("POST", "/LiveStreams/Close?LiveStreamId=stream_7_secret", "")))
                .isInstanceOf(Refused.class);
        assertThat(world.upstreams.asked).isEmpty();
    }

    // ---- conversions over time

    private Encodings encodings() {
        InstantSource source = () -> now;
        return new Encodings(world.upstreams, clock(source), Duration.ofMinutes(10));
    }

    private static Clock clock(InstantSource source) {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return source.instant();
            }
        };
    }

    private static Binding binding() {
        return binding("p1");
    }

    private static Binding binding(String upstreamSession) {
        return Binding.of(
                new Target(
                        new UpstreamId(1),
                        new ItemId(50),
                        Optional.of(new MediaSourceId(new ItemId(51))),
                        "500",
                        "500",
                        "live_a",
                        0,
                        0),
                upstreamSession);
    }

    @Test
    void aConversionInUseIsPingedAndOneNobodyUsesIsEnded() {
        Encodings encodings = encodings();
        encodings.encodes(world.alice, world.playing.sessions().open(world.alice, new ItemId(50)), binding());
        encodings.sweep();
        assertThat(world.upstreams.asked).isEmpty();

        now = now.plusSeconds(30);
        encodings.sweep();
        Awaitility.await().until(() -> world.upstreams.asked.size() == 1);
        assertThat(world.upstreams.asked.getFirst().line()).isEqualTo("1 POST /Sessions/Playing/Ping");

        now = now.plus(Duration.ofMinutes(11));
        encodings.sweep();
        Awaitility.await().until(() -> world.upstreams.asked.size() == 2);
        assertThat(world.upstreams.asked.getLast().line()).isEqualTo("1 DELETE /Videos/ActiveEncodings");
        assertThat(encodings.count()).isZero();
    }

    /** Simple players report nothing. */
    @Test
    void aConversionWhoseBytesFlowIsNotEndedHoweverLongItTakes() {
        Encodings encodings = encodings();
        PlaySession session = world.playing.sessions().open(world.alice, new ItemId(50));
        encodings.encodes(world.alice, session, binding());
        encodings.flows(session);
        for (int i = 0; i < 12; i++) {
            now = now.plus(Duration.ofMinutes(9));
            encodings.sweep();
        }
        assertThat(encodings.count()).isEqualTo(1);

        encodings.flowed(session, true);
        now = now.plus(Duration.ofMinutes(9));
        encodings.sweep();
        assertThat(encodings.count()).isEqualTo(1);
        now = now.plus(Duration.ofMinutes(2));
        encodings.sweep();
        assertThat(encodings.count()).isZero();
    }

    @Test
    void aLiveStreamThatIsPlayedAsItIsStaysOpenWhileItsBytesFlow() throws IOException {
        String live = opened().path("MediaSource").path("LiveStreamId").asText();
        Reply.Relay reply = (Reply.Relay)
                world.playing.streams().open(world.get("/Videos/50/stream.ts?Static=true&LiveStreamId=" + live));
        reply.media().next(Optional.empty());
        Encodings encodings = world.playing.encodings();
        for (int i = 0; i < 3; i++) {
            world.time.passes(Duration.ofMinutes(9));
            encodings.sweep();
        }
        assertThat(encodings.count()).isEqualTo(1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(world.upstreams.asked)
                        .extracting(FakeUpstreams.Asked::line)
                        .contains("1 POST /Sessions/Playing/Ping"));

        reply.media().finished(new RelayEnd(5, false, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        assertThat(encodings.count()).isEqualTo(1);
        world.time.passes(Duration.ofMinutes(11));
        encodings.sweep();
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(world.upstreams.asked.getLast().line()).isEqualTo("1 POST /LiveStreams/Close"));
    }

    @Test
    void aDeviceThatBeginsConversionsAndEndsNoneKeepsTheLatest() {
        Encodings encodings = encodings();
        for (int i = 0; i < 20; i++) {
            now = now.plusSeconds(1);
            encodings.encodes(
                    world.alice, world.playing.sessions().open(world.alice, new ItemId(50)), binding("p" + i));
        }
        assertThat(encodings.count()).isEqualTo(8);
        Awaitility.await().until(() -> world.upstreams.asked.size() == 12);
        assertThat(world.upstreams.asked)
                .allSatisfy(asked -> assertThat(asked.line()).isEqualTo("1 DELETE /Videos/ActiveEncodings"));
        assertThat(world.upstreams.asked)
                .extracting(asked -> asked.request().query().get("PlaySessionId"))
                .contains("p0", "p11")
                .doesNotContain("p12", "p19");
    }

    @Test
    void aClientThatJumpsKeepsTheConversionItJumpedTo() {
        Encodings encodings = encodings();
        PlaySession session = world.playing.sessions().open(world.alice, new ItemId(50));
        encodings.encodes(world.alice, session, binding());
        encodings.flows(session);
        encodings.flows(session);

        encodings.flowed(session, false);
        assertThat(encodings.count()).isEqualTo(1);
        encodings.flowed(session, false);
        assertThat(encodings.count()).isZero();
    }
}
