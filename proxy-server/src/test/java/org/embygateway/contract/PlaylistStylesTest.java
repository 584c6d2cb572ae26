package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.embygateway.protocol.sim.HlsStyle;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 40: however a server writes its playlists, they play through the gateway. */
@Timeout(120)
class PlaylistStylesTest {
    @TempDir
    Path data;

    private final SimulatedEmby plain =
            Servers.named("plain").idsFrom(Servers.LONG_IDS).start();
    private final SimulatedEmby below = Servers.named("below")
            .idsFrom(Servers.LONG_IDS)
            .basePath("/jelly/sub")
            .start();
    private GatewayUnderTest gateway;
    private Player player;
    private String film;

    @BeforeEach
    void start() {
        Servers.heat(plain, 0, "1080p", 200_000);
        Servers.heat(below, 3, "2160p", 300_000);
        gateway = GatewayUnderTest.over(data, plain, below).start().indexed();
        player = new Player(gateway.admin());
        film = player.client()
                .items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat")
                .getFirst()
                .path("Id")
                .asText();
    }

    @AfterEach
    void close() {
        try {
            gateway.close();
        } finally {
            plain.close();
            below.close();
        }
    }

    @Test
    void scenario40PlaylistsOfEveryStylePlayThroughTheGateway() {
        for (HlsStyle style : styles()) {
            plain.hls(style);
            below.hls(style);
            for (JsonNode source : Player.sources(player.negotiate(film, Player.CONVERTED))) {
                plays(style, source.path("Id").asText());
            }
        }
    }

    private static List<HlsStyle> styles() {
        return Stream.of(HlsStyle.Uris.values())
                .flatMap(form -> Stream.of(
                        HlsStyle.RELATIVE.with(form),
                        HlsStyle.RELATIVE.withSubtitles().with(form),
                        HlsStyle.BAROQUE.with(form),
                        new HlsStyle(form, false, true, true, false, false),
                        new HlsStyle(form, true, false, false, true, false)))
                .toList();
    }

    private void plays(HlsStyle style, String source) {
        JsonNode converted =
                Player.sources(player.negotiate(film, source, Player.CONVERTED)).getFirst();
        List<Answer> answers = player.walk(converted.path("TranscodingUrl").asText());

        assertThat(answers).as("%s", style).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().filter(a -> a.body().length == 94_000))
                .as("segments of %s", style)
                .hasSize(style.map() ? 5 : 4);
        assertThat(answers.stream().filter(a -> a.body().length == 16))
                .as("keys of %s", style)
                .hasSize(style.key() ? 1 : 0);
        assertThat(answers.stream().filter(a -> a.text().startsWith("WEBVTT")))
                .as("subtitles of %s", style)
                .hasSize(style.subtitles() ? 1 : 0);
    }
}
