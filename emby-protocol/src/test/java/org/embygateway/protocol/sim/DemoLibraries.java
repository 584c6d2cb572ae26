package org.embygateway.protocol.sim;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The libraries of the demo: some titles on one server, some on the other, some on both in other qualities. */
final class DemoLibraries {
    private static final Duration LENGTH = Duration.ofSeconds(180);
    private static final int SEED = 20;

    private final Optional<Clips> clips;

    private DemoLibraries(Optional<Clips> clips) {
        this.clips = clips;
    }

    /** A film by its name, year and ids. */
    private record Film(String name, int year, String tmdb, String imdb, String genre, String director) {}

    private static final Film[] FILMS = {
        new Film("Metropolis", 1927, "19", "tt0017136", "Science Fiction", "Fritz Lang"),
        new Film("Nosferatu", 1922, "653", "tt0013442", "Horror", "F. W. Murnau"),
        new Film("The General", 1926, "961", "tt0017925", "Comedy", "Buster Keaton"),
        new Film("Sherlock Jr.", 1924, "992", "tt0015324", "Comedy", "Buster Keaton"),
        new Film("The Cabinet of Dr. Caligari", 1920, "234", "tt0010323", "Horror", "Robert Wiene"),
        new Film("Battleship Potemkin", 1925, "643", "tt0015648", "Drama", "Sergei Eisenstein"),
        new Film("Safety Last!", 1923, "22596", "tt0014429", "Comedy", "Fred C. Newmeyer"),
        new Film("A Trip to the Moon", 1902, "775", "tt0000417", "Science Fiction", "Georges Méliès"),
    };

    /** Of the eight films the first six are on alpha and the last five on beta: three on both. */
    static void fill(SimulatedEmby alpha, SimulatedEmby beta, Optional<Clips> clips, int movies, int series) {
        DemoLibraries demo = new DemoLibraries(clips);
        SimLibrary alphaMovies = alpha.library("Movies", "movies");
        SimLibrary betaMovies = beta.library("Films", "movies");
        for (int i = 0; i < FILMS.length; i++) {
            if (i < 6) {
                demo.add(alphaMovies, FILMS[i], "1080p");
            }
            if (i >= 3) {
                demo.add(betaMovies, FILMS[i], "720p");
            }
        }
        demo.shows(alpha.library("TV Shows", "tvshows"), 1, 2);
        demo.shows(beta.library("Series", "tvshows"), 2, 3);
        GeneratedLibrary made = GeneratedLibrary.seeded(SEED);
        made.movies(alphaMovies, 0, movies).movies(betaMovies, movies / 2, movies);
        made.series(alpha.library("TV Shows", "tvshows"), 0, series);
        made.series(beta.library("Series", "tvshows"), series / 2, series);
    }

    private void add(SimLibrary library, Film film, String quality) {
        SimItem item = library.movie(film.name)
                .year(film.year)
                .tmdb(film.tmdb)
                .imdb(film.imdb)
                .genres(film.genre)
                .people(SimPerson.director(film.director))
                .overview("A demo title. What plays is a test card.")
                .rating(7.9, "NR")
                .images("Primary", "Backdrop");
        play(item, film.name, quality);
    }

    private void play(SimItem item, String name, String quality) {
        String file = name.replaceAll("\\W+", "-").toLowerCase(Locale.ROOT);
        clips.ifPresent(c -> c.clip(file, LENGTH).as(item, quality));
    }

    private void shows(SimLibrary library, int firstSeason, int lastSeason) {
        SimItem series = library.series("The Test Card")
                .year(1967)
                .tvdb("70327")
                .genres("Documentary")
                .status("Ended")
                .images("Primary", "Backdrop");
        for (int season = firstSeason; season <= lastSeason; season++) {
            for (int number = 1; number <= 3; number++) {
                SimItem episode = series.season(season).episode(number, "Part " + number);
                play(episode, "test-card-" + number, "720p");
            }
        }
    }
}
