package org.embygateway.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.embygateway.protocol.ItemKind;
import org.junit.jupiter.api.Test;

final class GeneratedLibraryTest {
    @Test
    void theSameSeedGivesTheSameTitlesOnEveryServer() {
        try (SimulatedEmby one = server("Alpha", 0, 100);
                SimulatedEmby two = server("Beta", 50, 100)) {
            List<SimItem> left = one.items(ItemKind.MOVIE);
            List<SimItem> right = two.items(ItemKind.MOVIE);
            for (int i = 0; i < 50; i++) {
                assertThat(right.get(i).name()).isEqualTo(left.get(i + 50).name());
                assertThat(right.get(i).providers).isEqualTo(left.get(i + 50).providers);
            }
            assertThat(left.stream().filter(i -> i.name().codePoints().anyMatch(Character::isIdeographic)))
                    .isNotEmpty();
        }
    }

    private static SimulatedEmby server(String name, int first, int count) {
        SimulatedEmby emby = SimulatedEmby.named(name).build();
        GeneratedLibrary.seeded(7).movies(emby.library("Movies", "movies"), first, count);
        return emby;
    }

    @Test
    void sixtyThousandItemsAreMadeAndWalkedQuickly() {
        long start = System.nanoTime();
        try (SimulatedEmby emby =
                        SimulatedEmby.named("Big").account("anna", "pw").start();
                SimClient client = new SimClient(emby.url(), "d")) {
            GeneratedLibrary.seeded(1).movies(emby.library("Movies", "movies"), 0, 60_000);
            client.signIn("anna", "pw");
            Set<String> seen = new HashSet<>();
            String path =
                    "/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName&Limit=5000&StartIndex=";
            for (int from = 0; from < 60_000; from += 5_000) {
                client.json(path + from)
                        .get("Items")
                        .forEach(i -> seen.add(i.get("Id").asText()));
            }
            assertThat(seen).hasSize(60_000);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }
}
