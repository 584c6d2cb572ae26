package org.embygateway.index.merge;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names as they are compared: width and compatibility forms alike (NFKC), no case, no spaces, no punctuation, {@code &}
 * as {@code and}, and no accents on Latin letters. Letters of all scripts and symbols stay, so that titles in Chinese do
 * not become empty and {@code C++} differs from {@code C}.
 */
public final class FoldedName {
    /** Followed by a letter or a digit: "A.I." and "The…" are no articles. */
    private static final Pattern ARTICLE =
            Pattern.compile("\\s*(?:the|an?)\\s+(?=[\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE);

    private FoldedName() {}

    /** Never empty unless the name is blank. */
    public static String of(String name) {
        String plain = withoutCase(withoutAccents(name)).replace("&", "and");
        StringBuilder folded = new StringBuilder(plain.length());
        plain.codePoints().filter(c -> !isNoise(c)).forEach(folded::appendCodePoint);
        return folded.isEmpty() ? plain.replaceAll("\\s", "") : folded.toString();
    }

    /** The same for a title, without the article it begins with; never empty unless the title is blank. */
    static String ofTitle(String title) {
        Matcher article = ARTICLE.matcher(title);
        return of(article.lookingAt() ? title.substring(article.end()) : title);
    }

    private static String withoutCase(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static String withoutAccents(String name) {
        if (name.chars().allMatch(c -> c < 128)) {
            return name;
        }
        String parts = Normalizer.normalize(name, Normalizer.Form.NFKD);
        StringBuilder plain = new StringBuilder(parts.length());
        int base = 0;
        for (int i = 0; i < parts.length(); i++) {
            char c = parts.charAt(i);
            boolean accent = c >= '\u0300' && c <= '\u036f';
            if (!accent) {
                base = c;
            }
            // й and が are letters of their own, é is an e for most who type it.
            if (!accent || Character.UnicodeScript.of(base) != Character.UnicodeScript.LATIN) {
                plain.append(c);
            }
        }
        return Normalizer.normalize(plain, Normalizer.Form.NFKC);
    }

    private static boolean isNoise(int c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION -> true;
            default -> false;
        };
    }
}
