package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mixes of songs that share genres with a song, an album, an artist, a playlist or a genre. */
@Timeout(120)
class InstantMixTest {
    @TempDir
    static Path data;

    private static SimulatedEmby left;
    private static SimulatedEmby right;
    private static GatewayUnderTest gateway;
    private static TestClient client;

    @BeforeAll
    static void start() {
        left = Servers.named("left").start();
        right = Servers.named("right").idsFrom(Servers.LONG_IDS).start();
        SimItem blue = album(left, "Blue");
        song(blue, "So What", "Jazz");
        song(blue, "Blue in Green", "Jazz");
        for (int i = 0; i < 210; i++) {
            song(blue, "Take " + i, "Jazz", "Live");
        }
        song(album(right, "Green"), "Giant Steps", "Jazz");
        song(album(right, "Red"), "Iron Man", "Metal");
        SimItem nardis =
                left.library("Music", "music").item(ItemKind.AUDIO, "Nardis").genres("Ballad");
        left.playlist(left.user("viewer"), "Evening", nardis);
        gateway = GatewayUnderTest.over(data, left, right)
                .person("kim", "pw", left)
                .start()
                .indexed();
        client = gateway.admin();
    }

    private static SimItem album(SimulatedEmby server, String name) {
        return server.library("Music", "music").item(ItemKind.MUSIC_ALBUM, name);
    }

    private static void song(SimItem album, String name, String... genres) {
        album.child(ItemKind.AUDIO, name).genres(genres);
    }

    @AfterAll
    static void stop() {
        try (SimulatedEmby one = left;
                SimulatedEmby other = right) {
            gateway.close();
        }
    }

    private static String id(String type, String name) {
        return client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=" + type + "&SearchTerm=" + name)
                .getFirst()
                .path("Id")
                .asText();
    }

    private static List<String> names(List<JsonNode> items) {
        return items.stream().map(item -> item.path("Name").asText()).toList();
    }

    @Test
    void aSongComesFirstAndIsFollowedByOthersOfItsGenres() {
        String song = id("Audio", "So What");
        JsonNode mix = client.get("/emby/Items/" + song + "/InstantMix?UserId={me}&Fields=Genres")
                .ok();

        List<String> names = names(client.items("/emby/Songs/" + song + "/InstantMix?UserId={me}"));
        assertThat(mix.path("TotalRecordCount").asInt()).isEqualTo(200);
        assertThat(mix.path("Items")).hasSize(200).allSatisfy(item -> {
            assertThat(item.path("Type").asText()).isEqualTo("Audio");
            assertThat(item.path("Genres").toString()).contains("Jazz");
        });
        assertThat(names).startsWith("So What").doesNotHaveDuplicates();
        Set<String> sorted = new HashSet<>(names.subList(0, 20));
        assertThat(sorted)
                .isNotEqualTo(Set.copyOf(names(client.items(
                        "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Audio&SortBy=SortName&Limit=20"))));
    }

    @Test
    void theLimitCounts() {
        String song = id("Audio", "Iron Man");
        assertThat(names(client.items("/emby/Items/" + song + "/InstantMix?UserId={me}&Limit=5")))
                .containsExactly("Iron Man");
        String jazz = id("Audio", "So What");
        assertThat(client.items("/emby/Items/" + jazz + "/InstantMix?UserId={me}&Limit=3"))
                .hasSize(3);
        assertThat(client.items("/emby/Items/" + jazz + "/InstantMix?UserId={me}&Limit=0"))
                .isEmpty();
    }

    @Test
    void albumsAndPlaylistsAreLikeTheSongsInThem() {
        assertThat(names(client.items("/emby/Albums/" + id("MusicAlbum", "Red") + "/InstantMix?UserId={me}")))
                .containsExactly("Iron Man");
        assertThat(names(client.items("/emby/Playlists/" + id("Playlist", "Evening") + "/InstantMix?UserId={me}")))
                .containsExactly("Nardis");
    }

    @Test
    void aGenreIsAskedForByIdOrName() {
        String metal = id("MusicGenre", "Metal");
        assertThat(names(client.items("/emby/MusicGenres/InstantMix?UserId={me}&Id=" + metal)))
                .containsExactly("Iron Man");
        assertThat(names(client.items("/emby/MusicGenres/metal/InstantMix?UserId={me}")))
                .containsExactly("Iron Man");
        assertThat(client.get("/emby/MusicGenres/Polka/InstantMix?UserId={me}").status())
                .isEqualTo(404);
    }

    @Test
    void nobodyHearsOfAServerTheyMayNotSee() {
        TestClient kim = gateway.client().signedIn("kim", "pw");
        String song = id("Audio", "So What");
        for (int i = 0; i < 5; i++) {
            assertThat(names(kim.items("/emby/Items/" + song + "/InstantMix?UserId={me}&RandomSeed=" + i)))
                    .hasSize(200)
                    .doesNotContain("Giant Steps");
        }
        String hidden = id("Audio", "Giant Steps");
        assertThat(kim.get("/emby/Items/" + hidden + "/InstantMix?UserId={me}").status())
                .isEqualTo(404);
    }
}
