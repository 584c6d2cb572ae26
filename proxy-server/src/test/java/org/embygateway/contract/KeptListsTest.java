package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that people make are the gateway's: they need no server and outlive a restart. */
class KeptListsTest {
    @TempDir
    Path data;

    @Test
    void listsWorkWhileEveryServerIsDownAndAfterARestart() {
        try (SimulatedEmby server =
                Servers.named("Left").idsFrom(Servers.LONG_IDS).start()) {
            List.of("Alien", "Heat", "Ronin")
                    .forEach(film -> server.library("Films", "movies").movie(film));
            try (GatewayUnderTest gateway =
                    GatewayUnderTest.over(data, server).start().indexed()) {
                TestClient before = gateway.admin();
                List<String> films =
                        before
                                .items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SortBy=SortName")
                                .stream()
                                .map(item -> item.path("Id").asText())
                                .toList();
                String list = before.post("/emby/Playlists?Name=Kept&Ids=" + films.get(0) + "," + films.get(1), "")
                        .ok()
                        .path("Id")
                        .asText();
                server.down();
                gateway.restart();
                TestClient client = gateway.again(before);
                assertThat(names(client, "/emby/Playlists/" + list + "/Items")).containsExactly("Alien", "Heat");
                assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Playlist"))
                        .containsExactly("Kept");
                edit(client, list, films.get(2));
                server.up();
            }
        }
    }

    private static void edit(TestClient client, String list, String ronin) {
        String items = "/emby/Playlists/" + list + "/Items";
        String first = client.items(items).getFirst().path("PlaylistItemId").asText();
        client.post(items + "?Ids=" + ronin, "").ok();
        assertThat(client.delete(items + "?EntryIds=" + first).status()).isEqualTo(204);
        assertThat(names(client, items)).containsExactly("Heat", "Ronin");
        client.post("/emby/Users/{me}/FavoriteItems/" + list, "").ok();
        assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&IsFavorite=true"))
                .containsExactly("Kept");
        assertThat(client.post("/emby/Items/" + list + "/Delete", "").status()).isEqualTo(204);
        assertThat(names(client, "/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Playlist"))
                .isEmpty();
    }

    private static List<String> names(TestClient client, String path) {
        return client.items(path).stream()
                .map(item -> item.path("Name").asText())
                .toList();
    }
}
