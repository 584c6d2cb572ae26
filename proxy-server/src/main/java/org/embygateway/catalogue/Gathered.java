package org.embygateway.catalogue;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;

/** The union of very many sets, most of them small, under construction: adding them one by one to a set would take longer. */
final class Gathered {
    private int[] few = new int[64];
    private int count;
    private final RoaringBitmap all = new RoaringBitmap();

    void add(int[] ids) {
        if (count + ids.length > few.length) {
            few = Arrays.copyOf(few, Math.max(count + ids.length, count * 2));
        }
        System.arraycopy(ids, 0, few, count, ids.length);
        count += ids.length;
    }

    void add(RoaringBitmap ids) {
        all.or(ids);
    }

    /** To be asked for once. */
    RoaringBitmap done() {
        if (count > 0) {
            all.or(RoaringBitmap.bitmapOfUnordered(Arrays.copyOf(few, count)));
        }
        return all;
    }
}
