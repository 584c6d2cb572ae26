package org.embygateway.catalogue;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The titles of items that somebody sees under other ones than most, since they do not see all servers that have them. Made
 * when it is first asked for, and then mended after changes.
 */
final class Differing {
    private final @Nullable Made before;
    private final RoaringBitmap touched;
    private volatile @Nullable Made made;

    private record Made(RoaringBitmap items, TitleIndex index) {}

    private Differing(@Nullable Made before, RoaringBitmap touched) {
        this.before = before;
        this.touched = touched;
    }

    static Differing unknown() {
        return new Differing(null, new RoaringBitmap());
    }

    /** The same after some items changed. */
    Differing after(RoaringBitmap changed) {
        Made known = made;
        return known != null
                ? new Differing(known, changed)
                : new Differing(before, RoaringBitmap.or(touched, changed));
    }

    /** Items that have other titles elsewhere, and perhaps some that are not visible. */
    RoaringBitmap items(Lens lens) {
        return RoaringBitmap.and(lens.partial(), lens.snapshot().titles().different());
    }

    /** The titles of the visible ones among those. */
    TitleIndex index(Lens lens) {
        Made known = made;
        return (known == null ? make(lens) : known).index;
    }

    boolean isMade() {
        return made != null;
    }

    private synchronized Made make(Lens lens) {
        Made known = made;
        if (known != null) {
            return known;
        }
        Made old = before == null ? new Made(new RoaringBitmap(), TitleIndex.empty()) : before;
        RoaringBitmap items = RoaringBitmap.and(items(lens), lens.visible());
        RoaringBitmap out = RoaringBitmap.andNot(old.items, items);
        out.or(RoaringBitmap.and(old.items, touched));
        RoaringBitmap in = RoaringBitmap.andNot(items, old.items);
        in.or(RoaringBitmap.and(items, touched));
        TitleIndex.Edit edit = old.index.edit();
        out.forEach((int id) -> edit.remove(id, old.index.titles(id)));
        in.forEach((int id) -> edit.add(id, Titles.of(lens.snapshot().rows().get(id), lens::sees)));
        known = new Made(items, edit.done());
        made = known;
        return known;
    }
}
