package org.embygateway.catalogue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.roaringbitmap.RoaringBitmap;

/**
 * What someone may like: similar titles, recommendations, suggestions and mixes.
 *
 * <p>Emby API: {@code getItemsByIdSimilar} and its family, MoviesService {@code getMoviesRecommendations},
 * SuggestionsService, InstantMixService.
 */
public final class DiscoveryHandlers {
    private static final int SIMILAR = 12;
    private static final int MIX = 200;
    private static final int BASELINES = 3;
    /** In the order in which they are shown. */
    private static final List<String> TYPES = List.of(
            "SimilarToRecentlyPlayed",
            "SimilarToLikedItem",
            "HasDirectorFromRecentlyPlayed",
            "HasActorFromRecentlyPlayed");

    private final Catalogue catalogue;
    private final Listing listing;

    public DiscoveryHandlers(Catalogue catalogue, ReadThrough readThrough) {
        this.catalogue = catalogue;
        this.listing = new Listing(catalogue, readThrough);
    }

    /**
     * {@code GET /Items/{Id}/Similar}, and the same below Movies, Shows, Albums, Artists, Games, Trailers: what has most in
     * common with it, of what the other parameters leave.
     */
    public Reply similar(Call call) {
        Visitor visitor = listing.asked(call);
        Row row = catalogue.row(visitor, ItemsHandlers.itemId(call.pathParam("Id")));
        int limit = Math.clamp(call.query().number("Limit").orElse(SIMILAR), 0, 200);
        List<Condition> conditions = filters(visitor, call.query());
        RoaringBitmap among = new Query(visitor.lens(), visitor.user(), conditions).matches();
        int[] ids = ids(new Likeness(visitor.lens()).to(row, among, limit));
        return listing.page(visitor, ids, ids.length, call.query());
    }

    private List<Condition> filters(Visitor visitor, Params params) {
        return Filters.of(params, visitor.lens(), visitor.user(), catalogue.ids(), catalogue.clock());
    }

    private static int[] ids(List<Row> rows) {
        return rows.stream().mapToInt(Row::id).toArray();
    }

    /**
     * {@code GET /Movies/Recommendations}: a bare array of {@code {RecommendationType, BaselineItemName, CategoryId,
     * Items}}, made from what was played last and what is a favourite. {@code CategoryId} is a number.
     */
    public Reply recommendations(Call call) {
        Visitor visitor = listing.asked(call);
        Params params = call.query();
        int categories = Math.clamp(params.number("CategoryLimit").orElse(5), 0, 20);
        int limit = Math.clamp(params.number("ItemLimit").orElse(8), 0, 100);
        List<Condition> conditions =
                new ArrayList<>(listing.scope(visitor, recursive(params)).conditions());
        conditions.add(Filters.kinds(visitor.lens(), EnumSet.of(ItemKind.MOVIE)));
        RoaringBitmap movies = new Query(visitor.lens(), visitor.user(), conditions).matches();
        JsonText out = new JsonText(1024).open('[');
        for (Category category : inTurn(categories(visitor, movies, limit), categories)) {
            write(out, visitor, category, Projection.list(params));
        }
        return Reply.json(out.close(']').bytes());
    }

    private record Category(String type, String baseline, int id, int[] items) {}

    /** Some of each type: two that are like something, then one about a director and one about an actor, and again. */
    private static List<Category> inTurn(List<Category> all, int most) {
        List<Deque<Category>> left = new ArrayList<>();
        for (String type : TYPES) {
            left.add(new ArrayDeque<>(
                    all.stream().filter(category -> category.type.equals(type)).toList()));
        }
        List<Category> chosen = new ArrayList<>();
        int wanted = Math.min(most, all.size());
        while (chosen.size() < wanted) {
            for (int type = 0; type < left.size(); type++) {
                int share = TYPES.get(type).startsWith("Similar") ? 2 : 1;
                for (int i = 0;
                        i < share && chosen.size() < wanted && !left.get(type).isEmpty();
                        i++) {
                    chosen.add(left.get(type).remove());
                }
            }
        }
        chosen.sort(Comparator.comparingInt(category -> TYPES.indexOf(category.type)));
        return chosen;
    }

    private static Params recursive(Params params) {
        return params.overriddenBy(Params.parse("Recursive=true"));
    }

    private List<Category> categories(Visitor visitor, RoaringBitmap movies, int limit) {
        List<Row> played = recent(visitor, movies);
        List<Category> categories = new ArrayList<>();
        for (Row row : played) {
            similar(visitor, movies, row, limit, "SimilarToRecentlyPlayed", categories);
        }
        for (int id : some(RoaringBitmap.and(movies, visitor.user().favorite()))) {
            similar(visitor, movies, visitor.lens().row(id), limit, "SimilarToLikedItem", categories);
        }
        sharing(visitor, movies, played, "Director", "HasDirectorFromRecentlyPlayed", limit, categories);
        sharing(visitor, movies, played, "Actor", "HasActorFromRecentlyPlayed", limit, categories);
        return categories;
    }

    private static List<Row> recent(Visitor visitor, RoaringBitmap movies) {
        RoaringBitmap played = RoaringBitmap.and(movies, visitor.user().started());
        int[] order =
                new Query(visitor.lens(), visitor.user(), List.of()).slice(played, Sort.LAST_PLAYED, 0, 0, BASELINES);
        return Arrays.stream(order).mapToObj(visitor.lens()::row).toList();
    }

    private static int[] some(RoaringBitmap ids) {
        return ids.stream().limit(BASELINES).toArray();
    }

    private static void similar(
            Visitor visitor, RoaringBitmap movies, Row row, int limit, String type, List<Category> categories) {
        RoaringBitmap unplayed = RoaringBitmap.andNot(movies, visitor.user().played());
        int[] items = ids(new Likeness(visitor.lens()).to(row, unplayed, limit));
        add(categories, new Category(type, row.facts().name(), row.id(), items));
    }

    private static void sharing(
            Visitor visitor,
            RoaringBitmap movies,
            List<Row> played,
            String role,
            String type,
            int limit,
            List<Category> categories) {
        Set<Integer> used = new HashSet<>();
        for (Row row : played) {
            row.facts().refs().stream()
                    .filter(ref -> ref.kind() == ItemKind.PERSON && ref.role().equals(role))
                    .map(ref -> ref.id().value())
                    .filter(id -> visitor.lens().find(id).isPresent() && used.add(id))
                    .limit(1)
                    .forEach(person -> {
                        RoaringBitmap films = new Query(
                                        visitor.lens(),
                                        visitor.user(),
                                        List.of(Filters.naming(visitor.lens(), List.of(person))))
                                .matches();
                        films.and(movies);
                        films.andNot(visitor.user().played());
                        films.remove(row.id());
                        String name = visitor.lens().row(person).facts().name();
                        int[] items = films.stream().limit(limit).toArray();
                        add(categories, new Category(type, name, person, items));
                    });
        }
    }

    private static void add(List<Category> categories, Category category) {
        if (category.items.length > 0) {
            categories.add(category);
        }
    }

    private void write(JsonText out, Visitor visitor, Category category, Projection projection) {
        out.open('{');
        out.name("RecommendationType").text(category.type);
        out.name("BaselineItemName").text(category.baseline);
        out.name("CategoryId").number(category.id);
        out.name("Items");
        listing.array(out, visitor, category.items, projection);
        out.close('}');
    }

    /** {@code GET /Users/{UserId}/Suggestions}: unplayed films and series in random order. */
    public Reply suggestions(Call call) {
        Visitor visitor = listing.asked(call);
        Params params = call.query();
        Set<ItemKind> kinds = Filters.kinds(params, "Type")
                .or(() -> Filters.kinds(params, "IncludeItemTypes"))
                .orElse(EnumSet.of(ItemKind.MOVIE, ItemKind.SERIES));
        List<Condition> conditions = new ArrayList<>(listing.conditions(visitor, recursive(params)));
        conditions.add(Filters.kinds(visitor.lens(), kinds));
        params.text("MediaType")
                .ifPresent(type -> conditions.addAll(filters(visitor, Params.of(Map.of("MediaTypes", type)))));
        conditions.addAll(filters(visitor, Params.parse("IsPlayed=false")));
        Listing.Paging paging = Listing.Paging.of(call);
        int[] ids = new Query(visitor.lens(), visitor.user(), conditions)
                .page(Sort.RANDOM, paging.seed(), paging.start(), Math.min(paging.limit(), MIX))
                .ids();
        return listing.page(visitor, ids, ids.length, params);
    }

    /**
     * {@code GET /Items/{Id}/InstantMix}, and the same below Albums, Artists, Songs, Playlists, and
     * {@code /MusicGenres/{Name}/InstantMix}: at most 200 songs of the same genres in random order, the song itself first.
     */
    public Reply instantMix(Call call) {
        Visitor visitor = listing.asked(call);
        Row like = like(call, visitor);
        int limit = Math.clamp(call.query().number("Limit").orElse(MIX), 0, MIX);
        List<Integer> mix = new ArrayList<>(like.kind() == ItemKind.AUDIO ? List.of(like.id()) : List.of());
        List<Condition> conditions = List.of(
                Filters.naming(visitor.lens(), genres(visitor, like)),
                Filters.kinds(visitor.lens(), EnumSet.of(ItemKind.AUDIO)));
        int[] others = new Query(visitor.lens(), visitor.user(), conditions)
                .page(Sort.RANDOM, Listing.Paging.of(call).seed(), 0, limit + 1)
                .ids();
        Arrays.stream(others).filter(other -> !mix.contains(other)).forEach(mix::add);
        int[] ids = mix.stream().mapToInt(Integer::intValue).limit(limit).toArray();
        return listing.page(visitor, ids, ids.length, call.query());
    }

    /** The song, album, artist, playlist or genre that a mix is to be like. */
    private Row like(Call call, Visitor visitor) {
        if (call.pathParams().containsKey("Name")) {
            return Catalogue.byName(visitor.lens(), ItemKind.MUSIC_GENRE, call.pathParam("Name"))
                    .orElseThrow(Refused::notFound);
        }
        String id = call.pathParams().getOrDefault("Id", call.query().text("Id", ""));
        return catalogue.row(visitor, ItemsHandlers.itemId(id));
    }

    /** Those that it says, else those of the songs in it. */
    private List<Integer> genres(Visitor visitor, Row like) {
        if (like.kind() == ItemKind.MUSIC_GENRE || like.kind() == ItemKind.GENRE) {
            return List.of(like.id());
        }
        List<Integer> own = genres(Stream.of(like));
        return own.isEmpty()
                ? genres(new Leaves(visitor, catalogue.ids(), catalogue.clock())
                        .of(List.of(like), MIX).stream()
                                .map(song -> visitor.lens().row(song.value())))
                : own;
    }

    private static List<Integer> genres(Stream<Row> rows) {
        return rows.flatMap(row -> row.facts().refs().stream())
                .filter(ref -> ref.kind() == ItemKind.MUSIC_GENRE || ref.kind() == ItemKind.GENRE)
                .map(ref -> ref.id().value())
                .distinct()
                .toList();
    }
}
