package org.embygateway.catalogue;

import java.util.Arrays;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** All visible items that a search finds, those that fit equally well together, the best first. Nothing is changed. */
record Found(List<RoaringBitmap> ranks, RoaringBitmap all) {
    static final Found NOTHING = new Found(List.of(), new RoaringBitmap());

    /** Sets under construction, by {@link Term}'s ranks; an item may be in several and counts in the best. */
    static final class Sets {
        private final RoaringBitmap[] sets = new RoaringBitmap[Term.NO_MATCH];

        Sets() {
            Arrays.setAll(sets, i -> new RoaringBitmap());
        }

        void add(int rank, RoaringBitmap ids) {
            sets[rank].or(ids);
        }

        void add(int rank, int id) {
            if (rank < sets.length) {
                sets[rank].add(id);
            }
        }

        Found done() {
            RoaringBitmap all = new RoaringBitmap();
            for (RoaringBitmap set : sets) {
                set.andNot(all);
                all.or(set);
            }
            return new Found(List.of(sets), all);
        }
    }
}
