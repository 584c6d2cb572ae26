package org.embygateway.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
 * both    the genre Action, the collection Crime (left: Heat, Ronin; right: Heat, Casablanca)
 * </pre>
 */
final class Overlap implements AutoCloseable {
    final SimulatedEmby left =
            SimulatedEmby.named("left").account("viewer", "secret-of-left").start();
    final SimulatedEmby right =
            SimulatedEmby.named("right").account("viewer", "secret-of-right").start();

    private Overlap() {
        left();
        right();
    }

    static Overlap made() {
        return new Overlap();
    }

    GatewayUnderTest gateway(Path data) {
        return GatewayUnderTest.over(data, left, right);
    }

    private void left() {
        SimLibrary films = left.library("Films", "movies");
        SimItem ronin = film(films, "Ronin", 1998, 1).tmdb("8195");
        SimItem heat = heat(films, 2).version("1080p", 50_000);
        heat(films, 3).version("2160p", 90_000);
        film(films, "流浪地球", 2019, 4);
        film(films, "英雄", 2002, 5);
        SimItem show = show(left.library("Shows", "tvshows"));
        show.season(1).episodes(1, 3);
        show.season(2).episodes(1, 3);
        show.season(3).episodes(1, 5);
        left.collection("Crime", heat, ronin).tmdb("77");
    }

    private void right() {
        SimLibrary films = right.library("Movies", "movies");
        SimItem casablanca = film(films, "Casablanca", 1942, 6).tmdb("289");
        film(films, "夜宴", 2006, 7);
        SimItem heat = heat(films, 8).version("720p", 30_000);
        film(films, "流浪地球2", 2023, 9);
        SimItem show = show(right.library("Series", "tvshows"));
        show.season(3).episodes(4, 7);
        show.season(4).episodes(1, 3);
        show.season(5).episodes(1, 3);
        right.collection("Crime", heat, casablanca).tmdb("77");
    }

    private static SimItem heat(SimLibrary films, int day) {
        return film(films, "Heat", 1995, day)
                .tmdb("949")
                .imdb("tt0113277")
                .runtime(Duration.ofMinutes(170))
                .people(SimPerson.director("Michael Mann"));
    }

    private static SimItem film(SimLibrary films, String name, int year, int day) {
        return films.movie(name)
                .year(year)
                .genres("Action")
                .runtime(Duration.ofMinutes(100 + day))
                .created(Instant.parse("2024-05-01T00:00:00Z").plus(Duration.ofDays(day)));
    }

    private static SimItem show(SimLibrary shows) {
        return shows.series("Long Way").year(2004).tvdb("79999").genres("Drama");
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
