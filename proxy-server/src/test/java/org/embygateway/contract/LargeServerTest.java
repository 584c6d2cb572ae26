package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.embygateway.protocol.sim.SimLibrary;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 28: of a large server nothing is truncated and nothing is silently missing. */
@Timeout(900)
class LargeServerTest {
    private static final int FILMS = 60_000;
    private static final int PAGE = 5_000;

    @TempDir
    Path data;

    @Test
    void scenario28EveryOneOfSixtyThousandTitlesIsThereOnce() {
        try (SimulatedEmby server = Servers.named("left").start()) {
            SimLibrary films = server.library("Films", "movies");
            IntStream.range(0, FILMS).forEach(i -> films.movie("Film " + i));
            try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server).start()) {
                TestClient client = gateway.admin();
                await().atMost(Duration.ofMinutes(12))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> {
                            JsonNode progress = client.get("/admin/sync").ok().at("/items/0");
                            return progress.path("fullyIndexed").asBoolean();
                        });
                List<String> names = new ArrayList<>();
                Set<String> ids = new HashSet<>();
                for (int start = 0; start < FILMS; start += PAGE) {
                    JsonNode page = client.get("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie"
                                    + "&SortBy=SortName&StartIndex=" + start + "&Limit=" + PAGE)
                            .ok();
                    assertThat(page.path("TotalRecordCount").asInt()).isEqualTo(FILMS);
                    page.path("Items").forEach(item -> {
                        names.add(item.path("Name").asText());
                        ids.add(item.path("Id").asText());
                    });
                }
                assertThat(names).hasSize(FILMS);
                assertThat(ids).hasSize(FILMS);
                assertThat(new HashSet<>(names))
                        .isEqualTo(IntStream.range(0, FILMS)
                                .mapToObj(i -> "Film " + i)
                                .collect(java.util.stream.Collectors.toSet()));
            }
        }
    }
}
