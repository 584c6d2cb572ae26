package org.embygateway.catalogue;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.embygateway.protocol.ArtistRole;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/**
 * Who plays on what. An artist is visible when something visible is by it.
 *
 * <p>Emby API: {@code ArtistType}, ArtistsService.
 */
final class Artists {
    static final Set<ArtistRole> PLAYING = EnumSet.of(ArtistRole.ARTIST, ArtistRole.ALBUM_ARTIST);

    private static final int SHARED_GENRE = 10;

    private Artists() {}

    static Keys field(ArtistRole role) {
        return switch (role) {
            case ARTIST -> Keys.ARTIST;
            case ALBUM_ARTIST -> Keys.ALBUM_ARTIST;
            case COMPOSER -> Keys.COMPOSER;
        };
    }

    /** Those that {@code ArtistType} names; who plays when it is absent or says {@code all}. */
    static Set<ArtistRole> roles(Params params) {
        Set<ArtistRole> roles = EnumSet.noneOf(ArtistRole.class);
        params.list("ArtistType").forEach(name -> ArtistRole.named(name).ifPresent(roles::add));
        return roles.isEmpty() ? PLAYING : roles;
    }

    /** The visible artists that some of these visible items are by. */
    static RoaringBitmap of(Lens lens, RoaringBitmap items, Collection<ArtistRole> roles) {
        RoaringBitmap artists = new RoaringBitmap();
        roles.forEach(role -> lens.eachValue(field(role), items, artists::add));
        artists.and(lens.visible());
        return artists;
    }

    /** The visible items that are by the artist in one of the roles. */
    static RoaringBitmap by(Lens lens, int artist, Collection<ArtistRole> roles) {
        RoaringBitmap items = lens.ofAny(
                roles.stream().mapToLong(role -> field(role).of(artist)).toArray());
        items.and(lens.visible());
        return items;
    }

    static RoaringBitmap albums(Lens lens, int artist) {
        return RoaringBitmap.and(
                by(lens, artist, EnumSet.of(ArtistRole.ALBUM_ARTIST)),
                lens.snapshot().ofKind(ItemKind.MUSIC_ALBUM));
    }

    static RoaringBitmap songs(Lens lens, int artist) {
        return RoaringBitmap.and(by(lens, artist, PLAYING), lens.snapshot().ofKind(ItemKind.AUDIO));
    }

    /** Others whose music is of the same genres: of the most genres in common first. */
    static List<Row> like(Lens lens, Row artist, RoaringBitmap among, int limit) {
        TreeMap<Integer, Integer> scores = new TreeMap<>();
        RoaringBitmap own = by(lens, artist.id(), PLAYING);
        lens.namedBy(own, EnumSet.of(ItemKind.MUSIC_GENRE, ItemKind.GENRE)).forEach((int genre) -> {
            RoaringBitmap items = RoaringBitmap.and(lens.of(Keys.REF.of(genre)), lens.visible());
            of(lens, items, PLAYING).forEach((int other) -> scores.merge(other, SHARED_GENRE, Integer::sum));
        });
        scores.remove(artist.id());
        scores.keySet().removeIf(id -> !among.contains(id));
        return scores.entrySet().stream()
                .sorted((one, other) -> Integer.compare(other.getValue(), one.getValue()))
                .limit(limit)
                .map(entry -> lens.row(entry.getKey()))
                .toList();
    }

    /** All visible ones of that name. */
    static RoaringBitmap named(Lens lens, String name) {
        String folded = Text.fold(name);
        RoaringBitmap artists = new RoaringBitmap();
        if (folded.isEmpty()) {
            return artists;
        }
        RoaringBitmap candidates = lens.snapshot().titles().candidates(folded);
        candidates.and(lens.snapshot().ofKind(ItemKind.MUSIC_ARTIST));
        candidates.and(lens.visible());
        candidates.forEach((int id) -> {
            if (lens.row(id).folded().equals(folded)) {
                artists.add(id);
            }
        });
        return artists;
    }
}
