package org.embygateway.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.ItemKind;
import org.junit.jupiter.api.Test;

final class DemoLibrariesTest {
    @Test
    void theTwoServersShareAPartOfTheirTitlesAndTellTheirState() {
        try (SimulatedEmby alpha =
                        SimulatedEmby.named("Alpha").account("demo", "demo").start();
                SimulatedEmby beta =
                        SimulatedEmby.named("Beta").account("demo", "demo").start();
                SimClient client = new SimClient(beta.url(), "d")) {
            DemoLibraries.fill(alpha, beta, Optional.empty(), 10, 2);
            List<String> shared = alpha.items(ItemKind.MOVIE).stream()
                    .map(SimItem::name)
                    .filter(n -> beta.items(ItemKind.MOVIE).stream()
                            .anyMatch(m -> m.name().equals(n)))
                    .toList();
            assertThat(shared).contains("Battleship Potemkin").hasSize(3 + 5);
            SimItem moon = beta.items(ItemKind.MOVIE).stream()
                    .filter(m -> m.name().equals("A Trip to the Moon"))
                    .findFirst()
                    .orElseThrow();
            client.signIn("demo", "demo").post("/Users/{me}/PlayedItems/" + moon.id(), "");
            JsonNode state = client.json("/__state");
            assertThat(state.at("/Users/demo/0/Item").asText()).isEqualTo("A Trip to the Moon");
            assertThat(state.at("/Users/demo/0/UserData/Played").asBoolean()).isTrue();
        }
    }
}
