package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 46: whom a server in redirect mode sees itself, and who goes on through the gateway. */
@Timeout(180)
class RedirectedPlaybackTest {
    private static final int SIZE = 300_000;

    @TempDir
    Path data;

    private final SimulatedEmby alpha = Servers.named("alpha").start();
    private final SimulatedEmby beta = Servers.named("beta").start();
    private final List<OpenStream> open = new ArrayList<>();
    private GatewayUnderTest gateway;
    private TestClient client;
    private String film;

    @BeforeEach
    void start() {
        Servers.heat(alpha, 0, "1080p", SIZE);
        beta.library("Films", "movies").movie("Ran").year(1985).tmdb("11645").version("1080p", SIZE);
        gateway = GatewayUnderTest.over(data, alpha, beta)
                .set("GATEWAY_EMBY_SERVERS_0_PLAYBACK", "redirect")
                .set("GATEWAY_EMBY_SERVERS_0_STREAMS_AT_ONCE", "1")
                .set("GATEWAY_SERVER_TRUSTED_PROXIES", "127.0.0.1")
                .person("eve", "pear", beta)
                .person("joe", "plum")
                .start()
                .indexed();
        client = gateway.admin();
        film = client.items("/emby/Users/{me}/Items?Recursive=true&SearchTerm=Heat&IncludeItemTypes=Movie")
                .getFirst()
                .path("Id")
                .asText();
    }

    @AfterEach
    void close() {
        open.forEach(OpenStream::close);
        try {
            gateway.close();
        } finally {
            alpha.close();
            beta.close();
        }
    }

    /** Not by a client whose answers are searched for what gives servers away: this one does, on purpose. */
    private OpenStream ask(TestClient who, String path) {
        String mark = path.contains("?") ? "&" : "?";
        String url = path.startsWith("http") ? path : who.base() + path + mark + "api_key=" + who.token();
        OpenStream stream = OpenStream.of(url);
        open.add(stream);
        return stream;
    }

    private String direct() {
        return "/emby/Videos/" + film + "/stream.mkv?Static=true";
    }

    @Test
    void scenario46AFileThatIsPlayedAsItIsComesFromTheServerItself() throws Exception {
        JsonNode source = Player.sources(new Player(client).negotiate(film, Player.DIRECT))
                .getFirst();
        String given = new Player(client).url(source.path("DirectStreamUrl").asText());
        for (String asked : List.of(given, direct())) {
            OpenStream answer = ask(client, asked);
            assertThat(answer.status()).isEqualTo(302);
            String location = answer.header("Location");
            assertThat(location).startsWith(alpha.url()).doesNotContain(client.token());
            OpenStream followed = ask(client, location);
            assertThat(followed.status()).isEqualTo(200);
            assertThat(followed.body().readNBytes(SIZE)).hasSize(SIZE);
        }
    }

    @Test
    void scenario46EverythingElseGoesThroughTheGateway() {
        Player player = new Player(client);
        JsonNode converted =
                Player.sources(player.negotiate(film, Player.CONVERTED)).getFirst();
        assertThat(player.walk(converted.path("TranscodingUrl").asText()))
                .hasSizeGreaterThan(2)
                .allMatch(answer -> answer.status() == 200);
        JsonNode source = Player.sources(player.negotiate(film, Player.DIRECT)).getFirst();
        assertThat(Player.streams(source, "Subtitle"))
                .isNotEmpty()
                .allSatisfy(subtitle -> assertThat(
                                player.fetch(subtitle.path("DeliveryUrl").asText())
                                        .status())
                        .isEqualTo(200));
        assertThat(client.get("/emby/Items/" + film + "/Images/Primary").status())
                .isEqualTo(200);
        assertThat(client.get("/emby/Items/" + film + "/Download").status()).isEqualTo(200);
        assertThat(client.get("/emby/Videos/" + film + "/stream.ts?VideoCodec=h264")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void scenario46AClientThatCameEncryptedIsNotSentToAPlainServer() {
        Answer answer = client.get(direct(), "X-Forwarded-Proto", "https");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).hasSize(SIZE);
    }

    @Test
    void scenario46WhoMayNotPlayIsRefusedAndLearnsNoAddress() {
        TestClient joe = gateway.client().signedIn("joe", "plum");
        assertThat(ask(joe, direct()).status()).isEqualTo(302);
        String policy = "/emby/Users/" + joe.userId() + "/Policy";
        assertThat(client.post(policy, "{\"EnableMediaPlayback\":false}").status())
                .isEqualTo(204);
        Answer refused = joe.get(direct());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("Location")).isEmpty();
    }

    @Test
    void scenario46WhoMayNotSeeTheServerLearnsNotEvenThatItHasTheTitle() {
        Answer refused = gateway.client().signedIn("eve", "pear").get(direct());
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.header("Location")).isEmpty();
    }

    @Test
    void scenario46APlaceIsTakenUntilTheClientStops() {
        assertThat(ask(client, direct()).status()).isEqualTo(302);
        TestClient second = gateway.admin();
        assertThat(second.get(direct()).status()).isEqualTo(429);
        assertThat(client.post("/emby/Sessions/Playing/Stopped", "{\"ItemId\":\"%s\"}".formatted(film))
                        .status())
                .isEqualTo(204);
        assertThat(ask(second, direct()).status()).isEqualTo(302);
    }

    @Test
    void theOtherServersKeepHidden() {
        String other = client.items("/emby/Users/{me}/Items?Recursive=true&SearchTerm=Ran&IncludeItemTypes=Movie")
                .getFirst()
                .path("Id")
                .asText();
        Answer answer = client.send("GET", "/emby/Videos/" + other + "/stream.mkv?Static=true", Map.of(), "");
        assertThat(answer.status()).isEqualTo(200);
    }
}
