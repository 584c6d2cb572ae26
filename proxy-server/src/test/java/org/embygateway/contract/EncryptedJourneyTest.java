package org.embygateway.contract;

import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recorded journey of the TV app, by HTTPS. */
class EncryptedJourneyTest {
    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void theAppGetsTheSameAsByPlainHttp(HttpClient.Version version) {
        try (JourneyLibrary library = new JourneyLibrary();
                GatewayUnderTest gateway = GatewayUnderTest.over(data, library.left, library.right)
                        .encrypted(version)
                        .set("GATEWAY_EMBY_VERSION", "4.9.1.90")
                        .person("demo", "demo")
                        .start()
                        .indexed()) {
            new Replay(gateway, library).play(Recording.of("tv-4.9.1.txt"));
        }
    }
}
