package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of a home screen: what is new, and where to go on.
 *
 * <p>Emby API: UserLibraryService {@code getUsersByUseridItemsLatest}, ItemsService
 * {@code getUsersByUseridItemsResume}.
 */
public final class HomeHandlers {
    private static final int LATEST = 20;
    private static final int LOOKED_AT = 400;

    private final Catalogue catalogue;
    private final Listing listing;
    private final Views views;
    private final boolean mixesNextUp;

    /**
     * @param mixesNextUp whether next episodes stand among what is to be resumed unless a client declines: true when the
     *     gateway tells a version from 4.9 on
     */
    public HomeHandlers(Catalogue catalogue, ReadThrough readThrough, boolean mixesNextUp) {
        this.catalogue = catalogue;
        this.listing = new Listing(catalogue, readThrough);
        this.views = new Views(catalogue.serverId());
        this.mixesNextUp = mixesNextUp;
    }

    /**
     * {@code GET /Users/{UserId}/Items/Latest}: a bare array, newest first. Several new episodes of a series appear as
     * the series, tracks as their album, with the number of new ones as {@code ChildCount}.
     */
    public Reply latest(Call call) {
        Visitor visitor = listing.asked(call);
        Params params = call.query();
        JsonNode configuration = catalogue.configuration(visitor.caller().user());
        List<Condition> conditions = new ArrayList<>(listing.conditions(
                visitor, Listing.blank(params, "SortBy").overriddenBy(Params.parse("Recursive=true"))));
        if (!params.has("IncludeItemTypes")) {
            conditions.add(
                    Filters.kinds(visitor.lens(), params.flag("IsFolder", false) ? newFolders() : playableKinds()));
        }
        if (params.flag("IsPlayed").isEmpty()
                && configuration.path("HidePlayedInLatest").asBoolean(true)) {
            conditions.add(Condition.notIds(RoaringBitmap.andNot(
                    visitor.user().played(), visitor.lens().snapshot().ofKind(ItemKind.AUDIO))));
        }
        if (!params.has("ParentId")) {
            conditions.add(inShownViews(visitor, configuration));
        }
        int limit = Math.max(0, params.number("Limit").orElse(LATEST));
        Query query = new Query(visitor.lens(), visitor.user(), conditions);
        Map<Integer, Integer> groups = newest(query, visitor.lens(), limit, params.flag("GroupItems", true));
        Map<Integer, Integer> counts = new HashMap<>(groups);
        counts.values().removeIf(count -> count == 0);
        int[] ids = groups.keySet().stream().mapToInt(Integer::intValue).toArray();
        JsonText out = new JsonText(1024 * (1 + ids.length));
        listing.array(out, visitor, ids, Projection.list(params), counts);
        return Reply.json(out.bytes());
    }

    /** A thousand new episodes of one series are one row: it goes on looking until there are enough. */
    private static Map<Integer, Integer> newest(Query query, Lens lens, int limit, boolean group) {
        RoaringBitmap matches = query.matches();
        int all = matches.getCardinality();
        int looked = (int) Math.min(all, Math.max(LOOKED_AT, limit * 10L));
        Map<Integer, Integer> groups = grouped(lens, query.slice(matches, Sort.NEWEST, 0, 0, looked), limit, group);
        while (groups.size() < limit && looked < all) {
            looked = (int) Math.min(all, looked * 8L);
            groups = grouped(lens, query.slice(matches, Sort.NEWEST, 0, 0, looked), limit, group);
        }
        return groups;
    }

    private static Set<ItemKind> playableKinds() {
        return EnumSet.of(
                ItemKind.MOVIE,
                ItemKind.EPISODE,
                ItemKind.VIDEO,
                ItemKind.MUSIC_VIDEO,
                ItemKind.AUDIO,
                ItemKind.AUDIO_BOOK,
                ItemKind.BOOK,
                ItemKind.PHOTO,
                ItemKind.GAME);
    }

    private static Set<ItemKind> newFolders() {
        return EnumSet.of(ItemKind.SERIES, ItemKind.SEASON, ItemKind.MUSIC_ALBUM, ItemKind.PHOTO_ALBUM);
    }

    private Condition inShownViews(Visitor visitor, JsonNode configuration) {
        Set<String> excluded = new HashSet<>(Views.texts(configuration.path("LatestItemsExcludes")));
        excluded.addAll(Views.texts(configuration.path("MyMediaExcludes")));
        Lens lens = visitor.lens();
        RoaringBitmap shown = new RoaringBitmap();
        RoaringBitmap hidden = new RoaringBitmap();
        Views.all(lens)
                .forEach(view -> (views.isNamed(view, excluded) ? hidden : shown).or(lens.of(Keys.VIEW.of(view.id()))));
        return Condition.notIds(RoaringBitmap.andNot(hidden, shown));
    }

    /** Ids in order, each with how many new items it stands for; 0 for an item that stands for itself. */
    private static Map<Integer, Integer> grouped(Lens lens, int[] newest, int limit, boolean group) {
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int id : newest) {
            Row row = lens.row(id);
            int album = row.kind() == ItemKind.VIDEO || row.kind() == ItemKind.GAME ? 0 : row.album();
            int head = !group ? id : row.series() > 0 ? row.series() : album > 0 ? album : id;
            if (members.containsKey(head) || members.size() < limit) {
                members.computeIfAbsent(lens.find(head).isPresent() ? head : id, h -> new ArrayList<>())
                        .add(id);
            }
        }
        Map<Integer, Integer> shown = new LinkedHashMap<>();
        members.forEach((head, ids) -> {
            boolean alone = ids.size() == 1
                    && (head.equals(ids.getFirst()) || lens.row(ids.getFirst()).album() == 0);
            shown.put(alone ? ids.getFirst() : head, alone ? 0 : ids.size());
        });
        return shown;
    }

    /**
     * {@code GET /Users/{UserId}/Items/Resume}: what was begun, the latest first, one row per series. Below a series it
     * is the episode to go on with, begun or not, as newer apps ask instead of {@code /Shows/NextUp}.
     */
    public Reply resume(Call call) {
        Visitor visitor = listing.asked(call);
        Params params = call.query();
        Optional<Row> series = params.text("ParentId")
                .flatMap(catalogue.ids()::current)
                .flatMap(visitor.lens()::find)
                .filter(row -> row.kind() == ItemKind.SERIES);
        List<Condition> conditions = listing.conditions(
                visitor, Listing.blank(params, "SortBy").overriddenBy(Params.parse("Recursive=true")));
        if (series.isPresent()) {
            RoaringBitmap fitting = new Query(visitor.lens(), visitor.user(), conditions).matches();
            int[] next = new NextUp(visitor)
                    .in(series.get()).stream()
                            .mapToInt(Row::id)
                            .filter(fitting::contains)
                            .toArray();
            return page(call, visitor, next);
        }
        List<NextUp.Next> rows = begun(visitor, conditions);
        if (params.flag("IncludeNextUp", mixesNextUp)) {
            rows.addAll(following(visitor, conditions, rows));
            rows.sort(Comparator.comparingLong(NextUp.Next::lastPlayed)
                    .reversed()
                    .thenComparing(NextUp.Next::episode, SortKey.BY_ID));
        }
        return page(
                call, visitor, rows.stream().mapToInt(row -> row.episode().id()).toArray());
    }

    private Reply page(Call call, Visitor visitor, int[] all) {
        return listing.page(visitor, Listing.cut(all, Listing.Paging.of(call)), all.length, call.query());
    }

    private static List<NextUp.Next> begun(Visitor visitor, List<Condition> conditions) {
        List<Condition> resumable = new ArrayList<>(conditions);
        resumable.add(Condition.ids(visitor.user().resumable()));
        Query query = new Query(visitor.lens(), visitor.user(), resumable);
        List<NextUp.Next> rows = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int id : query.page(Sort.LAST_PLAYED, 0, 0, Integer.MAX_VALUE).ids()) {
            Row row = visitor.lens().row(id);
            if (row.series() == 0 || seen.add(row.series())) {
                rows.add(new NextUp.Next(row, visitor.user().lastPlayed(id)));
            }
        }
        return rows;
    }

    /** Next episodes of series that have none begun. */
    private static List<NextUp.Next> following(Visitor visitor, List<Condition> conditions, List<NextUp.Next> begun) {
        Set<Integer> covered = begun.stream().map(row -> row.episode().series()).collect(Collectors.toSet());
        var fitting = new Query(visitor.lens(), visitor.user(), conditions).matches();
        return new NextUp(visitor)
                .ofAll().stream()
                        .filter(next -> !covered.contains(next.episode().series())
                                && fitting.contains(next.episode().id()))
                        .toList();
    }
}
