package org.embygateway.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.embygateway.catalogue.text.Pinyin;
import org.embygateway.catalogue.text.Spelling;

/**
 * What was typed into a search field, taken apart once for many titles. One word may be anywhere in a title; of several
 * each begins a word of some title of the item, in any order, or the year it is of.
 *
 * @param text in the spelling of {@link Spelling}, words separated by single spaces
 * @param joined the words without spaces between; other titles may have none
 * @param beforeYear the other words when the last one may be a year
 */
record Term(String text, List<String> words, String joined, Optional<Term> beforeYear) {
    /** How well titles fit; smaller is better. The others are those of {@link Titles#others} and what is typed. */
    static final int WHOLE = 0;

    static final int FIRST_WORDS = 1;
    static final int START = 2;
    static final int WORDS = 3;
    static final int INSIDE = 4;
    static final int OTHER_WHOLE = 5;
    static final int OTHER_START = 6;
    static final int OTHER_WORDS = 7;
    static final int OTHER_INSIDE = 8;
    static final int NO_MATCH = 9;

    private static final int LONGEST = 200;

    /** More than 200 letters are cut off. */
    static Term of(String typed) {
        String spelled = Spelling.of(Text.fold(typed.length() > LONGEST ? typed.substring(0, LONGEST) : typed));
        return new Term(
                spelled,
                spelled.isEmpty() ? List.of() : List.of(spelled.split(" ")),
                spelled.replace(" ", ""),
                beforeYear(spelled));
    }

    private static Optional<Term> beforeYear(String spelled) {
        int space = spelled.lastIndexOf(' ');
        return space > 0 && isYear(spelled.substring(space + 1))
                ? Optional.of(of(spelled.substring(0, space)))
                : Optional.empty();
    }

    /** Whether it may be typed for Chinese characters. */
    static boolean isTyping(String word) {
        return word.chars().anyMatch(c -> c >= 'a' && c <= 'z');
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    boolean isOneWord() {
        return words.size() == 1;
    }

    /** Whether the word may be a year or the beginning of one. */
    static boolean isYear(String word) {
        return word.length() <= 4 && word.charAt(0) != '0' && word.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** @param year whether a word is the year of the item, or the beginning of it */
    int rank(Titles titles, Predicate<String> year) {
        int rank = rank(titles);
        if (isOneWord() || rank < OTHER_WHOLE || !every(titles, year)) {
            return rank;
        }
        int others = beforeYear
                .filter(before -> year.test(words.getLast()))
                .map(before -> before.rank(titles))
                .orElse(OTHER_WORDS);
        return Math.min(rank, Math.clamp(others, FIRST_WORDS, OTHER_WORDS));
    }

    private int rank(Titles titles) {
        int best = literal(titles.name());
        if (best != NO_MATCH) {
            return best;
        }
        best = typed(titles.name());
        for (String other : titles.others()) {
            int literal = literal(other);
            best = Math.min(best, Math.min(literal == NO_MATCH ? NO_MATCH : asOther(literal), typed(other)));
        }
        return best == NO_MATCH && !isOneWord() && every(titles, word -> false) ? OTHER_WORDS : best;
    }

    private static int asOther(int rank) {
        return switch (rank) {
            case WHOLE -> OTHER_WHOLE;
            case FIRST_WORDS, START -> OTHER_START;
            case WORDS -> OTHER_WORDS;
            default -> OTHER_INSIDE;
        };
    }

    private int literal(String title) {
        int at = title.indexOf(text);
        if (at == 0) {
            return title.length() == text.length() ? WHOLE : title.charAt(text.length()) == ' ' ? FIRST_WORDS : START;
        }
        if (isOneWord()) {
            return at < 0 ? NO_MATCH : begins(text, title, at) ? WORDS : INSIDE;
        }
        for (String word : words) {
            if (!begins(word, title, title.indexOf(word))) {
                return begins(joined, title, title.indexOf(joined)) ? WORDS : NO_MATCH;
            }
        }
        return WORDS;
    }

    /** @param at where the word is first; negative for nowhere */
    private static boolean begins(String word, String title, int at) {
        for (int i = at; i >= 0; i = title.indexOf(word, i + 1)) {
            if (i == 0
                    || title.charAt(i - 1) == ' '
                    || Spelling.isDense(title.charAt(i))
                    || Spelling.isDense(title.charAt(i - 1))) {
                return true;
            }
        }
        return false;
    }

    private int typed(String title) {
        if (!isTyping(joined) || !Pinyin.isTypedFor(title)) {
            return NO_MATCH;
        }
        return switch (Pinyin.fit(title, joined)) {
            case NONE -> NO_MATCH;
            case INSIDE -> OTHER_WORDS;
            case START -> OTHER_START;
            case WHOLE -> OTHER_WHOLE;
        };
    }

    /** Whether each word begins one of some title, or the year, and not all of them the year. */
    private boolean every(Titles titles, Predicate<String> year) {
        boolean any = false;
        for (String word : words) {
            if (begins(word, titles)) {
                any = true;
            } else if (!year.test(word)) {
                return false;
            }
        }
        return any;
    }

    private static boolean begins(String word, Titles titles) {
        return begins(word, titles.name()) || titles.others().stream().anyMatch(other -> begins(word, other));
    }

    private static boolean begins(String word, String title) {
        return begins(word, title, title.indexOf(word))
                || isTyping(word) && Pinyin.isTypedFor(title) && Pinyin.fit(title, word) != Pinyin.Fit.NONE;
    }
}
