package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.roaringbitmap.RoaringBatchIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Takes a page out of an order that is made for one question: without sorting what is not on the page. Since values are
 * evenly spread, it is known about where those of a page lie, and all else is only counted.
 */
final class Smallest {
    /** Farther from where it is expected, in standard deviations, is one place in a thousand million. */
    private static final int DEVIATIONS = 6;

    private static final int BATCH = 1024;

    private Smallest() {}

    /** @param value another one for every id, evenly spread over all numbers */
    static int[] ids(RoaringBitmap of, IntToLongFunction value, int start, int count) {
        double size = of.getCardinality();
        double margin = DEVIATIONS * Math.sqrt(size) / 2 + 1;
        Window likely =
                new Window(value, bound((start - margin) / size), bound(((double) start + count + margin) / size));
        each(of, likely);
        if (likely.holds(start, count)) {
            return likely.ids(start, count);
        }
        Window everything = new Window(value, Long.MIN_VALUE, Long.MAX_VALUE);
        each(of, everything);
        return everything.ids(start, count);
    }

    /** In batches, which takes less than a call for each id. */
    private static void each(RoaringBitmap of, Window window) {
        RoaringBatchIterator ids = of.getBatchIterator();
        int[] batch = new int[BATCH];
        while (ids.hasNext()) {
            int count = ids.nextBatch(batch);
            for (int i = 0; i < count; i++) {
                window.take(batch[i]);
            }
        }
    }

    private static long bound(double share) {
        return (long) ((share - 0.5) * 0x1p64);
    }

    /** The ids with values between two bounds, and how many there are below. */
    private static final class Window {
        private final IntToLongFunction value;
        private final long low;
        private final long high;
        private int below;
        private int[] ids = new int[1024];
        private long[] values = new long[1024];
        private int size;

        Window(IntToLongFunction value, long low, long high) {
            this.value = value;
            this.low = low;
            this.high = high;
        }

        void take(int id) {
            long found = value.applyAsLong(id);
            if (found < low) {
                below++;
            } else if (found <= high) {
                put(id, found);
            }
        }

        private void put(int id, long found) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            ids[size] = id;
            values[size++] = found;
        }

        boolean holds(int start, int count) {
            return below <= start && below + size >= start + count;
        }

        int[] ids(int start, int count) {
            long[] sorted = Arrays.copyOf(values, size);
            Arrays.sort(sorted);
            int[] page = new int[count];
            int from = start - below;
            for (int i = 0; i < size; i++) {
                if (values[i] >= sorted[from] && values[i] <= sorted[from + count - 1]) {
                    page[Arrays.binarySearch(sorted, from, from + count, values[i]) - from] = ids[i];
                }
            }
            return page;
        }
    }
}
