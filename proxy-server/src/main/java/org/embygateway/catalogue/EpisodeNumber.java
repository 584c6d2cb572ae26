package org.embygateway.catalogue;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/**
 * Searches for seasons and episodes by the name of their series and their numbers: {@code foxtrot s1}, {@code foxtrot
 * s01e03}, {@code foxtrot 1x03}; what is typed of a number so far finds all that begin with it.
 */
final class EpisodeNumber {
    private static final Pattern NUMBERED =
            Pattern.compile("(.+) (?:s(?<s>\\d{0,4})(?: ?e(?<e>\\d{0,4}))?|(?<s2>\\d{1,4})x(?<e2>\\d{0,4}))");

    /** Those that fit best; nobody looks for the first season of everything called "the". */
    private static final int MOST_SERIES = 500;

    private final Lens lens;
    private final TitleIndex index;

    EpisodeNumber(Lens lens) {
        this.lens = lens;
        this.index = lens.snapshot().titles();
    }

    /**
     * Visible items.
     *
     * @param exact those with these numbers
     * @param begun those whose numbers only begin with them
     * @param isVague whether no number is typed yet
     */
    record Numbered(RoaringBitmap exact, RoaringBitmap begun, boolean isVague) {
        Found.Part found() {
            Found.Sets sets = new Found.Sets(exact);
            sets.addLooked(Term.WHOLE, exact);
            sets.addLooked(isVague ? Term.OTHER_WORDS : Term.FIRST_WORDS, begun);
            return sets.done();
        }
    }

    Optional<Numbered> find(Term term) {
        Matcher matcher = NUMBERED.matcher(term.text());
        if (!matcher.matches() || NUMBERED.matcher(matcher.group(1)).matches()) {
            return Optional.empty();
        }
        RoaringBitmap items = new RoaringBitmap();
        series(matcher.group(1))
                .forEach((int series) -> lens.snapshot().postings().addTo(items, Keys.OF_SERIES.of(series)));
        items.and(lens.visible());
        String season = Optional.ofNullable(matcher.group("s")).orElseGet(() -> matcher.group("s2"));
        Optional<String> episode =
                Optional.ofNullable(matcher.group("e")).or(() -> Optional.ofNullable(matcher.group("e2")));
        return Optional.of(episode.isPresent() ? episodes(items, season, episode.get()) : season(items, season));
    }

    private RoaringBitmap series(String name) {
        RoaringBitmap best = new RoaringBitmap();
        lens.finder().find(name).each(lens.snapshot().ofKind(ItemKind.SERIES), (rank, series) -> {
            best.or(series.limit(MOST_SERIES - best.getCardinality()));
            return best.getCardinality() < MOST_SERIES;
        });
        return best;
    }

    private Numbered season(RoaringBitmap items, String typed) {
        if (typed.isEmpty()) {
            return new Numbered(new RoaringBitmap(), items, true);
        }
        RoaringBitmap begun = new RoaringBitmap();
        Numbers.beginning(typed).forEach(season -> index.addSeason(begun, season));
        RoaringBitmap exact = new RoaringBitmap();
        index.addSeason(exact, Integer.parseInt(typed));
        exact.and(lens.snapshot().ofKind(ItemKind.SEASON));
        return numbered(items, exact, begun);
    }

    private Numbered episodes(RoaringBitmap items, String season, String typed) {
        RoaringBitmap begun = new RoaringBitmap();
        RoaringBitmap exact = new RoaringBitmap();
        if (season.isEmpty()) {
            return numbered(items, exact, begun);
        }
        int number = Integer.parseInt(season);
        if (typed.isEmpty()) {
            index.addSeason(begun, number);
            begun.and(lens.snapshot().ofKind(ItemKind.EPISODE));
        } else {
            Numbers.beginning(typed).forEach(episode -> index.addEpisodes(begun, number, episode));
            index.addEpisodes(exact, number, Integer.parseInt(typed));
        }
        return numbered(items, exact, begun);
    }

    private static Numbered numbered(RoaringBitmap items, RoaringBitmap exact, RoaringBitmap begun) {
        exact.and(items);
        begun.and(items);
        return new Numbered(exact, begun, false);
    }
}
