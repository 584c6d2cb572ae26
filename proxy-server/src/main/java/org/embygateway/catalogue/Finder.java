package org.embygateway.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.embygateway.catalogue.TitleKeys.Place;
import org.embygateway.catalogue.text.Spelling;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Finds the visible items with some text in their titles. Short words are answered by sets alone, however many titles
 * they are in; longer ones are compared with the titles that hold all their pieces. The last answers are kept, since
 * clients ask once for everything and then once for each type.
 */
final class Finder {
    private static final int REMEMBERED = 16;
    /** From here on comparing titles is worth a second thread. */
    private static final int MANY = 4096;

    private static final List<Boolean> NAME_AND_OTHERS = List.of(true, false);

    private final Lens lens;
    private final Map<String, Found> known = new LinkedHashMap<>(16, 0.75f, true);

    Finder(Lens lens) {
        this.lens = lens;
    }

    Found find(String text) {
        Term term = Term.of(text);
        if (term.isEmpty()) {
            return Found.NOTHING;
        }
        Found found = remembered(term.text());
        if (found == null) {
            found = new Asked(term).answer();
            remember(term.text(), found);
        }
        return found;
    }

    private synchronized @Nullable Found remembered(String text) {
        return known.get(text);
    }

    private synchronized void remember(String text, Found found) {
        known.put(text, found);
        if (known.size() > REMEMBERED) {
            known.remove(known.keySet().iterator().next());
        }
    }

    private static boolean isChosen(int c) {
        return c >= 0x3400 && c <= 0x9FFF;
    }

    /** For measurements. */
    synchronized void forget() {
        known.clear();
    }

    /** One question. */
    private final class Asked {
        private final Term term;
        private final TitleIndex index = lens.snapshot().titles();
        /** Visible items with the same titles for everybody. */
        private final RoaringBitmap plain;

        private final boolean isSame;
        /** The only word when it is ASCII. */
        private final byte[] ascii;

        private final Found.Sets found = new Found.Sets();
        /** Items by the words that may be the year they are of. */
        private final Map<String, RoaringBitmap> years = new HashMap<>();

        Asked(Term term) {
            this.term = term;
            this.plain = RoaringBitmap.andNot(lens.visible(), RoaringBitmap.and(lens.partial(), index.different()));
            this.isSame = plain.getCardinality() == lens.visible().getCardinality();
            this.ascii = term.isOneWord() && term.text().chars().allMatch(c -> c < 0x80)
                    ? term.text().getBytes(StandardCharsets.US_ASCII)
                    : new byte[0];
        }

        Found answer() {
            if (!term.isOneWord()) {
                several();
            } else if (isExact(term.text())) {
                bySets(term.text());
            } else {
                compare(holding(term.text()));
            }
            new EpisodeNumber(lens).find(term).ifPresent(numbered -> {
                found.add(Term.WHOLE, numbered.exact());
                found.add(numbered.isVague() ? Term.OTHER_WORDS : Term.FIRST_WORDS, numbered.begun());
            });
            return found.done();
        }

        /** Titles that say the same to everybody need not be looked at. */
        private void bySets(String word) {
            RoaringBitmap others = new RoaringBitmap();
            for (boolean name : NAME_AND_OTHERS) {
                add(name ? Term.WHOLE : Term.OTHER_WHOLE, index.get(Place.WHOLE, name, word), others);
                add(name ? Term.FIRST_WORDS : Term.OTHER_START, index.get(Place.FIRST_WORD, name, word), others);
                add(name ? Term.START : Term.OTHER_START, index.get(Place.START, name, word), others);
                add(name ? Term.INSIDE : Term.OTHER_INSIDE, index.get(Place.INSIDE, name, word), others);
            }
            beginningBySets(word, others);
            compare(others);
        }

        private void beginningBySets(String word, RoaringBitmap others) {
            add(Term.WORDS, index.get(word(word), true, word), others);
            add(Term.OTHER_WORDS, index.get(word(word), false, word), others);
            if (Term.isTyping(word)) {
                add(Term.OTHER_WHOLE, index.get(Place.TYPED_WHOLE, true, word), others);
                add(Term.OTHER_START, index.get(Place.TYPED_START, true, word), others);
                add(Term.OTHER_WORDS, index.get(Place.TYPED, true, word), others);
            }
        }

        /** Whether sets alone say which titles the word is in. */
        private static boolean isExact(String word) {
            return word.length() <= TitleKeys.exact(word) && !isMixed(word);
        }

        private void add(int rank, RoaringBitmap set, RoaringBitmap others) {
            found.add(rank, RoaringBitmap.and(set, plain));
            if (!lens.seesAll()) {
                others.or(RoaringBitmap.andNot(RoaringBitmap.and(set, lens.visible()), plain));
            }
        }

        /** A text that begins with a Chinese or Japanese character may begin anywhere. */
        private Place word(String text) {
            return Spelling.isDense(text.charAt(0)) ? Place.INSIDE : Place.WORD;
        }

        /** Everything that may hold a word anywhere, or for which it may be typed. */
        private RoaringBitmap holding(String word) {
            RoaringBitmap either = index.holding(word, Place.INSIDE, true);
            either.or(index.holding(word, Place.INSIDE, false));
            either.or(typed(word));
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
            RoaringBitmap all = lens.visible().clone();
            word.chars().filter(Finder::isChosen).forEach(chosen -> {
                RoaringBitmap either = index.holding(Character.toString(chosen), Place.INSIDE, true);
                either.or(index.holding(Character.toString(chosen), Place.INSIDE, false));
                all.and(either);
            });
            return all;
        }

        /** Whether some characters are chosen already, and others still Latin letters. */
        private static boolean isMixed(String word) {
            return Term.isTyping(word) && word.chars().anyMatch(Finder::isChosen);
        }

        private void several() {
            RoaringBitmap candidates = lens.visible().clone();
            boolean exact = true;
            for (String word : term.words()) {
                RoaringBitmap holding = beginning(word);
                if (Term.isYear(word)) {
                    RoaringBitmap year = ofYear(word);
                    years.put(word, year);
                    holding.or(year);
                    exact = false;
                }
                exact &= isExact(word);
                candidates.and(holding);
            }
            if (exact) {
                candidates = startsAmong(candidates);
            }
            if (isExact(term.joined())) {
                beginningBySets(term.joined(), candidates);
            } else {
                candidates.or(beginning(term.joined()));
            }
            compare(candidates);
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

        /** Of items that fit by their words alone, those that may do so better, or look different to others. */
        private RoaringBitmap startsAmong(RoaringBitmap fitting) {
            RoaringBitmap inName = RoaringBitmap.and(fitting, plain);
            term.words().forEach(word -> inName.and(index.get(word(word), true, word)));
            found.add(Term.WORDS, inName);
            found.add(Term.OTHER_WORDS, RoaringBitmap.and(fitting, plain));
            String start = term.text().substring(0, Math.min(term.text().length(), TitleKeys.exact(term.text())));
            RoaringBitmap better = index.get(Place.START, true, start).clone();
            better.or(index.get(Place.START, false, start));
            better.and(fitting);
            better.or(RoaringBitmap.andNot(fitting, plain));
            return better;
        }

        private void compare(RoaringBitmap candidates) {
            candidates.and(lens.visible());
            int[] ids = candidates.toArray();
            byte[] ranks = new byte[ids.length];
            IntStream places = IntStream.range(0, ids.length);
            (ids.length > MANY ? places.parallel() : places).forEach(i -> ranks[i] = rank(ids[i]));
            for (int i = 0; i < ids.length; i++) {
                found.add(ranks[i], ids[i]);
            }
        }

        private byte rank(int id) {
            boolean same = isSame || plain.contains(id);
            int quick = same && ascii.length > 0 ? index.rank(id, ascii) : TitleTexts.UNKNOWN;
            return (byte) (quick == TitleTexts.UNKNOWN ? rank(id, same) : quick);
        }

        private int rank(int id, boolean same) {
            Titles titles =
                    same ? index.titles(id) : Titles.of(lens.snapshot().rows().get(id), lens::sees);
            return term.rank(
                    titles, word -> years.containsKey(word) && years.get(word).contains(id));
        }
    }
}
