package org.embygateway.catalogue.text;

/**
 * Chinese titles as Latin letters type them: each character by a whole reading or by what that begins with, in any mix,
 * the last one by any part that is typed so far. Letters and digits between stand for themselves, and so do characters
 * that are chosen already.
 */
public final class Pinyin {
    /** How a title begins with what was typed. */
    public enum Fit {
        NONE,
        INSIDE,
        START,
        WHOLE
    }

    private static final int LONGEST = 62;
    private static final int GRAM = 3;

    private Pinyin() {}

    /** Receives a sequence of letters that may be typed from some place of a title on. */
    public interface Typing {
        /**
         * @param first from the beginning of the title on
         * @param whole up to its end
         */
        void typed(String letters, boolean first, boolean whole);
    }

    public static boolean isTypedFor(String title) {
        for (int i = 0; i < title.length(); i++) {
            if (Han.is(title.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word may begin at this place of a title. */
    private static boolean isStart(String title, int at) {
        return at == 0
                || Spelling.isDense(title.charAt(at))
                || title.charAt(at - 1) == ' '
                || Spelling.isDense(title.charAt(at - 1));
    }

    /** How the title, in the spelling of {@link Spelling}, fits; the typed letters are without spaces. */
    public static Fit fit(String title, String typed) {
        if (typed.length() > LONGEST) {
            return Fit.NONE;
        }
        Fit anchored = run(title, typed, true);
        return anchored == Fit.NONE ? run(title, typed, false) : anchored;
    }

    /** Bit j of a state: the first j letters can be typed up to here. */
    private static Fit run(String title, String typed, boolean anchored) {
        long end = 1L << typed.length();
        long state = 1;
        boolean partly = false;
        int last = title.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = title.charAt(i);
            if (c == ' ') {
                continue;
            }
            if (!anchored && isStart(title, i)) {
                state |= 1;
            }
            long next = after(state, c, typed);
            partly |= (next & end << 1) != 0 || (next & end) != 0;
            state = next & ~(end << 1);
            if (i == last && anchored && (state & end) != 0) {
                return Fit.WHOLE;
            }
            state &= end - 1;
            if (state == 0 && anchored) {
                break;
            }
        }
        return !partly ? Fit.NONE : anchored ? Fit.START : Fit.INSIDE;
    }

    /** One more bit than there are letters stands for a reading that is typed in part. */
    private static long after(long state, char c, String typed) {
        long next = 0;
        String[] readings = Han.readings(c);
        for (long left = state; left != 0; left &= left - 1) {
            int from = Long.numberOfTrailingZeros(left);
            if (from < typed.length() && typed.charAt(from) == c) {
                next |= 1L << from + 1;
            }
            for (String reading : readings) {
                next |= after(reading, typed, from);
            }
        }
        return next;
    }

    private static long after(String reading, String typed, int from) {
        int common = 0;
        while (common < reading.length()
                && from + common < typed.length()
                && reading.charAt(common) == typed.charAt(from + common)) {
            common++;
        }
        long next = 0;
        for (int length = 1; length <= common; length++) {
            if (isEnough(reading, length)) {
                next |= 1L << from + length;
            } else if (from + length == typed.length()) {
                next |= 1L << typed.length() + 1;
            }
        }
        return next;
    }

    /** Whether so many letters of a reading may be followed by those of the next character. */
    private static boolean isEnough(String reading, int letters) {
        return letters == reading.length() || letters == 1 || letters == 2 && reading.charAt(1) == 'h';
    }

    /** All sequences of at most three letters that may be typed for a title from some place on. */
    public static void beginnings(String title, Typing typing) {
        for (int i = 0; i < title.length(); i++) {
            if (title.charAt(i) != ' ' && isStart(title, i)) {
                beginnings(title, i, i == 0, "", typing);
            }
        }
    }

    private static void beginnings(String title, int at, boolean first, String before, Typing typing) {
        int next = at;
        while (next < title.length() && title.charAt(next) == ' ') {
            next++;
        }
        if (next == title.length() || before.length() == GRAM) {
            return;
        }
        char c = title.charAt(next);
        boolean last = next == title.length() - 1;
        if (!Spelling.isDense(c)) {
            typing.typed(before + c, first, last);
            beginnings(title, next + 1, first, before + c, typing);
        }
        for (String reading : Han.readings(c)) {
            for (int length = 1; length <= Math.min(reading.length(), GRAM - before.length()); length++) {
                String letters = before + reading.substring(0, length);
                boolean enough = isEnough(reading, length);
                typing.typed(letters, first, last && enough);
                if (enough) {
                    beginnings(title, next + 1, first, letters, typing);
                }
            }
        }
    }

    /** Receives two letters that may be typed one after the other somewhere in a title. */
    public interface Pair {
        void typed(char one, char next);
    }

    public static void pairs(String title, Pair pair) {
        String bare = title.replace(" ", "");
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            for (String reading : Han.readings(c)) {
                for (int k = 0; k + 1 < reading.length(); k++) {
                    pair.typed(reading.charAt(k), reading.charAt(k + 1));
                }
            }
            if (i + 1 < bare.length()) {
                char next = bare.charAt(i + 1);
                eachEnd(c, end -> eachFirst(next, first -> pair.typed(end, first)));
            }
        }
    }

    private interface Letter {
        void is(char letter);
    }

    private static void eachEnd(char c, Letter letter) {
        if (!Spelling.isDense(c)) {
            letter.is(c);
        }
        for (String reading : Han.readings(c)) {
            for (int length = 1; length <= reading.length(); length++) {
                if (isEnough(reading, length)) {
                    letter.is(reading.charAt(length - 1));
                }
            }
        }
    }

    private static void eachFirst(char c, Letter letter) {
        if (!Spelling.isDense(c)) {
            letter.is(c);
        }
        for (String reading : Han.readings(c)) {
            letter.is(reading.charAt(0));
        }
    }
}
