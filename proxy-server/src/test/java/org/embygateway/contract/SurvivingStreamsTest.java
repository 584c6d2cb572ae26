package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.sim.Content;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios 44 and 45: a server that leaves in the middle of a stream. */
@Timeout(180)
class SurvivingStreamsTest {
    private static final int SIZE = 48 << 20;
    private static final int CUT = (20 << 20) + 12_345;
    private static final String STREAM = "GET /Videos/{Id}/stream.{Container}";

    @TempDir
    Path data;

    private final SimulatedEmby alpha = Servers.named("alpha").start();
    private final SimulatedEmby beta = Servers.named("beta").start();
    private GatewayUnderTest gateway;

    @AfterEach
    void close() {
        try {
            gateway.close();
        } finally {
            alpha.close();
            beta.close();
        }
    }

    private static void film(SimulatedEmby server, int filmsBefore, Content content) {
        for (int i = 0; i < filmsBefore; i++) {
            server.library("Films", "movies").movie("Filler " + i).year(1950 + i);
        }
        server.library("Films", "movies")
                .movie("Heat")
                .year(1995)
                .tmdb("949")
                .runtime(Duration.ofMinutes(10))
                .version("1080p", content);
    }

    /** The gateway over both, and the film's URL for any of its copies, whose fingerprints are taken. */
    private String playing(Content one, Content other) {
        film(alpha, 0, one);
        film(beta, 3, other);
        gateway = GatewayUnderTest.over(data, alpha, beta)
                .set("GATEWAY_PLAYBACK_STALL_TIMEOUT", "1s")
                .start()
                .indexed();
        TestClient client = gateway.admin();
        String film = client.items("/emby/Users/{me}/Items?Recursive=true&SearchTerm=Heat&IncludeItemTypes=Movie")
                .getFirst()
                .path("Id")
                .asText();
        String url = client.base() + "/emby/Videos/" + film + "/stream.mkv?Static=true&api_key=" + client.token();
        assertThat(client.bare("GET", url, Map.of("Range", "bytes=0-99"), "").status())
                .isEqualTo(206);
        await().until(() -> fingerprints() == 2);
        return url;
    }

    private int fingerprints() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("emby_gateway.db"));
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM fingerprint")) {
            return count.getInt(1);
        }
    }

    private List<SimulatedEmby> both() {
        return List.of(alpha, beta);
    }

    private void leaveOnce() {
        both().forEach(server -> server.faults()
                .on(STREAM)
                .cutAfter(CUT)
                .when(request -> request.header("Range").isEmpty())
                .times(1));
    }

    private static String rest(long from) {
        return "bytes=" + from + "-" + (SIZE - 1);
    }

    private long askedForTheRest() {
        return both().stream()
                .flatMap(server -> server.traffic().requests().stream())
                .filter(request -> request.header("Range").equals(rest(CUT)))
                .count();
    }

    @Test
    void scenario44AnIdenticalCopyGoesOnWhereTheServerBrokeOff() {
        Content content = Content.random(44, SIZE);
        String url = playing(content, content);
        leaveOnce();
        Answer answer = gateway.admin().bare("GET", url, Map.of(), "");
        assertThat(Content.of(answer.body()).sha256()).isEqualTo(content.sha256());
        assertThat(askedForTheRest()).isEqualTo(1);
    }

    @Test
    void scenario44AServerMayBeKilledInTheMiddleOfAStream() throws Exception {
        Content content = Content.random(441, SIZE);
        String url = playing(content, content);
        await().until(() -> alpha.traffic().running() + beta.traffic().running() == 0);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(URI.create(url).toURL().openStream(), digest)) {
            in.readNBytes(1 << 20);
            SimulatedEmby serving = alpha.traffic().running() > 0 ? alpha : beta;
            assertThat(serving.traffic().running()).isPositive();
            serving.close();
            assertThat(in.readAllBytes()).hasSize(SIZE - (1 << 20));
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(content.sha256());
    }

    @Test
    void scenario44AServerThatFallsSilentIsLeftLikeOneThatLeaves() {
        Content content = Content.random(442, SIZE);
        String url = playing(content, content);
        both().forEach(server -> server.faults()
                .on(STREAM)
                .silentAfter(CUT)
                .when(request -> request.header("Range").isEmpty())
                .times(1));
        Answer answer = gateway.admin().bare("GET", url, Map.of(), "");
        assertThat(Content.of(answer.body()).sha256()).isEqualTo(content.sha256());
        assertThat(askedForTheRest()).isEqualTo(1);
        assertThat(gateway.admin().get("/metrics").text())
                .containsPattern("gateway_streams_failures_total\\{how=\"silent\",upstream=\"[12]\"} 1")
                .containsPattern("gateway_streams_fallovers_total\\{upstream=\"[12]\"} 1");
    }

    @Test
    void aServerThatFellSilentComesLastAndTheReasonIsTold() {
        String url = playing(Content.random(447, SIZE), Content.random(448, SIZE));
        both().forEach(server -> server.faults()
                .on(STREAM)
                .silentAfter(CUT)
                .when(request -> request.header("Range").isEmpty())
                .times(1));
        TestClient client = gateway.admin();
        String path = "/media/" + url.replaceAll(".*/Videos/([0-9]+)/.*", "$1") + "/sources";
        JsonNode before = client.get(path).ok();
        assertThatThrownBy(() -> client.bare("GET", url, Map.of(), "")).hasRootCauseInstanceOf(IOException.class);
        JsonNode after = client.get(path).ok();
        assertThat(after.at("/1/sourceId")).isEqualTo(before.at("/0/sourceId"));
        assertThat(after.at("/1/reasons").toString()).contains("server fell silent in a stream just now");
        assertThat(after.at("/0/reasons").toString()).doesNotContain("silent");
    }

    @Test
    void aPlayerThatPausesIsNoServerThatFallsSilent() throws Exception {
        Content content = Content.random(443, SIZE);
        String url = playing(content, content);
        try (OpenStream paused = OpenStream.of(url)) {
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            assertThat(Content.of(paused.body().readNBytes(SIZE)).sha256()).isEqualTo(content.sha256());
        }
        assertThat(askedForTheRest()).isZero();
    }

    @Test
    void scenario45AnotherFileOfTheSameSizeNeverGoesOn() {
        String url = playing(Content.random(45, SIZE), Content.random(46, SIZE));
        leaveOnce();
        assertThatThrownBy(() -> gateway.admin().bare("GET", url, Map.of(), ""))
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(askedForTheRest()).isZero();
    }
}
