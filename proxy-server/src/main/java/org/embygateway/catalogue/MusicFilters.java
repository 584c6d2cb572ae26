package org.embygateway.catalogue;

import java.util.HashSet;
import java.util.Set;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/** Artists and albums. Artists are known by their names: songs of any server belong to the one of that name. */
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
            Set<String> names = namesOf("ArtistIds");
            names.addAll(folded("Artists"));
            conditions.add(either(names));
        }
        if (params.has("AlbumArtistIds")) {
            conditions.add(by(Keys.ALBUM_ARTIST, namesOf("AlbumArtistIds")));
        }
        if (params.has("ContributingArtistIds")) {
            Set<String> names = namesOf("ContributingArtistIds");
            conditions.add(RoaringBitmap.andNot(by(Keys.ARTIST, names), by(Keys.ALBUM_ARTIST, names)));
        }
        if (params.has("ComposerArtistIds")) {
            conditions.add(by(Keys.COMPOSER, namesOf("ComposerArtistIds")));
        }
        if (params.has("ExcludeArtistIds")) {
            conditions.addNot(either(namesOf("ExcludeArtistIds")));
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
            conditions.add(by(Keys.ALBUM, folded("Albums")));
        }
        if (params.has("AlbumIds")) {
            conditions.add(conditions.any(Keys.TRACKS_OF_ALBUM, conditions.ids("AlbumIds")));
        }
    }

    private RoaringBitmap either(Set<String> names) {
        return RoaringBitmap.or(by(Keys.ARTIST, names), by(Keys.ALBUM_ARTIST, names));
    }

    private RoaringBitmap by(Keys field, Set<String> names) {
        RoaringBitmap all = new RoaringBitmap();
        names.forEach(name -> all.or(conditions.lens().ofText(field, name)));
        return all;
    }

    private Set<String> folded(String name) {
        Set<String> names = new HashSet<>();
        params.pipeList(name).forEach(text -> names.add(Text.fold(text)));
        return names;
    }

    private Set<String> namesOf(String name) {
        Set<String> names = new HashSet<>();
        conditions.ids(name).forEach((int id) -> conditions.lens().find(id).ifPresent(row -> names.add(row.folded())));
        return names;
    }
}
