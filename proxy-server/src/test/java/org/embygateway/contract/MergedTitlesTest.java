package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimLibrary;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of titles that several servers describe, each in its own way. */
@Timeout(120)
class MergedTitlesTest {
    private static final String MOVIES = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path data;

    private final SimulatedEmby one = Servers.named("one").start();
    private final SimulatedEmby two = Servers.named("two").start();

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private static SimLibrary films(SimulatedEmby server) {
        return server.library("Films", "movies");
    }

    private static SimItem show(SimulatedEmby server) {
        return server.library("Shows", "tvshows").series("Long Way").year(2004).tvdb("79999");
    }

    private GatewayUnderTest gateway() {
        return GatewayUnderTest.over(data, one, two).start().indexed();
    }

    private static int versions(TestClient client, String film) {
        return client.get("/emby/Users/{me}/Items/" + film + "?Fields=MediaSources")
                .ok()
                .path("MediaSources")
                .size();
    }

    private static List<String> names(List<JsonNode> items) {
        return items.stream().map(item -> item.path("Name").asText()).toList();
    }

    @Test
    void scenario14AMergeThatAThirdServerProvedIsKeptWhenThatServerIsRemoved() {
        films(one).movie("The Matrix").year(1999).tmdb("603");
        films(two).movie("Matrica").year(1999).imdb("tt0133093");
        try (SimulatedEmby three = Servers.named("three").start();
                GatewayUnderTest gateway = gateway()) {
            films(three).movie("Matrix").year(1999).tmdb("603").imdb("tt0133093");
            TestClient client = gateway.admin();
            List<String> before = client.items(MOVIES).stream()
                    .map(item -> item.path("Id").asText())
                    .toList();
            assertThat(before).hasSize(2);

            String server = add(client, three);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(client.items(MOVIES)).hasSize(1));
            String film = client.items(MOVIES).getFirst().path("Id").asText();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(versions(client, film)).isEqualTo(3));

            assertThat(client.delete("/admin/servers/" + server).status()).isEqualTo(204);
            assertThat(client.items(MOVIES)).hasSize(1);
            for (String id : before) {
                assertThat(versions(client, id)).isEqualTo(2);
            }
            assertThat(client.get("/admin/merges/" + film).ok().path("reasons"))
                    .extracting(reason -> reason.path("text").asText())
                    .containsExactlyInAnyOrder("same tmdb 603", "same imdb tt0133093");
        }
    }

    private static String add(TestClient admin, SimulatedEmby server) {
        Answer added = admin.send("POST", "/admin/servers", Map.of("Content-Type", "application/json"), """
                {"name":"%s","url":"%s","username":"viewer","password":"secret-of-%s"}""".formatted(
                        server.name(), server.url(), server.name()));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added.json().path("id").asText();
    }

    @Test
    void scenario15TheSameTmdbWithAnotherImdbIsTwoFilmsAndAConflict() {
        films(one).movie("The Matrix").year(1999).tmdb("603").imdb("tt0133093");
        films(two).movie("The Matrix").year(1999).tmdb("603").imdb("tt9999999");
        try (GatewayUnderTest gateway = gateway()) {
            TestClient client = gateway.admin();
            assertThat(client.items(MOVIES)).hasSize(2);
            JsonNode listed = client.get("/admin/merges?filter=conflicts").ok();
            assertThat(listed.at("/counts/conflicts").asInt()).isEqualTo(2);
            assertThat(listed.path("items")).hasSize(2);
            JsonNode conflict = listed.at("/items/0/conflicts/0");
            assertThat(conflict.path("text").asText())
                    .isEqualTo("same tmdb 603, but imdb differs (tt0133093, tt9999999)");
            assertThat(conflict.at("/with/id").asText())
                    .isEqualTo(listed.at("/items/1/id").asText());
            assertThat(conflict.at("/with/title").asText()).isEqualTo("The Matrix");
        }
    }

    @Test
    void scenario17NamesInOtherWidthCaseAndPunctuationAndAYearOffAreOneWhenTheRunTimesAgree() {
        films(one).movie("Ｍａｔｒｉｘ：２").year(2003).runtime(Duration.ofMinutes(138));
        films(two).movie("matrix 2").year(2004).runtime(Duration.ofMinutes(140));
        films(one).movie("流浪地球").year(2019).runtime(Duration.ofMinutes(125));
        films(two).movie("流浪地球 ").year(2020).runtime(Duration.ofMinutes(160));
        try (GatewayUnderTest gateway = gateway()) {
            TestClient client = gateway.admin();
            assertThat(client.items(MOVIES)).hasSize(3);
            assertThat(client.get("/admin/merges?filter=suspicions").ok().path("items"))
                    .extracting(item -> item.at("/suspicions/0/text").asText())
                    .containsOnly("same title, but the years are 2019 and 2020")
                    .hasSize(2);
        }
    }

    @Test
    void scenario19AFileWithTwoEpisodesBesideSingleOnesLosesNothingAndMergesNothingWrongly() {
        show(one).season(1).episode(1, "Pilot, both parts").upTo(2).tvdb("1001");
        show(two).season(1).episode(1, "Pilot").tvdb("1001");
        show(two).season(1).episode(2, "Pilot, part two").tvdb("1002");
        try (GatewayUnderTest gateway = gateway()) {
            TestClient client = gateway.admin();
            assertThat(names(client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Episode")))
                    .containsExactlyInAnyOrder("Pilot, both parts", "Pilot", "Pilot, part two");
            assertThat(client.get("/admin/merges?filter=conflicts").ok().path("items"))
                    .isEmpty();
        }
    }

    @Test
    void scenario20SpecialsMergeByIdOrTitleAndDateAndSeasonsWithoutNumberStayApart() {
        LocalDate day = LocalDate.of(2004, 9, 1);
        for (SimulatedEmby server : List.of(one, two)) {
            SimItem show = show(server);
            int shift = server == one ? 0 : 5;
            show.season(0).episode(1 + shift, "Pilot talk").premiere(day);
            show.season(0)
                    .episode(2 + shift, server == one ? "Recap" : "The story so far")
                    .tvdb("99");
            show.season(0).episode(3, server == one ? "Out takes" : "Interview");
            show.child(ItemKind.SEASON, "Season Unknown");
        }
        try (GatewayUnderTest gateway = gateway()) {
            TestClient client = gateway.admin();
            String series = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Series")
                    .getFirst()
                    .path("Id")
                    .asText();
            assertThat(names(client.items("/emby/Shows/" + series + "/Seasons?UserId={me}")))
                    .containsExactlyInAnyOrder("Specials", "Season Unknown", "Season Unknown");
            assertThat(names(client.items("/emby/Shows/" + series + "/Episodes?UserId={me}&Season=0")))
                    .containsExactlyInAnyOrder("Pilot talk", "Recap", "Out takes", "Interview");
        }
    }
}
