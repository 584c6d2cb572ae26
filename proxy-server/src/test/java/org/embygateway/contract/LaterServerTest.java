package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.sim.RecordedRequest;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimLibrary;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.embygateway.protocol.sim.WatchState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 52: a server that is added when much was watched hears of it, and nobody becomes unplayed through it. */
@Timeout(180)
class LaterServerTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration RUN_TIME = Duration.ofMinutes(100);
    private static final long AT_40 = RUN_TIME.toNanos() / 100 * 40 / 100;
    private static final String PLAYED = "POST /Users/{UserId}/PlayedItems/{Id}";
    private static final String FAVORITE = "POST /Users/{UserId}/FavoriteItems/{Id}";
    private static final String USER_DATA = "POST /Users/{UserId}/Items/{Id}/UserData";
    private static final List<String> FILMS = List.of("Heat", "Ronin", "Ran", "Dune");

    @TempDir
    Path data;

    private final SimulatedEmby one = Servers.named("one").start();
    private final SimulatedEmby two = Servers.named("two").start();
    private final SimulatedEmby third = Servers.named("third").start();
    private final Map<String, SimItem> onOne = films(one, 0);
    private final Map<String, SimItem> onTwo = films(two, 2);
    private final Map<String, SimItem> onThird = films(third, 5);
    private GatewayUnderTest gateway;
    private TestClient client;

    private static Map<String, SimItem> films(SimulatedEmby server, int fillers) {
        SimLibrary library = server.library("Films", "movies");
        for (int i = 0; i < fillers; i++) {
            library.movie(server.name() + " filler " + i).year(1900 + i);
        }
        Map<String, SimItem> films = new HashMap<>();
        FILMS.forEach(name -> films.put(
                name,
                library.movie(name).year(1990).tmdb("77" + FILMS.indexOf(name)).runtime(RUN_TIME)));
        return films;
    }

    @BeforeEach
    void watch() {
        gateway = GatewayUnderTest.over(data, one, two)
                .set("GATEWAY_EMBY_HEALTH_INTERVAL", "2s")
                .person("kim", "pw", one)
                .start()
                .indexed();
        client = gateway.admin();
        client.post("/emby/Users/{me}/PlayedItems/" + id("Heat") + "?DatePlayed=20250102030405", "")
                .ok();
        client.post("/emby/Users/{me}/FavoriteItems/" + id("Ran"), "").ok();
        report("", "Ronin", 0);
        report("/Stopped", "Ronin", AT_40);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(on(two, onTwo, "Heat").played()).isTrue();
            assertThat(on(two, onTwo, "Ronin").position()).isEqualTo(AT_40);
            assertThat(on(one, onOne, "Ronin").position()).isEqualTo(AT_40);
            assertThat(on(two, onTwo, "Ran").favorite()).isTrue();
        });
    }

    @AfterEach
    void close() {
        try {
            gateway.close();
        } finally {
            one.close();
            two.close();
            third.close();
        }
    }

    @Test
    void scenario52AServerAddedLaterIsToldWhatWasWatchedOnceAndNothingBecomesUnplayed() {
        add(third);

        await().atMost(SOON).untilAsserted(this::thirdKnowsAll);
        assertThat(on(third, onThird, "Heat").lastPlayed()).contains(Instant.parse("2025-01-02T03:04:05Z"));
        assertThat(on(third, onThird, "Dune")).isEqualTo(WatchState.NEW);
        assertThat(on(one, onOne, "Heat").played()).isTrue();
        assertThat(on(two, onTwo, "Heat").played()).isTrue();
        assertThat(on(one, onOne, "Ronin").position()).isEqualTo(AT_40);
        assertThat(here("Heat").path("Played").asBoolean()).isTrue();
        assertThat(here("Ronin").path("PlaybackPositionTicks").asLong()).isEqualTo(AT_40);
        assertThat(here("Ran").path("IsFavorite").asBoolean()).isTrue();
        assertThat(here("Dune").path("Played").asBoolean()).isFalse();

        gateway.restart();
        client = gateway.again(client);
        crawl();
        client.post("/emby/Users/{me}/PlayedItems/" + id("Dune"), "").ok();
        await().atMost(SOON).until(() -> on(third, onThird, "Dune").played());
        awaitNothingWaits();
        assertThat(calls(third, PLAYED)).isEqualTo(2);
        assertThat(calls(third, USER_DATA)).isEqualTo(1);
        assertThat(calls(third, FAVORITE)).isEqualTo(1);
        assertThat(unplayed()).isEmpty();
    }

    @Test
    void scenario52WhatALaterServerCouldNotBeToldBeforeARestartIsToldAfterIt() {
        third.faults().on(PLAYED).status(502);
        third.faults().on(USER_DATA).status(503);
        add(third);
        await().atMost(SOON).until(() -> calls(third, PLAYED) > 0 && calls(third, USER_DATA) > 0);

        gateway.restart();
        third.faults().clear();
        third.traffic().reset();
        client = gateway.again(client);

        await().atMost(SOON).untilAsserted(this::thirdKnowsAll);
        awaitNothingWaits();
        assertThat(calls(third, PLAYED)).isEqualTo(1);
        assertThat(calls(third, USER_DATA)).isEqualTo(1);
    }

    @Test
    void whatALaterServerKnowsBetterStaysAsItIs() {
        WatchState again = WatchState.played(7);
        third.user("viewer").state(onThird.get("Ronin"), again);
        third.user("viewer").state(onThird.get("Dune"), WatchState.played(3));
        WatchState watched = WatchState.played(2);
        third.user("viewer").state(onThird.get("Heat"), watched);

        add(third);

        await().atMost(SOON).until(() -> on(third, onThird, "Ran").favorite());
        awaitNothingWaits();
        assertThat(on(third, onThird, "Ronin")).isEqualTo(again);
        assertThat(on(third, onThird, "Heat")).isEqualTo(watched);
        assertThat(on(third, onThird, "Dune").played()).isTrue();
        assertThat(calls(third, PLAYED) + calls(third, USER_DATA)).isZero();
    }

    @Test
    void whatALaterServerKnowsAsPlayedStaysPlayedWhileItHearsHowFarAnybodyIs() {
        Instant then = Instant.parse("2020-01-01T00:00:00Z");
        third.user("viewer")
                .state(onThird.get("Ronin"), new WatchState(true, 1, 0, false, Optional.of(then), 0, false, then));

        add(third);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(on(third, onThird, "Ronin").position()).isEqualTo(AT_40));
        assertThat(on(third, onThird, "Ronin").played()).isTrue();
    }

    @Test
    void whoMayNotSeeTheLaterServerIsNotToldOfThere() {
        TestClient kim = gateway.client().signedIn("kim", "pw");
        kim.post("/emby/Users/{me}/PlayedItems/" + id("Dune"), "").ok();

        add(third);

        await().atMost(SOON).untilAsserted(this::thirdKnowsAll);
        awaitNothingWaits();
        assertThat(on(third, onThird, "Dune").played()).isFalse();
    }

    @Test
    void aTitleThatComesToAServerLaterIsToldToo() {
        SimItem alien = one.library("Films", "movies")
                .movie("Alien")
                .year(1979)
                .tmdb("348")
                .runtime(RUN_TIME);
        crawl();
        await().atMost(SOON).until(() -> !client.items(search("Alien")).isEmpty());
        client.post("/emby/Users/{me}/PlayedItems/" + id("Alien"), "").ok();
        await().atMost(SOON).until(() -> one.user("viewer").state(alien).played());

        SimItem later = two.library("Films", "movies")
                .movie("Alien")
                .year(1979)
                .tmdb("348")
                .runtime(RUN_TIME);
        crawl();

        await().atMost(SOON).until(() -> two.user("viewer").state(later).played());
        awaitNothingWaits();
        assertThat(calls(one, PLAYED)).isEqualTo(2);
    }

    private void crawl() {
        assertThat(client.post("/admin/sync", "{\"mode\":\"full\"}").status()).isEqualTo(202);
    }

    private void thirdKnowsAll() {
        assertThat(on(third, onThird, "Heat").played()).isTrue();
        assertThat(on(third, onThird, "Ronin").position()).isEqualTo(AT_40);
        assertThat(on(third, onThird, "Ronin").played()).isFalse();
        assertThat(on(third, onThird, "Ran").favorite()).isTrue();
    }

    private void awaitNothingWaits() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(client.get("/metrics").text()).contains("gateway_outbox_waiting 0.0"));
    }

    private List<String> unplayed() {
        List<String> all = new ArrayList<>();
        for (SimulatedEmby server : List.of(one, two, third)) {
            server.traffic().requests().stream()
                    .map(RecordedRequest::route)
                    .filter(route -> route.contains("PlayedItems") && !route.equals(PLAYED))
                    .forEach(all::add);
        }
        return all;
    }

    private void report(String event, String film, long position) {
        Answer answer = client.post("/emby/Sessions/Playing" + event, """
                {"ItemId":"%s","PlaySessionId":"p1","PositionTicks":%d,"CanSeek":true}""".formatted(id(film), position));
        assertThat(answer.status()).isEqualTo(204);
    }

    private static void add(TestClient admin, SimulatedEmby server) {
        Answer added = admin.send("POST", "/admin/servers", Map.of("Content-Type", "application/json"), """
                {"name":"%s","url":"%s","username":"viewer","password":"secret-of-%s"}""".formatted(
                        server.name(), server.url(), server.name()));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
    }

    private void add(SimulatedEmby server) {
        add(client, server);
    }

    private static WatchState on(SimulatedEmby server, Map<String, SimItem> films, String name) {
        return server.user("viewer").state(films.get(name));
    }

    private static long calls(SimulatedEmby server, String route) {
        return server.traffic().calls(route);
    }

    private JsonNode here(String film) {
        return client.get("/emby/Users/{me}/Items/" + id(film)).ok().path("UserData");
    }

    private String id(String film) {
        return client.items(search(film)).getFirst().path("Id").asText();
    }

    private static String search(String film) {
        return "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=" + film;
    }
}
