package org.embygateway.catalogue.text;

import com.ibm.icu.text.Transliterator;
import java.util.Arrays;
import java.util.stream.Stream;
import net.sourceforge.pinyin4j.PinyinHelper;

/**
 * Chinese characters: how they are written in simplified Chinese and how they are read.
 *
 * <p>ICU knows the first, pinyin4j every reading of a character (ICU only one). Both are asked once for all characters,
 * when the first title with such a character comes along: a third of a second of CPU and 1 MiB.
 */
final class Han {
    private static final char FIRST = 0x4E00;
    private static final char LAST = 0x9FFF;
    private static final String[] NONE = {};

    private Han() {}

    private static final class Tables {
        private static final char[] SIMPLIFIED = new char[LAST - FIRST + 1];
        private static final String[][] READINGS = new String[LAST - FIRST + 1][];

        static {
            Transliterator simplified = Transliterator.getInstance("Traditional-Simplified");
            for (int i = 0; i < SIMPLIFIED.length; i++) {
                char c = (char) (FIRST + i);
                String to = simplified.transliterate(String.valueOf(c));
                SIMPLIFIED[i] = to.length() == 1 ? to.charAt(0) : c;
                READINGS[i] = read(c);
            }
        }

        private static String[] read(char c) {
            String[] found = PinyinHelper.toHanyuPinyinStringArray(c);
            return found == null
                    ? NONE
                    : Arrays.stream(found)
                            .map(reading -> reading.substring(0, reading.length() - 1))
                            .map(reading -> reading.replace("e^", "e").intern())
                            .flatMap(Han::typed)
                            .distinct()
                            .toArray(String[]::new);
        }
    }

    /** An ü is typed as v, or as u by those who do not know. */
    private static Stream<String> typed(String reading) {
        return reading.contains("u:")
                ? Stream.of(
                        reading.replace("u:", "v").intern(),
                        reading.replace("u:", "u").intern())
                : Stream.of(reading);
    }

    static boolean is(char c) {
        return c >= FIRST && c <= LAST;
    }

    static char simplified(char c) {
        return is(c) ? Tables.SIMPLIFIED[c - FIRST] : c;
    }

    /** In pinyin without tones; none for other characters. Not to be changed. */
    static String[] readings(char c) {
        return is(c) ? Tables.READINGS[c - FIRST] : NONE;
    }
}
