package org.embygateway.catalogue;

import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/** What lies below what. */
final class Tree {
    private Tree() {}

    /** The visible playable items below a folder; the item itself when it plays. */
    static RoaringBitmap leaves(Lens lens, Row row) {
        return switch (row.kind()) {
            case SERIES -> lens.visibleOf(Keys.EPISODES_OF_SERIES.of(row.id()));
            case SEASON -> lens.visibleOf(Keys.EPISODES_OF_SEASON.of(row.id()));
            case MUSIC_ALBUM -> lens.visibleOf(Keys.TRACKS_OF_ALBUM.of(row.id()));
            default -> row.kind().isPlayable() ? RoaringBitmap.bitmapOf(row.id()) : new RoaringBitmap();
        };
    }

    /** The visible items directly below a folder that is no view. */
    static RoaringBitmap children(Lens lens, Row row) {
        return row.kind() == ItemKind.SERIES
                ? lens.visibleOf(Keys.SEASONS_OF_SERIES.of(row.id()))
                : row.kind().isFolder() ? leaves(lens, row) : new RoaringBitmap();
    }

    /** What the item is directly or indirectly in: its series, season and album. */
    static RoaringBitmap above(Lens lens, RoaringBitmap items) {
        RoaringBitmap above = new RoaringBitmap();
        RoaringBitmap.and(items, lens.visible()).forEach((int id) -> {
            Row row = lens.row(id);
            above.add(row.series());
            above.add(row.season());
            above.add(row.album());
        });
        above.remove(0);
        above.and(lens.visible());
        return above;
    }

    /** The folders with something below that is all played. */
    static RoaringBitmap playedFolders(Lens lens, RoaringBitmap played) {
        RoaringBitmap whole = new RoaringBitmap();
        above(lens, played).forEach((int id) -> {
            Row row = lens.row(id);
            RoaringBitmap leaves = row.kind().isFolder() ? leaves(lens, row) : new RoaringBitmap();
            if (!leaves.isEmpty() && played.contains(leaves)) {
                whole.add(id);
            }
        });
        return whole;
    }

    /** All visible items below. */
    static RoaringBitmap descendants(Lens lens, Row row) {
        return RoaringBitmap.or(children(lens, row), row.kind().isFolder() ? leaves(lens, row) : new RoaringBitmap());
    }
}
