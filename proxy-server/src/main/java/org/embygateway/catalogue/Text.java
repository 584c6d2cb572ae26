package org.embygateway.catalogue;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How titles are compared. One key serves sorting, letter bar and name ranges, because clients subtract counts of one
 * from positions of the other.
 */
final class Text {
    private static final Set<String> ARTICLES = Set.of("the", "a", "an");
    private static final int DIGITS = 10;
    private static final Pattern PADDING = Pattern.compile("(?<!\\d)0+(?=\\d{1,9}(?!\\d))");

    private Text() {}

    /** Lower case without accents, width and punctuation; words separated by single spaces. */
    static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        boolean gap = false;
        String plain = decomposed(text);
        for (int i = 0; i < plain.length(); ) {
            int c = plain.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c) || isJapaneseMark(c)) {
                if (gap && !folded.isEmpty()) {
                    folded.append(' ');
                }
                gap = false;
                folded.appendCodePoint(Character.toLowerCase(c));
            } else if (c != '\'' && c != '’' && Character.getType(c) != Character.NON_SPACING_MARK) {
                gap = true;
            }
        }
        return composed(folded.toString());
    }

    private static String decomposed(String text) {
        return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKD);
    }

    private static String composed(String text) {
        return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /** Voicing marks make other letters, not accents. */
    private static boolean isJapaneseMark(int c) {
        return c == 0x3099 || c == 0x309A;
    }

    /** {@link #fold}, without a leading article, numbers padded to ten digits; compare it char by char. */
    static String sortKey(String name) {
        return keyOf(fold(name));
    }

    /** {@link #sortKey} of a name that is folded already. */
    static String keyOf(String folded) {
        int space = folded.indexOf(' ');
        String bare = space > 0 && ARTICLES.contains(folded.substring(0, space)) ? folded.substring(space + 1) : folded;
        return padded(bare);
    }

    private static String padded(String text) {
        if (text.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + DIGITS);
        int i = 0;
        while (i < text.length()) {
            int end = i;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            if (end > i) {
                result.repeat('0', Math.max(0, DIGITS - (end - i))).append(text, i, end);
                i = end;
            } else {
                result.append(text.charAt(i++));
            }
        }
        return result.toString();
    }

    /** A key with its numbers as they are written. */
    static String unpadded(String sortKey) {
        return PADDING.matcher(sortKey).replaceAll("");
    }

    /** The letter a key stands under in a letter bar: an upper-case letter, or {@code #}. */
    static String prefix(String sortKey) {
        if (sortKey.isEmpty()) {
            return "#";
        }
        int first = sortKey.codePointAt(0);
        return Character.isLetter(first) ? Character.toString(first).toUpperCase(Locale.ROOT) : "#";
    }
}
