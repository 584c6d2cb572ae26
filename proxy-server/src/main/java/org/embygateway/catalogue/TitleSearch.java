package org.embygateway.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.embygateway.catalogue.TitleKeys.Place;
import org.embygateway.catalogue.TitleWords.At;
import org.embygateway.catalogue.text.Spelling;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * One question to {@link Finder}. Short texts are answered by sets of pieces and longer ones by sets of words, however
 * many titles they are in. What neither knows exactly, such as what is typed for Chinese titles, is looked for in the
 * titles that hold all its pieces.
 */
final class TitleSearch {
    /** From here on comparing titles is worth a second thread. */
    private static final int MANY = 4096;

    private static final List<Boolean> NAME_AND_OTHERS = List.of(true, false);

    private final Lens lens;
    private final Titled titled;
    private final TitleIndex index;
    private final Term term;
    /** The only word when it is ASCII. */
    private final byte[] ascii;

    private final Found.Sets found;
    /** Items by the words that may be the year they are of. */
    private final Map<String, RoaringBitmap> years = new HashMap<>();

    /**
     * Visible items whose titles an index knows as they are seen.
     *
     * @param index may know others too
     */
    record Titled(RoaringBitmap items, TitleIndex index) {}

    TitleSearch(Lens lens, Titled titled, Term term) {
        this.lens = lens;
        this.titled = titled;
        this.index = titled.index;
        this.term = term;
        this.found = new Found.Sets(titled.items);
        this.ascii = term.isOneWord() && term.text().chars().allMatch(c -> c < 0x80)
                ? term.text().getBytes(StandardCharsets.US_ASCII)
                : new byte[0];
    }

    Found.Part answer() {
        if (!term.isOneWord()) {
            several();
        } else if (isExact(term.text())) {
            byPieces(term.text());
        } else if (TitleWords.knows(term.text())) {
            byWords(term.text());
        } else {
            compare(holding(term.text()));
        }
        return found.done();
    }

    /** Whether sets of pieces alone say which titles the word is in. */
    private static boolean isExact(String word) {
        return word.length() <= TitleKeys.exact(word) && !isMixed(word);
    }

    /** Whether some characters are chosen already, and others still Latin letters. */
    private static boolean isMixed(String word) {
        return Term.isTyping(word) && word.chars().anyMatch(TitleSearch::isChosen);
    }

    private static boolean isChosen(int c) {
        return c >= 0x3400 && c <= 0x9FFF;
    }

    // One word -------------------------------------------------------------------------------------------------------

    private void byPieces(String word) {
        for (boolean name : NAME_AND_OTHERS) {
            found.addPart(name ? Term.WHOLE : Term.OTHER_WHOLE, index.get(Place.WHOLE, name, word));
            found.addPart(name ? Term.FIRST_WORDS : Term.OTHER_START, index.get(Place.FIRST_WORD, name, word));
            found.addPart(name ? Term.START : Term.OTHER_START, index.get(Place.START, name, word));
            found.add(name ? Term.INSIDE : Term.OTHER_INSIDE, index.get(Place.INSIDE, name, word));
        }
        beginningByPieces(word);
    }

    private void beginningByPieces(String word) {
        found.add(Term.WORDS, index.get(word(word), true, word));
        found.add(Term.OTHER_WORDS, index.get(word(word), false, word));
        if (Term.isTyping(word)) {
            found.addPart(Term.OTHER_WHOLE, index.get(Place.TYPED_WHOLE, true, word));
            found.addPart(Term.OTHER_START, index.get(Place.TYPED_START, true, word));
            found.add(Term.OTHER_WORDS, index.get(Place.TYPED, true, word));
        }
    }

    private void byWords(String part) {
        @Nullable Gathered[] sets = new Gathered[Term.NO_MATCH];
        for (int word : index.words().holding(part)) {
            String text = index.words().text(word);
            for (boolean name : NAME_AND_OTHERS) {
                for (At at : At.values()) {
                    int rank = rank(part, text, at, name);
                    Gathered set = sets[rank];
                    if (set == null) {
                        set = new Gathered();
                        sets[rank] = set;
                    }
                    index.words().addTo(set, word, at, name);
                }
            }
        }
        for (int rank = 0; rank < sets.length; rank++) {
            Gathered set = sets[rank];
            if (set != null) {
                found.add(rank, set.done());
            }
        }
        RoaringBitmap others = typed(part);
        others.or(holdingMixed(part));
        compare(others);
    }

    private static int rank(String part, String word, At at, boolean name) {
        if (!word.startsWith(part)) {
            return name ? Term.INSIDE : Term.OTHER_INSIDE;
        }
        boolean all = word.length() == part.length();
        return switch (at) {
            case WHOLE -> all ? name ? Term.WHOLE : Term.OTHER_WHOLE : name ? Term.START : Term.OTHER_START;
            case START -> name ? all ? Term.FIRST_WORDS : Term.START : Term.OTHER_START;
            case LATER -> name ? Term.WORDS : Term.OTHER_WORDS;
        };
    }

    // What may hold a text
    // ---------------------------------------------------------------------------------------------

    /** A text that begins with a Chinese or Japanese character may begin anywhere. */
    private static Place word(String text) {
        return Spelling.isDense(text.charAt(0)) ? Place.INSIDE : Place.WORD;
    }

    /** Everything that may hold a word anywhere, or for which it may be typed. */
    private RoaringBitmap holding(String word) {
        RoaringBitmap either = index.holding(word, Place.INSIDE, true);
        either.or(index.holding(word, Place.INSIDE, false));
        either.or(typed(word));
        return either;
    }

    /** What may hold a word beside Chinese or Japanese characters. */
    private RoaringBitmap holdingMixed(String word) {
        RoaringBitmap either = index.holding(word, Place.INSIDE, true);
        either.or(index.holding(word, Place.INSIDE, false));
        either.and(index.mixed());
        return either;
    }

    private RoaringBitmap beginning(String word) {
        RoaringBitmap either = index.holding(word, word(word), true);
        either.or(index.holding(word, word(word), false));
        either.or(typed(word));
        return either;
    }

    private RoaringBitmap typed(String word) {
        if (!isMixed(word)) {
            return Term.isTyping(word) ? index.typed(word) : new RoaringBitmap();
        }
        RoaringBitmap all = titled.items.clone();
        word.chars().filter(TitleSearch::isChosen).forEach(chosen -> {
            RoaringBitmap either = index.holding(Character.toString(chosen), Place.INSIDE, true);
            either.or(index.holding(Character.toString(chosen), Place.INSIDE, false));
            all.and(either);
        });
        index.keepTypedBeside(word, all);
        return all;
    }

    // Several words
    // ----------------------------------------------------------------------------------------------------

    /**
     * The items with a word that begins like what was typed.
     *
     * @param name those that have it in their name
     * @param any those that have it in any title
     * @param perhaps others that have to be looked at
     */
    private record Beginning(RoaringBitmap name, RoaringBitmap any, RoaringBitmap perhaps) {}

    private Beginning known(String word) {
        if (isExact(word)) {
            RoaringBitmap any = beginning(word);
            return new Beginning(index.get(word(word), true, word), any, new RoaringBitmap());
        }
        if (!TitleWords.knows(word)) {
            return new Beginning(new RoaringBitmap(), new RoaringBitmap(), beginning(word));
        }
        Gathered inNames = new Gathered();
        Gathered inOthers = new Gathered();
        for (int one : index.words().holding(word)) {
            if (index.words().text(one).startsWith(word)) {
                index.words().addTo(inNames, one, true);
                index.words().addTo(inOthers, one, false);
            }
        }
        RoaringBitmap name = inNames.done();
        RoaringBitmap any = inOthers.done();
        any.or(name);
        RoaringBitmap perhaps = holdingMixed(word);
        perhaps.or(typed(word));
        return new Beginning(name, any, perhaps);
    }

    private void several() {
        RoaringBitmap names = titled.items.clone();
        RoaringBitmap fitting = titled.items.clone();
        RoaringBitmap candidates = titled.items.clone();
        RoaringBitmap beforeLast = fitting;
        for (String word : term.words()) {
            Beginning known = known(word);
            beforeLast = fitting.clone();
            names.and(known.name);
            fitting.and(known.any);
            known.perhaps.or(known.any);
            if (Term.isYear(word)) {
                RoaringBitmap year = ofYear(word);
                years.put(word, year);
                known.perhaps.or(year);
            }
            candidates.and(known.perhaps);
        }
        candidates.andNot(fitting);
        found.add(Term.WORDS, names);
        found.add(Term.OTHER_WORDS, fitting);
        if (years.size() == 1 && term.beforeYear().isPresent()) {
            candidates.andNot(ofThatYear(term.beforeYear().get(), beforeLast));
        } else {
            years.values().forEach(year -> candidates.or(RoaringBitmap.and(fitting, year)));
        }
        candidates.or(better(fitting));
        joined(candidates);
        compare(candidates);
    }

    /** Finds the items of the year that was typed last, which fit as well as they do by the words before. */
    private RoaringBitmap ofThatYear(Term before, RoaringBitmap fitting) {
        RoaringBitmap known = RoaringBitmap.and(fitting, years.get(term.words().getLast()));
        new Found(List.of(new TitleSearch(lens, titled, before).answer())).each(known, (rank, items) -> {
            found.add(Math.clamp(rank, Term.FIRST_WORDS, Term.OTHER_WORDS), items);
            return true;
        });
        return known;
    }

    /** Of items that fit by their words alone, those that may do so better. */
    private RoaringBitmap better(RoaringBitmap fitting) {
        String start = term.text().substring(0, Math.min(term.text().length(), TitleKeys.exact(term.text())));
        RoaringBitmap better = index.get(Place.START, true, start).clone();
        better.or(index.get(Place.START, false, start));
        better.and(fitting);
        return better;
    }

    private void joined(RoaringBitmap candidates) {
        String joined = term.joined();
        if (isExact(joined)) {
            beginningByPieces(joined);
            return;
        }
        Beginning known = known(joined);
        found.add(Term.WORDS, known.name);
        found.add(Term.OTHER_WORDS, known.any);
        candidates.or(known.perhaps);
    }

    private RoaringBitmap ofYear(String word) {
        RoaringBitmap items = new RoaringBitmap();
        int last = (int) Math.pow(10, 4 - word.length());
        int first = Integer.parseInt(word) * last;
        for (int year = first; year < first + last; year++) {
            items.or(lens.of(Keys.YEAR.of(year)));
        }
        return items;
    }

    // Titles one by one
    // ------------------------------------------------------------------------------------------------

    private void compare(RoaringBitmap candidates) {
        candidates.and(titled.items);
        int[] ids = candidates.toArray();
        byte[] ranks = new byte[ids.length];
        IntStream places = IntStream.range(0, ids.length);
        (ids.length > MANY ? places.parallel() : places).forEach(i -> ranks[i] = rank(ids[i]));
        for (int i = 0; i < ids.length; i++) {
            found.addLooked(ranks[i], ids[i]);
        }
    }

    private byte rank(int id) {
        int quick = ascii.length > 0 ? index.rank(id, ascii) : TitleTexts.UNKNOWN;
        return (byte)
                (quick == TitleTexts.UNKNOWN
                        ? term.rank(
                                index.titles(id),
                                word -> years.containsKey(word)
                                        && years.get(word).contains(id))
                        : quick);
    }
}
