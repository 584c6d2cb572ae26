package org.embygateway.catalogue;

import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.embygateway.protocol.ArtistRole;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/**
 * How many visible titles name a person, an artist, a genre and the like, each counted once however many servers have it.
 *
 * <p>Emby API: {@code MovieCount}, {@code SeriesCount}, {@code AlbumCount}, {@code SongCount}, {@code MusicVideoCount} of
 * {@code BaseItemDto}.
 */
final class ItemCounts {
    private static final Map<String, ItemKind> COUNTED = Map.of(
            "MovieCount", ItemKind.MOVIE,
            "SeriesCount", ItemKind.SERIES,
            "AlbumCount", ItemKind.MUSIC_ALBUM,
            "SongCount", ItemKind.AUDIO,
            "MusicVideoCount", ItemKind.MUSIC_VIDEO);

    private ItemCounts() {}

    /** An artist's albums are those whose album artist it is. */
    static Map<String, Integer> of(Lens lens, Row named) {
        RoaringBitmap naming = RoaringBitmap.and(lens.of(Keys.REF.of(named.id())), lens.visible());
        Map<String, Integer> counts = new TreeMap<>();
        COUNTED.forEach((field, kind) -> counts.put(
                field, RoaringBitmap.andCardinality(naming, lens.snapshot().ofKind(kind))));
        if (named.kind() == ItemKind.MUSIC_ARTIST) {
            RoaringBitmap albums = Artists.by(lens, named.id(), EnumSet.of(ArtistRole.ALBUM_ARTIST));
            counts.put(
                    "AlbumCount",
                    RoaringBitmap.andCardinality(albums, lens.snapshot().ofKind(ItemKind.MUSIC_ALBUM)));
        }
        return counts;
    }
}
