package org.embygateway.catalogue;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.embygateway.protocol.ArtistRole;
import org.embygateway.protocol.ItemKind;
import org.roaringbitmap.RoaringBitmap;

/**
 * What items have in common, as items.
 *
 * <p>Emby API: {@code GroupItemsInto}.
 */
final class Groups {
    static final Set<ItemKind> ALL_GENRES = Set.of(ItemKind.GENRE, ItemKind.MUSIC_GENRE, ItemKind.GAME_GENRE);

    private Groups() {}

    /** The visible groups of visible items; empty when the word is none of Emby's. */
    static Optional<UnaryOperator<RoaringBitmap>> named(Lens lens, String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "genres" -> Optional.of(items -> lens.namedBy(items, ALL_GENRES));
            case "studios" -> Optional.of(items -> lens.namedBy(items, EnumSet.of(ItemKind.STUDIO)));
            case "tags" -> Optional.of(items -> lens.namedBy(items, EnumSet.of(ItemKind.TAG)));
            case "artists" -> Optional.of(items -> Artists.of(lens, items, EnumSet.of(ArtistRole.ARTIST)));
            case "albumartists" -> Optional.of(items -> Artists.of(lens, items, EnumSet.of(ArtistRole.ALBUM_ARTIST)));
            case "composers" -> Optional.of(items -> Artists.of(lens, items, EnumSet.of(ArtistRole.COMPOSER)));
            case "collections" -> Optional.of(items -> lens.lists().holding(lens, ItemKind.BOX_SET, items));
            case "albums" -> Optional.of(items -> values(lens, Keys.TRACKS_OF_ALBUM, items));
            case "collectionfolders" -> Optional.of(items -> values(lens, Keys.VIEW, items));
            default -> Optional.empty();
        };
    }

    /** The visible by-name items of some of these kinds that visible items name; of artists those in one of the roles. */
    static RoaringBitmap byName(Lens lens, RoaringBitmap items, Set<ItemKind> kinds, Set<ArtistRole> roles) {
        Set<ItemKind> others = EnumSet.noneOf(ItemKind.class);
        kinds.stream()
                .filter(kind -> kind.isByName() && kind != ItemKind.MUSIC_ARTIST)
                .forEach(others::add);
        RoaringBitmap named = others.isEmpty() ? new RoaringBitmap() : lens.namedBy(items, others);
        if (kinds.contains(ItemKind.MUSIC_ARTIST)) {
            named.or(Artists.of(lens, items, roles));
        }
        return named;
    }

    private static RoaringBitmap values(Lens lens, Keys field, RoaringBitmap items) {
        RoaringBitmap values = new RoaringBitmap();
        lens.eachValue(field, items, values::add);
        values.and(lens.visible());
        return values;
    }
}
