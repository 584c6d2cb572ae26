package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.UpstreamItem;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UserRights;
import org.embygateway.index.sql.Stores;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.embygateway.protocol.sim.Face;
import org.embygateway.protocol.sim.HlsStyle;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimVersion;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.embygateway.rewrite.Sealed;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.embygateway.route.RelaySource;
import org.embygateway.route.Reply;
import org.embygateway.upstream.CallObserver;
import org.embygateway.upstream.OutboundIdentity;
import org.embygateway.upstream.UpstreamOptions;
import org.embygateway.upstream.UpstreamSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole playbacks on simulated servers, through a real index and real calls. */
@Timeout(60)
class PlayingOnServersTest {
    private static final String PROFILE = """
            {"DeviceProfile":{"DirectPlayProfiles":[{"Container":"%s","Type":"Video"}],
              "TranscodingProfiles":[{"Container":"ts","Type":"Video","VideoCodec":"h264","AudioCodec":"aac","Protocol":"hls"}],
              "SubtitleProfiles":[{"Format":"vtt","Method":"External"}]}}
            """;

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> seenByTheClient = new ArrayList<>();
    private Store store;
    private UpstreamSide side;
    private Playing playing;
    private Caller alice;
    private SimulatedEmby first;
    private SimulatedEmby second;
    private ItemId heat;

    @BeforeEach
    void open() {
        store = Stores.open(StoreOptions.sqlite(directory.resolve("test.db").toString(), new Secret("key")));
        side = new UpstreamSide(
                store,
                World.SERVER,
                new OutboundIdentity("Gateway", "Gateway", "1"),
                UpstreamOptions.DEFAULT,
                CallObserver.NONE);
    }

    @AfterEach
    void close() {
        playing.close();
        side.close();
        first.close();
        second.close();
        store.close();
        http.close();
    }

    private void servers(Face face, long firstId) {
        first = SimulatedEmby.named("Alpha")
                .face(face)
                .idsFrom(firstId)
                .account("alice", "pw1")
                .start();
        second = SimulatedEmby.named("Beta")
                .face(face)
                .idsFrom(firstId + 5_000)
                .account("alice", "pw2")
                .basePath("/jelly/sub")
                .start();
        SimItem one = film(first, "1080p");
        SimItem two = film(second, "2160p");
        UpstreamId a = registered("Alpha", first.url(), "pw1");
        UpstreamId b = registered("Beta", second.url(), "pw2");
        store.media().learn(a, List.of(described(one)));
        store.media().learn(b, List.of(described(two)));
        heat = store.media().idsOf(a, List.of(one.id())).get(one.id());
        assertThat(store.media().idsOf(b, List.of(two.id()))).containsValue(heat);
        alice = new Caller(
                World.ALICE,
                "alice",
                false,
                "5e5510005e5510005e5510005e551000",
                new ClientIdentity("Test", "TV", "alices-tv", "1"),
                new Secret("alices-token"),
                new Visible(Set.of(a, b)));
        side.start();
        Awaitility.await().until(() -> side.registry().routable(alice.visible()).size() == 2);
        PlaySessions sessions = new PlaySessions(
                new SlottedPlaySessions(store.settings(), Clock.systemUTC()),
                (user, session, client) -> Optional.of(alice),
                Clock.systemUTC());
        playing = new Playing(
                store.media(),
                side.registry(),
                side.calls(),
                sessions,
                store.fingerprints(),
                new Sealed("key"),
                World.SERVER,
                Clock.systemUTC(),
                new PlayRules(
                        Duration.ofMillis(2500),
                        0,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        user -> UserRights.DEFAULT,
                        PlayObserver.NONE));
    }

    private static SimItem film(SimulatedEmby emby, String version) {
        return emby.library("Movies", "movies")
                .movie("Heat")
                .year(1995)
                .tmdb("949")
                .runtime(Duration.ofSeconds(9))
                .version(version, 300_000)
                .subtitles(new SimVersion.Subtitle("eng", "English", true, "1\n00:00:01,000 --> 00:00:02,500\nHi\n"))
                .fonts("a.ttf");
    }

    private UpstreamId registered(String name, String url, String password) {
        UpstreamId id = store.upstreams()
                .add(name, URI.create(url), UpstreamRecord.PlaybackMode.PROXY, UpstreamRecord.SyncMode.FULL, false)
                .id();
        store.accounts().put(id, Optional.empty(), "alice", new Secret(password), AccountRecord.WatchState.values()[0]);
        return id;
    }

    private static UpstreamItem described(SimItem item) {
        return new UpstreamItem(
                item.id(),
                ItemKind.MOVIE,
                "",
                "Heat",
                OptionalInt.of(1995),
                90_000_000L,
                Map.of("tmdb", "949"),
                "",
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                "",
                List.of(new UpstreamItem.Source(item.sourceId(0), item.id(), 300_000, 90_000_000L)),
                List.of(),
                "{}".getBytes(StandardCharsets.UTF_8),
                MissingNode.getInstance());
    }

    // ---- the client

    private Call call(String method, String url, String body, String... headers) {
        int mark = url.indexOf('?');
        String path = mark < 0 ? url : url.substring(0, mark);
        return new Call(
                method,
                path,
                "/emby",
                Map.of("Id", path.split("/")[2]),
                mark < 0 ? Params.NONE : Params.parse(url.substring(mark + 1)),
                Headers.of(headers),
                body.getBytes(StandardCharsets.UTF_8),
                "192.0.2.9",
                "http://gateway.example",
                alice.client(),
                Optional.of(alice),
                "r");
    }

    private JsonNode info(String query, String container) throws IOException {
        byte[] body = ((Reply.Json) playing.playback()
                        .info(call("POST", "/Items/" + heat + "/PlaybackInfo?" + query, PROFILE.formatted(container))))
                .body();
        seenByTheClient.add(new String(body, StandardCharsets.UTF_8));
        return EmbyJson.read(body);
    }

    private String playlist(String url) {
        Reply.Bytes reply = (Reply.Bytes) playing.streams().open(call("GET", url, ""));
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        seenByTheClient.add(text + reply.headers().all());
        return text;
    }

    private HttpResponse<byte[]> bytes(String url, String... headers) throws Exception {
        Reply.Relay reply = (Reply.Relay) playing.streams().open(call("GET", url, "", headers));
        RelaySource source = reply.media().next(Optional.empty()).orElseThrow();
        HttpRequest.Builder request = HttpRequest.newBuilder(source.uri());
        source.headers().all().forEach((name, values) -> values.forEach(v -> request.header(name, v)));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static List<String> uris(String playlist) {
        List<String> uris = new ArrayList<>(playlist.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty() && !l.startsWith("#") && !l.startsWith("\uFEFF"))
                .toList());
        Pattern.compile("URI=\"([^\"]*)\"").matcher(playlist).results().forEach(m -> uris.add(m.group(1)));
        return uris;
    }

    /** As a player resolves it, from below the prefix. */
    private static String resolved(String playlistUrl, String uri) {
        return URI.create(playlistUrl).resolve(uri).toString();
    }

    private JsonNode versionOf(JsonNode info, String quality) {
        for (JsonNode source : info.path("MediaSources")) {
            if (source.path("Name").asText().contains(quality)) {
                return source;
            }
        }
        throw new AssertionError("no version " + quality + " in " + info);
    }

    @ParameterizedTest
    @CsvSource({
        "EMBY_4_9,RELATIVE",
        "EMBY_4_9,ROOT_RELATIVE",
        "EMBY_4_9,ABSOLUTE",
        "EMBY_4_8,ABSOLUTE",
        "JELLYFIN,RELATIVE"
    })
    void aWholePlaybackOfTheSecondServersVersionStaysThereAndTellsNothingOfIt(Face face, HlsStyle.Uris uris)
            throws Exception {
        servers(face, 987_654_000_000L);
        first.hls(HlsStyle.BAROQUE.with(uris));
        second.hls(HlsStyle.BAROQUE.with(uris));
        String id =
                versionOf(info("IsPlayback=false", "mp4"), "2160p").path("Id").asText();
        first.traffic().reset();

        JsonNode info = info("IsPlayback=true&MediaSourceId=" + id, "mp4");
        JsonNode source = info.path("MediaSources").path(0);
        String master = source.path("TranscodingUrl").asText();
        int segments = 0;
        for (String variant : uris(playlist(master))) {
            String media = resolved(master, variant);
            for (String line : uris(playlist(media))) {
                HttpResponse<byte[]> part = bytes(resolved(media, line));
                assertThat(part.statusCode()).as(line).isEqualTo(200);
                assertThat(part.body()).isNotEmpty();
                segments++;
            }
        }
        for (JsonNode stream : source.path("MediaStreams")) {
            if (stream.hasNonNull("DeliveryUrl")) {
                assertThat(bytes(stream.path("DeliveryUrl").asText()).body()).isNotEmpty();
            }
        }
        playing.activeEncodings()
                .stop(call(
                        "DELETE",
                        "/Videos/ActiveEncodings?PlaySessionId="
                                + info.path("PlaySessionId").asText(),
                        ""));

        assertThat(segments).isGreaterThan(3);
        Awaitility.await().until(() -> second.traffic().calls("DELETE /Videos/ActiveEncodings") == 1);
        assertThat(first.traffic().requests().stream().map(r -> r.text()).filter(t -> !t.contains("System")))
                .isEmpty();
        assertThatNothingLeaked();
    }

    private void assertThatNothingLeaked() {
        String all = String.join("\n", seenByTheClient).toLowerCase();
        for (SimulatedEmby emby : List.of(first, second)) {
            Set<String> secrets = emby.secrets().values().stream()
                    .flatMap(List::stream)
                    .filter(s -> !s.isEmpty())
                    .map(String::toLowerCase)
                    .collect(Collectors.toSet());
            secrets.addAll(emby.itemSecrets());
            secrets.forEach(secret -> assertThat(all).doesNotContain(secret.toLowerCase()));
        }
    }

    @Test
    void numbersThatLookLikeIdsAreNotDamaged() throws Exception {
        servers(Face.EMBY_4_9, 1_600);

        JsonNode info = info("IsPlayback=false", "mkv");

        assertThat(info.path("SimulatedExtra").path("Answered").asBoolean()).isTrue();
        assertThat(info.path("MediaSources")).hasSize(2);
        assertThat(versionOf(info, "1080p").path("Size").asInt()).isEqualTo(300_000);
        assertThat(versionOf(info, "1080p").path("DirectStreamUrl").asText())
                .startsWith("/videos/" + heat + "/original.mkv?DeviceId=alices-tv&MediaSourceId=mediasource_");
    }

    @Test
    void rangesReachTheServerAsTheyAre() throws Exception {
        servers(Face.EMBY_4_9, 1_600);
        second.breakSuffixRanges(true);
        String url = versionOf(info("IsPlayback=false", "mkv"), "2160p")
                .path("DirectStreamUrl")
                .asText();

        HttpResponse<byte[]> whole = bytes(url);
        HttpResponse<byte[]> firstByte = bytes(url, "Range", "bytes=0-0");
        HttpResponse<byte[]> tail = bytes(url, "Range", "bytes=-100");
        HttpResponse<byte[]> outside = bytes(url, "Range", "bytes=400000-");

        assertThat(whole.body()).hasSize(300_000);
        assertThat(firstByte.statusCode()).isEqualTo(206);
        assertThat(firstByte.body()).hasSize(1);
        assertThat(tail.headers().firstValue("Content-Range")).hasValue("bytes 299900-299999/300000");
        assertThat(outside.statusCode()).isEqualTo(416);
        assertThat(bytes(url, "If-Range", whole.headers().firstValue("ETag").orElseThrow(), "Range", "bytes=5-9")
                        .statusCode())
                .isEqualTo(206);
    }

    @Test
    void aServerThatHangsDoesNotHoldUpTheOther() throws Exception {
        servers(Face.EMBY_4_9, 1_600);
        info("IsPlayback=false", "mkv");
        first.faults().on("POST /Items/{Id}/PlaybackInfo").hang();
        long start = System.nanoTime();

        JsonNode info = info("IsPlayback=true", "mkv");

        assertThat(info.path("MediaSources")).hasSize(1);
        assertThat(versionOf(info, "2160p")).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    }
}
