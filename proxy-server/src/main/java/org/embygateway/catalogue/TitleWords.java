package org.embygateway.catalogue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.IntStream;
import org.embygateway.catalogue.text.Spelling;
import org.roaringbitmap.RoaringBitmap;

/**
 * The longer words of titles, and the items that have them; immutable. A word is found by any part of it, so that no
 * title need be looked at, however many hold that part. Chinese and Japanese, which write no spaces, have none.
 */
final class TitleWords {
    /** Where in a title a word is; an item is known by the first of these that is true. */
    enum At {
        WHOLE,
        START,
        LATER;

        private static final At[] ALL = values();
    }

    private static final int GRAM = 3;

    private final Vocabulary words;
    /** So many of the words can be found by their parts. */
    private final int registered;
    /** Numbers of words by three letters in them. */
    private final Table parts;

    private final Table items;

    private TitleWords(Vocabulary words, int registered, Table parts, Table items) {
        this.words = words;
        this.registered = registered;
        this.parts = parts;
        this.items = items;
    }

    static TitleWords empty() {
        return new TitleWords(new Vocabulary(), 0, Table.EMPTY, Table.EMPTY);
    }

    /** Whether what is typed can only be in words that are known here, or in some that are mixed. */
    static boolean knows(String word) {
        return word.length() > GRAM && !isDense(word);
    }

    private static boolean isDense(String word) {
        return word.chars().anyMatch(c -> Spelling.isDense((char) c));
    }

    /** Every word that has this part, for which {@link #knows} holds. */
    int[] holding(String part) {
        RoaringBitmap common = parts.get(gram(part, 0)).clone();
        for (int i = 1; i + GRAM <= part.length() && !common.isEmpty(); i++) {
            common.and(parts.get(gram(part, i)));
        }
        return common.stream().filter(word -> text(word).contains(part)).toArray();
    }

    String text(int word) {
        return words.text(word);
    }

    /** Adds the items that have a word at a place of their name, or of another title, to a set. */
    void addTo(Gathered all, int word, At at, boolean name) {
        items.addTo(all, key(word, at, name));
    }

    /** Adds those that have it anywhere. */
    void addTo(Gathered all, int word, boolean name) {
        for (At at : At.ALL) {
            addTo(all, word, at, name);
        }
    }

    private static long gram(String text, int from) {
        long gram = 0;
        for (int i = 0; i < GRAM; i++) {
            gram |= (long) text.charAt(from + i) << 16 * i;
        }
        return gram;
    }

    private static long key(int word, At at, boolean name) {
        return (long) (at.ordinal() * 2 + (name ? 0 : 1)) << 32 | word;
    }

    void write(DataOutput out) throws IOException {
        words.write(registered, out);
        parts.write(out);
        items.write(out);
    }

    /** @param most no number that is read may be larger */
    static TitleWords read(DataInput in, long most) throws IOException {
        Vocabulary words = Vocabulary.read(in, most);
        return new TitleWords(words, words.size(), Table.read(in, most), Table.read(in, most));
    }

    Edit edit() {
        return new Edit();
    }

    private interface Place {
        void at(String word, At at);
    }

    /** The words of a title that are long enough. */
    private static void each(String title, Place place) {
        int start = 0;
        while (start < title.length()) {
            int space = title.indexOf(' ', start);
            int end = space < 0 ? title.length() : space;
            String word = end - start > GRAM ? title.substring(start, end) : "";
            if (knows(word)) {
                place.at(word, start > 0 ? At.LATER : end == title.length() ? At.WHOLE : At.START);
            }
            start = end + 1;
        }
    }

    /** Changes under way; used by one thread. */
    final class Edit {
        private final Table.Edit partEdit = parts.edit();
        private final Table.Edit itemEdit = items.edit();
        private int known = registered;

        void add(int id, Titles titles) {
            each(titles.name(), (word, at) -> itemEdit.add(key(number(word), at, true), id));
            titles.others().forEach(other -> each(other, (word, at) -> itemEdit.add(key(number(word), at, false), id)));
        }

        void remove(int id, Titles titles) {
            each(titles.name(), (word, at) -> itemEdit.remove(key(number(word), at, true), id));
            titles.others()
                    .forEach(other -> each(other, (word, at) -> itemEdit.remove(key(number(word), at, false), id)));
        }

        private int number(String text) {
            int number = words.of(text);
            for (; known <= number; known++) {
                int word = known;
                String letters = words.text(word);
                IntStream.rangeClosed(0, letters.length() - GRAM)
                        .forEach(from -> partEdit.add(gram(letters, from), word));
            }
            return number;
        }

        TitleWords done() {
            return new TitleWords(words, known, partEdit.done(), itemEdit.done());
        }
    }
}
