package org.embygateway.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PlaylistRewriteTest {
    private static final String ALIAS = "0123456789abcdef0123456789abcdef";
    private static final Pattern URIS = Pattern.compile("(?m)^(?:\uFEFF)?([^#\r\n\uFEFF][^\r\n]*)|URI=\"([^\"]*)\"");

    private static final UrlNames NAMES = new UrlNames() {
        @Override
        public Optional<String> item(String upstreamItem) {
            return upstreamItem.equals("1600") ? Optional.of("7") : Optional.empty();
        }

        @Override
        public Optional<String> source(String upstreamSource) {
            return upstreamSource.equals("mediasource_1600") ? Optional.of("mediasource_8") : Optional.empty();
        }

        @Override
        public String playSession(String upstreamSession) {
            return ALIAS;
        }

        @Override
        public String device() {
            return "my-tv";
        }

        @Override
        public String user() {
            return "a11cea11cea11cea11cea11cea11cea1";
        }

        @Override
        public String token() {
            return "mytoken";
        }

        @Override
        public String liveStream(String upstreamLiveStream) {
            return "SEALEDLIVE";
        }

        @Override
        public String sealed(String url) {
            return "/gw/x/SEALED/media";
        }
    };

    private static String rewrite(String playlist) {
        return rewrite(
                "http://up.lan:8096",
                "http://up.lan:8096/videos/1600/master.m3u8?a=b",
                "/videos/7/master.m3u8",
                playlist);
    }

    private static String rewrite(String base, String at, String clientPath, String playlist) {
        MediaUrls urls = new MediaUrls(URI.create(base), NAMES);
        byte[] result = new PlaylistRewrite(urls, URI.create(at), clientPath)
                .rewrite(playlist.getBytes(StandardCharsets.UTF_8));
        return new String(result, StandardCharsets.UTF_8);
    }

    @Test
    void relativeLinesStayRelativeWithTheGatewaysIds() {
        assertThat(
                        rewrite(
                                "#EXTM3U\nmain.m3u8?DeviceId=d&MediaSourceId=mediasource_1600&PlaySessionId=p&api_key=t&VideoCodec=h264&Size=1600\n"))
                .isEqualTo("#EXTM3U\nmain.m3u8?DeviceId=my-tv&MediaSourceId=mediasource_8&PlaySessionId=" + ALIAS
                        + "&api_key=mytoken&VideoCodec=h264&Size=1600\n");
    }

    @Test
    void segmentsGetNoTokenIfTheyHadNone() {
        assertThat(rewrite("#EXTM3U\r\n#EXTINF:3.0000, nodesc\r\nhls1/main/0.ts?PlaySessionId=p\r\n#EXT-X-ENDLIST\r\n"))
                .isEqualTo("#EXTM3U\r\n#EXTINF:3.0000, nodesc\r\nhls1/main/0.ts?PlaySessionId=" + ALIAS
                        + "\r\n#EXT-X-ENDLIST\r\n");
    }

    @Test
    void rootRelativeAndAbsoluteLinesBecomeRelative() {
        assertThat(rewrite("#EXTM3U\n/videos/1600/hls1/main/1.ts?PlaySessionId=p\n"
                        + "http://UP.lan:8096/emby/Videos/1600/hls1/main/2.ts\n"
                        + "//up.lan:8096/Audio/1600/main.m3u8?x=%20y\n"))
                .isEqualTo("#EXTM3U\nhls1/main/1.ts?PlaySessionId=" + ALIAS + "\nhls1/main/2.ts?PlaySessionId=" + ALIAS
                        + "\n../../Audio/7/main.m3u8?x=%20y&PlaySessionId=" + ALIAS + "\n");
    }

    @Test
    void everyUriAttributeIsRewritten() {
        for (String tag : List.of(
                "MEDIA:TYPE=SUBTITLES,",
                "MAP:",
                "KEY:METHOD=AES-128,",
                "I-FRAME-STREAM-INF:BANDWIDTH=1,",
                "IMAGE-STREAM-INF:",
                "SESSION-KEY:METHOD=X,",
                "PART:DURATION=1,",
                "PRELOAD-HINT:TYPE=PART,",
                "RENDITION-REPORT:",
                "DATERANGE:ID=\"1600\",X-ASSET-")) {
            assertThat(rewrite("#EXTM3U\n#EXT-X-" + tag + "URI=\"hls1/main/-1.mp4?PlaySessionId=p\",LAST=\"1600\"\n"))
                    .as(tag)
                    .isEqualTo("#EXTM3U\n#EXT-X-" + tag + "URI=\"hls1/main/-1.mp4?PlaySessionId=" + ALIAS
                            + "\",LAST=\"1600\"\n");
        }
    }

    @Test
    void aByteOrderMarkAndAMissingLastLineEndStay() {
        assertThat(rewrite("\uFEFF#EXTM3U\nhls1/main/0.ts"))
                .isEqualTo("\uFEFF#EXTM3U\nhls1/main/0.ts?PlaySessionId=" + ALIAS);
        assertThat(PlaylistRewrite.isPlaylist("\uFEFF#EXTM3U".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(PlaylistRewrite.isPlaylist("<html>".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void otherPlacesAreSealed() {
        assertThat(
                        rewrite(
                                "#EXTM3U\nhttps://cdn.example/x.ts?sig=1\n/other/1600/x.ts\nrtmp://h/x\n/videos/42/hls1/main/0.ts\n"))
                .isEqualTo(("#EXTM3U\n" + "../../gw/x/SEALED/media?PlaySessionId=ALIAS\n".repeat(4))
                        .replace("ALIAS", ALIAS));
    }

    @Test
    void aServerBelowAPathIsUnderstood() {
        assertThat(
                        rewrite(
                                "https://up.example/jelly/sub",
                                "https://up.example/jelly/sub/videos/1600/master.m3u8",
                                "/videos/7/master.m3u8",
                                "#EXTM3U\nmain.m3u8\n/jelly/sub/videos/1600/main.m3u8\n1600/mediasource_1600/Subtitles/2/subtitles.m3u8\n"))
                .startsWith("#EXTM3U\nmain.m3u8?PlaySessionId=" + ALIAS + "\nmain.m3u8?PlaySessionId=" + ALIAS + "\n");
    }

    @Test
    void theAddressARedirectLedToCountsAsTheServer() {
        assertThat(rewrite(
                        "http://up.lan",
                        "https://up.lan/emby/videos/1600/master.m3u8",
                        "/videos/7/master.m3u8",
                        "#EXTM3U\nmain.m3u8\n"))
                .isEqualTo("#EXTM3U\nmain.m3u8?PlaySessionId=" + ALIAS + "\n");
    }

    @Test
    void subtitlePathsCarryTheSourceToo() {
        assertThat(rewrite("#EXTM3U\nmediasource_1600/Subtitles/3/subtitles.m3u8?SegmentLength=30&ApiKey=t\n"))
                .isEqualTo(
                        "#EXTM3U\nmediasource_8/Subtitles/3/subtitles.m3u8?SegmentLength=30&ApiKey=mytoken&PlaySessionId="
                                + ALIAS + "\n");
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> start = Arbitraries.of(
                "",
                "/",
                "/videos/1600/",
                "/Videos/1600/",
                "/emby/videos/1600/",
                "http://up.lan:8096/videos/1600/",
                "HTTP://UP.LAN:8096/emby/Audio/1600/",
                "//up.lan:8096/videos/1600/",
                "https://cdn.secret/",
                "../1600/",
                "./",
                "../../videos/999/",
                "hls/");
        Arbitrary<String> name = Arbitraries.of(
                "main.m3u8",
                "hls1/main/0.ts",
                "hls1/main/-1.mp4",
                "mediasource_1600/Subtitles/2/0/Stream.vtt",
                "a b[1].ts",
                "x%2Fy.ts",
                "é.ts",
                "1600",
                "..",
                "live.m3u8#frag");
        Arbitrary<String> query = Arbitraries.of(
                        "api_key=uptoken",
                        "ApiKey=uptoken",
                        "X-Emby-Token=uptoken",
                        "X-Emby-Device-Id=updevice",
                        "DeviceId=updevice",
                        "deviceid=updevice",
                        "MediaSourceId=mediasource_1600",
                        "mediaSourceId=unknownsource",
                        "PlaySessionId=upsession",
                        "UserId=upuser",
                        "LiveStreamId=uplive",
                        "Tag=uptag",
                        "Url=http%3A%2F%2Fup.lan%2Fx",
                        "VideoCodec=h264",
                        "h264-level=41",
                        "Width=1600",
                        "flag",
                        "=",
                        "a=%zz")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("&", parts));
        Arbitrary<String> wrap = Arbitraries.of(
                "%s",
                "#EXT-X-MAP:URI=\"%s\"",
                "#EXT-X-KEY:METHOD=AES-128,URI=\"%s\",IV=0x1",
                "#EXT-X-MEDIA:TYPE=AUDIO,URI=\"%s\",NAME=\"a\"");
        return Combinators.combine(start, name, query, wrap)
                .as((s, n, q, w) -> w.replace("%s", s + n + (q.isEmpty() ? "" : "?" + q)));
    }

    @Property(tries = 2000)
    void nothingOfTheUpstreamSurvivesAndEveryLineLeadsToAPathOfOurs(
            @ForAll("lines") String first, @ForAll("lines") String second, @ForAll boolean windows) {
        String end = windows ? "\r\n" : "\n";
        String result = rewrite("#EXTM3U" + end + first + end + "#EXTINF:3,t" + end + second + end);

        assertThat(result.toLowerCase())
                .doesNotContain("up.lan", "uptoken", "updevice", "upsession", "upuser", "uplive", "uptag", "secret")
                .doesNotContain("mediasource_1600", "unknownsource", "/1600/", "://");
        assertThat(result.split(end, -1))
                .hasSameSizeAs(("#EXTM3U" + end + first + end + "#EXTINF:3,t" + end + second + end).split(end, -1));
        Set<String> tops = new HashSet<>();
        for (String uri : uris(result)) {
            URI resolved = URI.create("http://gateway/emby/videos/7/master.m3u8")
                    .resolve(URI.create(uri.replace("[", "%5B")
                            .replace("]", "%5D")
                            .replace(" ", "%20")
                            .replace("%zz", "zz")));
            assertThat(resolved.getPath()).startsWith("/emby/");
            tops.add(resolved.getPath().split("/")[2].toLowerCase());
            assertThat(resolved.getQuery()).contains("PlaySessionId=" + ALIAS);
        }
        assertThat(tops).isSubsetOf("videos", "audio", "gw");
    }

    private static Set<String> uris(String playlist) {
        return URIS.matcher(playlist).results().map(PlaylistRewriteTest::uri).collect(Collectors.toSet());
    }

    private static String uri(java.util.regex.MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1);
    }

    @Test
    void theTestsOwnPatternFindsUris() {
        Matcher matcher = URIS.matcher("#EXTM3U\na.ts\n#EXT-X-MAP:URI=\"b\"");
        assertThat(matcher.results()).hasSize(2);
    }
}
