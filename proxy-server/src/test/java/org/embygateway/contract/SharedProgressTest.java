package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.embygateway.protocol.sim.WatchState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios 50, 51 and 56: what is watched on one server shows on the others, whatever happens to them meanwhile. */
@Timeout(120)
class SharedProgressTest {
    private static final Duration RUN_TIME = Duration.ofMinutes(100);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String USER_DATA = "POST /Users/{UserId}/Items/{Id}/UserData";
    private static final String PLAYED = "POST /Users/{UserId}/PlayedItems/{Id}";

    @TempDir
    Path data;

    private final SimulatedEmby left = Servers.named("left").start();
    private final SimulatedEmby right = Servers.named("right").start();
    private final SimItem onLeft = Servers.heat(left, 0, "1080p", 200_000).runtime(RUN_TIME);
    private final SimItem onRight = Servers.heat(right, 2, "2160p", 300_000).runtime(RUN_TIME);
    private GatewayUnderTest gateway;
    private TestClient client;
    private String film;

    @BeforeEach
    void start() {
        gateway = GatewayUnderTest.over(data, left, right)
                .set("GATEWAY_EMBY_HEALTH_INTERVAL", "2s")
                .start()
                .indexed();
        client = gateway.admin();
        film = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat")
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
    void scenario50WhatIsPlayedOnTheFirstServerTo40PercentShowsOnTheSecond() {
        watch(40);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(on(right, onRight).position()).isEqualTo(ticks(40));
            assertThat(on(left, onLeft).position()).isEqualTo(ticks(40));
        });
        assertThat(on(right, onRight).played()).isFalse();
        assertThat(here().path("PlaybackPositionTicks").asLong()).isEqualTo(ticks(40));
        assertThat(Servers.playing(right)).isEmpty();
    }

    @Test
    void scenario51AServerThatWasDownHearsTheNewestOnceItIsBackAndHearsItOnce() {
        right.down();
        watch(20);
        watch(60);
        assertThat(here().path("PlaybackPositionTicks").asLong()).isEqualTo(ticks(60));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(on(left, onLeft).position()).isEqualTo(ticks(60)));

        right.up();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(on(right, onRight).position()).isEqualTo(ticks(60)));
        client.post("/emby/Users/{me}/FavoriteItems/" + film, "").ok();
        await().atMost(SOON).until(() -> on(right, onRight).favorite());
        assertThat(right.traffic().calls(USER_DATA)).isEqualTo(1);
        assertThat(on(right, onRight).position()).isEqualTo(ticks(60));
    }

    @Test
    void scenario56AServerThatFailsIsToldAgainAndTheClientSeesSuccess() {
        left.faults().on(PLAYED).status(502).times(2);
        right.faults().on(PLAYED).status(502).times(1);

        assertThat(client.post("/emby/Users/{me}/PlayedItems/" + film, "")
                        .ok()
                        .path("Played")
                        .asBoolean())
                .isTrue();

        assertThat(here().path("Played").asBoolean()).isTrue();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(on(left, onLeft).played()).isTrue();
            assertThat(on(right, onRight).played()).isTrue();
        });
        assertThat(left.traffic().calls(PLAYED)).isEqualTo(3);
        assertThat(right.traffic().calls(PLAYED)).isEqualTo(2);
    }

    @Test
    void scenario56WhatCouldNotBeToldBeforeARestartIsToldAfterIt() {
        right.faults().on(PLAYED).status(502);
        client.post("/emby/Users/{me}/PlayedItems/" + film, "").ok();
        await().atMost(SOON).until(() -> right.traffic().calls(PLAYED) > 0);

        gateway.restart();
        right.faults().clear();

        await().atMost(SOON).until(() -> on(right, onRight).played());
        client = gateway.admin();
        assertThat(here().path("Played").asBoolean()).isTrue();
    }

    /** Plays the copy of the first server from the beginning and stops there. */
    private void watch(int percent) {
        Player player = new Player(client);
        JsonNode info = player.negotiate(film, Player.DIRECT);
        JsonNode source = Player.sources(info).stream()
                .filter(s -> s.path("Size").asLong() == 200_000)
                .findFirst()
                .orElseThrow();
        right.traffic().reset();
        String session = info.path("PlaySessionId").asText();
        report("", source, session, 0);
        report("/Progress", source, session, percent / 2);
        report("/Progress", source, session, percent);
        report("/Stopped", source, session, percent);
    }

    private void report(String event, JsonNode source, String session, int percent) {
        Answer answer = client.post("/emby/Sessions/Playing" + event, """
                {"ItemId":"%s","MediaSourceId":"%s","PlaySessionId":"%s","PositionTicks":%d,"CanSeek":true}""".formatted(
                        film, source.path("Id").asText(), session, ticks(percent)));
        assertThat(answer.status()).isEqualTo(204);
    }

    private JsonNode here() {
        return client.get("/emby/Users/{me}/Items/" + film).ok().path("UserData");
    }

    private static WatchState on(SimulatedEmby server, SimItem item) {
        return server.user("viewer").state(item);
    }

    private static long ticks(int percent) {
        return RUN_TIME.toNanos() / 100 / 100 * percent;
    }
}
