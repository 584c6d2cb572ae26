package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Players take a file in many small pieces: all but the first are answered without waiting for anything but bytes. */
@Timeout(120)
class PiecesOfAFileTest {
    private static final int PIECES = 20;
    private static final int LENGTH = 1000;

    @TempDir
    Path data;

    private final SimulatedEmby server = Servers.named("left").start();
    private final SimItem heat = Servers.heat(server, 1, "1080p", PIECES * LENGTH);
    private GatewayUnderTest gateway;
    private TestClient client;
    private JsonNode source;
    private String film;

    @BeforeEach
    void start() {
        gateway = GatewayUnderTest.over(data, server).start().indexed();
        client = gateway.admin();
        film = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat")
                .getFirst()
                .path("Id")
                .asText();
        source = Player.sources(new Player(client).negotiate(film, Player.DIRECT))
                .getFirst();
    }

    @AfterEach
    void close() {
        try {
            gateway.close();
        } finally {
            server.close();
        }
    }

    @Test
    void theNextPieceIsNotWaitedFor() {
        String negotiated =
                new Player(client).url(source.path("DirectStreamUrl").asText());
        for (String url : List.of(negotiated, made())) {
            piece(url, 0);
            double before = waited();
            for (int at = 1; at < PIECES; at++) {
                piece(url, at);
            }
            // What the gateway writes by itself meanwhile makes it look again.
            assertThat(waited() - before).as(url).isLessThan(PIECES / 2.0);
        }
        assertThat(waited()).isPositive();
    }

    @Test
    void aTokenThatIsRevokedMeanwhileEndsIt() {
        piece(made(), 0);
        piece(made(), 1);
        assertThat(client.post("/emby/Sessions/Logout", "").status()).isEqualTo(204);
        assertThat(client.bare("GET", made(), Map.of("Range", "bytes=0-9"), "").status())
                .isEqualTo(401);
    }

    /** An address as clients build it that ask for no playback information. */
    private String made() {
        return "/emby/Videos/" + film + "/stream.mkv?Static=true&MediaSourceId="
                + source.path("Id").asText() + "&api_key=" + client.token();
    }

    private void piece(String url, int at) {
        int from = at * LENGTH;
        Answer piece = client.bare("GET", url, Map.of("Range", "bytes=%d-%d".formatted(from, from + LENGTH - 1)), "");
        assertThat(piece.status()).isEqualTo(206);
        assertThat(piece.body()).isEqualTo(heat.content(0).bytes(from, LENGTH));
    }

    /** How many requests for media had to wait so far. */
    private double waited() {
        return client.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("gateway_requests_waited_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
