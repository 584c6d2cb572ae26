package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoServersTest {
    @TempDir
    Path data;

    @Test
    void oneLibraryIsMadeOfTwoServers() {
        try (SimulatedEmby left = server("left");
                SimulatedEmby right = server("right")) {
            left.library("Films", "movies").movie("Heat").year(1995).tmdb("949");
            left.library("Films", "movies").movie("Ronin").year(1998).tmdb("8195");
            right.library("Movies", "movies").movie("Heat").year(1995).tmdb("949");
            try (GatewayUnderTest gateway =
                    GatewayUnderTest.over(data, left, right).start().indexed()) {
                TestClient client = gateway.admin();

                assertThat(client.items("/emby/Users/{me}/Views")).hasSize(1);
                JsonNode films = client.get("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie")
                        .ok();
                assertThat(films.path("TotalRecordCount").asInt()).isEqualTo(2);
                assertThat(films.path("Items").findValuesAsText("Name")).containsExactly("Heat", "Ronin");
            }
        }
    }

    private static SimulatedEmby server(String name) {
        return SimulatedEmby.named(name).account("viewer", "secret-of-" + name).start();
    }
}
