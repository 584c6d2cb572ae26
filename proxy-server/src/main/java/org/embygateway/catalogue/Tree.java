package org.embygateway.catalogue;

import java.util.Set;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/** What lies below what. */
final class Tree {
    private static final Set<ItemKind> HOLDERS = Set.of(ItemKind.FOLDER, ItemKind.PHOTO_ALBUM, ItemKind.GAME_SYSTEM);

    private Tree() {}

    /** The visible playable items below a folder; the item itself when it plays. */
    static RoaringBitmap leaves(Lens lens, Row row) {
        return switch (row.kind()) {
            case SERIES -> lens.visibleOf(Keys.EPISODES_OF_SERIES.of(row.id()));
            case SEASON -> lens.visibleOf(Keys.EPISODES_OF_SEASON.of(row.id()));
            case BOX_SET, PLAYLIST -> listed(lens, row.id(), new RoaringBitmap());
            case FOLDER, PHOTO_ALBUM, GAME_SYSTEM -> playable(lens, inside(lens, row));
            case MUSIC_ALBUM -> lens.visibleOf(Keys.TRACKS_OF_ALBUM.of(row.id()));
            case MUSIC_ARTIST -> Artists.songs(lens, row.id());
            default -> row.kind().isPlayable() ? RoaringBitmap.bitmapOf(row.id()) : new RoaringBitmap();
        };
    }

    private static RoaringBitmap playable(Lens lens, RoaringBitmap items) {
        return RoaringBitmap.and(items, lens.snapshot().ofKinds(ItemKind::isPlayable));
    }

    /** All that lies in a folder and in those within; each folder is entered once. */
    private static RoaringBitmap inside(Lens lens, Row folder) {
        RoaringBitmap found = new RoaringBitmap();
        RoaringBitmap folders = lens.snapshot().ofKinds(ItemKind::isFolder);
        RoaringBitmap open = RoaringBitmap.bitmapOf(folder.id());
        while (!open.isEmpty()) {
            RoaringBitmap next = new RoaringBitmap();
            open.forEach((int id) -> next.or(lens.visibleOf(Keys.IN_FOLDER.of(id))));
            next.andNot(found);
            found.or(next);
            open = RoaringBitmap.and(next, folders);
        }
        return found;
    }

    /** What plays of a list's members; a list within a list counts once. */
    private static RoaringBitmap listed(Lens lens, int list, RoaringBitmap entered) {
        RoaringBitmap leaves = new RoaringBitmap();
        if (entered.checkedAdd(list)) {
            lens.lists().members(lens, list).forEach((int id) -> {
                Row member = lens.row(id);
                leaves.or(Lists.isList(member.kind()) ? listed(lens, id, entered) : leaves(lens, member));
            });
        }
        return leaves;
    }

    /** The visible items directly below a folder that is no view. */
    static RoaringBitmap children(Lens lens, Row row) {
        return switch (row.kind()) {
            case SERIES -> lens.visibleOf(Keys.SEASONS_OF_SERIES.of(row.id()));
            case BOX_SET, PLAYLIST -> lens.lists().members(lens, row.id());
            case MUSIC_ARTIST -> Artists.albums(lens, row.id());
            case FOLDER, PHOTO_ALBUM, GAME_SYSTEM -> lens.visibleOf(Keys.IN_FOLDER.of(row.id()));
            default -> row.kind().isFolder() ? leaves(lens, row) : new RoaringBitmap();
        };
    }

    /** What stands directly in a library. */
    static RoaringBitmap topLevel(Lens lens, int view) {
        ItemKind listed = lens.lists().views().get(view);
        return listed == null
                ? lens.topLevel(view)
                : RoaringBitmap.and(lens.snapshot().ofKind(listed), lens.visible());
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
        RoaringBitmap above = above(lens, played);
        above.or(lens.lists().holding(lens, RoaringBitmap.or(above, played)));
        above.forEach((int id) -> {
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
        if (HOLDERS.contains(row.kind())) {
            return inside(lens, row);
        }
        RoaringBitmap all =
                RoaringBitmap.or(children(lens, row), row.kind().isFolder() ? leaves(lens, row) : new RoaringBitmap());
        if (Lists.isList(row.kind())) {
            children(lens, row).forEach((int id) -> {
                Row member = lens.row(id);
                all.or(Lists.isList(member.kind()) ? new RoaringBitmap() : descendants(lens, member));
            });
        }
        return all;
    }
}
