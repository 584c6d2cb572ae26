package org.embygateway.catalogue;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/**
 * Shows other items in the place of those that a query found: the collections they are in, what plays below them, or
 * their genres, albums, artists and the like.
 *
 * <p>Emby API: {@code GroupItemsIntoCollections}, {@code CollapseBoxSetItems}, {@code ProjectToMedia},
 * {@code GroupItemsInto}.
 */
record Regrouping(UnaryOperator<RoaringBitmap> change) {
    /** Whoever asks for one of these looks for single titles. */
    private static final Set<String> SINGLE = Set.of(
            "SearchTerm",
            "Ids",
            "Filters",
            "IsFavorite",
            "IsPlayed",
            "IsResumable",
            "IsFolder",
            "Genres",
            "GenreIds",
            "Person",
            "PersonIds",
            "PersonTypes",
            "Studios",
            "StudioIds",
            "Years",
            "ImageTypes",
            "HasSubtitles",
            "HasTrailer",
            "HasOverview",
            "HasSpecialFeature",
            "HasThemeSong",
            "HasThemeVideo",
            "HasImdbId",
            "HasTmdbId",
            "HasTvdbId",
            "Is3D",
            "IsHD",
            "Is4K",
            "Containers",
            "VideoCodecs",
            "AudioCodecs",
            "ListItemIds",
            "CollectionIds");

    /** Whether what plays is wanted in the place of folders. */
    static boolean isMedia(Params params) {
        return params.flag("ProjectToMedia", false);
    }

    /** Whether something else than what was found is wanted. */
    static boolean isWanted(Params params) {
        return isMedia(params) || params.has("GroupItemsInto");
    }

    static Regrouping of(Lens lens, Params params) {
        if (isMedia(params)) {
            return new Regrouping(found -> playable(lens, found));
        }
        Optional<UnaryOperator<RoaringBitmap>> groups =
                params.text("GroupItemsInto").flatMap(word -> Groups.named(lens, word));
        if (groups.isPresent()) {
            return new Regrouping(groups.get());
        }
        boolean collapse = Stream.of("GroupItemsIntoCollections", "CollapseBoxSetItems")
                .anyMatch(name -> params.flag(name, false));
        return new Regrouping(collapse && collapses(lens, params) ? found -> collections(lens, found) : found -> found);
    }

    /** The caller may not change the set it gave away, nor rely on it. */
    RoaringBitmap apply(RoaringBitmap found) {
        return change.apply(found);
    }

    private static boolean collapses(Lens lens, Params params) {
        boolean titles = Filters.kinds(params, "IncludeItemTypes")
                .map(kinds -> kinds.contains(ItemKind.MOVIE) || kinds.contains(ItemKind.SERIES))
                .orElse(true);
        Optional<ItemKind> scope = params.text("ParentId")
                .flatMap(ItemId::parse)
                .flatMap(id -> lens.find(id.value()))
                .map(Row::kind);
        boolean inLibrary = scope.map(kind -> kind == ItemKind.COLLECTION_FOLDER || kind == ItemKind.USER_VIEW)
                .orElse(true);
        return titles && inLibrary && SINGLE.stream().noneMatch(params::has);
    }

    private static RoaringBitmap collections(Lens lens, RoaringBitmap found) {
        RoaringBitmap collections = RoaringBitmap.and(lens.snapshot().ofKind(ItemKind.BOX_SET), lens.visible());
        RoaringBitmap members = new RoaringBitmap();
        RoaringBitmap shown = new RoaringBitmap();
        collections.forEach((int id) -> {
            RoaringBitmap held = lens.lists().members(lens, id);
            held.and(found);
            if (!held.isEmpty()) {
                members.or(held);
                shown.add(id);
            }
        });
        RoaringBitmap result = RoaringBitmap.andNot(found, members);
        result.or(shown);
        return result;
    }

    private static RoaringBitmap playable(Lens lens, RoaringBitmap found) {
        RoaringBitmap media = new RoaringBitmap();
        found.forEach((int id) -> {
            Row row = lens.row(id);
            if (row.kind().isFolder()) {
                media.or(Tree.leaves(lens, row));
            } else {
                media.add(id);
            }
        });
        return media;
    }
}
