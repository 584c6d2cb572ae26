package org.embygateway.play;

import java.util.ArrayList;
import java.util.List;

/**
 * How good a copy is: marks compared from the first, smaller is better. Scores of one question have the same marks in the
 * same order, and the last ones tell any two copies apart.
 *
 * @param marks each a number that never gets smaller when the thing it is about gets worse
 * @param reasons for people, in the order of the marks; names no server and no address
 */
record Score(List<Long> marks, List<String> reasons) implements Comparable<Score> {
    Score {
        marks = List.copyOf(marks);
        reasons = List.copyOf(reasons);
    }

    @Override
    public int compareTo(Score other) {
        for (int i = 0; i < marks.size(); i++) {
            int order = Long.compare(marks.get(i), other.marks.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    static final class Builder {
        private final List<Long> marks = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();

        Builder mark(long mark) {
            marks.add(mark);
            return this;
        }

        Builder mark(long mark, String reason) {
            reasons.add(reason);
            return mark(mark);
        }

        /** A reason is given only where the mark is bad. */
        Builder fault(boolean bad, String reason) {
            return bad ? mark(1, reason) : mark(0);
        }

        /** A reason is given only where the mark is good. */
        Builder merit(boolean good, String reason) {
            return good ? mark(0, reason) : mark(1);
        }

        Score build() {
            return new Score(marks, reasons);
        }
    }
}
