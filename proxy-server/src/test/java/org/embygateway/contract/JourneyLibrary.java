package org.embygateway.contract;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.sim.Content;
import org.embygateway.protocol.sim.Face;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimLibrary;
import org.embygateway.protocol.sim.SimPerson;
import org.embygateway.protocol.sim.SimVersion;
import org.embygateway.protocol.sim.SimulatedEmby;

/**
 * The titles of the journey on two servers of different versions. The film is on both in two qualities, of which only
 * the second fits a slow line; the foreign one is in a container that no TV plays.
 */
final class JourneyLibrary implements AutoCloseable {
    private static final long SLOW_LINE = 600_000;

    final SimulatedEmby left = server("left", Face.EMBY_4_8, 7_770_001_600L);
    final SimulatedEmby right = server("right", Face.EMBY_4_9, 8_880_001_600L);
    final SimItem filmLeft;
    final SimItem filmRight;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, Duration> lengths = new LinkedHashMap<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();

    /** One file of a simulated server, and what its subtitles say. */
    record Source(SimItem item, String subtitle) {
        Content file() {
            return item.content(0);
        }

        Content segment(int number) {
            return item.segment(0, number);
        }
    }

    JourneyLibrary() {
        SimLibrary films = left.library("Films", "movies");
        SimLibrary movies = right.library("Movies", "movies");
        filmLeft = film(films, "1080p", 3_000_001, "Left words");
        filmRight = film(movies, "480p", 1_000_003, "Right words").bitrate(SLOW_LINE);
        known("film", filmLeft, Duration.ofSeconds(180));
        filmRight.runtime(Duration.ofSeconds(180));
        sources.put("film:1", new Source(filmLeft, "Left words"));
        sources.put("film:2", new Source(filmRight, "Right words"));
        SimItem foreign = movies.movie("Far Away")
                .year(1999)
                .tmdb("110")
                .version("720p", 900_007)
                .encoded("rmvb", "rv40", "cook")
                .bitrate(SLOW_LINE);
        known("foreign", foreign, Duration.ofSeconds(180));
        sources.put("foreign:1", new Source(foreign, ""));
        films.movie("Another Film").year(2001).tmdb("111").genres("Drama").images("Primary", "Backdrop");
        shows();
        names.put("person", "Ida Lind");
        names.put("genre", "Adventure");
    }

    private static SimulatedEmby server(String name, Face face, long firstId) {
        return SimulatedEmby.named(name)
                .face(face)
                .idsFrom(firstId)
                .account("viewer", "secret-of-" + name)
                .start();
    }

    private static SimItem film(SimLibrary library, String quality, long size, String words) {
        return library.movie("Four Winds")
                .year(2010)
                .tmdb("101")
                .imdb("tt0000101")
                .genres("Adventure")
                .studio("North Light")
                .tags("sea")
                .overview("A ship, a storm.")
                .rating(7.5, "PG")
                .people(SimPerson.actor("Ida Lind", "Captain"), SimPerson.director("Otto Berg"))
                .images("Primary", "Backdrop", "Logo", "Thumb")
                .version(quality, size)
                .encoded("mp4", "h264", "aac")
                .subtitles(new SimVersion.Subtitle(
                        "eng", "English", true, "1\n00:00:01,000 --> 00:00:04,000\n" + words + "\n\n"));
    }

    private void shows() {
        SimItem one = series(left.library("Shows", "tvshows"));
        SimItem two = series(right.library("Series", "tvshows"));
        known("series", one, Duration.ZERO);
        names.put("season", "Season 1");
        SimItem first = episode(one, 1, "Harbour", Duration.ofSeconds(62));
        episode(two, 1, "Harbour", Duration.ofSeconds(62));
        known("episode1", first, Duration.ofSeconds(62));
        sources.put("episode1:1", new Source(first, ""));
        SimItem second = episode(two, 2, "Open Sea", Duration.ofSeconds(150));
        known("episode2", second, Duration.ofSeconds(150));
        sources.put("episode2:1", new Source(second, ""));
        int number = 3;
        for (String title : List.of("Doldrums", "Reef", "Mutiny", "Landfall")) {
            known(
                    "episode" + number,
                    episode(number % 2 == 0 ? one : two, number, title, Duration.ofSeconds(150)),
                    Duration.ofSeconds(150));
            number++;
        }
    }

    private static SimItem series(SimLibrary library) {
        return library.series("Trade Wind")
                .year(2015)
                .tvdb("7001")
                .genres("Adventure")
                .people(SimPerson.actor("Ida Lind", "Pilot"))
                .status("Ended")
                .images("Primary", "Backdrop", "Logo");
    }

    private static SimItem episode(SimItem series, int number, String title, Duration length) {
        return series.season(1)
                .episode(number, title)
                .overview("Part " + number)
                .version(
                        "1080p",
                        400_000
                                + number * 1_000L
                                + series.name().length()
                                + series.id().charAt(0))
                .runtime(length);
    }

    private void known(String placeholder, SimItem item, Duration length) {
        names.put(placeholder, item.name());
        lengths.put(placeholder, length);
        item.runtime(length);
    }

    /** The placeholder that stands for the item of that name. */
    Optional<String> placeholderOf(String name) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The number of the source of that item, {@code film:2}, by the size of its file. */
    Optional<String> sourceOfSize(long size) {
        return sources.entrySet().stream()
                .filter(entry -> entry.getValue().file().size() == size)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** @param name such as {@code film:2} */
    Source source(String name) {
        return Optional.ofNullable(sources.get(name)).orElseThrow(() -> new AssertionError("no source " + name));
    }

    /** The run time of the item that a placeholder stands for. */
    Duration length(String placeholder) {
        return Optional.ofNullable(lengths.get(placeholder))
                .orElseThrow(() -> new AssertionError("no item " + placeholder));
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
