package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.sim.Content;

/**
 * The TV's player: opens what the server handed out, adds nothing to it, and compares every byte with the file of the
 * simulated server that was chosen.
 */
final class TvPlayer {
    private final TestClient client;
    private final JourneyLibrary library;
    private JsonNode source = MissingNode.getInstance();
    private String sourceName = "";
    private String session = "";
    private String sessionBefore = "";
    private Answer playlist = new Answer("GET", "", 0, Map.of(), new byte[0]);

    TvPlayer(TestClient client, JourneyLibrary library) {
        this.client = client;
        this.library = library;
    }

    /** Takes the answer to a {@code PlaybackInfo} that starts playing: the app plays the first source. */
    void negotiated(JsonNode answer) {
        sessionBefore = session;
        session = answer.path("PlaySessionId").asText();
        source = answer.path("MediaSources").path(0);
        sourceName = library.sourceOfSize(source.path("Size").asLong()).orElse("unknown");
    }

    String session() {
        return session;
    }

    /** The play session before the last change of quality. */
    String sessionBefore() {
        return sessionBefore;
    }

    /** @param argument the source's name or the segment's number */
    void open(String kind, String argument) {
        switch (kind) {
            case "direct" -> direct(argument);
            case "master" -> master(argument);
            case "variant" -> variant();
            case "segment" -> segment(Integer.parseInt(argument));
            case "subtitle" -> subtitle(argument);
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private void direct(String name) {
        assertThat(sourceName).as("the first source").isEqualTo(name);
        assertThat(source.path("SupportsDirectStream").asBoolean()).isTrue();
        Content file = library.source(name).file();
        String url = "/emby" + source.path("DirectStreamUrl").asText();
        Answer whole = ranged(url, "bytes=0-");
        assertThat(whole.header("Content-Range")).contains("bytes 0-%d/%d".formatted(file.size() - 1, file.size()));
        assertThat(sha256(whole.body())).isEqualTo(file.sha256());
        int from = (int) (file.size() / 2);
        Answer half = ranged(url, "bytes=%d-".formatted(from));
        assertThat(sha256(half.body())).isEqualTo(file.sha256(from, file.size() - from));
    }

    private Answer ranged(String url, String range) {
        Answer answer = client.bare("GET", url, Map.of("Range", range, "Origin", "null"), "");
        assertThat(answer.status()).as(url).isEqualTo(206);
        assertThat(answer.header("Accept-Ranges")).contains("bytes");
        return answer;
    }

    private void master(String name) {
        assertThat(sourceName).as("the first source").isEqualTo(name);
        assertThat(source.path("TranscodingSubProtocol").asText()).isEqualTo("hls");
        String field = source.path("SupportsDirectStream").asBoolean() ? "DirectStreamUrl" : "TranscodingUrl";
        playlist = playlist("/emby" + source.path(field).asText());
    }

    private void variant() {
        playlist = playlist(uris().getFirst());
    }

    private void segment(int number) {
        Answer segment = client.bare("GET", uris().get(number), Map.of("Origin", "null"), "");
        assertThat(segment.status()).as(segment.url()).isEqualTo(200);
        assertThat(sha256(segment.body()))
                .as("segment %d of %s", number, sourceName)
                .isEqualTo(library.source(sourceName).segment(number).sha256());
    }

    private Answer playlist(String url) {
        Answer answer = client.bare("GET", url, Map.of("Origin", "null"), "");
        assertThat(answer.status()).as(url + " " + answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type").orElse("")).containsIgnoringCase("mpegurl");
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(answer.text()).startsWith("#EXTM3U");
        return answer;
    }

    /** The addresses in the last playlist, resolved as players do. */
    private List<String> uris() {
        URI base = URI.create(playlist.url());
        return playlist.text()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> base.resolve(line.strip()).toString())
                .toList();
    }

    private void subtitle(String name) {
        assertThat(sourceName).isEqualTo(name);
        for (JsonNode stream : source.path("MediaStreams")) {
            if (stream.path("Type").asText().equals("Subtitle")) {
                String url = "/emby" + stream.path("DeliveryUrl").asText();
                Answer answer = client.bare("GET", url, Map.of("Origin", "null"), "");
                assertThat(answer.status()).as(url).isEqualTo(200);
                assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
                assertThat(answer.text()).contains(library.source(name).subtitle());
                return;
            }
        }
        throw new AssertionError("no subtitle: " + source);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
