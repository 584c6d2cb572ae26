package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole journey of the official TV app, as recorded, in front of two servers of different versions. */
class JourneyTest {
    private static final long LAST_REPORT = 200_000_000;

    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource({"4.8.11.0, tv-4.8.11.txt", "4.9.1.90, tv-4.9.1.txt"})
    void theTvAppGetsWhatItNeedsAtEveryStep(String version, String recording) {
        try (JourneyLibrary library = new JourneyLibrary();
                GatewayUnderTest gateway = GatewayUnderTest.over(data, library.left, library.right)
                        .set("GATEWAY_EMBY_VERSION", version)
                        .person("demo", "demo")
                        .start()
                        .indexed()) {
            Replay replay = new Replay(gateway, library);

            replay.play(Recording.of(recording));

            JsonNode info = gateway.client().get("/emby/System/Info/Public").ok();
            assertThat(info.path("Version").asText()).isEqualTo(version);
            bothServersKnow(library);
            picturesNeedNoCredentials(gateway.client(), replay.pictures());
        }
    }

    private static void bothServersKnow(JourneyLibrary library) {
        await("the last position on both servers")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    assertThat(library.left
                                    .user("viewer")
                                    .state(library.filmLeft)
                                    .position())
                            .isEqualTo(LAST_REPORT);
                    assertThat(library.right
                                    .user("viewer")
                                    .state(library.filmRight)
                                    .position())
                            .isEqualTo(LAST_REPORT);
                });
    }

    private static void picturesNeedNoCredentials(TestClient browser, Pictures pictures) {
        assertThat(pictures.paths()).hasSizeGreaterThan(10);
        pictures.paths().forEach(path -> {
            Answer picture = browser.bare("GET", path, Map.of(), "");
            assertThat(picture.status()).as(path).isEqualTo(200);
            assertThat(picture.header("Content-Type").orElse("")).as(path).startsWith("image/");
            assertThat(picture.header("Cache-Control").orElse("")).as(path).contains("max-age=");
        });
    }
}
