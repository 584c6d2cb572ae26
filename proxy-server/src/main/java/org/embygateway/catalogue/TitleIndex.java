package org.embygateway.catalogue;

import java.util.function.LongConsumer;
import org.roaringbitmap.RoaringBitmap;

/**
 * Finds items by parts of their names: pairs of letters lead to candidates, which are then compared. Pairs serve
 * languages without spaces as well as others. Immutable.
 */
final class TitleIndex {
    /** How well a title fits; smaller is better. */
    static final int NO_MATCH = Integer.MAX_VALUE;

    static final TitleIndex EMPTY = new TitleIndex(Postings.EMPTY);

    private final Postings pairs;

    private TitleIndex(Postings pairs) {
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

    private static void each(Facts facts, LongConsumer consumer) {
        facts.folded().codePoints().filter(c -> c != ' ').forEach(consumer::accept);
        pairs(facts.folded(), consumer);
        facts.original().codePoints().filter(c -> c != ' ').forEach(consumer::accept);
        pairs(facts.original(), consumer);
    }

    /** 0 the whole title, 1 its first words, 2 its beginning, 3 the beginning of words, 4 somewhere inside. */
    static int rank(Facts facts, String term) {
        int rank = rank(facts.folded(), term);
        return facts.original().isEmpty() ? rank : Math.min(rank, rank(facts.original(), term));
    }

    private static int rank(String title, String term) {
        if (title.equals(term)) {
            return 0;
        }
        if (title.startsWith(term)) {
            return title.charAt(term.length()) == ' ' ? 1 : 2;
        }
        int at = title.indexOf(term);
        if (at >= 0) {
            return title.contains(" " + term) ? 3 : 4;
        }
        return term.indexOf(' ') > 0 && everyWordBegins(title, term) ? 3 : NO_MATCH;
    }

    private static boolean everyWordBegins(String title, String term) {
        String spaced = " " + title;
        for (String word : term.split(" ")) {
            if (!spaced.contains(" " + word)) {
                return false;
            }
        }
        return true;
    }

    Edit edit() {
        return new Edit();
    }

    /** Changes under way. */
    final class Edit {
        private final Postings.Edit edit = pairs.edit();

        void add(Row row) {
            row.parts().forEach(part -> each(part.facts(), key -> edit.add(key, row.id())));
            each(row.facts(), key -> edit.add(key, row.id()));
        }

        void remove(Row row) {
            row.parts().forEach(part -> each(part.facts(), key -> edit.remove(key, row.id())));
            each(row.facts(), key -> edit.remove(key, row.id()));
        }

        TitleIndex done() {
            return new TitleIndex(edit.done());
        }
    }
}
