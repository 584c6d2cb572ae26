package org.embygateway.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimLibrary;
import org.embygateway.protocol.sim.SimPerson;
import org.embygateway.protocol.sim.SimulatedEmby;

/**
 * Two servers whose ids start at the same number and whose libraries overlap, in Latin and in CJK.
 *
 * <pre>
 * left    Ronin, Heat 1080p, Heat 2160p, 流浪地球, 英雄 | Long Way S01-S03 (3 episodes each; S03 has E01-E05)
 * right   Casablanca, Heat 720p, 流浪地球2, 夜宴     | Long Way S03-S05 (3 episodes each; S03 has E04-E07)
 * both    the genre Action, with another number on each
 * </pre>
 */
final class Overlap implements AutoCloseable {
    private static final Instant ADDED = Instant.parse("2024-05-01T00:00:00Z");

    final SimulatedEmby left =
            SimulatedEmby.named("left").account("viewer", "secret-of-left").start();
    final SimulatedEmby right;

    private Overlap(SimulatedEmby.Builder right) {
        this.right = right.account("viewer", "secret-of-right").start();
        left();
        right();
    }

    static Overlap made() {
        return new Overlap(SimulatedEmby.named("right"));
    }

    /** The ids of the right server are so long that they cannot be anything else. */
    static Overlap withLongIdsOnTheRight() {
        return new Overlap(SimulatedEmby.named("right").idsFrom(7_770_001_600L));
    }

    GatewayUnderTest gateway(Path data) {
        return GatewayUnderTest.over(data, left, right);
    }

    private void left() {
        SimLibrary films = left.library("Films", "movies");
        film(films, "Ronin", 1998, 1).tmdb("8195");
        heat(films, 2).version("1080p", 50_000);
        heat(films, 3).version("2160p", 90_000);
        film(films, "流浪地球", 2019, 4);
        film(films, "英雄", 2002, 5);
        SimItem show = show(left.library("Shows", "tvshows"));
        season(show, 1, 1, 3);
        season(show, 2, 1, 3);
        season(show, 3, 1, 5);
    }

    private void right() {
        SimLibrary films = right.library("Movies", "movies");
        film(films, "Casablanca", 1942, 6, "Romance").tmdb("289");
        film(films, "夜宴", 2006, 7).people(SimPerson.director("Feng Xiaogang"));
        heat(films, 8).version("720p", 30_000);
        film(films, "流浪地球2", 2023, 9);
        SimItem show = show(right.library("Series", "tvshows"));
        season(show, 3, 4, 7);
        season(show, 4, 1, 3);
        season(show, 5, 1, 3);
    }

    private static SimItem heat(SimLibrary films, int day) {
        return film(films, "Heat", 1995, day)
                .tmdb("949")
                .imdb("tt0113277")
                .runtime(Duration.ofMinutes(170))
                .people(SimPerson.director("Michael Mann"));
    }

    private static SimItem film(SimLibrary films, String name, int year, int day, String... genres) {
        return films.movie(name)
                .year(year)
                .genres(Stream.concat(Stream.of(genres), Stream.of("Action")).toArray(String[]::new))
                .runtime(Duration.ofMinutes(100 + day))
                .created(ADDED.plus(Duration.ofDays(day)));
    }

    private static SimItem show(SimLibrary shows) {
        return shows.series("Long Way").year(2004).tvdb("79999").genres("Drama").created(ADDED);
    }

    private static void season(SimItem show, int number, int from, int to) {
        SimItem season = show.season(number).episodes(from, to).created(ADDED);
        season.children().forEach(episode -> episode.created(ADDED));
    }

    /** A film of one of the servers by its name; of several of one name the first. */
    static SimItem film(SimulatedEmby server, String name) {
        return server.items(ItemKind.MOVIE).stream()
                .filter(film -> film.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
