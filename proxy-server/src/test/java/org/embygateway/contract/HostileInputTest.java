package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent, the answer is a clear refusal or an empty one: no failure, no stack trace, nothing of a server. */
class HostileInputTest {
    private static final List<String> IDS = List.of(
            "-1",
            "0",
            "99999999999",
            "99999999999999999999999",
            "..%2Fx",
            "%2e%2e",
            "%00",
            "mediasource_",
            "mediasource_-1",
            "mediasource_99999999999",
            "'%20or%201=1--",
            "1;drop%20table%20items",
            "%F0%9F%98%80",
            "%E4%B8%AD",
            "%zz",
            "a".repeat(3000),
            "0x10",
            "1e9",
            "NaN",
            "%3Cscript%3E",
            "1,2",
            "null",
            "{Id}",
            "$%7Bjndi:x%7D");

    private static final List<String> PATHS = List.of(
            "GET /emby/Users/{me}/Items/%s",
            "GET /emby/Items/%s",
            "GET /emby/Items/%s/Images/Primary",
            "GET /emby/Items/1/Images/%s",
            "GET /emby/Items/1/Images/Primary/%s",
            "GET /emby/Users/{me}/Items?ParentId=%s",
            "GET /emby/Users/{me}/Items?Ids=%s",
            "GET /emby/Users/{me}/Items?Recursive=true&GenreIds=%s&PersonIds=%s",
            "GET /emby/Users/{me}/Items?Recursive=true&StartIndex=%s&Limit=%s",
            "GET /emby/Users/{me}/Items?Recursive=true&SortBy=%s&SortOrder=%s&Years=%s&Filters=%s",
            "GET /emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=%s&MinDateLastSaved=%s",
            "GET /emby/Users/{me}/Items?Recursive=true&SearchTerm=%s",
            "GET /emby/Search/Hints?SearchTerm=%s",
            "GET /emby/Shows/%s/Seasons",
            "GET /emby/Shows/%s/Episodes?SeasonId=%s",
            "GET /emby/Shows/NextUp?SeriesId=%s",
            "GET /emby/Items/%s/Similar",
            "GET /emby/Genres/%s",
            "GET /emby/Persons/%s/Images/Primary",
            "GET /emby/Users/%s",
            "GET /emby/Users/%s/Views",
            "GET /emby/Videos/%s/stream?Static=true",
            "GET /emby/Videos/1/stream?MediaSourceId=%s",
            "GET /emby/Videos/%s/hls1/main/%s.ts",
            "GET /emby/Videos/1/%s/Subtitles/%s/Stream.vtt",
            "GET /emby/Audio/%s/universal",
            "GET /emby/gw/x/%s/%s",
            "GET /emby/DisplayPreferences/%s?Client=%s",
            "GET /emby/UserSettings/%s",
            "GET /emby/Sessions?DeviceId=%s",
            "GET /emby/Playback/BitrateTest?Size=%s",
            "GET /web/%s",
            "GET /media/%s",
            "GET /media/%s/sources",
            "GET /media/search?q=%s&limit=%s",
            "GET /admin/servers/%s",
            "POST /emby/Items/%s/PlaybackInfo",
            "POST /emby/Items/1/PlaybackInfo?MediaSourceId=%s&MaxStreamingBitrate=%s",
            "POST /emby/Users/{me}/PlayedItems/%s",
            "POST /emby/Users/{me}/PlayedItems/1?DatePlayed=%s",
            "POST /emby/Users/{me}/FavoriteItems/%s/Delete",
            "POST /emby/Sessions/%s/Playing/Stop",
            "POST /emby/Sessions/%s/Command",
            "DELETE /emby/Items/%s",
            "DELETE /admin/servers/%s");

    private static final List<String> BODIES = List.of(
            "{",
            "{\"a\":",
            "[]",
            "[1,2,3]",
            "\"text\"",
            "17",
            "null",
            "{}",
            "{\"ItemId\":{\"a\":[]},\"PositionTicks\":\"x\",\"MediaSourceId\":[]}",
            "{\"ItemId\":-1,\"PositionTicks\":-99999999999999999999}",
            "{\"ItemId\":1e400,\"PlaySessionId\":{}}",
            "{\"DeviceProfile\":[],\"Ids\":7,\"name\":[],\"url\":5,\"Username\":{},\"Pw\":[]}",
            "[".repeat(5_000),
            "{\"a\":".repeat(3_000) + "1" + "}".repeat(3_000),
            "\u0000\u0001\u00ff",
            "<xml/>",
            "ItemId=1&PositionTicks=x&%zz=%");

    private static final List<String> POSTS = List.of(
            "/emby/Users/AuthenticateByName",
            "/emby/Items/1/PlaybackInfo",
            "/emby/Sessions/Playing",
            "/emby/Sessions/Playing/Progress",
            "/emby/Sessions/Playing/Stopped",
            "/emby/Sessions/Capabilities/Full",
            "/emby/Sessions/1/Command",
            "/emby/Sessions/1/Message",
            "/emby/Users/{me}/Configuration",
            "/emby/Users/{me}/Configuration/Partial",
            "/emby/Users/{me}/Items/1/UserData",
            "/emby/DisplayPreferences/usersettings?UserId={me}&Client=emby",
            "/emby/UserSettings/{me}",
            "/emby/UserSettings/{me}/Partial",
            "/emby/LiveStreams/Open",
            "/emby/LiveStreams/MediaInfo",
            "/emby/Sync/Data",
            "/auth/login",
            "/auth/setup",
            "/media/1/play",
            "/progress/report",
            "/admin/servers",
            "/admin/servers/test");

    @TempDir
    static Path data;

    private static Overlap servers;
    private static GatewayUnderTest gateway;
    private static TestClient client;

    @BeforeAll
    static void start() {
        servers = Overlap.made();
        gateway = servers.gateway(data)
                .set("GATEWAY_SECURITY_LOGIN_ATTEMPTS", "1000")
                .start()
                .indexed();
        client = gateway.admin();
    }

    @AfterAll
    static void stop() {
        try (Overlap ending = servers) {
            gateway.close();
        }
    }

    static Stream<String> paths() {
        return PATHS.stream();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void idsOfAnyKindAreRefusedOrFoundNowhere(String path) {
        String method = path.substring(0, path.indexOf(' '));
        String form = path.substring(path.indexOf(' ') + 1);
        for (String id : IDS) {
            assertCalm(RawRequest.send(gateway.base(), method, form.replace("%s", id), client, ""));
        }
    }

    static Stream<String> posts() {
        return POSTS.stream();
    }

    @ParameterizedTest
    @MethodSource("posts")
    void bodiesOfAnyKindAreRefusedOrIgnored(String path) {
        for (String body : BODIES) {
            assertCalm(client.send("POST", path, Map.of("Content-Type", "application/json"), body));
            assertCalm(client.send("POST", path, Map.of("Content-Type", "text/plain"), body));
        }
        assertCalm(client.send(
                "POST", path, Map.of("Content-Type", "application/x-www-form-urlencoded"), BODIES.getLast()));
    }

    /** Ten megabytes of text that would be three hundred of values, from somebody who is not even signed in. */
    @Test
    void bodiesThatGrowWhenTheyAreReadAreRefused() throws Exception {
        String json = "{\"Username\":[" + "{\"\":0},".repeat(1_400_000) + "0]}";
        StringBuilder form = new StringBuilder("Username=x");
        for (int i = 0; i < 1_000_000; i++) {
            form.append('&').append(Integer.toString(i, 36)).append('=');
        }
        try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (String body : List.of(json, form.toString(), json, form.toString())) {
                answers.add(clients.submit(
                        () -> RawRequest.send(gateway.base(), "POST", "/emby/Users/AuthenticateByName", client, body)));
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isIn(400, 503);
            }
        }
        assertThat(client.get("/emby/System/Info").status()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedAsSuch() {
        String body = "{\"Padding\":\"" + "x".repeat(10 << 20) + "\"}";

        for (String path : List.of("/emby/Sessions/Playing", "/emby/Items/1/PlaybackInfo", "/admin/servers")) {
            assertThat(RawRequest.send(gateway.base(), "POST", path, client, body)
                            .status())
                    .isIn(404, 413);
        }
        assertThat(client.get("/emby/System/Info").status()).isEqualTo(200);
    }

    /** Two hundred and odd, or a refusal in a sentence. */
    private static void assertCalm(Answer answer) {
        String about = answer.method() + " "
                + answer.url().substring(0, Math.min(200, answer.url().length())) + ": " + answer.status() + " "
                + answer.text().substring(0, Math.min(200, answer.text().length()));
        assertThat(answer.status()).as(about).isLessThan(500);
        if (answer.status() >= 400) {
            assertThat(answer.text().length()).as(about).isLessThan(1_000);
            assertThat(answer.text())
                    .as(about)
                    .doesNotContain("Exception", "\tat ", "org.embygateway", "java.", "127.0.0.1", "SELECT");
        }
    }
}
