package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.embygateway.protocol.sim.RecordedRequest;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Scenarios 59, 60 and 61: a server in trouble troubles nobody else, and nothing is made worse. */
@Timeout(120)
class FailingServerTest {
    private static final String LOGIN = "POST /Users/AuthenticateByName";
    private static final String FILMS = "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName";

    @TempDir
    Path data;

    private final SimulatedEmby left = Servers.named("left").start();
    private final SimulatedEmby right = Servers.named("right").start();
    private final SimItem onRight = films();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger watch = (Logger) LoggerFactory.getLogger("org.embygateway.upstream.Watch");
    private GatewayUnderTest gateway;
    private TestClient client;
    private Player player;

    private SimItem films() {
        Servers.heat(left, 3, "1080p", 200_000);
        right.library("Films", "movies").movie("Ronin").year(1998).tmdb("8195").version("1080p", 100_000);
        return Servers.heat(right, 0, "2160p", 300_000);
    }

    @BeforeEach
    void start() {
        log.start();
        watch.setLevel(Level.INFO);
        watch.addAppender(log);
        gateway = GatewayUnderTest.over(data, left, right)
                .set("GATEWAY_EMBY_HEALTH_INTERVAL", "4s")
                .start()
                .indexed();
        client = gateway.admin();
        player = new Player(client);
    }

    @AfterEach
    void close() {
        try {
            gateway.close();
        } finally {
            watch.detachAppender(log);
            watch.setLevel(null);
            left.close();
            right.close();
        }
    }

    @Test
    void scenario59AServerThatStopsAnsweringIsMarkedDownAndBackUpWhileBrowsingGoesOn() {
        int films = client.items(FILMS).size();
        right.faults().hang();

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            long begun = System.nanoTime();
            assertThat(client.items(FILMS)).hasSize(films);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
            assertThat(state("right")).isEqualTo("offline");
        });
        assertThat(state("left")).isEqualTo("online");
        long begun = System.nanoTime();
        assertThat(Player.sources(player.negotiate(film("Heat"), Player.DIRECT)))
                .extracting(source -> source.path("Size").asLong())
                .containsExactly(200_000L);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));

        right.faults().clear();

        await().atMost(Duration.ofSeconds(15)).until(() -> state("right").equals("online"));
        assertThat(Player.sources(player.negotiate(film("Heat"), Player.DIRECT)))
                .hasSize(2);
        assertThat(transitions("right"))
                .hasSize(2)
                .satisfiesExactly(
                        down -> assertThat(down).contains("is offline"),
                        up -> assertThat(up).contains("online again"));
        assertThat(transitions("left")).isEmpty();
    }

    @Test
    void scenario60AnItemThatAServerForbidsFailsAloneAndCausesNoSignIns() {
        String forbidden = film("Ronin");
        right.faults()
                .on("POST /Items/{Id}/PlaybackInfo")
                .status(403)
                .when(request -> !request.path().contains("/" + onRight.id() + "/"));
        player.negotiate(film("Heat"), Player.DIRECT);
        long logins = right.traffic().calls(LOGIN);

        for (int i = 0; i < 20; i++) {
            JsonNode refused = player.negotiate(forbidden, Player.DIRECT);
            assertThat(Player.sources(refused)).isEmpty();
            assertThat(refused.path("ErrorCode").asText()).isNotEmpty();
            assertThat(Player.sources(player.negotiate(film("Heat"), Player.DIRECT)))
                    .hasSize(2);
        }

        assertThat(right.traffic().calls(LOGIN)).isEqualTo(logins);
        assertThat(state("right")).isEqualTo("online");
        assertThat(transitions("right")).isEmpty();
    }

    @Test
    void scenario61ATokenThatExpiresUnder200RequestsIsRenewedOnceAndAllSucceed() throws Exception {
        String heat = film("Heat");
        JsonNode source = Player.sources(player.negotiate(heat, Player.DIRECT)).stream()
                .filter(s -> s.path("Size").asLong() == 300_000)
                .findFirst()
                .orElseThrow();
        String url = player.url(source.path("DirectStreamUrl").asText());
        right.traffic().reset();
        right.expireTokens();

        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            requests.add(() -> Player.sources(
                            player.negotiate(heat, source.path("Id").asText(), Player.DIRECT))
                    .size());
        }
        for (int i = 0; i < 50; i++) {
            requests.add(() -> client.bare("GET", url, Map.of(), "").body().length / 300_000);
        }
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : clients.invokeAll(requests)) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }

        Map<String, Long> logins = right.traffic().requests(LOGIN).stream()
                .collect(Collectors.groupingBy(RecordedRequest::deviceId, Collectors.counting()));
        assertThat(logins.values()).isNotEmpty().allMatch(count -> count == 1);
        assertThat(logins.keySet()).hasSizeLessThanOrEqualTo(2);
    }

    private List<String> transitions(String server) {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains("Upstream " + server + " "))
                .toList();
    }

    private String state(String server) {
        for (JsonNode one : client.get("/admin/servers").ok().path("items")) {
            if (one.path("name").asText().equals(server)) {
                return one.path("health").path("state").asText();
            }
        }
        throw new AssertionError(client.get("/admin/servers").text());
    }

    private String film(String name) {
        return client.items(FILMS).stream()
                .filter(item -> item.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("Id")
                .asText();
    }
}
