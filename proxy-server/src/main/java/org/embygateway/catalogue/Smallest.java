package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.roaringbitmap.RoaringBitmap;

/** Takes a page out of an order that is made for one question: without sorting what is not on the page. */
final class Smallest {
    private static final int BITS = 12;

    private Smallest() {}

    /** @param value another one for every id, evenly spread over all numbers */
    static int[] ids(RoaringBitmap of, IntToLongFunction value, int start, int count) {
        int[] sizes = new int[1 << BITS];
        of.forEach((int id) -> sizes[bucket(value.applyAsLong(id))]++);
        int first = 0;
        int before = 0;
        while (before + sizes[first] <= start) {
            before += sizes[first++];
        }
        int last = first;
        int gathered = sizes[first];
        while (before + gathered < start + count) {
            gathered += sizes[++last];
        }
        return sorted(of, value, first, last, gathered, start - before, count);
    }

    private static int[] sorted(
            RoaringBitmap of, IntToLongFunction value, int first, int last, int size, int skip, int count) {
        record Valued(long value, int id) {}
        Valued[] gathered = new Valued[size];
        int[] at = {0};
        of.forEach((int id) -> {
            long found = value.applyAsLong(id);
            int bucket = bucket(found);
            if (bucket >= first && bucket <= last) {
                gathered[at[0]++] = new Valued(found, id);
            }
        });
        Arrays.sort(gathered, (one, other) -> Long.compare(one.value, other.value));
        return Arrays.stream(gathered, skip, skip + count).mapToInt(Valued::id).toArray();
    }

    private static int bucket(long value) {
        return (int) ((value ^ Long.MIN_VALUE) >>> 64 - BITS);
    }
}
