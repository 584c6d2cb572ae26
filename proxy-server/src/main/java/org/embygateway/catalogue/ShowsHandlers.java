package org.embygateway.catalogue;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;
import org.roaringbitmap.RoaringBitmap;

/**
 * Series, their seasons and episodes, and what comes next.
 *
 * <p>Emby API: TvShowsService.
 */
public final class ShowsHandlers {
    private final Catalogue catalogue;
    private final Listing listing;

    public ShowsHandlers(Catalogue catalogue, ReadThrough readThrough) {
        this.catalogue = catalogue;
        this.listing = new Listing(catalogue, readThrough);
    }

    /**
     * {@code GET /Shows/NextUp}: the next episode of each series that was begun, the one watched last first; with
     * {@code SeriesId} all episodes of that series that are left. Episodes under way are left to the resume row unless
     * {@code EnableResumable} is set, series not watched since {@code NextUpDateCutoff} are left out.
     */
    public Reply nextUp(Call call) {
        Visitor visitor = listing.asked(call);
        Params params = call.query();
        NextUp nextUp = new NextUp(visitor);
        Params about = Listing.blank(params, "SeriesId").overriddenBy(Params.parse("Recursive=true"));
        RoaringBitmap fitting = new Query(visitor.lens(), visitor.user(), listing.conditions(visitor, about)).matches();
        int[] all;
        if (params.has("SeriesId")) {
            all = series(visitor, params.text("SeriesId", "")).stream()
                    .flatMap(row -> nextUp.remaining(row).stream())
                    .mapToInt(Row::id)
                    .filter(fitting::contains)
                    .toArray();
        } else {
            boolean resumable = params.flag("EnableResumable", false);
            long since = params.text("NextUpDateCutoff").map(Facts::date).orElse(Facts.NO_DATE);
            all = nextUp.ofAll().stream()
                    .filter(next -> next.lastPlayed() >= since)
                    .mapToInt(next -> next.episode().id())
                    .filter(id -> resumable || !visitor.user().resumable().contains(id))
                    .filter(fitting::contains)
                    .toArray();
        }
        return listing.page(visitor, Listing.cut(all, Listing.Paging.of(call)), all.length, params);
    }

    private Optional<Row> series(Visitor visitor, String id) {
        return catalogue.ids().current(id).flatMap(visitor.lens()::find).flatMap(row -> switch (row.kind()) {
            case SERIES -> Optional.of(row);
            case SEASON, EPISODE -> visitor.lens().find(row.series());
            default -> Optional.empty();
        });
    }

    /** {@code GET /Shows/{Id}/Seasons}: by number, specials first; none when the series is unknown. */
    public Reply seasons(Call call) {
        Visitor visitor = listing.asked(call);
        List<Condition> conditions = new ArrayList<>(listing.filters(visitor, call.query()));
        conditions.add(series(visitor, call.pathParam("Id"))
                .map(row -> Condition.ids(visitor.lens().visibleOf(Keys.SEASONS_OF_SERIES.of(row.id()))))
                .orElseGet(Condition::none));
        return listing.page(call, visitor, conditions, Sort.by(SortKey.INDEX_NUMBER));
    }

    /**
     * {@code GET /Shows/{Id}/Episodes}: in the order of the air, of one season by {@code SeasonId} or number
     * {@code Season}. {@code StartItemId} cuts off what comes before it, and the count becomes that of the rest.
     */
    public Reply episodes(Call call) {
        Visitor visitor = listing.asked(call);
        Params params = call.query();
        List<Condition> conditions =
                new ArrayList<>(listing.filters(visitor, Listing.blank(params, "SeriesId", "ParentId")));
        conditions.add(scope(visitor, call.pathParam("Id"), params));
        boolean oneSeason = params.has("SeasonId") || params.has("Season");
        Sort sort = oneSeason ? Sort.NUMBERS : Sort.AIRED;
        if (!params.has("StartItemId")) {
            return listing.page(call, visitor, conditions, sort);
        }
        Query query = new Query(visitor.lens(), visitor.user(), conditions);
        int[] all = query.page(Sort.parse(params).orElse(sort), 0, 0, Integer.MAX_VALUE)
                .ids();
        int[] rest = from(
                all, catalogue.ids().current(params.text("StartItemId", "")).orElse(0));
        return listing.page(visitor, Listing.cut(rest, Listing.Paging.of(call)), rest.length, params);
    }

    private static int[] from(int[] ids, int first) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == first) {
                return Arrays.copyOfRange(ids, i, ids.length);
            }
        }
        return ids;
    }

    private Condition scope(Visitor visitor, String id, Params params) {
        Lens lens = visitor.lens();
        Optional<Row> named = params.text("SeasonId")
                .or(() -> Optional.of(id))
                .flatMap(catalogue.ids()::current)
                .flatMap(lens::find);
        if (named.isEmpty()) {
            return Condition.none();
        }
        Row row = named.get();
        if (row.kind() == ItemKind.EPISODE) {
            return Condition.ids(lens.visibleOf(Keys.EPISODES_OF_SERIES.of(row.series())));
        }
        RoaringBitmap episodes = Tree.leaves(lens, row);
        OptionalInt season = params.number("Season");
        return season.isEmpty()
                ? Condition.ids(episodes)
                : Condition.narrowed(episodes, episode -> episode.facts().parentNumber() == season.getAsInt());
    }

    /** {@code GET /Shows/Upcoming}: episodes that are aired today or later, the next first. */
    public Reply upcoming(Call call) {
        Visitor visitor = listing.asked(call);
        Params params = call.query().overriddenBy(Params.parse("Recursive=true"));
        List<Condition> conditions = new ArrayList<>(listing.conditions(visitor, params));
        if (!params.has("IncludeItemTypes")) {
            conditions.add(Filters.kinds(visitor.lens(), EnumSet.of(ItemKind.EPISODE)));
        }
        long today = catalogue.clock().instant().truncatedTo(ChronoUnit.DAYS).toEpochMilli();
        conditions.add(Condition.ids(visitor.lens().orders().range(SortKey.PREMIERED, today, Long.MAX_VALUE)));
        return listing.page(call, visitor, conditions, Sort.by(SortKey.PREMIERE_DATE));
    }

    /** {@code GET /Shows/Missing}: none, since the catalogue has nothing that cannot be played. */
    public Reply missing(Call call) {
        listing.visitor(call);
        return Reply.json(ItemsHandlers.empty());
    }
}
