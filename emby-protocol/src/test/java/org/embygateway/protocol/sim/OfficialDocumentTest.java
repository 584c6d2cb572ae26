package org.embygateway.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.check.OpenApiCheck;
import org.junit.jupiter.api.Test;

/** A simulated server answers as the official document says. */
final class OfficialDocumentTest {
    private static final String FIELDS = "Overview,Genres,People,Studios,MediaSources,MediaStreams,ProviderIds,Path,"
            + "DateCreated,SortName,ChildCount,RecursiveItemCount,ParentId,Tags,Etag,PrimaryImageAspectRatio";

    @Test
    void answersAreAsTheOfficialDocumentDescribesThem() {
        OpenApiCheck document = OpenApiCheck.orSkip();
        try (SimulatedEmby emby =
                SimulatedEmby.named("Alpha").account("anna", "secret").start()) {
            SimItem film = emby.library("Movies", "movies")
                    .movie("Heat")
                    .year(1995)
                    .tmdb("949")
                    .genres("Action")
                    .studio("Regency")
                    .people(SimPerson.actor("Al Pacino", "Hanna"));
            SimItem series = emby.library("Shows", "tvshows").series("Long Way").year(2004);
            SimItem episode = series.season(1).episodes(1, 3).children().getFirst();
            emby.collection("Crime", film);
            SimItem album = emby.library("Music", "music")
                    .item(ItemKind.MUSIC_ALBUM, "Kind of Blue")
                    .albumArtists("Miles Davis")
                    .genres("Jazz");
            SimItem song = album.song(1, "So What").artists("Miles Davis", "Bill Evans");
            List<String> wrong = new ArrayList<>();
            try (SimClient client = new SimClient(emby.url(), "device-1").signIn("anna", "secret")) {
                Map<String, String> paths = paths(film, series, episode);
                Map<String, String> music = music(album, song);
                Stream.concat(paths.entrySet().stream(), music.entrySet().stream())
                        .forEach(entry -> {
                            String template = entry.getKey();
                            String path = entry.getValue();
                            HttpResponse<byte[]> answer = client.get(path);
                            assertThat(answer.statusCode()).as(path).isEqualTo(200);
                            document.check("GET", template, 200, SimClient.json(answer))
                                    .faults()
                                    .forEach(fault -> wrong.add(path + ": " + fault));
                        });
            }
            assertThat(wrong).isEmpty();
        }
    }

    private static Map<String, String> music(SimItem album, SimItem song) {
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("/Artists", "/Artists?UserId={me}&Fields=" + FIELDS);
        paths.put("/Artists/AlbumArtists", "/Artists/AlbumArtists?UserId={me}");
        paths.put("/Artists/{Name}", "/Artists/miles%20davis?UserId={me}");
        paths.put("/MusicGenres", "/MusicGenres?UserId={me}");
        paths.put(
                "/Users/{UserId}/Items",
                "/Users/{me}/Items?ParentId=" + album.id() + "&ArtistIds="
                        + album.catalog
                                .byName(ItemKind.MUSIC_ARTIST, "Bill Evans")
                                .id() + "&Fields=" + FIELDS);
        paths.put("/Items/{Id}/PlaybackInfo", "/Items/" + song.id() + "/PlaybackInfo?UserId={me}");
        return paths;
    }

    private static Map<String, String> paths(SimItem film, SimItem series, SimItem episode) {
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("/System/Info", "/System/Info");
        paths.put("/System/Info/Public", "/System/Info/Public");
        paths.put("/Users/Public", "/Users/Public");
        paths.put("/Users/{Id}", "/Users/{me}");
        paths.put("/Users/{UserId}/Views", "/Users/{me}/Views");
        paths.put("/Users/{UserId}/Items", "/Users/{me}/Items?Recursive=true&Fields=" + FIELDS);
        paths.put("/Users/{UserId}/Items/{Id}", "/Users/{me}/Items/" + film.id());
        paths.put("/Items", "/Items?UserId={me}&Ids=" + film.id() + "," + episode.id() + "&Fields=" + FIELDS);
        paths.put("/Users/{UserId}/Items/Latest", "/Users/{me}/Items/Latest");
        paths.put("/Users/{UserId}/Items/Resume", "/Users/{me}/Items/Resume");
        paths.put("/Items/Counts", "/Items/Counts?UserId={me}");
        paths.put("/Shows/NextUp", "/Shows/NextUp?UserId={me}");
        paths.put("/Shows/{Id}/Seasons", "/Shows/" + series.id() + "/Seasons?UserId={me}");
        paths.put("/Shows/{Id}/Episodes", "/Shows/" + series.id() + "/Episodes?UserId={me}");
        paths.put("/Items/{Id}/Similar", "/Items/" + film.id() + "/Similar?UserId={me}");
        paths.put("/Items/{Id}/PlaybackInfo", "/Items/" + film.id() + "/PlaybackInfo?UserId={me}");
        paths.put("/Genres", "/Genres?UserId={me}");
        paths.put("/Persons", "/Persons?UserId={me}");
        paths.put("/Studios", "/Studios?UserId={me}");
        paths.put("/Sessions", "/Sessions");
        paths.put("/DisplayPreferences/{Id}", "/DisplayPreferences/usersettings?UserId={me}&Client=emby");
        return paths;
    }
}
