package org.embygateway.protocol.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.embygateway.protocol.sim.SimClient;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Test;

/** The scan finds in a server's own answers whatever of it must not pass a gateway. */
final class IsolationScanTest {
    private static final long HUGE = 7_770_001_600L;

    @Test
    void everyKindOfSecretIsFoundInARealAnswer() {
        try (SimulatedEmby emby = SimulatedEmby.named("Alpha")
                        .account("anna", "pw")
                        .idsFrom(HUGE)
                        .start();
                SimClient client = new SimClient(emby.url(), "derived-device")) {
            SimItem heat = emby.library("Movies", "movies")
                    .movie("Heat")
                    .genres("Crime")
                    .version("1080p", 10_000);
            client.signIn("anna", "pw");
            IsolationScan scan = IsolationScan.of(emby);
            scan.scan("info", client.get("/System/Info"));
            scan.scan("item", client.get("/Users/{me}/Items/" + heat.id(), "Accept-Encoding", "gzip"));
            String profile = "{\"DeviceProfile\":{\"DirectPlayProfiles\":[{\"Type\":\"Video\"}]}}";
            scan.scan("playback", client.post("/Items/" + heat.id() + "/PlaybackInfo?UserId={me}", profile));
            scan.scan("playlist", client.get("/Videos/" + heat.id() + "/master.m3u8?api_key=" + client.token()));
            assertThat(String.join("\n", scan.findings()))
                    .contains("info header private-network-access-id: server id of Alpha")
                    .contains("info.LocalAddress: host of Alpha: alpha.lan.test")
                    .contains("item.Path: file path of Alpha: /mnt/alpha-volume")
                    .contains("item.Id: item id of Alpha: " + heat.id())
                    .contains("item.GenreItems[].Id: item id of Alpha")
                    .contains("item.MediaSources[].Id: item id of Alpha: mediasource_" + heat.id())
                    .contains("playback.MediaSources[].DirectStreamUrl: token of Alpha")
                    .contains("playback.MediaSources[].DirectStreamUrl: device id of Alpha: derived-device")
                    .contains("playback.PlaySessionId: play session of Alpha")
                    .contains("playlist: token of Alpha");
        }
    }

    @Test
    void innocentAnswersPass() {
        try (SimulatedEmby emby =
                SimulatedEmby.named("Alpha").account("anna", "pw").start()) {
            emby.library("Movies", "movies").movie("Heat");
            IsolationScan scan = IsolationScan.of(emby)
                    .scanText("body", "{\"Name\":\"Heat\",\"Id\":\"1600\",\"RunTimeTicks\":72000000000}")
                    .scanText("socket", "Alpha males on 127.0.0.1:1");
            assertThat(scan.findings()).isEmpty();
            assertThat(scan.andNames().scanText("socket", "the Alpha server").findings())
                    .containsExactly("socket: name of Alpha: alpha");
        }
    }

    @Test
    void encodedTextIsReadToo() {
        try (SimulatedEmby emby = SimulatedEmby.named("Alpha").start()) {
            IsolationScan scan =
                    IsolationScan.of(emby).scanText("url", "/x?next=http%3A%2F%2Falpha.lan.test%3A8096%2Femby");
            assertThat(scan.findings()).containsExactly("url: host of Alpha: alpha.lan.test");
        }
    }
}
