package org.embygateway.protocol.sim;

import java.time.Duration;
import java.time.Instant;

/**
 * Fills libraries with made-up films and series. Title {@code n} of a seed is the same on every server, with the same
 * provider ids, so that ranges that overlap give servers that share titles.
 */
public final class GeneratedLibrary {
    private static final Instant FIRST_ADDED = Instant.parse("2020-01-01T00:00:00Z");

    private final long seed;

    private GeneratedLibrary(long seed) {
        this.seed = seed;
    }

    public static GeneratedLibrary seeded(long seed) {
        return new GeneratedLibrary(seed);
    }

    /** Adds the films with numbers from {@code first} on. */
    public GeneratedLibrary movies(SimLibrary library, int first, int count) {
        for (int number = first; number < first + count; number++) {
            movie(library, number);
        }
        return this;
    }

    private void movie(SimLibrary library, int number) {
        Titles titles = new Titles(seed, number);
        SimItem movie = library.movie(titles.title(number));
        movie.year(titles.year()).genres(titles.genres().toArray(String[]::new));
        movie.rating(titles.rating(), "PG-13").overview("Film number " + number + " of its seed.");
        movie.tmdb(Integer.toString(100_000 + number)).imdb("tt%07d".formatted(1_000_000 + number));
        movie.people(SimPerson.director(titles.person()), SimPerson.actor(titles.person(), "Lead"));
        movie.runtime(Duration.ofMinutes(titles.between(75, 180)));
        movie.created(FIRST_ADDED.plusSeconds(number * 3_600L + titles.between(0, 3_000)));
    }

    /** Adds the series with numbers from {@code first} on, each with two seasons of six episodes. */
    public GeneratedLibrary series(SimLibrary library, int first, int count) {
        return series(library, first, count, 2, 6);
    }

    public GeneratedLibrary series(SimLibrary library, int first, int count, int seasons, int episodes) {
        for (int number = first; number < first + count; number++) {
            Titles titles = new Titles(seed, -1L - number);
            SimItem series = library.series(titles.title(number));
            series.year(titles.year())
                    .genres(titles.genres().toArray(String[]::new))
                    .status("Ended");
            series.tvdb(Integer.toString(300_000 + number)).rating(titles.rating(), "TV-14");
            series.created(FIRST_ADDED.plusSeconds(number * 7_200L));
            for (int season = 1; season <= seasons; season++) {
                series.season(season).episodes(1, episodes);
            }
        }
        return this;
    }
}
