package org.embygateway.catalogue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.embygateway.catalogue.TitleKeys.Place;
import org.embygateway.catalogue.text.Spelling;
import org.roaringbitmap.RoaringBitmap;

/** Items by the pieces of all their titles, whoever may see them; immutable. */
final class TitleIndex {
    private final Table pieces;
    private final TitleWords words;
    private final TitleTexts texts;

    private TitleIndex(Table pieces, TitleWords words, TitleTexts texts) {
        this.pieces = pieces;
        this.words = words;
        this.texts = texts;
    }

    static TitleIndex empty() {
        return new TitleIndex(Table.EMPTY, TitleWords.empty(), TitleTexts.EMPTY);
    }

    TitleWords words() {
        return words;
    }

    /** All that an item is found by, whoever may see it. */
    Titles titles(int id) {
        return texts.get(id);
    }

    /** Not to be changed by the caller. */
    RoaringBitmap get(Place place, boolean name, String piece) {
        return pieces.get(TitleKeys.of(place, name, piece));
    }

    /** How the titles fit a word of ASCII letters, or {@link TitleTexts#UNKNOWN}. */
    int rank(int id, byte[] word) {
        return texts.rank(id, word);
    }

    /** Items whose names differ between servers. Not to be changed by the caller. */
    RoaringBitmap different() {
        return pieces.get(TitleKeys.DIFFERENT);
    }

    /** Items with a word in which Chinese or Japanese characters stand beside others. Not to be changed by the caller. */
    RoaringBitmap mixed() {
        return pieces.get(TitleKeys.MIXED);
    }

    /** Seasons and episodes whose numbers differ between servers. Not to be changed by the caller. */
    RoaringBitmap renumbered() {
        return pieces.get(TitleKeys.RENUMBERED);
    }

    /** The items with one of these numbers, see {@link TitleKeys#season}, whoever may see them. */
    RoaringBitmap numbered(Set<Long> keys) {
        RoaringBitmap all = new RoaringBitmap();
        keys.forEach(key -> pieces.addTo(all, key));
        return all;
    }

    /** Items that may have the text in a title at this place; exact for texts no longer than {@link TitleKeys#exact}. */
    RoaringBitmap holding(String text, Place place, boolean name) {
        int length = Math.min(text.length(), TitleKeys.exact(text));
        List<Long> keys = new ArrayList<>();
        keys.add(TitleKeys.of(place, name, text.substring(0, length)));
        for (int i = 1; i + length <= text.length(); i++) {
            keys.add(TitleKeys.of(Place.INSIDE, name, text.substring(i, i + length)));
        }
        return common(keys);
    }

    /** Items that may have a title for which these Latin letters are typed; exact for at most three. */
    RoaringBitmap typed(String letters) {
        List<Long> keys = new ArrayList<>();
        keys.add(TitleKeys.of(Place.TYPED, true, letters.substring(0, Math.min(3, letters.length()))));
        for (int i = 1; letters.length() > 3 && i + 1 < letters.length(); i++) {
            keys.add(TitleKeys.of(Place.TYPED_PAIR, true, letters.substring(i, i + 2)));
        }
        return common(keys);
    }

    /** Takes those out of a set for which the letters among these cannot be typed, if some characters are chosen already. */
    void keepTypedBeside(String mixed, RoaringBitmap items) {
        int first = 0;
        while (first < Math.min(3, mixed.length()) && !Spelling.isDense(mixed.charAt(first))) {
            first++;
        }
        if (first > 0) {
            items.and(pieces.get(TitleKeys.of(Place.TYPED, true, mixed.substring(0, first))));
        }
        for (int i = 0; i + 1 < mixed.length() && !items.isEmpty(); i++) {
            if (!Spelling.isDense(mixed.charAt(i)) && !Spelling.isDense(mixed.charAt(i + 1))) {
                items.and(pieces.get(TitleKeys.of(Place.TYPED_PAIR, true, mixed.substring(i, i + 2))));
            }
        }
    }

    private RoaringBitmap common(List<Long> keys) {
        keys.sort(Comparator.comparingInt(pieces::cardinality));
        RoaringBitmap common = pieces.get(keys.getFirst()).clone();
        for (int i = 1; i < keys.size() && !common.isEmpty(); i++) {
            common.and(pieces.get(keys.get(i)));
        }
        return common;
    }

    /** Items that may have this name, and more. The name is folded and not empty. */
    RoaringBitmap candidates(String name) {
        String spelled = Spelling.of(name);
        RoaringBitmap either = holding(first(spelled), Place.INSIDE, true);
        either.or(holding(first(spelled), Place.INSIDE, false));
        return either;
    }

    private static String first(String name) {
        int space = name.indexOf(' ');
        return space < 0 ? name : name.substring(0, space);
    }

    void write(DataOutput out) throws IOException {
        pieces.write(out);
        words.write(out);
        texts.write(out);
    }

    /** @param most no number that is read may be larger */
    static TitleIndex read(DataInput in, long most) throws IOException {
        return new TitleIndex(Table.read(in, most), TitleWords.read(in, most), TitleTexts.read(in, most));
    }

    Edit edit() {
        return new Edit();
    }

    /** Changes under way. */
    final class Edit {
        private final Table.Edit edit = pieces.edit();
        private final TitleWords.Edit wordEdit = words.edit();
        private final TitleTexts.Edit textEdit = texts.edit();

        void add(Row row) {
            add(row.id(), Titles.of(row, upstream -> true));
            each(row, key -> edit.add(key, row.id()));
        }

        void add(int id, Titles titles) {
            textEdit.put(id, titles);
            wordEdit.add(id, titles);
            TitleKeys.each(titles, key -> edit.add(key, id));
        }

        void remove(Row row) {
            remove(row.id(), Titles.of(row, upstream -> true));
            each(row, key -> edit.remove(key, row.id()));
        }

        /** What is the same of both is left alone. */
        void change(Row old, Row row) {
            Titles before = Titles.of(old, upstream -> true);
            Titles now = Titles.of(row, upstream -> true);
            if (!before.equals(now)) {
                remove(row.id(), before);
                add(row.id(), now);
            }
            Set<Long> keysBefore = new HashSet<>();
            Set<Long> keysNow = new HashSet<>();
            each(old, keysBefore::add);
            each(row, keysNow::add);
            keysBefore.stream().filter(key -> !keysNow.contains(key)).forEach(key -> edit.remove(key, row.id()));
            keysNow.stream().filter(key -> !keysBefore.contains(key)).forEach(key -> edit.add(key, row.id()));
        }

        /** @param titles those with which it was added */
        void remove(int id, Titles titles) {
            textEdit.remove(id);
            wordEdit.remove(id, titles);
            TitleKeys.each(titles, key -> edit.remove(key, id));
        }

        private static void each(Row row, LongConsumer keys) {
            TitleKeys.numbersOfAll(row, keys);
            if (Titles.differ(row)) {
                keys.accept(TitleKeys.DIFFERENT);
            }
        }

        TitleIndex done() {
            return new TitleIndex(edit.done(), wordEdit.done(), textEdit.done());
        }
    }
}
