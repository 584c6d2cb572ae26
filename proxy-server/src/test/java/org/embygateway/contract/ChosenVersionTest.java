package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.embygateway.protocol.sim.RecordedRequest;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios 38 and 43: the version a client chooses plays from the server that has it, the others are not asked. */
@Timeout(120)
class ChosenVersionTest {
    @TempDir
    Path data;

    private final SimulatedEmby left = Servers.named("left").start();
    private final SimulatedEmby right = Servers.named("right").start();
    private final SimItem onRight = films();
    private GatewayUnderTest gateway;
    private Player player;
    private String film;

    private SimItem films() {
        Servers.heat(left, 0, "1080p", 200_000);
        return Servers.heat(right, 2, "2160p", 300_000);
    }

    @BeforeEach
    void start() {
        gateway = GatewayUnderTest.over(data, left, right).start().indexed();
        player = new Player(gateway.admin());
        film = player.client()
                .items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat")
                .getFirst()
                .path("Id")
                .asText();
    }

    @AfterEach
    void close() {
        try {
            gateway.close();
        } finally {
            left.close();
            right.close();
        }
    }

    @Test
    void scenario38TheWholePlaybackOfAVersionOfTheSecondServerStaysThereWithItsIds() {
        JsonNode offered = player.negotiate(film, Player.CONVERTED);
        String chosen = ofSize(offered, 300_000).path("Id").asText();
        forget();

        JsonNode direct =
                Player.sources(player.negotiate(film, chosen, Player.DIRECT)).getFirst();
        assertThat(player.fetch(direct.path("DirectStreamUrl").asText()).body())
                .isEqualTo(onRight.content(0).bytes(0, 300_000));

        JsonNode info = player.negotiate(film, chosen, Player.CONVERTED);
        JsonNode converted = Player.sources(info).getFirst();
        List<Answer> walked = player.walk(converted.path("TranscodingUrl").asText());
        assertThat(walked).hasSizeGreaterThan(4).allMatch(answer -> answer.status() == 200);
        beside(converted);
        assertThat(player.client()
                        .delete("/emby/Videos/ActiveEncodings?DeviceId="
                                + player.client().device() + "&PlaySessionId="
                                + info.path("PlaySessionId").asText())
                        .status())
                .isEqualTo(204);

        Awaitility.await().untilAsserted(() -> assertThat(endedOn(right)).isEqualTo(converting(right)));
        assertThat(Servers.playing(left)).isEmpty();
        assertThat(Servers.playing(right)).isNotEmpty().allSatisfy(this::namesOnlyIdsOfTheSecondServer);
    }

    private static Set<String> converting(SimulatedEmby server) {
        return sessions(server.traffic().requests("GET /Videos/{Id}/master.m3u8"));
    }

    private static Set<String> endedOn(SimulatedEmby server) {
        return sessions(server.traffic().requests().stream()
                .filter(request -> request.route().contains("/Videos/ActiveEncodings"))
                .toList());
    }

    private static Set<String> sessions(List<RecordedRequest> requests) {
        return requests.stream()
                .map(request -> request.query().text("PlaySessionId").orElseThrow())
                .collect(Collectors.toSet());
    }

    private void beside(JsonNode source) {
        String subtitle = Player.streams(source, "Subtitle")
                .getFirst()
                .path("DeliveryUrl")
                .asText();
        assertThat(player.fetch(subtitle).text()).startsWith("WEBVTT").contains("Good evening");
        String font = Player.streams(source, "Attachment")
                .getFirst()
                .path("DeliveryUrl")
                .asText();
        assertThat(player.fetch(font).body()).hasSize(20_000);
        assertThat(right.traffic().calls("GET /Videos/{Id}/{MediaSourceId}/Attachments/{Index}/Stream.{Format}"))
                .isEqualTo(1);
    }

    private void namesOnlyIdsOfTheSecondServer(RecordedRequest request) {
        if (request.path().matches("(?i).*/(videos|items)/\\d+/.*")) {
            assertThat(request.path()).containsPattern("(?i)/(videos|items)/" + onRight.id() + "/");
        }
        request.query()
                .text("MediaSourceId")
                .ifPresent(source -> assertThat(source).isEqualTo(onRight.sourceId(0)));
        assertThat(request.toString()).doesNotContain(player.client().token());
    }

    @Test
    void scenario43AServerThatHangsOnPlaybackInfoIsLeftOutWithinTheDeadline() {
        left.faults().on("POST /Items/{Id}/PlaybackInfo").hang();
        long begun = System.nanoTime();

        JsonNode info = player.negotiate(film, Player.DIRECT);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(Player.sources(info))
                .singleElement()
                .satisfies(source -> assertThat(source.path("Size").asLong()).isEqualTo(300_000));
        assertThat(player.fetch(Player.sources(info)
                                .getFirst()
                                .path("DirectStreamUrl")
                                .asText())
                        .body())
                .hasSize(300_000);
        Awaitility.await().until(() -> left.traffic().running() == 0);
    }

    private void forget() {
        left.traffic().reset();
        right.traffic().reset();
    }

    private static JsonNode ofSize(JsonNode info, long size) {
        return Player.sources(info).stream()
                .filter(source -> source.path("Size").asLong() == size)
                .findFirst()
                .orElseThrow();
    }
}
