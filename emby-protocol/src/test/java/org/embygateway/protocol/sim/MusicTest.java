package org.embygateway.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.embygateway.protocol.ItemKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Music libraries: albums, songs on discs, and artists who are known by what is by them. */
final class MusicTest {
    private SimulatedEmby emby;
    private SimClient client;
    private SimLibrary music;
    private SimItem album;
    private SimItem song;

    @BeforeEach
    void start() {
        emby = SimulatedEmby.named("Alpha").account("anna", "secret").start();
        music = emby.library("Music", "music");
        album = music.item(ItemKind.MUSIC_ALBUM, "Kind of Blue").albumArtists("Miles Davis");
        song = album.song(1, 2, "Freddie Freeloader").artists("Miles Davis", "Wynton Kelly");
        client = new SimClient(emby.url(), "device-1").signIn("anna", "secret");
    }

    @AfterEach
    void stop() {
        client.close();
        emby.close();
    }

    private static List<String> names(JsonNode list) {
        return list.path("Items").findValuesAsText("Name");
    }

    @Test
    void aSongNamesItsAlbumAndItsArtistsByTheirIds() {
        JsonNode json = client.json("/Users/{me}/Items/" + song.id());
        assertThat(json.path("AlbumId").asText()).isEqualTo(album.id());
        assertThat(json.path("Album").asText()).isEqualTo("Kind of Blue");
        assertThat(json.path("ParentIndexNumber").asInt()).isEqualTo(1);
        assertThat(json.path("IndexNumber").asInt()).isEqualTo(2);
        assertThat(json.at("/AlbumArtists/0/Id").asText())
                .isEqualTo(emby.artist("miles davis").id());
        assertThat(json.path("ArtistItems").findValuesAsText("Name")).containsExactly("Miles Davis", "Wynton Kelly");
        assertThat(json.path("Container").asText()).isEqualTo("flac");
        assertThat(json.at("/MediaSources/0/MediaStreams").findValuesAsText("Type"))
                .containsExactly("Audio");
    }

    @Test
    void artistsAreThoseOfWhatIsThere() {
        emby.artist("Nobody");
        assertThat(client.json("/Artists?UserId={me}").path("Items").findValuesAsText("Name"))
                .containsExactly("Miles Davis", "Wynton Kelly");
        assertThat(client.json("/Artists/AlbumArtists?UserId={me}").path("Items"))
                .extracting(item -> item.path("Name").asText())
                .containsExactly("Miles Davis");
        JsonNode below = client.json("/Users/{me}/Items?Recursive=true&IncludeItemTypes=MusicArtist&ParentId="
                + music.view().id());
        assertThat(below.path("Items"))
                .extracting(item -> item.path("Name").asText())
                .containsExactly("Miles Davis", "Wynton Kelly");
        assertThat(client.get("/Artists/Nobody%20at%20all").statusCode()).isEqualTo(404);
    }

    @Test
    void songsAreFoundByArtistAndAlbumAndByNoIdThatIsUnknown() {
        String songs = "/Users/{me}/Items?Recursive=true&IncludeItemTypes=Audio&";
        assertThat(names(client.json(
                        songs + "ArtistIds=" + emby.artist("Wynton Kelly").id())))
                .contains("Freddie Freeloader");
        assertThat(names(client.json(
                        songs + "AlbumArtistIds=" + emby.artist("Wynton Kelly").id())))
                .isEmpty();
        assertThat(names(client.json(songs + "AlbumIds=" + album.id()))).contains("Freddie Freeloader");
        assertThat(client.json(songs + "ArtistIds=999999").path("Items")).isEmpty();
        assertThat(client.json(songs + "AlbumIds=999999").path("Items")).isEmpty();
    }

    @Test
    void theFileOfASongIsServedAsSound() {
        var answer = client.get("/Audio/" + song.id() + "/stream?Static=true&MediaSourceId=" + song.sourceId(0));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("audio/flac");
        assertThat(answer.body()).hasSize((int) song.content(0).size());
    }
}
