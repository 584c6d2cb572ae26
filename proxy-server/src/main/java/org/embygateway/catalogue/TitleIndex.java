package org.embygateway.catalogue;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.roaringbitmap.RoaringBitmap;

/**
 * Finds items by parts of their names: pairs of letters lead to candidates, which are then compared. Pairs serve
 * languages without spaces as well as others. Immutable.
 */
final class TitleIndex {
    /** How well a title fits; smaller is better. */
    static final int NO_MATCH = Integer.MAX_VALUE;

    static final TitleIndex EMPTY = new TitleIndex(Table.EMPTY);

    private final Table pairs;

    private TitleIndex(Table pairs) {
        this.pairs = pairs;
    }

    /** Every item that may fit, and more. The term is folded and not empty. */
    RoaringBitmap candidates(String term) {
        RoaringBitmap result = new RoaringBitmap();
        boolean[] first = {true};
        pairs(term, pair -> {
            if (first[0]) {
                result.or(pairs.get(pair));
                first[0] = false;
            } else {
                result.and(pairs.get(pair));
            }
        });
        return result;
    }

    /** Pairs within words; single letters too, for terms of one letter. */
    private static void pairs(String text, LongConsumer consumer) {
        for (String word : text.split(" ")) {
            int[] letters = word.codePoints().toArray();
            if (letters.length == 1) {
                consumer.accept(letters[0]);
            }
            for (int i = 0; i + 1 < letters.length; i++) {
                consumer.accept((long) letters[i] << 32 | letters[i + 1]);
            }
        }
    }

    private static void each(Row row, LongConsumer consumer) {
        each(row.facts().folded(), consumer);
        each(row.facts().original(), consumer);
        for (Row.Part part : row.parts()) {
            if (!part.facts().folded().equals(row.facts().folded())) {
                each(part.facts().folded(), consumer);
            }
            if (!part.facts().original().equals(row.facts().original())) {
                each(part.facts().original(), consumer);
            }
        }
    }

    private static void each(String title, LongConsumer consumer) {
        title.codePoints().filter(c -> c != ' ').forEach(consumer::accept);
        pairs(title, consumer);
    }

    /** A folded search term, taken apart once for many titles. */
    record Term(String text, String spaced, List<String> words) {
        static Term of(String text) {
            String folded = Text.fold(text);
            List<String> words = folded.indexOf(' ') < 0
                    ? List.of()
                    : Stream.of(folded.split(" ")).map(word -> " " + word).toList();
            return new Term(folded, " " + folded, words);
        }

        /** 0 the whole title, 1 its first words, 2 its beginning, 3 the beginning of words, 4 somewhere inside. */
        int rank(Facts facts) {
            int rank = rank(facts.folded());
            return facts.original().isEmpty() ? rank : Math.min(rank, rank(facts.original()));
        }

        private int rank(String title) {
            int at = title.indexOf(text);
            if (at == 0) {
                return title.length() == text.length() ? 0 : title.charAt(text.length()) == ' ' ? 1 : 2;
            }
            if (at > 0) {
                return title.contains(spaced) ? 3 : 4;
            }
            return !words.isEmpty() && everyWordBegins(" " + title) ? 3 : NO_MATCH;
        }

        private boolean everyWordBegins(String title) {
            for (String word : words) {
                if (!title.contains(word)) {
                    return false;
                }
            }
            return true;
        }
    }

    Edit edit() {
        return new Edit();
    }

    /** Changes under way. */
    final class Edit {
        private final Table.Edit edit = pairs.edit();

        void add(Row row) {
            each(row, key -> edit.add(key, row.id()));
        }

        void remove(Row row) {
            each(row, key -> edit.remove(key, row.id()));
        }

        TitleIndex done() {
            return new TitleIndex(edit.done());
        }
    }
}
