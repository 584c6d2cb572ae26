package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.catalogue;
import static org.embygateway.app.routes.Rows.local;
import static org.embygateway.route.Access.USER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.embygateway.catalogue.AudioBookHandlers;
import org.embygateway.catalogue.Catalogue;
import org.embygateway.catalogue.CollectionHandlers;
import org.embygateway.catalogue.DiscoveryHandlers;
import org.embygateway.catalogue.ExtrasHandlers;
import org.embygateway.catalogue.ExtrasReading;
import org.embygateway.catalogue.FacetHandlers;
import org.embygateway.catalogue.HomeHandlers;
import org.embygateway.catalogue.ItemsHandlers;
import org.embygateway.catalogue.ListEdits;
import org.embygateway.catalogue.OwnListHandlers;
import org.embygateway.catalogue.PlaylistEditing;
import org.embygateway.catalogue.PlaylistHandlers;
import org.embygateway.catalogue.ReadThrough;
import org.embygateway.catalogue.SearchHandlers;
import org.embygateway.catalogue.ShowsHandlers;
import org.embygateway.catalogue.ViewsHandlers;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Reply;
import org.embygateway.route.Route;

/** ItemsService, UserLibraryService, UserViewsService, TvShowsService, TagService and their relatives: the catalogue. */
public final class LibraryRoutes {
    private LibraryRoutes() {}

    /** @param mixesNextUp whether the resume row also holds the next episodes, as servers from 4.9.1 on do */
    public static List<Route> rows(
            Catalogue catalogue,
            ReadThrough readThrough,
            ExtrasReading extrasReading,
            ListEdits edits,
            boolean mixesNextUp) {
        Rows rows = new Rows();
        FacetHandlers facets = new FacetHandlers(catalogue, readThrough);
        items(rows, new ItemsHandlers(catalogue, readThrough));
        home(rows, new HomeHandlers(catalogue, readThrough, mixesNextUp));
        extras(rows, new ExtrasHandlers(catalogue, extrasReading));
        views(rows, new ViewsHandlers(catalogue, readThrough));
        shows(rows, new ShowsHandlers(catalogue, readThrough));
        rows.get("/AudioBooks/NextUp", USER, catalogue(new AudioBookHandlers(catalogue, readThrough)::nextUp));
        discovery(rows, new DiscoveryHandlers(catalogue, readThrough));
        rows.get("/Search/Hints", USER, catalogue(new SearchHandlers(catalogue, readThrough)::hints));
        byName(rows, facets);
        facets(rows, facets);
        rows.get("/Playlists/{Id}/Items", USER, catalogue(new PlaylistHandlers(catalogue, readThrough)::items));
        lists(rows, edits);
        return rows.rows();
    }

    private static void home(Rows rows, HomeHandlers home) {
        rows.get("/Users/{UserId}/Items/Latest", USER, catalogue(home::latest))
                .get("/Users/{UserId}/Items/Resume", USER, catalogue(home::resume))
                // Home sections belong to servers from 4.10 on; clients of such a server ask the older routes too.
                .get("/Users/{UserId}/HomeSections", USER, Rows.absent())
                .get("/Users/{UserId}/Sections/{SectionId}/Items", USER, Rows.absent());
    }

    private static void shows(Rows rows, ShowsHandlers shows) {
        rows.get("/Shows/NextUp", USER, catalogue(shows::nextUp))
                .get("/Shows/{Id}/Seasons", USER, catalogue(shows::seasons))
                .get("/Shows/{Id}/Episodes", USER, catalogue(shows::episodes))
                .get("/Shows/Upcoming", USER, catalogue(shows::upcoming))
                .get("/Shows/Missing", USER, catalogue(shows::missing));
    }

    private static void discovery(Rows rows, DiscoveryHandlers discovery) {
        for (String family : List.of("Items", "Movies", "Shows", "Albums", "Artists", "Games", "Trailers")) {
            rows.get("/" + family + "/{Id}/Similar", USER, catalogue(discovery::similar));
        }
        for (String family : List.of("Items", "Albums", "Songs", "Playlists")) {
            rows.get("/" + family + "/{Id}/InstantMix", USER, catalogue(discovery::instantMix));
        }
        rows.get("/Artists/InstantMix", USER, catalogue(discovery::instantMix))
                .get("/MusicGenres/InstantMix", USER, catalogue(discovery::instantMix))
                .get("/MusicGenres/{Name}/InstantMix", USER, catalogue(discovery::instantMix))
                .get("/Movies/Recommendations", USER, catalogue(discovery::recommendations))
                .get("/Users/{UserId}/Suggestions", USER, catalogue(discovery::suggestions));
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
                .get("/Items/{Id}/CriticReviews", USER, catalogue(items::noneOfItem))
                .get("/Artists/Prefixes", USER, catalogue(items::artistPrefixes))
                .get("/Trailers", USER, catalogue(items::trailers))
                .get("/Users/{UserId}/Items/{Id}/Intros", USER, catalogue(items::noneOfItem));
    }

    private static void extras(Rows rows, ExtrasHandlers extras) {
        rows.get("/Users/{UserId}/Items/{Id}/SpecialFeatures", USER, catalogue(extras::features))
                .get("/Users/{UserId}/Items/{Id}/LocalTrailers", USER, catalogue(extras::trailers))
                .get("/Items/{Id}/ThemeMedia", USER, catalogue(extras::themeMedia))
                .get("/Items/{Id}/ThemeSongs", USER, catalogue(extras::themeSongs))
                .get("/Items/{Id}/ThemeVideos", USER, catalogue(extras::themeVideos))
                .get("/Videos/{Id}/AdditionalParts", USER, catalogue(extras::parts));
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
                .get("/GameGenres", USER, catalogue(facets::gameGenres))
                .get("/GameGenres/{Name}", USER, catalogue(facets::gameGenre))
                .get("/Studios", USER, catalogue(facets::studios))
                .get("/Studios/{Name}", USER, catalogue(facets::studio))
                .get("/Persons", USER, catalogue(facets::persons))
                .get("/Persons/{Name}", USER, catalogue(facets::person))
                .get("/Artists", USER, catalogue(facets::artists))
                .get("/Artists/AlbumArtists", USER, catalogue(facets::albumArtists))
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

    private static void lists(Rows rows, ListEdits edits) {
        CollectionHandlers collections = new CollectionHandlers(edits);
        rows.post("/Collections", USER, catalogue(collections::create))
                .post("/Collections/{Id}/Items", USER, catalogue(collections::add))
                .deleteTwins("/Collections/{Id}/Items", USER, catalogue(collections::remove));
        PlaylistEditing playlists = new PlaylistEditing(edits);
        rows.post("/Playlists", USER, catalogue(playlists::create))
                .post("/Playlists/{Id}/Items", USER, catalogue(playlists::add))
                .deleteTwins("/Playlists/{Id}/Items", USER, catalogue(playlists::remove))
                .post("/Playlists/{Id}/Items/{ItemId}/Move/{NewIndex}", USER, catalogue(playlists::move))
                .get("/Playlists/{Id}/AddToPlaylistInfo", USER, catalogue(playlists::addInfo));
        OwnListHandlers own = new OwnListHandlers(edits);
        rows.deleteTwins("/Items", USER, catalogue(own::deleteAll))
                .deleteTwins("/Items/{Id}", USER, catalogue(own::delete))
                .post("/Items/{Id}", USER, catalogue(own::rename))
                .get("/Items/{Id}/DeleteInfo", USER, local(call -> Reply.json(nothingToDelete())))
                .post("/Items/Access", USER, catalogue(own::share))
                .post("/Items/Shared/Leave", USER, catalogue(own::leave))
                .post("/Items/{Id}/MakePublic", USER, catalogue(own::makePublic))
                .post("/Items/{Id}/MakePrivate", USER, catalogue(own::makePrivate));
    }

    private static ObjectNode nothingToDelete() {
        ObjectNode info = EmbyJson.object();
        info.putArray("Paths");
        return info;
    }
}
