package org.embygateway.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClipsTest {
    @Test
    void aClipIsMadeOnceAndPlays(@TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(Clips.isPossible(), "ffmpeg is not installed");
        Clips.Clip clip = Clips.in(directory).clip("card", Duration.ofSeconds(8));
        assertThat(Files.size(clip.mp4())).isGreaterThan(10_000);
        assertThat(clip.segments().resolve("1.ts")).exists();
        assertThat(clip.segments().resolve("2.ts")).doesNotExist();
        Object made = Files.getLastModifiedTime(clip.mp4());
        assertThat(Files.getLastModifiedTime(
                        Clips.in(directory).clip("card", Duration.ofSeconds(8)).mp4()))
                .isEqualTo(made);
        try (SimulatedEmby emby =
                        SimulatedEmby.named("Alpha").account("anna", "pw").start();
                SimClient client = new SimClient(emby.url(), "d").signIn("anna", "pw")) {
            SimItem item = clip.as(emby.library("Movies", "movies").movie("Card"), "720p");
            String main = SimClient.text(client.get("/Videos/" + item.id() + "/main.m3u8?PlaySessionId=p"));
            assertThat(main)
                    .contains("#EXT-X-TARGETDURATION:4")
                    .contains("hls1/main/1.ts")
                    .doesNotContain("/2.ts");
            byte[] segment = client.get("/Videos/" + item.id() + "/hls1/main/0.ts?PlaySessionId=p")
                    .body();
            assertThat(segment).isEqualTo(Files.readAllBytes(clip.segments().resolve("0.ts")));

            client.get("/Videos/" + item.id() + "/main.m3u8?PlaySessionId=q&AudioStreamIndex=2");
            byte[] dubbed = client.get("/Videos/" + item.id() + "/hls1/main/0.ts?PlaySessionId=q")
                    .body();
            assertThat(dubbed)
                    .isEqualTo(Files.readAllBytes(clip.dubbed().resolve("0.ts")))
                    .isNotEqualTo(segment);
        }
    }
}
