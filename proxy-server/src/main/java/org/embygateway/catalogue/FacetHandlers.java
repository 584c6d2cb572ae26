package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.roaringbitmap.RoaringBitmap;

/**
 * The distinct genres, studios, people, codecs … of the items that a query selects.
 *
 * <p>Emby API: GenresService, MusicGenresService, StudiosService, PersonsService, ArtistsService, TagService and the
 * other facets, which all take the parameters of {@code /Items}.
 */
public final class FacetHandlers {
    /** Parameters that are about the facet itself and not about the items it is taken from. */
    private static final String[] OWN = {
        "SearchTerm", "NameStartsWith", "NameStartsWithOrGreater", "NameLessThan", "Filters", "IsFavorite", "ImageTypes"
    };

    private final Catalogue catalogue;
    private final Listing listing;

    public FacetHandlers(Catalogue catalogue, ReadThrough readThrough) {
        this.catalogue = catalogue;
        this.listing = new Listing(catalogue, readThrough);
    }

    /** {@code GET /Genres}. */
    public Reply genres(Call call) {
        return items(call, listing.asked(call), EnumSet.of(ItemKind.GENRE));
    }

    /** {@code GET /MusicGenres}. */
    public Reply musicGenres(Call call) {
        return items(call, listing.asked(call), EnumSet.of(ItemKind.MUSIC_GENRE));
    }

    /** {@code GET /GameGenres}. */
    public Reply gameGenres(Call call) {
        return items(call, listing.asked(call), EnumSet.of(ItemKind.GAME_GENRE));
    }

    /** {@code GET /Studios}. */
    public Reply studios(Call call) {
        return items(call, listing.asked(call), EnumSet.of(ItemKind.STUDIO));
    }

    /** {@code GET /Persons}; {@code PersonTypes} keeps those who did that. */
    public Reply persons(Call call) {
        return items(call, listing.asked(call), EnumSet.of(ItemKind.PERSON));
    }

    /** {@code GET /Artists}; {@code ArtistType} keeps those who are that somewhere. */
    public Reply artists(Call call) {
        return items(call, listing.asked(call), EnumSet.of(ItemKind.MUSIC_ARTIST));
    }

    /** {@code GET /Artists/AlbumArtists}: those who have albums. */
    public Reply albumArtists(Call call) {
        Params params = call.query().overriddenBy(Params.parse("ArtistType=AlbumArtist"));
        return items(call, listing.asked(call), params, EnumSet.of(ItemKind.MUSIC_ARTIST));
    }

    /** By-name items that the selected items name. */
    Reply items(Call call, Visitor visitor, Set<ItemKind> kinds) {
        return items(call, visitor, call.query(), kinds);
    }

    private Reply items(Call call, Visitor visitor, Params params, Set<ItemKind> kinds) {
        return listing.page(call, visitor, conditions(visitor, params, kinds), Sort.BY_NAME);
    }

    /**
     * What a by-name item has to fulfil to be among those that the selected items name. {@code Ids} may be those of items
     * or of what is listed itself.
     */
    List<Condition> conditions(Visitor visitor, Params params, Set<ItemKind> kinds) {
        List<Condition> conditions = new ArrayList<>(
                Filters.of(own(params), visitor.lens(), visitor.user(), catalogue.ids(), catalogue.clock()));
        RoaringBitmap named = named(visitor, params, kinds);
        listing.named(params).ifPresent(ids -> {
            RoaringBitmap listed = named(visitor, Listing.blank(params, "Ids"), kinds);
            listed.and(RoaringBitmap.bitmapOf(ids));
            named.or(listed);
        });
        conditions.add(Condition.ids(named));
        return conditions;
    }

    private static Params own(Params params) {
        StringBuilder query = new StringBuilder();
        for (String name : OWN) {
            params.text(name)
                    .ifPresent(value -> query.append('&')
                            .append(name)
                            .append('=')
                            .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        }
        return Params.parse(query.toString());
    }

    private RoaringBitmap selected(Visitor visitor, Params params) {
        Params recursive = params.overriddenBy(Params.parse("Recursive=true"));
        RoaringBitmap selected =
                new Query(visitor.lens(), visitor.user(), listing.conditions(visitor, recursive)).matches();
        if (params.has("OuterIds")) {
            selected.and(inside(visitor, new HashSet<>(Listing.idTexts(params, "OuterIds"))));
        }
        return Regrouping.isMedia(params)
                ? Regrouping.of(visitor.lens(), params).apply(selected)
                : selected;
    }

    /** What is below any of the folders, or names any of the genres, studios and the like. */
    private RoaringBitmap inside(Visitor visitor, Set<String> outer) {
        RoaringBitmap inside = new RoaringBitmap();
        for (String id : outer) {
            Params params = Params.of(Map.of("ParentId", id, "Recursive", "true"));
            inside.or(new Query(
                            visitor.lens(),
                            visitor.user(),
                            listing.scope(visitor, params).conditions())
                    .matches());
        }
        return inside;
    }

    private RoaringBitmap named(Visitor visitor, Params params, Set<ItemKind> kinds) {
        Params about = Listing.blank(params, OWN);
        boolean onlyByName = Filters.kinds(params, "IncludeItemTypes")
                .filter(included -> included.stream().allMatch(ItemKind::isByName))
                .isPresent();
        RoaringBitmap items = selected(visitor, onlyByName ? Listing.blank(about, "IncludeItemTypes") : about);
        Set<String> roles = Stream.of("PersonTypes", "ItemPersonTypes")
                .flatMap(name -> params.list(name).stream())
                .map(text -> text.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (roles.isEmpty() || !kinds.contains(ItemKind.PERSON)) {
            return Groups.byName(visitor.lens(), items, kinds, Artists.roles(params));
        }
        Set<ItemKind> others = EnumSet.copyOf(kinds);
        RoaringBitmap named = others.remove(ItemKind.MUSIC_ARTIST)
                ? Artists.of(visitor.lens(), items, Artists.roles(params))
                : new RoaringBitmap();
        items.forEach((int id) -> visitor.lens().row(id).facts().refs().forEach(ref -> {
            if (others.contains(ref.kind()) && roles.contains(ref.role().toLowerCase(Locale.ROOT))) {
                named.add(ref.id().value());
            }
        }));
        return named;
    }

    /** {@code GET /Genres/{Name}}. */
    public Reply genre(Call call) {
        return named(call, ItemKind.GENRE);
    }

    /** {@code GET /MusicGenres/{Name}}. */
    public Reply musicGenre(Call call) {
        return named(call, ItemKind.MUSIC_GENRE);
    }

    /** {@code GET /GameGenres/{Name}}. */
    public Reply gameGenre(Call call) {
        return named(call, ItemKind.GAME_GENRE);
    }

    /** {@code GET /Studios/{Name}}. */
    public Reply studio(Call call) {
        return named(call, ItemKind.STUDIO);
    }

    /** {@code GET /Persons/{Name}}. */
    public Reply person(Call call) {
        return named(call, ItemKind.PERSON);
    }

    /** {@code GET /Artists/{Name}}. */
    public Reply artist(Call call) {
        return named(call, ItemKind.MUSIC_ARTIST);
    }

    private Reply named(Call call, ItemKind kind) {
        Visitor visitor = listing.visitor(call);
        Row row = Catalogue.byName(visitor.lens(), kind, call.pathParam("Name")).orElseThrow(Refused::notFound);
        return Reply.json(catalogue.documents().personal(visitor, List.of(row)).getFirst());
    }

    /** {@code GET /Tags}: {@code {Name, Id}} pairs, ids as text. */
    public Reply tags(Call call) {
        Visitor visitor = listing.asked(call);
        Listing.Paging paging = Listing.Paging.of(call);
        Sort sort = Sort.parse(call.query()).orElse(Sort.BY_NAME);
        Query.Page page = new Query(
                        visitor.lens(), visitor.user(), conditions(visitor, call.query(), EnumSet.of(ItemKind.TAG)))
                .page(sort, paging.seed(), paging.start(), paging.limit());
        ObjectNode result = EmbyJson.object();
        ArrayNode items = result.putArray("Items");
        for (int id : page.ids()) {
            items.addObject().put("Name", visitor.lens().row(id).facts().name()).put("Id", Integer.toString(id));
        }
        return Reply.json(result.put("TotalRecordCount", page.total()));
    }

    /** {@code GET /Years}: newest first unless ascending order is asked for. */
    public Reply years(Call call) {
        Visitor visitor = listing.asked(call);
        TreeSet<Integer> years = years(visitor, selected(visitor, call.query()));
        boolean ascending = call.query().text("SortOrder", "").equalsIgnoreCase("Ascending");
        return values(
                call,
                (ascending ? years : years.descendingSet())
                        .stream().map(String::valueOf).toList());
    }

    private static TreeSet<Integer> years(Visitor visitor, RoaringBitmap items) {
        TreeSet<Integer> years = new TreeSet<>();
        visitor.lens().eachValue(Keys.YEAR, items, years::add);
        return years;
    }

    /** {@code GET /OfficialRatings}. */
    public Reply officialRatings(Call call) {
        return distinct(call, Keys.OFFICIAL_RATING);
    }

    /** {@code GET /Containers}. */
    public Reply containers(Call call) {
        return distinct(call, Keys.CONTAINER);
    }

    /** {@code GET /VideoCodecs}. */
    public Reply videoCodecs(Call call) {
        return distinct(call, Keys.VIDEO_CODEC);
    }

    /** {@code GET /AudioCodecs}. */
    public Reply audioCodecs(Call call) {
        return distinct(call, Keys.AUDIO_CODEC);
    }

    /** {@code GET /SubtitleCodecs}. */
    public Reply subtitleCodecs(Call call) {
        return distinct(call, Keys.SUBTITLE_CODEC);
    }

    /** {@code GET /AudioLayouts}. */
    public Reply audioLayouts(Call call) {
        return distinct(call, Keys.AUDIO_LAYOUT);
    }

    /** {@code GET /ExtendedVideoTypes}. */
    public Reply extendedVideoTypes(Call call) {
        return distinct(call, Keys.VIDEO_TYPE);
    }

    /** {@code GET /StreamLanguages}: of the streams that {@code StreamType} names, {@code Audio} or {@code Subtitle}. */
    public Reply streamLanguages(Call call) {
        boolean subtitles = call.query().text("StreamType", "").equalsIgnoreCase("Subtitle");
        return distinct(call, subtitles ? Keys.SUBTITLE_LANGUAGE : Keys.AUDIO_LANGUAGE);
    }

    /** {@code GET /ItemTypes}: which types a query would find, people and genres too when it searches. */
    public Reply itemTypes(Call call) {
        Visitor visitor = listing.asked(call);
        TreeSet<String> types = new TreeSet<>();
        visitor.lens()
                .eachValue(
                        Keys.KIND,
                        selected(visitor, call.query()),
                        code -> types.add(ItemKind.ofCode(code).wireName()));
        return values(call, types);
    }

    private Reply distinct(Call call, Keys field) {
        Visitor visitor = listing.asked(call);
        TreeMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        visitor.lens().texts(field, selected(visitor, call.query())).stream()
                .sorted()
                .forEach(value -> values.putIfAbsent(value, value));
        boolean descending = call.query().text("SortOrder", "").equalsIgnoreCase("Descending");
        return values(call, (descending ? values.descendingMap() : values).values());
    }

    private static Reply values(Call call, Collection<String> values) {
        ArrayNode items = EmbyJson.MAPPER.createArrayNode();
        values.forEach(value -> items.addObject().put("Name", value).put("Id", value));
        return paged(call, items);
    }

    private static Reply paged(Call call, ArrayNode all) {
        Listing.Paging paging = Listing.Paging.of(call);
        ObjectNode result = EmbyJson.object();
        ArrayNode items = result.putArray("Items");
        long end = Math.min(all.size(), (long) paging.start() + paging.limit());
        for (int i = paging.start(); i < end; i++) {
            items.add(all.get(i));
        }
        return Reply.json(result.put("TotalRecordCount", all.size()));
    }

    /** {@code GET /Items/Filters}: {@code {Genres, Tags, OfficialRatings, Years}} of the items, names only. */
    public Reply filters(Call call) {
        Visitor visitor = listing.asked(call);
        RoaringBitmap selected = selected(visitor, call.query());
        ObjectNode result = EmbyJson.object();
        names(result.putArray("Genres"), visitor, visitor.lens().namedBy(selected, Groups.ALL_GENRES));
        names(result.putArray("Tags"), visitor, visitor.lens().namedBy(selected, EnumSet.of(ItemKind.TAG)));
        ArrayNode ratings = result.putArray("OfficialRatings");
        visitor.lens().texts(Keys.OFFICIAL_RATING, selected).stream().sorted().forEach(ratings::add);
        years(visitor, selected).forEach(result.putArray("Years")::add);
        return Reply.json(result);
    }

    /** {@code GET /Items/Filters2}: {@code {Genres: [{Name, Id}], Tags}}. */
    public Reply filters2(Call call) {
        Visitor visitor = listing.asked(call);
        RoaringBitmap selected = selected(visitor, call.query());
        ObjectNode result = EmbyJson.object();
        ArrayNode genres = result.putArray("Genres");
        visitor.lens()
                .namedBy(selected, Groups.ALL_GENRES)
                .forEach((int id) -> genres.addObject()
                        .put("Name", visitor.lens().row(id).facts().name())
                        .put("Id", Integer.toString(id)));
        names(result.putArray("Tags"), visitor, visitor.lens().namedBy(selected, EnumSet.of(ItemKind.TAG)));
        return Reply.json(result);
    }

    private static void names(ArrayNode array, Visitor visitor, RoaringBitmap ids) {
        TreeSet<String> names = new TreeSet<>();
        ids.forEach((int id) -> names.add(visitor.lens().row(id).facts().name()));
        names.forEach(array::add);
    }
}
