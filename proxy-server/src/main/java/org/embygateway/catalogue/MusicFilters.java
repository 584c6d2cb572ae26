package org.embygateway.catalogue;

import java.util.HashSet;
import java.util.Set;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/** Artists and albums. */
final class MusicFilters {
    private final Conditions conditions;
    private final Params params;

    private MusicFilters(Conditions conditions) {
        this.conditions = conditions;
        this.params = conditions.params();
    }

    static void add(Conditions conditions) {
        MusicFilters filters = new MusicFilters(conditions);
        filters.artists();
        filters.firstArtists();
        filters.albums();
    }

    private void artists() {
        if (params.has("ArtistIds") || params.has("Artists")) {
            RoaringBitmap artists = conditions.ids("ArtistIds");
            params.pipeList("Artists").forEach(name -> artists.or(Artists.named(conditions.lens(), name)));
            conditions.add(either(artists));
        }
        if (params.has("AlbumArtistIds")) {
            conditions.add(conditions.any(Keys.ALBUM_ARTIST, conditions.ids("AlbumArtistIds")));
        }
        if (params.has("ContributingArtistIds")) {
            RoaringBitmap artists = conditions.ids("ContributingArtistIds");
            conditions.add(RoaringBitmap.andNot(
                    conditions.any(Keys.ARTIST, artists), conditions.any(Keys.ALBUM_ARTIST, artists)));
        }
        if (params.has("ComposerArtistIds")) {
            conditions.add(conditions.any(Keys.COMPOSER, conditions.ids("ComposerArtistIds")));
        }
        if (params.has("ExcludeArtistIds")) {
            conditions.addNot(either(conditions.ids("ExcludeArtistIds")));
        }
    }

    private void firstArtists() {
        startingFrom("ArtistStartsWithOrGreater", SortKey.ARTIST);
        startingFrom("AlbumArtistStartsWithOrGreater", SortKey.ALBUM_ARTIST);
    }

    private void startingFrom(String name, SortKey first) {
        params.text(name)
                .map(Text::fold)
                .ifPresent(least -> conditions.add(conditions.lens().orders().textFrom(first, least)));
    }

    private void albums() {
        if (params.has("Albums")) {
            conditions.add(named(folded("Albums")));
        }
        if (params.has("AlbumIds")) {
            conditions.add(conditions.any(Keys.TRACKS_OF_ALBUM, conditions.ids("AlbumIds")));
        }
    }

    private RoaringBitmap either(RoaringBitmap artists) {
        return RoaringBitmap.or(conditions.any(Keys.ARTIST, artists), conditions.any(Keys.ALBUM_ARTIST, artists));
    }

    private RoaringBitmap named(Set<String> albums) {
        RoaringBitmap all = new RoaringBitmap();
        albums.forEach(name -> all.or(conditions.lens().ofText(Keys.ALBUM, name)));
        return all;
    }

    private Set<String> folded(String name) {
        Set<String> names = new HashSet<>();
        params.pipeList(name).forEach(text -> names.add(Text.fold(text)));
        return names;
    }
}
