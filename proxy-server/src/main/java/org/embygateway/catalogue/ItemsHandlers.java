package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.roaringbitmap.RoaringBitmap;

/**
 * Lists of items and what is told of one of them.
 *
 * <p>Emby API: ItemsService, UserLibraryService, LibraryService.
 */
public final class ItemsHandlers {
    private static final Set<String> NARROWING = Set.of(
            "ParentId",
            "Ids",
            "SearchTerm",
            "IncludeItemTypes",
            "MediaTypes",
            "Filters",
            "IsFavorite",
            "IsPlayed",
            "AnyProviderIdEquals",
            "GenreIds",
            "StudioIds",
            "TagIds",
            "PersonIds",
            "Person",
            "Genres",
            "Tags",
            "Studios",
            "Years",
            "ArtistIds",
            "AlbumArtistIds",
            "AlbumIds",
            "ListItemIds",
            "CollectionIds",
            "CanEditItems",
            "NameStartsWith",
            "NameStartsWithOrGreater",
            "NameLessThan",
            "SeriesId");

    private final Catalogue catalogue;
    private final Listing listing;
    private final FacetHandlers facets;
    private final ViewsHandlers views;
    private final PlaylistHandlers playlists;

    public ItemsHandlers(Catalogue catalogue, ReadThrough readThrough) {
        this.catalogue = catalogue;
        this.listing = new Listing(catalogue, readThrough);
        this.facets = new FacetHandlers(catalogue, readThrough);
        this.views = new ViewsHandlers(catalogue, readThrough);
        this.playlists = new PlaylistHandlers(catalogue, readThrough);
    }

    /** {@code GET /Items}, {@code GET /Users/{UserId}/Items}: a page of items; the views when nothing is asked for. */
    public Reply query(Call call) {
        Params params = call.query();
        Visitor visitor = listing.asked(call);
        boolean bare = NARROWING.stream().noneMatch(params::has) && !params.flag("Recursive", false);
        if (bare || isRootChildren(params)) {
            return views.list(call);
        }
        Optional<int[]> named = listing.named(params);
        if (named.isPresent()) {
            return named(call, visitor, named.get());
        }
        Optional<Row> playlist = playlists.parent(visitor, params);
        if (playlist.isPresent()) {
            return playlists.items(call, visitor, playlist.get());
        }
        Optional<Set<ItemKind>> kinds = Filters.kinds(params, "IncludeItemTypes");
        if (!params.has("SearchTerm") && kinds.filter(ItemsHandlers::allByName).isPresent()) {
            return facets.items(call, visitor, kinds.get());
        }
        return listing.page(
                call,
                visitor,
                listing.conditions(visitor, params),
                listing.scope(visitor, params).order());
    }

    private static boolean isRootChildren(Params params) {
        return params.text("ParentId", "").equals(Integer.toString(Views.ROOT))
                && !params.flag("Recursive", false)
                && !params.has("IncludeItemTypes")
                && !params.has("SearchTerm");
    }

    private static boolean allByName(Set<ItemKind> kinds) {
        return !kinds.isEmpty() && kinds.stream().allMatch(ItemKind::isByName);
    }

    /** In the order of the request, unless another one is asked for. */
    private Reply named(Call call, Visitor visitor, int[] ids) {
        Params params = call.query();
        List<Condition> conditions = listing.filters(visitor, params);
        if (params.has("SortBy") || params.flag("ProjectToMedia", false)) {
            return listing.page(call, visitor, conditions, Sort.BY_NAME);
        }
        RoaringBitmap matches = new Query(visitor.lens(), visitor.user(), conditions).matches();
        int[] found = Arrays.stream(ids).filter(matches::contains).toArray();
        return listing.page(visitor, Listing.cut(found, Listing.Paging.of(call)), found.length, params);
    }

    /** {@code GET /Trailers}: trailers that are titles of a library, as the same query of items. */
    public Reply trailers(Call call) {
        Params params = call.query().overriddenBy(Params.parse("IncludeItemTypes=Trailer&Recursive=true"));
        Visitor visitor = listing.asked(call);
        return listing.page(call, visitor, listing.conditions(visitor, params), Sort.BY_NAME);
    }

    /** {@code GET /Users/{UserId}/Items/{Id}}, {@code GET /Items/{Id}}: everything of one item. */
    public Reply detail(Call call) {
        Visitor visitor = listing.asked(call);
        String id = call.pathParam("Id");
        if (id.equals(Integer.toString(Views.ROOT))) {
            return root(call);
        }
        ObjectNode document = catalogue.detail(visitor.caller(), itemId(id));
        ObjectNode shown = Projection.detail(call.query()).of(document);
        return Reply.json(shown);
    }

    /** {@code GET /Users/{UserId}/Items/Root}: the folder above the views. */
    public Reply root(Call call) {
        Visitor visitor = listing.visitor(call);
        return Reply.json(
                new Views(catalogue.serverId()).root(Views.all(visitor.lens()).size()));
    }

    /**
     * {@code GET /Items/Counts}: how many titles there are, each counted once however many servers have it; with
     * {@code IsFavorite} only the caller's favourites, or all others.
     */
    public Reply counts(Call call) {
        Visitor visitor = listing.asked(call);
        Optional<Boolean> favorite = call.query().flag("IsFavorite");
        ObjectNode counts = EmbyJson.object();
        int all = 0;
        for (Map.Entry<String, ItemKind> counter : COUNTERS.entrySet()) {
            RoaringBitmap ids = RoaringBitmap.and(
                    visitor.lens().visible(), visitor.lens().snapshot().ofKind(counter.getValue()));
            favorite.ifPresent(wanted -> {
                if (wanted) {
                    ids.and(visitor.user().favorite());
                } else {
                    ids.andNot(visitor.user().favorite());
                }
            });
            counts.put(counter.getKey(), ids.getCardinality());
            all += ids.getCardinality();
        }
        counts.put("ProgramCount", 0);
        counts.put("ItemCount", all);
        return Reply.json(counts);
    }

    private static final Map<String, ItemKind> COUNTERS = new TreeMap<>(Map.ofEntries(
            Map.entry("MovieCount", ItemKind.MOVIE),
            Map.entry("SeriesCount", ItemKind.SERIES),
            Map.entry("EpisodeCount", ItemKind.EPISODE),
            Map.entry("GameCount", ItemKind.GAME),
            Map.entry("GameSystemCount", ItemKind.GAME_SYSTEM),
            Map.entry("ArtistCount", ItemKind.MUSIC_ARTIST),
            Map.entry("TrailerCount", ItemKind.TRAILER),
            Map.entry("SongCount", ItemKind.AUDIO),
            Map.entry("AlbumCount", ItemKind.MUSIC_ALBUM),
            Map.entry("MusicVideoCount", ItemKind.MUSIC_VIDEO),
            Map.entry("BoxSetCount", ItemKind.BOX_SET),
            Map.entry("BookCount", ItemKind.BOOK)));

    /** {@code GET /Items/Prefixes}: the letters of the letter bar, in order. */
    public Reply prefixes(Call call) {
        return prefixes(call, call.query());
    }

    /** {@code GET /Artists/Prefixes}: the same for artists. */
    public Reply artistPrefixes(Call call) {
        return prefixes(call, call.query().overriddenBy(Params.parse("IncludeItemTypes=MusicArtist")));
    }

    private Reply prefixes(Call call, Params params) {
        Visitor visitor = listing.asked(call);
        List<Condition> conditions = Filters.kinds(params, "IncludeItemTypes")
                .filter(ItemsHandlers::allByName)
                .map(kinds -> facets.conditions(visitor, params, kinds))
                .orElseGet(() -> listing.conditions(visitor, params));
        RoaringBitmap found = Regrouping.of(visitor.lens(), params)
                .apply(new Query(visitor.lens(), visitor.user(), conditions).matches());
        TreeSet<String> letters = new TreeSet<>(visitor.lens().texts(Keys.LETTER, found));
        ArrayNode array = EmbyJson.MAPPER.createArrayNode();
        letters.forEach(letter -> array.addObject().put("Name", letter).put("Value", letter));
        return Reply.json(array);
    }

    /** {@code GET /Items/{Id}/Ancestors}: from the parent up to the root, a bare array. */
    public Reply ancestors(Call call) {
        Visitor visitor = listing.visitor(call);
        Row row = catalogue.row(visitor, itemId(call.pathParam("Id")));
        ArrayNode array = EmbyJson.MAPPER.createArrayNode();
        List<Row> ancestors = Catalogue.ancestors(visitor.lens(), row);
        array.addAll(catalogue
                .documents()
                .listed(visitor, ancestors, Projection.list(call.query()).counting()));
        array.add(new Views(catalogue.serverId()).root(Views.all(visitor.lens()).size()));
        return Reply.json(array);
    }

    /** {@code GET /Items/{Id}/Images}: which pictures there are, a bare array of {@code ImageInfo} without paths. */
    public Reply images(Call call) {
        Visitor visitor = listing.visitor(call);
        Row row = catalogue.row(visitor, itemId(call.pathParam("Id")));
        ArrayNode array = EmbyJson.MAPPER.createArrayNode();
        row.facts().images().all().forEach(image -> {
            ObjectNode info = array.addObject().put("ImageType", image.type());
            if (image.type().equals("Backdrop")) {
                info.put("ImageIndex", image.index());
            }
            info.put("ImageTag", image.tag().toString());
        });
        return Reply.json(array);
    }

    /**
     * {@code GET /Users/{UserId}/Items/{Id}/Intros}, {@code GET /Items/{Id}/CriticReviews}: an empty result for an item
     * that is there. Intros are a choice of each server's owner for its own users; none are put before other servers'
     * titles.
     */
    public Reply noneOfItem(Call call) {
        catalogue.row(listing.visitor(call), itemId(call.pathParam("Id")));
        return Reply.json(empty());
    }

    static ObjectNode empty() {
        ObjectNode none = EmbyJson.object();
        none.putArray("Items");
        return none.put("TotalRecordCount", 0);
    }

    /** Refused with 404 when the text is no id. */
    static ItemId itemId(String text) {
        return MediaSourceId.parse(text).map(MediaSourceId::version).orElseThrow(Refused::notFound);
    }
}
