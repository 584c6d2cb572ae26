package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.embygateway.protocol.sim.GeneratedLibrary;
import org.embygateway.protocol.sim.SimLibrary;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that the gateway has only just come to know are asked in the very next request. */
class FreshServersTest {
    private static final int RARE = 6;

    @TempDir
    Path data;

    @Test
    void titlesOfAServerJustAddedAreFoundByTheVeryNextSearches() throws Exception {
        try (SimulatedEmby server = server();
                GatewayUnderTest gateway = GatewayUnderTest.over(data).start()) {
            TestClient admin = gateway.admin();
            assertThat(search(admin, 0)).isEmpty();

            add(admin, server);

            assertEachIsFound(admin);
        }
    }

    @Test
    void titlesOfAConfiguredServerAreFoundByTheFirstSearchesAfterTheStart() throws Exception {
        try (SimulatedEmby server = server();
                GatewayUnderTest gateway = GatewayUnderTest.over(data, server).start()) {
            assertEachIsFound(gateway.admin());
        }
    }

    @Test
    void aFirstCheckThatTakesItsTimeIsWaitedFor() {
        try (SimulatedEmby server = server()) {
            server.faults().on("GET /System/Info/Public").slow(Duration.ofSeconds(1));
            try (GatewayUnderTest gateway = GatewayUnderTest.over(data, server).start()) {
                assertThat(search(gateway.admin(), 3)).containsExactly("Zzyzx 3 Road");
            }
        }
    }

    /** All at once, while the server is being indexed. */
    private static void assertEachIsFound(TestClient client) throws Exception {
        List<Callable<List<String>>> searches = new ArrayList<>();
        for (int i = 0; i < RARE; i++) {
            int number = i;
            searches.add(() -> search(client, number));
        }
        List<List<String>> found = new ArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(6)) {
            for (Future<List<String>> answer : people.invokeAll(searches)) {
                found.add(answer.get());
            }
        }
        for (int i = 0; i < RARE; i++) {
            assertThat(found.get(i)).as("search %d", i).first().isEqualTo("Zzyzx " + i + " Road");
        }
    }

    private static SimulatedEmby server() {
        SimulatedEmby server = SimulatedEmby.named("large")
                .account("viewer", "secret-of-large")
                .start();
        SimLibrary films = server.library("Films", "movies");
        for (int i = 0; i < RARE; i++) {
            GeneratedLibrary.seeded(i).movies(films, 10 * i, 10);
            films.movie("Zzyzx " + i + " Road").year(1900 + i).tmdb(Integer.toString(990_000 + i));
        }
        return server;
    }

    private static void add(TestClient admin, SimulatedEmby server) {
        Answer added = admin.send("POST", "/admin/servers", Map.of("Content-Type", "application/json"), """
                {"name":"%s","url":"%s","username":"viewer","password":"secret-of-%s"}""".formatted(
                        server.name(), server.url(), server.name()));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
    }

    private static List<String> search(TestClient client, int number) {
        return client
                .items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie,Series&SearchTerm=Zzyzx " + number
                        + " Road&Limit=60")
                .stream()
                .map(item -> item.path("Name").asText())
                .toList();
    }
}
