package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * All visible items that a search finds, and how well they fit. How well is worked out only as far as somebody wants to
 * know: sets of the index stay as they are until then. Nothing is changed.
 */
final class Found {
    static final Found NOTHING = new Found(List.of());

    private final List<Part> parts;
    private final RoaringBitmap all = new RoaringBitmap();

    /** @param parts of what is found; an item may be in several and counts in the best */
    Found(List<Part> parts) {
        this.parts = List.copyOf(parts);
        parts.forEach(part -> all.or(part.all));
    }

    /** Not to be changed. */
    RoaringBitmap all() {
        return all;
    }

    /** Receives items that fit equally well. */
    interface Fitting {
        /** @return whether those that fit less are wanted */
        boolean of(int rank, RoaringBitmap items);
    }

    /** Tells the items of a set by how well they fit, the best first. */
    void each(RoaringBitmap of, Fitting fitting) {
        RoaringBitmap left = of.clone();
        for (int rank = 0; rank < Term.NO_MATCH; rank++) {
            RoaringBitmap items = new RoaringBitmap();
            for (Part part : parts) {
                items.or(part.among(rank, left));
            }
            if (!items.isEmpty() && !fitting.of(rank, items)) {
                return;
            }
            left.andNot(items);
        }
    }

    /**
     * What is found by one index.
     *
     * @param items those that it knows
     * @param sets by rank; only what is among the items counts, and an item counts in the best
     * @param looked by rank, what was looked at one by one
     * @param all of them
     */
    record Part(RoaringBitmap items, List<List<RoaringBitmap>> sets, List<RoaringBitmap> looked, RoaringBitmap all) {
        private RoaringBitmap among(int rank, RoaringBitmap some) {
            RoaringBitmap found = new RoaringBitmap();
            sets.get(rank).forEach(set -> found.or(RoaringBitmap.and(set, some)));
            if (!found.isEmpty()) {
                found.and(items);
            }
            found.or(RoaringBitmap.and(looked.get(rank), some));
            return found;
        }
    }

    /** A part under construction, by {@link Term}'s ranks. */
    static final class Sets {
        private final RoaringBitmap items;
        private final List<List<RoaringBitmap>> sets = new ArrayList<>();
        private final List<RoaringBitmap> largest = new ArrayList<>();
        private final RoaringBitmap[] looked = new RoaringBitmap[Term.NO_MATCH];

        Sets(RoaringBitmap items) {
            this.items = items;
            Arrays.setAll(looked, rank -> new RoaringBitmap());
            for (int rank = 0; rank < Term.NO_MATCH; rank++) {
                sets.add(new ArrayList<>());
            }
        }

        /** @param ids there may be others among them, which do not count */
        void add(int rank, RoaringBitmap ids) {
            sets.get(rank).add(ids);
            largest.add(ids);
        }

        /** The same of a set that lies within another one that is added. */
        void addPart(int rank, RoaringBitmap ids) {
            sets.get(rank).add(ids);
        }

        /** Items of which each counts. */
        void addLooked(int rank, RoaringBitmap ids) {
            looked[rank].or(ids);
        }

        void addLooked(int rank, int id) {
            if (rank < looked.length) {
                looked[rank].add(id);
            }
        }

        Part done() {
            RoaringBitmap all = new RoaringBitmap();
            largest.forEach(all::or);
            all.and(items);
            for (RoaringBitmap some : looked) {
                all.or(some);
            }
            return new Part(items, List.copyOf(sets), List.of(looked), all);
        }
    }
}
