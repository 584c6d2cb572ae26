package org.embygateway.catalogue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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
        Set<Long> begun = new HashSet<>();
        Numbers.beginning(typed).forEach(season -> begun.add(TitleKeys.season(season)));
        RoaringBitmap exact = numbered(items, Set.of(TitleKeys.season(Integer.parseInt(typed))));
        exact.and(lens.snapshot().ofKind(ItemKind.SEASON));
        return new Numbered(exact, numbered(items, begun), false);
    }

    private Numbered episodes(RoaringBitmap items, String season, String typed) {
        if (season.isEmpty()) {
            return new Numbered(new RoaringBitmap(), new RoaringBitmap(), false);
        }
        int number = Integer.parseInt(season);
        if (typed.isEmpty()) {
            RoaringBitmap begun = numbered(items, Set.of(TitleKeys.season(number)));
            begun.and(lens.snapshot().ofKind(ItemKind.EPISODE));
            return new Numbered(new RoaringBitmap(), begun, false);
        }
        Set<Long> begun = new HashSet<>();
        Numbers.beginning(typed).forEach(episode -> begun.add(TitleKeys.episode(number, episode)));
        Set<Long> exact = Set.of(TitleKeys.episode(number, Integer.parseInt(typed)));
        return new Numbered(numbered(items, exact), numbered(items, begun), false);
    }

    /** Where servers number differently, the visible ones count. */
    private RoaringBitmap numbered(RoaringBitmap items, Set<Long> keys) {
        RoaringBitmap found = index.numbered(keys);
        found.and(items);
        RoaringBitmap own = RoaringBitmap.and(lens.partial(), index.renumbered());
        own.and(items);
        own.forEach((int id) -> {
            found.remove(id);
            TitleKeys.numbers(lens.row(id), key -> {
                if (keys.contains(key)) {
                    found.add(id);
                }
            });
        });
        return found;
    }
}
