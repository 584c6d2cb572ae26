package org.embygateway.catalogue.text;

import com.ibm.icu.text.Transliterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Japanese syllables: two ways to write them, and the Latin letters that are typed for them. */
final class Kana {
    private static final String SMALL = "ぁぃぅぇぉゃゅょゎ";
    private static final char DOUBLING = 'っ';
    private static final char LONG = 'ー';

    private Kana() {}

    /** ICU takes 4 microseconds for a syllable; there are few hundred. */
    private static final class Latin {
        private static final Transliterator FROM_KANA = Transliterator.getInstance("Hiragana-Latin; Latin-ASCII");
        private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

        static String of(String syllable) {
            return KNOWN.computeIfAbsent(
                    syllable,
                    kana -> FROM_KANA
                            .transliterate(kana)
                            .codePoints()
                            .filter(c -> c >= 'a' && c <= 'z')
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString());
        }
    }

    static boolean is(char c) {
        return c >= 0x3041 && c <= 0x30FF;
    }

    static char hiragana(char c) {
        return c >= 0x30A1 && c <= 0x30F6 ? (char) (c - 0x60) : c;
    }

    /** The text with Latin letters for its hiragana. */
    static String latin(String text) {
        StringBuilder latin = new StringBuilder(text.length() * 2);
        boolean doubling = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == DOUBLING) {
                doubling = true;
            } else if (is(c) && c != LONG) {
                int end = i + 1 < text.length() && SMALL.indexOf(text.charAt(i + 1)) >= 0 ? i + 2 : i + 1;
                String syllable = Latin.of(text.substring(i, end));
                latin.append(doubling && !syllable.isEmpty() ? syllable.substring(0, 1) : "")
                        .append(syllable);
                doubling = false;
                i = end - 1;
            } else if (!is(c)) {
                latin.append(c);
            }
        }
        return latin.toString();
    }
}
