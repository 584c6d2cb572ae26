package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.BitSet;

/** Walks along an order and stops at the ids that are wanted. */
final class Walk {
    /** From one stop to the next there are so many wanted ids. */
    static final int STRIDE = 256;

    private Walk() {}

    /** The next {@code count} wanted ids after {@code skip} others, from a place in the order on. */
    static int[] from(int[] order, BitSet wanted, int place, int skip, int count) {
        int[] found = new int[count];
        int left = skip;
        int taken = 0;
        for (int i = place; i < order.length && taken < count; i++) {
            if (wanted.get(order[i]) && --left < 0) {
                found[taken++] = order[i];
            }
        }
        return taken == count ? found : Arrays.copyOf(found, taken);
    }

    /** The places in the order of every {@link #STRIDE}th wanted id, the first included. */
    static int[] stops(int[] order, BitSet wanted) {
        int[] stops = new int[order.length / STRIDE + 1];
        int count = 0;
        for (int i = 0; i < order.length; i++) {
            if (wanted.get(order[i]) && count++ % STRIDE == 0) {
                stops[count / STRIDE] = i;
            }
        }
        return Arrays.copyOf(stops, count / STRIDE + 1);
    }
}
