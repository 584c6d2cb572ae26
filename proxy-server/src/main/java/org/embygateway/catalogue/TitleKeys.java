package org.embygateway.catalogue;

import java.util.List;
import java.util.function.LongConsumer;
import org.embygateway.catalogue.text.Pinyin;
import org.embygateway.catalogue.text.Spelling;
import org.embygateway.protocol.ItemKind;

/**
 * The short pieces of titles by which {@link TitleIndex} finds items. Up to {@link #exact} letters a piece says all about
 * a term; longer ones are found by the pieces in them and then compared.
 */
final class TitleKeys {
    /** Where in a title a piece is; what is typed for Chinese characters apart. */
    enum Place {
        INSIDE,
        WORD,
        START,
        FIRST_WORD,
        WHOLE,
        TYPED,
        TYPED_START,
        TYPED_WHOLE,
        TYPED_PAIR
    }

    private static final int LONGEST = 3;
    private static final long OTHER = 1L << 60;

    /** Items whose names differ between servers. */
    static final long DIFFERENT = 1L << 61;

    /** Items with a word in which Chinese or Japanese characters stand beside others. */
    static final long MIXED = DIFFERENT + 1;

    /** Seasons and episodes whose numbers differ between servers. */
    static final long RENUMBERED = DIFFERENT + 2;

    private static final long NUMBER = 1L << 62;
    private static final int LARGEST = 9999;

    private TitleKeys() {}

    /** Episodes by their season and number, seasons by their own. */
    static long season(int season) {
        return NUMBER | (long) season << 32;
    }

    static long episode(int season, int number) {
        return season(season) | number + 1;
    }

    /** Of all servers together, with a mark for what they do not agree on. */
    static void numbersOfAll(Row row, LongConsumer keys) {
        numbers(row, keys);
        boolean numbered = row.kind() == ItemKind.SEASON || row.kind() == ItemKind.EPISODE;
        if (numbered && row.parts().size() > 1 && numbersDiffer(row)) {
            keys.accept(RENUMBERED);
        }
    }

    private static boolean numbersDiffer(Row row) {
        return row.parts().stream()
                        .map(part -> List.of(
                                part.facts().parentNumber(), part.facts().number()))
                        .distinct()
                        .count()
                > 1;
    }

    static void numbers(Row row, LongConsumer keys) {
        if (row.kind() == ItemKind.SEASON && isTyped(row.facts().number())) {
            keys.accept(season(row.facts().number()));
        }
        if (row.kind() == ItemKind.EPISODE && isTyped(row.facts().parentNumber())) {
            keys.accept(season(row.facts().parentNumber()));
            if (isTyped(row.facts().number())) {
                keys.accept(episode(row.facts().parentNumber(), row.facts().number()));
            }
        }
    }

    private static boolean isTyped(int number) {
        return number >= 0 && number <= LARGEST;
    }

    /** @param name of the name itself, else of the other titles; of what is typed there is only one kind */
    static long of(Place place, boolean name, CharSequence piece) {
        return of(place, name, piece, 0, piece.length());
    }

    private static long of(Place place, boolean name, CharSequence piece, int from, int length) {
        long key = (name ? 0 : OTHER) | (long) place.ordinal() << 52 | (long) length << 48;
        for (int i = 0; i < length; i++) {
            key |= (long) piece.charAt(from + i) << 16 * i;
        }
        return key;
    }

    /** How long pieces of this text are at most: pairs of Chinese characters are rare enough, and many. */
    static int exact(CharSequence text) {
        return exact(text, 0, text.length());
    }

    private static int exact(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Spelling.isDense(text.charAt(i))) {
                return LONGEST - 1;
            }
        }
        return LONGEST;
    }

    static void each(Titles titles, LongConsumer keys) {
        each(titles.name(), true, keys);
        titles.others().forEach(other -> each(other, false, keys));
    }

    private static void each(String title, boolean name, LongConsumer keys) {
        boolean start = true;
        for (int i = 0; i < title.length(); i++) {
            if (title.charAt(i) == ' ') {
                start = true;
                continue;
            }
            boolean dense = Spelling.isDense(title.charAt(i));
            pieces(title, name, i, start && !dense, keys);
            start = dense;
        }
        beginning(title, name, keys);
        if (hasMixed(title)) {
            keys.accept(MIXED);
        }
        if (Pinyin.isTypedFor(title)) {
            typed(title, keys);
        }
    }

    private static boolean hasMixed(String title) {
        for (int i = 1; i < title.length(); i++) {
            char before = title.charAt(i - 1);
            char c = title.charAt(i);
            if (before != ' ' && c != ' ' && Spelling.isDense(before) != Spelling.isDense(c)) {
                return true;
            }
        }
        return false;
    }

    private static void pieces(String title, boolean name, int at, boolean word, LongConsumer keys) {
        for (int length = 1; length <= LONGEST && at + length <= title.length(); length++) {
            if (title.charAt(at + length - 1) == ' ' || length > exact(title, at, at + length)) {
                return;
            }
            keys.accept(of(Place.INSIDE, name, title, at, length));
            if (word) {
                keys.accept(of(Place.WORD, name, title, at, length));
            }
        }
    }

    private static void beginning(String title, boolean name, LongConsumer keys) {
        for (int length = 1; length <= title.length() && length <= exact(title, 0, length); length++) {
            keys.accept(of(Place.START, name, title, 0, length));
        }
        int space = title.indexOf(' ');
        int first = space < 0 ? title.length() : space;
        if (first > 0 && first <= exact(title, 0, first)) {
            keys.accept(of(Place.FIRST_WORD, name, title, 0, first));
        }
        if (!title.isEmpty() && title.length() <= exact(title)) {
            keys.accept(of(Place.WHOLE, name, title));
        }
    }

    private static void typed(String title, LongConsumer keys) {
        Pinyin.beginnings(title, (letters, first, whole) -> {
            keys.accept(of(Place.TYPED, true, letters));
            if (first) {
                keys.accept(of(Place.TYPED_START, true, letters));
            }
            if (first && whole) {
                keys.accept(of(Place.TYPED_WHOLE, true, letters));
            }
        });
        Pinyin.pairs(title, (one, next) -> keys.accept(of(Place.TYPED_PAIR, true, "" + one + next)));
    }
}
