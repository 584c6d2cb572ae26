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
    private static final Pattern NUMBERED = Pattern.compile(
            "(?<series>.+) (?:s(?<season>\\d{0,4})(?: ?(?<by>e)(?<episode>\\d{0,4}))?|(?<season2>\\d{1,4})(?<by2>x)(?<episode2>\\d{0,4}))");

    /** Those that fit best; nobody looks for the first season of everything called "the". */
    private static final int MOST_SERIES = 500;

    private final Lens lens;

    EpisodeNumber(Lens lens) {
        this.lens = lens;
    }

    /** Visible items: those with these numbers, and those whose numbers only begin with them. */
    record Numbered(RoaringBitmap exact, RoaringBitmap begun) {}

    Optional<Numbered> find(Term term) {
        Matcher matcher = NUMBERED.matcher(term.text());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean bySeason = matcher.group("by2") == null;
        String season = matcher.group(bySeason ? "season" : "season2");
        String episode = matcher.group(bySeason ? "by" : "by2") == null
                ? null
                : matcher.group(bySeason ? "episode" : "episode2");
        Numbered numbered = new Numbered(new RoaringBitmap(), new RoaringBitmap());
        for (int series : series(matcher.group("series"))) {
            if (episode == null) {
                season(series, season, numbered);
            } else {
                episodes(series, season, episode, numbered);
            }
        }
        return Optional.of(numbered);
    }

    private int[] series(String name) {
        RoaringBitmap all = lens.snapshot().ofKind(ItemKind.SERIES);
        return lens.finder().find(name).ranks().stream()
                .flatMapToInt(rank -> RoaringBitmap.and(rank, all).stream())
                .limit(MOST_SERIES)
                .toArray();
    }

    private void season(int series, String typed, Numbered numbered) {
        lens.visibleOf(Keys.SEASONS_OF_SERIES.of(series)).forEach((int id) -> {
            int number = lens.row(id).facts().number();
            add(id, is(number, typed), begins(number, typed), numbered);
        });
        lens.visibleOf(Keys.EPISODES_OF_SERIES.of(series))
                .forEach((int id) -> add(id, false, begins(lens.row(id).facts().parentNumber(), typed), numbered));
    }

    private void episodes(int series, String season, String typed, Numbered numbered) {
        lens.visibleOf(Keys.EPISODES_OF_SERIES.of(series)).forEach((int id) -> {
            Facts facts = lens.row(id).facts();
            if (is(facts.parentNumber(), season)) {
                add(id, is(facts.number(), typed), begins(facts.number(), typed), numbered);
            }
        });
    }

    private static void add(int id, boolean exact, boolean begun, Numbered numbered) {
        if (exact) {
            numbered.exact.add(id);
        } else if (begun) {
            numbered.begun.add(id);
        }
    }

    private static boolean is(int number, String typed) {
        return !typed.isEmpty() && Integer.parseInt(typed) == number;
    }

    /** Zeros in front may be typed or not. */
    private static boolean begins(int number, String typed) {
        if (number < 0) {
            return false;
        }
        String bare = typed.replaceFirst("^0+", "");
        return bare.isEmpty()
                ? typed.isEmpty() || number < 10
                : Integer.toString(number).startsWith(bare);
    }
}
