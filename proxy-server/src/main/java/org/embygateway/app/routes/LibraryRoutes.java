package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.catalogue;
import static org.embygateway.route.Access.USER;

import java.util.List;
import org.embygateway.catalogue.FacetHandlers;
import org.embygateway.catalogue.ItemsHandlers;
import org.embygateway.catalogue.ViewsHandlers;
import org.embygateway.route.Route;

/** ItemsService, UserLibraryService, UserViewsService, TvShowsService, TagService and their relatives: the catalogue. */
public final class LibraryRoutes {
    private LibraryRoutes() {}

    public static List<Route> rows(ItemsHandlers items, ViewsHandlers views, FacetHandlers facets) {
        Rows rows = new Rows();
        items(rows, items);
        views(rows, views);
        byName(rows, facets);
        facets(rows, facets);
        return rows.rows();
    }

    private static void items(Rows rows, ItemsHandlers items) {
        rows.get("/Items", USER, catalogue(items::query))
                .get("/Users/{UserId}/Items", USER, catalogue(items::query))
                .get("/Items/{Id}", USER, catalogue(items::detail))
                .get("/Users/{UserId}/Items/{Id}", USER, catalogue(items::detail))
                .get("/Users/{UserId}/Items/Root", USER, catalogue(items::root))
                .get("/Items/Counts", USER, catalogue(items::counts))
                .get("/Items/Prefixes", USER, catalogue(items::prefixes))
                .get("/Items/{Id}/Ancestors", USER, catalogue(items::ancestors))
                .get("/Items/{Id}/Images", USER, catalogue(items::images))
                .get("/Items/{Id}/ThemeMedia", USER, catalogue(items::themeMedia))
                .get("/Items/{Id}/ThemeSongs", USER, catalogue(items::themes))
                .get("/Items/{Id}/ThemeVideos", USER, catalogue(items::themes))
                .get("/Items/{Id}/CriticReviews", USER, catalogue(items::noneOfItem))
                .get("/Users/{UserId}/Items/{Id}/Intros", USER, catalogue(items::noneOfItem))
                .get("/Users/{UserId}/Items/{Id}/SpecialFeatures", USER, catalogue(items::noExtras))
                .get("/Users/{UserId}/Items/{Id}/LocalTrailers", USER, catalogue(items::noExtras));
    }

    private static void views(Rows rows, ViewsHandlers views) {
        rows.get("/Users/{UserId}/Views", USER, catalogue(views::list))
                .get("/Library/MediaFolders", USER, catalogue(views::mediaFolders))
                .get("/Library/SelectableMediaFolders", USER, catalogue(views::selectable))
                .get("/Library/VirtualFolders/Query", USER, catalogue(views::virtualFoldersQuery))
                .get("/Library/VirtualFolders", USER, catalogue(views::virtualFolders));
    }

    private static void byName(Rows rows, FacetHandlers facets) {
        rows.get("/Genres", USER, catalogue(facets::genres))
                .get("/Genres/{Name}", USER, catalogue(facets::genre))
                .get("/MusicGenres", USER, catalogue(facets::musicGenres))
                .get("/MusicGenres/{Name}", USER, catalogue(facets::musicGenre))
                .get("/GameGenres", USER, Rows.noItems())
                .get("/GameGenres/{Name}", USER, Rows.absent())
                .get("/Studios", USER, catalogue(facets::studios))
                .get("/Studios/{Name}", USER, catalogue(facets::studio))
                .get("/Persons", USER, catalogue(facets::persons))
                .get("/Persons/{Name}", USER, catalogue(facets::person))
                .get("/Artists", USER, catalogue(facets::artists))
                .get("/Artists/AlbumArtists", USER, catalogue(facets::artists))
                .get("/Artists/{Name}", USER, catalogue(facets::artist));
    }

    private static void facets(Rows rows, FacetHandlers facets) {
        rows.get("/Tags", USER, catalogue(facets::tags))
                .get("/Years", USER, catalogue(facets::years))
                .get("/OfficialRatings", USER, catalogue(facets::officialRatings))
                .get("/Containers", USER, catalogue(facets::containers))
                .get("/VideoCodecs", USER, catalogue(facets::videoCodecs))
                .get("/AudioCodecs", USER, catalogue(facets::audioCodecs))
                .get("/SubtitleCodecs", USER, catalogue(facets::subtitleCodecs))
                .get("/AudioLayouts", USER, catalogue(facets::audioLayouts))
                .get("/ExtendedVideoTypes", USER, catalogue(facets::extendedVideoTypes))
                .get("/StreamLanguages", USER, catalogue(facets::streamLanguages))
                .get("/ItemTypes", USER, catalogue(facets::itemTypes))
                .get("/Items/Filters", USER, catalogue(facets::filters))
                .get("/Items/Filters2", USER, catalogue(facets::filters2));
    }
}
