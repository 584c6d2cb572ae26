package org.embygateway.catalogue.text;

import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.List;

/**
 * One spelling of titles and of what is typed to find them. It takes text without case, accents and width, and makes
 * traditional characters simplified, katakana hiragana, Korean syllables the keys pressed for them, and æ ae.
 */
public final class Spelling {
    private static final int LATIN_END = 0x250;

    private Spelling() {}

    private static final class Ascii {
        private static final String[] OF = new String[LATIN_END];

        static {
            Transliterator ascii = Transliterator.getInstance("Latin-ASCII; Lower");
            for (int c = 0x80; c < LATIN_END; c++) {
                OF[c] = ascii.transliterate(Character.toString(c));
            }
        }
    }

    public static String of(String folded) {
        int plain = 0;
        while (plain < folded.length() && folded.charAt(plain) < 0x80) {
            plain++;
        }
        if (plain == folded.length()) {
            return folded;
        }
        StringBuilder spelled = new StringBuilder(folded.length() + 8).append(folded, 0, plain);
        for (int i = plain; i < folded.length(); i++) {
            append(spelled, folded.charAt(i));
        }
        return spelled.toString();
    }

    private static void append(StringBuilder spelled, char c) {
        if (c < 0x80) {
            spelled.append(c);
        } else if (c < LATIN_END) {
            spelled.append(Ascii.OF[c]);
        } else if (Kana.is(c)) {
            spelled.append(Kana.hiragana(c));
        } else if (Han.is(c)) {
            spelled.append(Han.simplified(c));
        } else {
            String keys = Hangul.keys(c);
            spelled.append(keys.isEmpty() ? String.valueOf(c) : keys);
        }
    }

    /** Whether the language of the character writes no spaces, so that a word may begin with each. */
    public static boolean isDense(char c) {
        return c >= 0x3041 && (Kana.is(c) || c >= 0x3400 && c <= 0x9FFF || c >= 0xF900 && c <= 0xFAFF);
    }

    /** Other texts that are typed for the same one: Korean by its first letters, kana in Latin letters. */
    public static List<String> others(String folded) {
        boolean korean = false;
        boolean kana = false;
        for (int i = 0; i < folded.length(); i++) {
            korean |= Hangul.isSyllable(folded.charAt(i));
            kana |= Kana.is(folded.charAt(i));
        }
        if (!korean && !kana) {
            return List.of();
        }
        List<String> others = new ArrayList<>();
        if (korean) {
            others.add(initials(folded));
        }
        if (kana) {
            others.add(Kana.latin(of(folded)));
        }
        return others;
    }

    private static String initials(String folded) {
        StringBuilder initials = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            initials.append(Hangul.isSyllable(c) ? Hangul.initial(c) : String.valueOf(c));
        }
        return of(initials.toString());
    }
}
