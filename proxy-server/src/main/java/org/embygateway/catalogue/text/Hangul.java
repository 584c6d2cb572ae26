package org.embygateway.catalogue.text;

/**
 * Korean syllables as the keys that are pressed for them, so that a syllable under construction begins the finished one.
 */
final class Hangul {
    private static final char FIRST = 0xAC00;
    private static final char LAST = 0xD7A3;
    private static final String[] INITIALS = "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ");
    private static final String[] VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ");
    private static final String[] FINALS =
            "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ");
    private static final int SYLLABLES_PER_INITIAL = VOWELS.length * (FINALS.length + 1);

    private Hangul() {}

    static boolean isSyllable(char c) {
        return c >= FIRST && c <= LAST;
    }

    /** Of a syllable, or of a single letter as normalized text holds it; empty for anything else. */
    static String keys(char c) {
        if (isSyllable(c)) {
            int last = (c - FIRST) % (FINALS.length + 1);
            int vowel = (c - FIRST) / (FINALS.length + 1) % VOWELS.length;
            return initial(c) + VOWELS[vowel] + (last == 0 ? "" : FINALS[last - 1]);
        }
        return at(INITIALS, c - 0x1100) + at(VOWELS, c - 0x1161) + at(FINALS, c - 0x11A8);
    }

    private static String at(String[] keys, int index) {
        return index >= 0 && index < keys.length ? keys[index] : "";
    }

    static String initial(char syllable) {
        return INITIALS[(syllable - FIRST) / SYLLABLES_PER_INITIAL];
    }
}
