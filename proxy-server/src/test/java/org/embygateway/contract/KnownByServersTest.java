package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.protocol.sim.RecordedRequest;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios 62 and 63: how servers see the gateway, whoever stands behind it. */
@Timeout(180)
class KnownByServersTest {
    private static final int MOST_DEVICES = 10;
    /** The gateway itself, and the one that trials sign in with. */
    private static final int OWN_DEVICES = 2;

    @TempDir
    Path data;

    private final SimulatedEmby server = Servers.named("left").start();
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        Servers.heat(server, 0, "1080p", 200_000);
        gateway = GatewayUnderTest.over(data, server)
                .person("kim", "pw", server)
                .start()
                .indexed();
    }

    @AfterEach
    void close() {
        try {
            gateway.close();
        } finally {
            server.close();
        }
    }

    @Test
    void scenario62SignInApiPicturesPlaylistsStreamsReportsAndSocketCarryOneIdentity() {
        TestClient client = gateway.admin();
        visit(client);
        await().until(() -> server.openSockets() == 1);

        List<RecordedRequest> all = server.traffic().requests();
        assertThat(all.stream().map(RecordedRequest::route).map(KnownByServersTest::family))
                .contains("sign-in", "items", "picture", "playlist", "stream", "segment", "report", "socket");
        assertThat(all)
                .allMatch(request -> request.header("User-Agent").startsWith("Emby-Gateway/"))
                .extracting(request -> request.header("User-Agent"))
                .containsOnly(all.getFirst().header("User-Agent"));
        List<RecordedRequest> ours = all.stream()
                .filter(request -> !request.route().endsWith("/System/Info/Public"))
                .toList();
        assertThat(ours).allMatch(request -> !identity(request).isEmpty());
        Set<String> said = ours.stream().map(KnownByServersTest::identity).collect(Collectors.toSet());
        assertThat(said).hasSize(1);
        assertThat(said.iterator().next())
                .contains("Client=\"Emby Gateway\"")
                .doesNotContainIgnoringCase("samsung")
                .doesNotContainIgnoringCase("living room");
        assertThat(all.stream().filter(request -> request.route().contains("AuthenticateByName")))
                .allMatch(request -> !request.deviceId().isEmpty());
    }

    /** What the request says of its client, without what is another for each device and sign-in. */
    private static String identity(RecordedRequest request) {
        String said = request.header("X-Emby-Authorization");
        return said.replaceAll(",? *(DeviceId|Token)=\"[^\"]*\"", "");
    }

    private static String family(String route) {
        if (route.contains("AuthenticateByName")) {
            return "sign-in";
        }
        if (route.contains("/Images/")) {
            return "picture";
        }
        if (route.contains("m3u8")) {
            return "playlist";
        }
        if (route.contains("/hls")) {
            return "segment";
        }
        if (route.contains("/Videos/")) {
            return "stream";
        }
        if (route.contains("/Playing") || route.contains("/UserData")) {
            return "report";
        }
        return route.contains("socket") ? "socket" : "items";
    }

    /** As an app does on an evening: browses, plays a file and a conversion, and reports. */
    private static void visit(TestClient client) {
        Player player = new Player(client);
        JsonNode film = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat")
                .getFirst();
        String id = film.path("Id").asText();
        client.get("/emby/Users/{me}/Items/" + id).ok();
        client.get("/emby/Items/" + id + "/Images/Primary");
        JsonNode direct = player.negotiate(id, Player.DIRECT);
        JsonNode source = Player.sources(direct).getFirst();
        assertThat(player.fetch(source.path("DirectStreamUrl").asText()).body()).hasSize(200_000);
        JsonNode converted =
                Player.sources(player.negotiate(id, Player.CONVERTED)).getFirst();
        player.walk(player.url(converted.path("TranscodingUrl").asText()));
        for (String event : List.of("", "/Progress", "/Stopped")) {
            client.post(
                    "/emby/Sessions/Playing" + event,
                    "{\"ItemId\":\"%s\",\"MediaSourceId\":\"%s\",\"PlaySessionId\":\"%s\",\"PositionTicks\":60000000}"
                            .formatted(
                                    id,
                                    source.path("Id").asText(),
                                    direct.path("PlaySessionId").asText()));
        }
    }

    @Test
    void scenario63FiveDevicesOfAUserAreFiveAndTheGatewayForAWeekAndManyAreNeverMoreThanAllowed() {
        List<TestClient> five = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            five.add(gateway.client().signedIn("kim", "pw"));
        }
        for (int day = 0; day < 7; day++) {
            for (int i = 0; i < five.size(); i++) {
                five.set(i, gateway.again(five.get(i)).signedIn("kim", "pw"));
                visit(five.get(i));
            }
            if (day % 3 == 2) {
                gateway.restart();
            }
        }
        assertThat(server.traffic().deviceIds()).hasSizeBetween(6, 5 + OWN_DEVICES);

        for (int i = 0; i < 15; i++) {
            visit(gateway.client().signedIn("kim", "pw"));
        }
        assertThat(server.traffic().deviceIds()).hasSizeLessThanOrEqualTo(MOST_DEVICES);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Servers.playing(server)).isNotEmpty());
    }
}
