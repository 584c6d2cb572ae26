package org.embygateway.catalogue;

/** Sorts ids by one value each; what is equal keeps its order. */
final class Stable {
    private static final int DIGIT = 11;

    private Stable() {}

    /**
     * Digit by digit, the lowest first, which for a million takes less than comparing them.
     *
     * @param values of the ids, at the same places
     */
    static int[] byNumber(int[] ids, long[] values, boolean descending) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (long value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        long[] digits = new long[values.length];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = descending ? most - values[i] : values[i] - least;
        }
        int[] order = ids.clone();
        int[] otherOrder = new int[ids.length];
        long[] otherDigits = new long[ids.length];
        long span = ids.length == 0 ? 0 : most - least;
        for (int shift = 0; shift < Long.SIZE && span >>> shift != 0; shift += DIGIT) {
            pass(order, digits, otherOrder, otherDigits, shift);
            int[] sorted = otherOrder;
            otherOrder = order;
            order = sorted;
            long[] sortedDigits = otherDigits;
            otherDigits = digits;
            digits = sortedDigits;
        }
        return order;
    }

    private static void pass(int[] ids, long[] digits, int[] sorted, long[] sortedDigits, int shift) {
        int[] next = new int[1 << DIGIT];
        for (long value : digits) {
            next[digit(value, shift)]++;
        }
        int sum = 0;
        for (int i = 0; i < next.length; i++) {
            int count = next[i];
            next[i] = sum;
            sum += count;
        }
        for (int i = 0; i < ids.length; i++) {
            int to = next[digit(digits[i], shift)]++;
            sorted[to] = ids[i];
            sortedDigits[to] = digits[i];
        }
    }

    private static int digit(long value, int shift) {
        return (int) (value >>> shift) & (1 << DIGIT) - 1;
    }

    /** @param texts of the ids, at the same places */
    static int[] byText(int[] ids, String[] texts, boolean descending) {
        int[] places = TextSort.places(texts, descending);
        for (int i = 0; i < places.length; i++) {
            places[i] = ids[places[i]];
        }
        return places;
    }
}
