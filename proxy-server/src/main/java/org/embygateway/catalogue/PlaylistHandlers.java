package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a playlist holds: in its own order, an item as often as it stands in it, each with its {@code PlaylistItemId}.
 *
 * <p>Emby API: PlaylistService {@code getPlaylistsByIdItems}; the same through {@code ParentId} of ItemsService.
 */
public final class PlaylistHandlers {
    private final Catalogue catalogue;
    private final Listing listing;

    public PlaylistHandlers(Catalogue catalogue, ReadThrough readThrough) {
        this.catalogue = catalogue;
        this.listing = new Listing(catalogue, readThrough);
    }

    /** {@code GET /Playlists/{Id}/Items}; a collection's members too. 404 when it is not visible. */
    public Reply items(Call call) {
        Visitor visitor = listing.asked(call);
        return items(call, visitor, catalogue.row(visitor, ItemsHandlers.itemId(call.pathParam("Id"))));
    }

    /** The playlist that {@code ParentId} names, or the collection when its members are wanted in its own order. */
    Optional<Row> parent(Visitor visitor, Params params) {
        boolean inPlace = Sort.asksFor(params, "ListItemOrder") && !params.flag("Recursive", false);
        return params.text("ParentId")
                .flatMap(catalogue.ids()::current)
                .flatMap(visitor.lens()::find)
                .filter(row -> row.kind() == ItemKind.PLAYLIST || row.kind() == ItemKind.BOX_SET && inPlace);
    }

    Reply items(Call call, Visitor visitor, Row list) {
        Params params = call.query();
        List<Condition> conditions = new ArrayList<>(listing.filters(visitor, params));
        conditions.add(Condition.ids(visitor.lens().lists().members(visitor.lens(), list.id())));
        Query query = new Query(visitor.lens(), visitor.user(), conditions);
        RoaringBitmap matches = query.matches();
        List<Lists.Entry> entries = new ArrayList<>(visitor.lens().lists().entries(visitor.lens(), list.id()));
        entries.removeIf(entry -> !matches.contains(entry.item()));
        Listing.Paging paging = Listing.Paging.of(call);
        if (!Sort.asksFor(params, "ListItemOrder") && !Sort.asksFor(params, "DisplayOrder")) {
            Sort.parse(params)
                    .ifPresent(sort -> sort(entries, query.slice(matches, sort, paging.seed(), 0, entries.size())));
        } else if (Sort.asksDescending(params)) {
            Collections.reverse(entries);
        }
        List<Lists.Entry> page =
                entries.stream().skip(paging.start()).limit(paging.limit()).toList();
        int[] ids = page.stream().mapToInt(Lists.Entry::item).toArray();
        List<Integer> entryIds = page.stream().map(Lists.Entry::id).toList();
        return listing.page(visitor, ids, entryIds, entries.size(), params);
    }

    private static void sort(List<Lists.Entry> entries, int[] order) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int item : order) {
            places.put(item, places.size());
        }
        entries.sort(Comparator.comparingInt(entry -> places.getOrDefault(entry.item(), order.length)));
    }
}
