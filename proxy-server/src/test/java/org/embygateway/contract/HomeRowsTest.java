package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.embygateway.protocol.sim.SimItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of the first page: what is new, what was begun. */
class HomeRowsTest {
    @TempDir
    Path data;

    @Test
    void scenario35TheLatestOfAMergedLibraryAreNewestFirstOnceEachAndGrouped() {
        try (Overlap servers = Overlap.made()) {
            news(servers);
            try (GatewayUnderTest gateway = servers.gateway(data).start().indexed()) {
                TestClient client = gateway.admin();
                String films = view(client, "movies");
                String shows = view(client, "tvshows");

                assertThat(names(client.items("/emby/Users/{me}/Items/Latest?ParentId=" + films)))
                        .startsWith("New Here", "New There")
                        .doesNotHaveDuplicates()
                        .contains("Heat");
                List<JsonNode> latestShows = client.items("/emby/Users/{me}/Items/Latest?ParentId=" + shows);
                assertThat(latestShows.getFirst().path("Name").asText()).isEqualTo("Fresh Show");
                assertThat(latestShows.getFirst().path("Type").asText()).isEqualTo("Series");
                assertThat(latestShows.getFirst().path("ChildCount").asInt()).isEqualTo(3);
                assertThat(names(latestShows)).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aLibraryThatTheUserHidesIsLeftOutOfTheLatest() {
        try (Overlap servers = Overlap.made()) {
            news(servers);
            try (GatewayUnderTest gateway = servers.gateway(data).start().indexed()) {
                TestClient client = gateway.admin();
                assertThat(names(client.items("/emby/Users/{me}/Items/Latest?Limit=50")))
                        .contains("New Here", "Fresh Show");

                String hidden = "{\"LatestItemsExcludes\":[\"" + view(client, "movies") + "\"]}";
                assertThat(client.post("/emby/Users/{me}/Configuration/Partial", hidden)
                                .status())
                        .isBetween(200, 204);

                assertThat(names(client.items("/emby/Users/{me}/Items/Latest?Limit=50")))
                        .contains("Fresh Show")
                        .doesNotContain("New Here", "New There", "Heat");
            }
        }
    }

    private static void news(Overlap servers) {
        Instant day = Instant.parse("2025-06-01T00:00:00Z");
        servers.left.library("Films", "movies").movie("New Here").year(2025).created(day.plusSeconds(90));
        servers.right.library("Movies", "movies").movie("New There").year(2025).created(day.plusSeconds(80));
        SimItem fresh = servers.right
                .library("Series", "tvshows")
                .series("Fresh Show")
                .year(2025)
                .tvdb("81234")
                .created(day.plusSeconds(70));
        SimItem season = fresh.season(1).created(day.plusSeconds(70));
        for (int number = 1; number <= 3; number++) {
            season.episode(number, "Fresh " + number).created(day.plusSeconds(100 + number));
        }
    }

    @Test
    void scenario37WhatWasBegunIsOneRowPerTitleNewestFirstAndThereRightAfterARestart() {
        try (Overlap servers = Overlap.made();
                GatewayUnderTest gateway = servers.gateway(data).start().indexed()) {
            TestClient client = gateway.admin();
            String heat = id(client, "Movie", "Heat");
            String ronin = id(client, "Movie", "Ronin");
            String show = id(client, "Series", "Long Way");
            List<JsonNode> episodes = client.items("/emby/Shows/" + show + "/Episodes?UserId={me}&SeasonNumber=3");

            begin(client, episodes.get(0).path("Id").asText());
            begin(client, heat);
            begin(client, episodes.get(4).path("Id").asText());
            begin(client, ronin);
            begin(client, heat);

            String third = episodes.get(4).path("Name").asText();
            assertThat(resumed(client)).containsExactly("Heat", "Ronin", third);

            gateway.restart();

            assertThat(resumed(gateway.again(client))).containsExactly("Heat", "Ronin", third);
        }
    }

    private static List<String> resumed(TestClient client) {
        return names(client.items("/emby/Users/{me}/Items/Resume?MediaTypes=Video&Recursive=true").stream()
                .filter(item -> item.at("/UserData/PlaybackPositionTicks").asLong() > 0)
                .toList());
    }

    /** Plays the first ten minutes. */
    private static void begin(TestClient client, String item) {
        long ticks = Duration.ofMinutes(10).toNanos() / 100;
        String report = "{\"ItemId\":\"%s\",\"PlaySessionId\":\"s%s\",\"PositionTicks\":%d}";
        for (String step : List.of("", "/Progress", "/Stopped")) {
            assertThat(client.post(
                                    "/emby/Sessions/Playing" + step,
                                    report.formatted(item, item, step.isEmpty() ? 0 : ticks))
                            .status())
                    .isBetween(200, 204);
        }
    }

    private static String view(TestClient client, String type) {
        return client.items("/emby/Users/{me}/Views").stream()
                .filter(view -> view.path("CollectionType").asText().equals(type))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }

    private static String id(TestClient client, String type, String name) {
        Stream<JsonNode> all = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=" + type).stream();
        return all.filter(item -> item.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }

    private static List<String> names(List<JsonNode> items) {
        return items.stream().map(item -> item.path("Name").asText()).toList();
    }
}
