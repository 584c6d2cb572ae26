package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 30: items come and go while a client pages through a list. */
@Timeout(120)
class WalkWhileChangingTest {
    private static final String MOVIES = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int FILMS = 60;
    private static final int PAGE = 10;

    @TempDir
    Path data;

    @Test
    void scenario30AWalkShowsNothingTwiceAndMissesNothingThatWasThereAllTheTimeAlsoWhenAPageIsAskedForTwice() {
        try (SimulatedEmby left = Servers.named("left").start();
                SimulatedEmby right = Servers.named("right").start()) {
            left.library("Films", "movies").movie("Zulu").year(1964);
            List<SimItem> films = IntStream.range(0, FILMS)
                    .mapToObj(i -> right.library("Films", "movies").movie("Film %02d".formatted(i)))
                    .toList();
            try (GatewayUnderTest gateway =
                    GatewayUnderTest.over(data, left, right).start().indexed()) {
                TestClient client = gateway.admin();
                await().atMost(SOON).until(() -> right.openSockets() == 1);
                List<String> seen = new ArrayList<>();
                int start = 0;
                for (int total = PAGE; start < total; start += PAGE) {
                    JsonNode page = client.get(MOVIES + "&StartIndex=" + start + "&Limit=" + PAGE)
                            .ok();
                    page.path("Items")
                            .forEach(item -> seen.add(item.path("Name").asText()));
                    total = page.path("TotalRecordCount").asInt();
                    if (start > 0) {
                        Answer again = client.get(MOVIES + "&StartIndex=" + start + "&Limit=" + PAGE);
                        assertThat(again.json().path("Items")).isEqualTo(page.path("Items"));
                        assertThat(again.json().path("TotalRecordCount").asInt())
                                .isEqualTo(total);
                    }
                    change(gateway.admin(), right, films, start);
                }

                assertThat(seen).doesNotHaveDuplicates().isSorted();
                assertThat(seen).contains("Zulu");
                for (int i = 0; i < FILMS; i++) {
                    if (!isRemoved(i)) {
                        assertThat(seen).contains("Film %02d".formatted(i));
                    }
                }
            }
        }
    }

    /** Every tenth film from the second page on goes, when the walk is past it. */
    private static boolean isRemoved(int film) {
        return film % PAGE == 3 && film >= PAGE;
    }

    /** In front of where the walk is, two films come after the first page, and one goes after each later one. */
    private static void change(TestClient other, SimulatedEmby server, List<SimItem> films, int start) {
        int before = count(other);
        if (start == 0) {
            server.library("Films", "movies").movie("Aardvark");
            server.library("Films", "movies").movie("Abyss");
            await().atMost(SOON).until(() -> count(other) == before + 2);
        } else if (start + 3 < films.size()) {
            films.get(start + 3).remove();
            await().atMost(SOON).until(() -> count(other) == before - 1);
        }
    }

    private static int count(TestClient client) {
        return client.get(MOVIES + "&Limit=0").ok().path("TotalRecordCount").asInt();
    }
}
